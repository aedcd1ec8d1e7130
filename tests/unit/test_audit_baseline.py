"""The baseline: what it covers wherever that is printed, and every fault of its file at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import yaml

from audit_sample import ACCEPTS_NOTHING, ACCEPTS_STALE, DIFFERENCE, FINDINGS, RULES, SMALL, STALE
from callover.audit.baseline import Acceptance, settle
from callover.audit.baseline_file import as_baseline, read_baseline
from callover.audit.findings import Finding
from callover.audit.identity import identity
from callover.audit.pack import Place
from callover.domain.errors import FaultsFound

TODAY = date(2016, 11, 27)
IDS = tuple(rule.id for rule in RULES)
GOOD = """\
accepted:
- rule: stale-month
  section: Robbery
  printed: August 2016
  reason: The source is a month behind.
  accepted_by: Lead analyst
  date: 2016-11-20
"""


def read(text: str) -> tuple[Acceptance, ...]:
    return read_baseline(text.encode(), "known.yaml", IDS, TODAY)


def faults(text: str) -> list[str]:
    with pytest.raises(FaultsFound) as raised:
        read(text)
    return [str(fault) for fault in raised.value.faults]


def printed(finding: Finding, text: str, section: str = "") -> Finding:
    spot = replace(finding.spot, printed=text, section=section or finding.spot.section)
    return replace(finding, spot=spot)


def test_an_entry_is_read_as_it_stands() -> None:
    assert read(GOOD) == (ACCEPTS_STALE,)
    assert read("accepted: []\n") == read("accepted:\n") == ()


def test_findings_are_accepted_left_and_entries_outdated() -> None:
    found = settle(FINDINGS, (ACCEPTS_STALE, ACCEPTS_NOTHING))
    assert found.standing == (DIFFERENCE, SMALL)
    assert [(each.finding, each.by) for each in found.accepted] == [(STALE, ACCEPTS_STALE)]
    assert found.outdated == (ACCEPTS_NOTHING,)


@pytest.mark.parametrize(
    "shifted",
    [
        replace(STALE, spot=replace(STALE.spot, place=Place(31, 40))),
        printed(STALE, "AUGUST  2016"),
        printed(STALE, "August\u00a02016", "4.2 ROBBERY"),
        replace(STALE, confidence=0.7, follows="October 2016", indicator="Theft"),
    ],
)
def test_an_entry_still_holds_when_the_pack_moves(shifted: Finding) -> None:
    assert settle((shifted,), (ACCEPTS_STALE,)).standing == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(STALE, rule="difference"),
        printed(STALE, "July 2016"),
        printed(STALE, "August 2016", "Burglary"),
    ],
)
def test_an_entry_covers_nothing_else(other: Finding) -> None:
    assert settle((other,), (ACCEPTS_STALE,)).standing == (other,)


def test_dashes_and_numbers_before_headings_do_not_count_but_their_words_do() -> None:
    assert identity(printed(DIFFERENCE, "−6.8 %")) == identity(printed(DIFFERENCE, "-6.8 %"))
    year, other = (printed(STALE, "x", f"{n} months to September") for n in (12, 6))
    assert identity(year) != identity(other)


def test_an_entry_covers_as_many_as_it_says() -> None:
    again = replace(STALE, spot=replace(STALE.spot, place=Place(21, 1)))
    assert settle((STALE, again), (ACCEPTS_STALE,)).standing == (again,)
    assert settle((STALE, again), (replace(ACCEPTS_STALE, times=2),)).standing == ()
    assert settle((STALE, again), (ACCEPTS_STALE, ACCEPTS_STALE)).standing == ()


def test_every_fault_is_told_at_its_line() -> None:
    found = faults(
        GOOD.replace("reason: The source is a month behind.", 'reason: ""')
        + "- rule: stale-moth\n  printed: x\n  reason: y\n  date: 2016-11-20\n  becuase: z\n"
        + "- rule: difference\n  printed: 3\n  reason: y\n  accepted_by: Clerk\n"
        + "  date: 2016-12-01\n  until: 2016-11-26\n  times: 0\n"
        + "- rule: difference\n  printed: 3\n  reason: y\n  accepted_by: Clerk\n  date: soon\n"
        + "- only words\n"
    )
    said = "\n".join(found)
    for part in (
        "line 5: 'reason:' has nothing behind it. Write why the finding may stand.",
        "line 8: 'stale-moth' is no rule of the audit. Did you mean 'stale-month'?",
        "line 8: 'accepted_by:' is missing here. Write the post that answers for it",
        "line 12: An entry has no line 'becuase:'. It may have rule, section,",
        "line 17: '2016-12-01' lies in the future. Write the day on which it was accepted.",
        "line 18: '2016-11-26' is past: the entry holds no longer. Accept it anew",
        "line 19: '0' is too few: an entry covers one finding at least.",
        "line 24: 'soon' cannot be read as 'date:'. Write the day on which it was accepted, such",
        "line 25: 'only words' is no entry. An entry begins with '- rule:' and has section,",
    ):
        assert part in said, part
    assert all(each.startswith("known.yaml, line ") for each in found)
    assert found == sorted(found, key=lambda each: int(each.split(":")[0].split()[-1]))
    assert "column" not in said


def test_an_entry_covers_one_finding_at_least() -> None:
    assert "one finding at least" in faults(f"{GOOD}  times: 0\n")[0]


@pytest.mark.parametrize(
    ("text", "told", "remedy"),
    [
        ("- a list\n", "line 1: The file does not begin with the line 'accepted:'.", "[]"),
        ("some words\n", "line 1: The file does not begin with the line 'accepted:'.", "[]"),
        ("accepted: [", "line 2: From here on the file cannot be read (", "indented alike"),
        ("acepted: []\n", "line 1: 'acepted:' does not belong here.", "'accepted:'?"),
        ("accepted: words\n", "line 1: 'accepted:' has no list of entries", "'- rule:'"),
        ("{}\n", "known.yaml: There is no list 'accepted:' in it.", "'accepted: []'"),
        ("", "known.yaml: The file is empty, or has", "'accepted: []' where nothing is accepted"),
        ("# known\n", "or has comments only.", "'accepted: []' where nothing is accepted"),
        ("PK\x03\x04", "known.yaml: This is no text file but something like a PDF", "made."),
        ("%PDF-1.7\n", "known.yaml: This is no text file but something like a PDF", "made."),
        ("accepted: [x]\naccepted: []\n", "line 1: 'x' is no entry.", "'- rule:'"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_line_the_cause_and_what_to_do(
    text: str, told: str, remedy: str
) -> None:
    (only,) = faults(text)
    assert told in only
    assert remedy in only
    assert "sections such as" not in only


def test_a_line_twice_and_a_list_in_its_place_are_told() -> None:
    assert faults(f"{GOOD}  rule: difference\n") == [
        "known.yaml, line 8: 'rule:' stands twice in this entry. Keep one."
    ]
    (only,) = faults(GOOD.replace("Lead analyst", "[Lead, analyst]"))
    assert "line 6: 'accepted_by:' holds a list. Write one text: the post" in only


def test_the_last_day_still_holds() -> None:
    assert read(f"{GOOD}  until: {TODAY}\n")[0].until == TODAY


def test_a_new_baseline_holds_every_finding_and_is_refused_until_it_is_filled_in() -> None:
    text = as_baseline(settle(FINDINGS), "pack.pdf", TODAY)
    entries = yaml.safe_load(text)["accepted"]
    assert [each["rule"] for each in entries] == [each.rule for each in FINDINGS]
    assert "# 3. Burglary, page 12, line 14" in text
    assert len([fault for fault in faults(text) if "has nothing behind it" in fault]) == 6
    filled = text.replace("reason: ''", "reason: Known.")
    filled = filled.replace("accepted_by: ''", "accepted_by: Lead analyst")
    assert settle(FINDINGS, read(filled)).standing == ()


def test_a_baseline_written_again_keeps_its_reasons_and_drops_what_is_outdated() -> None:
    entry = replace(ACCEPTS_STALE, until=date(2017, 3, 31), times=2)
    text = as_baseline(settle((STALE,), (entry, ACCEPTS_NOTHING)), "pack.pdf", TODAY)
    assert read(text) == (entry,)


def test_nothing_found_is_a_baseline_of_nothing() -> None:
    assert read(as_baseline(settle(()), "pack.pdf", TODAY)) == ()


def test_what_is_not_there_can_be_accepted_but_has_to_be_named() -> None:
    nothing = printed(STALE, "")
    assert settle((nothing,), read(GOOD.replace("August 2016", "''"))).standing == ()
    assert "'printed:' is missing here." in faults(
        GOOD.replace("  printed: August 2016\n", "")
    )[0]  # fmt: skip


def test_odd_words_of_a_pack_come_back_as_they_were() -> None:
    odd = printed(DIFFERENCE, '- "27.2 %" # per 1,000: yes\n\tno\x1b', "a: b\n# c")
    text = as_baseline(settle((odd,)), "x\ny.pdf", TODAY)
    text = text.replace("reason: ''", "reason: Known.").replace("by: ''", "by: Clerk")
    assert settle((odd,), read(text)).standing == ()
