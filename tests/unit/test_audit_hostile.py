"""What people and programs leave in packs must neither stop an audit nor keep it busy."""

import time

import pytest

from callover.audit.audit import audit
from callover.audit.findings import Finding
from callover.audit.readers.text import pack_of
from callover.domain.errors import UserError


def _findings(text: str) -> list[Finding]:
    return list(audit(pack_of(text, "pack.txt")).findings)


@pytest.mark.parametrize(
    "text",
    [
        "Next meeting: Friday 16 December 1800 hours",
        "May 0800 and May 0000, June 1830 hrs",
        "Meeting of 31/12/9999\n\nFriday 5 May",
        "Meeting of 01/01/0001\n\nFriday 5 May",
        "Offences: 4 against a target of 0. RAG: red. Amber is within 10 % of target.",
        f"Counts less than {'9' * 5000} are shown as *",
        f"{'9' * 5000} in 10 people, up from {'8' * 5000} to {'7' * 5000} ({'6' * 400} %)",
        f"We saw {'1' * 400} times as many crimes in May 2016 ({'0' * 5000})",
    ],
)
def test_strange_dates_and_numbers_stop_nothing(text):
    assert all(
        "nan" not in finding.follows and "inf" not in finding.follows.split()
        for finding in _findings(f"Burglary\n\n{text}\n")
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        "Target of 12% a, up from " + "1" * 20_000,
        "x" * 20_000 + " of (AB",
        "The figure is " + "up 1, " * 3_000,
        "It went " + "from 1 to 2 and " * 1_200,
        "Crime 5 " + "(" * 20_000,
        "1 " * 10_000,
    ],
    ids=["digits", "word", "ups", "moves", "brackets", "numbers"],
)
def test_a_paragraph_of_twenty_thousand_characters_takes_seconds_not_minutes(paragraph):
    began = time.process_time()
    _findings(f"Burglary\n\n{paragraph}\n")
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "We reached 83 % against a target of at least 85 %, which was not yet met.",
        "10 against a target of fewer than 10: not met.",
        "We saw 12 against a target of no more than 10 and the target was exceeded.",
        "The Community Safety Plan 2014/16 sets our priorities.",
        "Our position on seats: the place has 14 of 12 seats taken, a standing crowd.",
    ],
)
def test_correct_english_is_no_contradiction(text):
    assert _findings(f"Burglary\n\n{text}\n") == []


def test_a_strict_target_that_was_reached_exactly_is_not_met():
    found = _findings("Burglary\n\nWe saw 10 against a target of fewer than 10: met.\n")
    assert [each.rule for each in found] == ["target-judged"]


def test_a_total_over_sub_totals_counts_each_amount_once():
    table = "| What | Grant |\n| - | - |\n| A | £10,000 |\n| B | £20,000 |\n"
    table += "| Sub-total | £30,000 |\n| C | £5,000 |\n| Total | £{} |\n"
    assert _findings("Funding\n\n" + table.format("35,000")) == []
    assert _findings("Funding\n\n" + table.format("36,000")) != []


def test_ranks_of_ties_may_go_on_counting():
    table = "| Ward | Crimes | Rank |\n| - | - | - |\n| North | 90 | 1 |\n| South | 70 | 2 |\n"
    table += "| East | 50 | 3 |\n| West | 40 | 4 |\n| Park | 40 | {} |\n"
    assert _findings("Wards\n\n" + table.format(5)) == []
    assert _findings("Wards\n\n" + table.format(6)) != []


def test_a_change_in_per_cent_is_no_difference():
    table = "| Offence | Q3 2017/18 | Q3 2018/19 | Change (%) |\n| - | - | - | - |\n"
    table += "| Burglary | 520 | 468 | -10.0% |\n| Robbery | 80 | 92 | 15.0% |\n"
    table += "| Theft | 200 | 210 | {}% |\n"
    assert _findings("Scorecard\n\n" + table.format("5.0")) == []
    wrong = _findings("Scorecard\n\n" + table.format("7.0"))
    assert [(each.rule, each.follows) for each in wrong] == [("row-change", "+5.0 %")]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("There was an increase of 60 (12.5%), from 480 to 540.", []),
        ("There was an increase of 60 (15.5%), from 480 to 540.", ["change-percent"]),
        ("We had 2,410 offences, down 6.0% on last year (2,565 offences).", []),
        ("We had 2,410 offences, up 6.0% on last year (2,565 offences).", ["change-direction"]),
    ],
)
def test_sizes_in_brackets_are_read(text, rules):
    assert [each.rule for each in _findings(f"Burglary\n\n{text}\n")] == rules


def test_a_line_without_end_is_refused():
    with pytest.raises(UserError, match="too long"):
        pack_of("1," * 1_500_000, "pack.txt")


@pytest.mark.parametrize(("count", "rules"), [("17,825", []), ("17,285", ["two-values"])])
def test_a_count_that_one_place_tells_unlike_all_others(count, rules):
    told = "\n\n{} offences in the 12 months to September 2016 were recorded.\n\n"
    text = "".join(f"# Burglary{told.format(each)}" for each in ("17,825", count, "17,825"))
    text += "Month\tJul-16\tAug-16\tSep-16\nBurglary\t1,400\t1,438\t1,425\n"
    assert [each.rule for each in _findings(text)] == rules
