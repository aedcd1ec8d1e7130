"""The audit as JSON and on the terminal: fields to the letter, order, what is said of silence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from audit_sample import (
    ACCEPTS_NOTHING,
    ACCEPTS_STALE,
    DIFFERENCE,
    FINDINGS,
    PACK,
    RULES,
    SMALL,
    STALE,
    many,
    result,
)
from callover.audit.findings import Spot
from callover.audit.pack import Place
from callover.audit.report.as_json import as_json
from callover.audit.report.groups import grouped, left_out, within
from callover.audit.report.result import Result
from callover.audit.report.table import SUMMARY_LINES, as_table, rule_list
from callover.audit.report.words import confidence, cut, place_words, plain
from callover.domain.errors import Severity


def read(*results: Result) -> object:
    return json.loads(as_json(results))


def test_the_object_of_a_pack_holds_the_fields_to_the_letter() -> None:
    found = read(result())
    assert isinstance(found, dict)
    assert {"claims_read": 1204, "claims_checked": 987}.items() <= found.items()
    assert found["findings"][0] == {
        "rule": "difference",
        "severity": "wrong",
        "confidence": 0.98,
        "section": "3. Burglary",
        "page": 12,
        "line": 14,
        "spot": None,
        "printed": "326",
        "follows": "236",
        "arithmetic": "9,031 − 8,795 = 236",
        "other": {"section": "Summary", "page": 3, "line": 8, "spot": None, "printed": "8,795"},
        "indicator": "Burglary",
        "with": None,
    }


def test_what_the_format_does_not_say_is_null_and_not_zero() -> None:
    found = read(result((SMALL,)))
    assert isinstance(found, dict)
    only = found["findings"][0]
    assert (only["page"], only["line"], only["other"], only["indicator"]) == (None,) * 4


@pytest.mark.parametrize(
    ("place", "line", "spot"),
    [
        (Place(0, 0, "p17"), 17, "p17"),
        (Place(4, 0, "p17"), 17, "p17"),
        (Place(0, 7, "Burglary!C7"), 7, "Burglary!C7"),
        (Place(0, 9, "e3"), 9, None),
        (Place(2, 9), 9, None),
    ],
)
def test_a_place_is_told_in_every_format(place: Place, line: int, spot: str | None) -> None:
    other = Spot("Summary", place, "8,795")
    moved = replace(DIFFERENCE, spot=replace(DIFFERENCE.spot, place=place), other=other)
    found = read(result((moved,)))
    assert isinstance(found, dict)
    for told in (found["findings"][0], found["findings"][0]["other"]):
        assert (told["page"], told["line"], told["spot"]) == (place.page or None, line, spot)


def test_the_most_serious_stand_first_whatever_the_order_they_were_found_in() -> None:
    found = read(result((SMALL, STALE, DIFFERENCE)))
    assert isinstance(found, dict)
    assert [each["severity"] for each in found["findings"]] == [
        "wrong", "suspicious", "explainable",
    ]  # fmt: skip


def test_accepted_findings_stand_apart_with_their_reason() -> None:
    found = read(result(FINDINGS, (ACCEPTS_STALE, ACCEPTS_NOTHING)))
    assert isinstance(found, dict)
    assert [each["rule"] for each in found["findings"]] == ["difference", "small-base"]
    accepted = found["accepted"][0]
    assert accepted["reason"] == "The source is a month behind."
    assert (accepted["accepted_by"], accepted["date"]) == ("Lead analyst", "2016-11-20")
    assert "not found any more" in found["notes"][0]


def test_several_packs_are_a_list() -> None:
    found = read(result(), result(()))
    assert isinstance(found, list)
    assert [len(each["findings"]) for each in found] == [3, 0]


def test_the_terminal_says_first_how_much_was_read_and_last_what_to_do() -> None:
    lines = as_table([result()]).splitlines()
    assert lines[0] == "pack.pdf (PDF, 48 pages)"
    assert lines[1].startswith("1,204 claims read, 987 of them checked")
    assert "--write-baseline" in lines[-1]


def test_a_finding_is_two_or_three_lines() -> None:
    text = as_table([result((DIFFERENCE,))])
    block = text.split("\n\n")[1].splitlines()
    assert block == [
        "Burglary, page 12",
        "   1  WRONG, nearly certain (98\u00a0%); line 14; difference",
        "      printed “326”, follows 236: 9,031 − 8,795 = 236",
        "      against “8,795”: Summary, page 3, line 8",
    ]
    assert len(as_table([result((STALE,))]).split("\n\n")[1].splitlines()) == 3


def test_the_summary_fits_a_screen_of_24_lines() -> None:
    text = as_table([result(many(300))])
    summary = text[text.index("In short:") :].splitlines()
    assert len(summary) <= SUMMARY_LINES + 4 < 24


@pytest.mark.parametrize(
    ("read", "checked", "said"),
    [
        (0, 0, "that nothing is found means nothing"),
        (1, 1, "1 claim read, 1 of them checked"),
        (9, 4, "Nothing is said of the other 5."),
    ],
)
def test_silence_says_what_it_means(read: int, checked: int, said: str) -> None:
    assert said in as_table([result((), read=read, checked=checked)])


def test_a_pack_cannot_steer_the_terminal() -> None:
    spot = Spot("Burglary\x1b[31m", Place(1, 1), "3\x1b[2J\r\n26\u202e")
    text = as_table([result((replace(DIFFERENCE, spot=spot),))])
    assert "\x1b" not in text
    assert "\r" not in text
    assert "\u202e" not in text


def test_groups_are_of_an_indicator_and_page_the_most_serious_first() -> None:
    late = replace(DIFFERENCE, spot=replace(DIFFERENCE.spot, place=Place(30, 1)))
    groups = grouped((STALE, late, DIFFERENCE, SMALL))
    assert [each.title for each in groups] == [
        "Burglary, page 12", "Burglary, page 30", "Robbery, page 20", "Arson",
    ]  # fmt: skip
    assert [n.number for group in groups for n in group.found] == [1, 2, 3, 4]


@pytest.mark.parametrize("lines", [5, 40, 116])
def test_a_list_within_bounds_leaves_out_what_is_least_serious(lines: int) -> None:
    groups = grouped(many(100))
    listed = within(groups, lines, lambda _: 1)
    assert listed
    assert sum(1 + len(group.found) for group in listed) <= lines
    out = {each.severity for each in left_out(groups, listed)}
    kept = {each.finding.severity for group in listed for each in group.found}
    assert Severity.WRONG in kept
    assert Severity.WRONG not in out or kept == {Severity.WRONG}


def test_places_in_every_format() -> None:
    assert place_words(Place(12, 4)) == "page 12, line 4"
    assert place_words(Place(0, 7, "Burglary!C7")) == "sheet Burglary, cell C7"
    assert place_words(Place(0, 0, "p17")) == "paragraph 17"
    assert place_words(Place()) == ""
    assert place_words(Place(12, 4), with_page=False) == "line 4"


def test_what_is_cut_ends_with_a_word() -> None:
    assert cut("Burglary - dwelling", 19) == "Burglary - dwelling"
    assert cut("Burglary - dwellings", 13) == "Burglary…"


def test_only_what_is_certain_says_a_hundred() -> None:
    assert confidence(1.0) == "certain (100\u00a0%)"
    assert confidence(0.999) == "nearly certain (99\u00a0%)"
    assert confidence(0.1) == "possible (10\u00a0%)"


def test_cutting_keeps_whole_words_and_the_length() -> None:
    assert cut("up by 326 offences", 40) == "up by 326 offences"
    assert cut("up by 326 offences", 12) == "up by 326…"
    assert len(cut("x" * 90, 20)) == 20
    assert plain("a\t\u00a0b\n\x00c") == "a b c"


def test_the_list_of_rules() -> None:
    assert rule_list(RULES).splitlines()[0].split()[:2] == ["difference", "wrong"]
    assert PACK.name not in rule_list(())
