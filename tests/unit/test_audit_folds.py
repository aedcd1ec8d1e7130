"""Findings of one slip stand as one entry: same printed place, or one's witness is the other's."""

from __future__ import annotations

import json
from dataclasses import replace

from lxml import html

from audit_sample import EXPLAINABLE, RULES, SUSPICIOUS, WRONG, many, result
from callover.audit.findings import Finding, Spot
from callover.audit.pack import Place
from callover.audit.report.as_json import as_json
from callover.audit.report.folds import folded
from callover.audit.report.groups import beneath, grouped, left_out, within
from callover.audit.report.html import as_html
from callover.audit.report.table import as_table
from callover.domain.errors import Severity

ROW = "Burglary | 78 | 67 | 20 | 29.9%"


def at(line: int, printed: str, excerpt: str = "", cell: str = "") -> Spot:
    return Spot("Offences", Place(3, line, cell), printed, excerpt)


def found(
    spot: Spot, rule: str = "difference", severity: Severity = WRONG, confidence: float = 0.9,
    follows: str = "11", other: Spot | None = None,
) -> Finding:  # fmt: skip
    return Finding(rule, severity, confidence, spot, follows, "78 − 67 = 11", other, "Burglary")


def tied(*findings: Finding) -> list[list[str]]:
    """The rules of each entry, the main one first."""
    return [[fold.main.rule, *(each.rule for each in fold.also)] for fold in folded(findings)]


CHANGE = found(at(12, "20", ROW))
SUM = found(at(12, "20", ROW), "part-above-whole", WRONG, 0.95, "13")
SMALL = found(at(12, "20", ROW), "small-base", EXPLAINABLE, 1.0)
TEXT = found(
    at(30, "21", "It rose by 21."), "stale-month", SUSPICIOUS, 0.9, "20", at(12, "20", ROW)
)


def test_the_surest_of_the_most_serious_stands_for_all_of_its_place() -> None:
    assert tied(SMALL, CHANGE, SUM) == [["part-above-whole", "difference", "small-base"]]


def test_the_order_in_which_they_were_found_says_nothing() -> None:
    assert folded((SMALL, CHANGE, TEXT, SUM)) == folded((TEXT, SUM, SMALL, CHANGE))


def test_what_is_held_against_a_place_stands_with_it() -> None:
    assert tied(CHANGE, TEXT) == [["difference", "stale-month"]]


def test_what_is_found_at_the_place_that_contradicts_stands_beneath() -> None:
    serious = replace(TEXT, severity=WRONG, confidence=1.0)
    assert tied(CHANGE, SMALL, serious) == [["stale-month", "difference", "small-base"]]


def test_one_witness_against_two_places_makes_two_slips() -> None:
    note = at(5, "fewer than 10 are shown as 0")
    zeros = [found(at(line, "0", f"Row {line} | 0"), other=note) for line in (7, 8)]
    assert tied(*zeros) == [["difference"], ["difference"]]


def test_ties_go_no_further_than_the_places_of_the_main_finding() -> None:
    first = found(at(1, "10"), "difference", WRONG, 1.0, other=at(2, "20"))
    second = found(at(2, "20"), "part-above-whole", WRONG, 0.9, other=at(3, "30"))
    third = found(at(3, "30"), "stale-month", SUSPICIOUS, 0.9)
    assert tied(first, second, third) == [["difference", "part-above-whole"], ["stale-month"]]


def test_other_words_or_another_line_are_another_place() -> None:
    assert len(folded((CHANGE, found(at(12, "29.9%", ROW)), found(at(13, "20", ROW))))) == 3


def test_a_number_that_a_line_holds_twice_is_one_place_only_where_the_same_follows() -> None:
    total = "Total | 46 | 46"
    one = found(at(9, "46", total), follows="36")
    other = found(at(9, "46", total), "part-above-whole", follows="40")
    same = found(at(9, "46", total), "stale-month", SUSPICIOUS, follows="36")
    assert tied(one, other, same) == [["difference", "stale-month"], ["part-above-whole"]]
    told = found(at(30, "21"), "small-base", EXPLAINABLE, other=at(9, "46", total))
    assert len(folded((one, told))) == 2


def test_a_cell_with_a_mark_of_its_own_is_one_place_whatever_its_row_holds() -> None:
    total = "Total | 46 | 46"
    one = found(at(9, "46", total, "Sheet!C9"), follows="36")
    assert len(folded((one, replace(one, rule="stale-month", follows="40")))) == 1
    beside = replace(one, spot=at(9, "46", total, "Sheet!D9"))
    assert len(folded((one, beside))) == 2


def test_a_place_that_nobody_knows_is_no_place() -> None:
    lost = Spot("Offences", Place(3), "20")
    assert len(folded((found(lost), found(lost, "small-base")))) == 2
    nothing = at(12, " ")
    assert len(folded((found(nothing), found(nothing, "small-base")))) == 2


def test_every_finding_stands_somewhere_once() -> None:
    findings = many(300)
    told = [each for fold in folded(findings) for each in (fold.main, *fold.also)]
    assert sorted(map(id, told)) == sorted(map(id, findings))


def test_an_entry_has_one_number_and_counts_all_its_findings() -> None:
    groups = grouped((CHANGE, SUM, SMALL, found(at(13, "9"))))
    assert [each.number for group in groups for each in group.found] == [1, 2]
    assert groups[0].tally == "3 wrong, 1 explainable"
    assert beneath(groups) == 2


def test_what_is_left_out_of_the_list_counts_what_stands_beneath() -> None:
    groups = grouped((CHANGE, SUM, SMALL, found(at(13, "9"), severity=SUSPICIOUS)))
    assert left_out(groups, within(groups, 2, lambda _: 1)) == (groups[0].found[1].finding,)
    assert len(left_out(groups, ())) == 4


def test_the_table_says_an_entry_once_and_how_many_stand_beneath() -> None:
    text = as_table([result((CHANGE, SMALL, TEXT))])
    assert text.count("   1  ") == 1
    assert "   2  " not in text
    assert "      also told by small-base (explainable): follows 11: 78 − 67 = 11\n" in text
    assert "also told by stale-month (suspicious): “21” (line 30), follows 20: 78" in text
    said = "In short: 1 wrong, 1 suspicious, 1 explainable; 2 of them beneath another of the same"
    assert said in text


def test_the_page_says_an_entry_once_and_how_many_stand_beneath() -> None:
    page = html.fromstring(as_html(result((CHANGE, SMALL, TEXT))))
    (entry,) = page.xpath("//article")
    beneath = [" ".join(each.text_content().split()) for each in entry.xpath(".//li")]
    title = {rule.id: rule.title for rule in RULES}
    assert beneath == [
        f"Suspicious {title['stale-month']} (very likely (90 %)): “21” (line 30), "
        "follows 20: 78 − 67 = 11",
        f"Explainable {title['small-base']} (certain (100 %)): follows 11: 78 − 67 = 11",
    ]
    assert "1 place to look at" in " ".join(page.xpath("//header")[0].text_content().split())
    assert len(page.xpath("//ul[@class='fix']//a")) == 1


def test_nothing_beneath_is_nothing_said() -> None:
    assert "to look at" not in as_html(result((CHANGE,))).split("</header>")[0]
    assert "beneath another" not in as_table([result((CHANGE,))])


def test_json_keeps_findings_apart_and_says_with_which_they_stand() -> None:
    told = json.loads(as_json([result((SMALL, TEXT, CHANGE))]))["findings"]
    assert [each["rule"] for each in told] == ["difference", "stale-month", "small-base"]
    assert [each["with"] for each in told] == [None, 0, 0]
