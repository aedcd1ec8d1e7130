"""The audit as a page: both places beside one another, the printed words marked, nothing hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from audit_sample import (
    ACCEPTS_NOTHING,
    ACCEPTS_STALE,
    DIFFERENCE,
    FINDINGS,
    PACK,
    SMALL,
    STALE,
    many,
    result,
    spot,
)
from callover.audit.baseline import Acceptance
from callover.audit.findings import Finding
from callover.audit.report.html import as_html
from callover.audit.report.marked import excerpt_of, marked


def page(*findings: Finding, accepted: tuple[Acceptance, ...] = ()) -> html.HtmlElement:
    return html.fromstring(as_html(result(findings or FINDINGS, accepted)))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_list_to_fix_comes_first_and_leads_to_each_finding() -> None:
    found = page()
    headings = [words(each) for each in found.iter("h2")]
    assert headings == ["List to fix", "Findings", "What to do", "How to read this page"]
    links = found.xpath("//ul[@class='fix']//a/@href")
    assert links == ["#f1", "#f2", "#f3"]
    assert all(found.get_element_by_id(link[1:]) is not None for link in links)


def test_a_finding_shows_both_places_the_arithmetic_and_its_severity_in_words() -> None:
    only = page(DIFFERENCE).xpath("//article")[0]
    said = words(only)
    for each in ("Wrong", "nearly certain (98 %)", "3. Burglary, page 12, line 14",
                 "Summary, page 3, line 8", "Follows 236", "9,031 − 8,795 = 236"):  # fmt: skip
        assert each in said, each
    assert [words(each) for each in only.iter("mark")] == ["326", "8,795"]


def test_a_row_is_quoted_with_the_names_of_its_columns_beside_its_cells() -> None:
    row = page(DIFFERENCE).xpath("//article//div[@class='row']//dl/div")
    assert [[words(part) for part in pair] for pair in row] == [
        ["Indicator", "Burglary"], ["This year", "9,031"], ["Last year", "8,795"],
    ]  # fmt: skip


def test_several_rows_are_a_table_with_headings() -> None:
    rows = "Indicator\tThis year\nBurglary\t9,031\nRobbery\t326"
    found = page(replace(DIFFERENCE, other=spot("Summary", 3, 8, "326", rows)))
    assert [words(each) for each in found.xpath("//article//th[@scope='col']")] == [
        "Indicator", "This year",
    ]  # fmt: skip


def test_a_link_of_the_list_says_which_finding_it_leads_to() -> None:
    links = page().xpath("//ul[@class='fix']//a")
    assert [words(each) for each in links] == [
        "1 Wrongline 14in Burglary, page 12",
        "2 Suspiciousline 3in Robbery, page 20",
        "3 Explainablein Arson",
    ]


def test_headings_skip_no_level_and_name_each_finding_with_its_place() -> None:
    found = page(*many(40), *FINDINGS)
    levels = [int(each.tag[1]) for each in found.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(now - before <= 1 for before, now in pairwise(levels))
    listed = [words(each) for each in found.xpath("//ul[@class='fix']/li/h3")]
    assert listed == [words(each) for each in found.xpath("//div[@class='group']/h3")]
    assert [words(each) for each in page(DIFFERENCE, SMALL).iter("h4")] == [
        "1. A difference is not that of its two values, line 14",
        "2. A per cent of a small number",
    ]


def test_a_long_title_is_cut_in_the_list_and_whole_over_its_findings() -> None:
    about = "The number of offenders who completed an order of treatment, the second of two"
    found = page(replace(DIFFERENCE, indicator=about))
    (listed,) = found.xpath("//ul[@class='fix']/li/h3")
    (whole,) = found.xpath("//div[@class='group']/h3")
    assert words(listed) == (
        "The number of offenders who completed an order of treatment, the…, page 12"
    )
    assert words(whole) == f"{about}, page 12"


def test_the_filter_says_what_each_choice_shows() -> None:
    text = as_html(result())
    found = html.fromstring(text)
    (status,) = found.xpath("//*[@role='status']")
    assert [words(each) for each in status] == [
        "Showing all 3 findings", "Showing 2 of 3 findings", "Showing 2 of 3 findings",
        "Showing 1 of 3 findings", "Showing 2 of 3 findings", "Showing 1 of 3 findings",
        "Showing 1 of 3 findings", "Showing 0 of 3 findings",
    ]  # fmt: skip
    wrong_only = (
        "body:has(#show-wrong:checked):has(#show-suspicious:not(:checked))"
        ":has(#show-explainable:not(:checked)) #shown-4"
    )
    assert wrong_only in text


def test_one_severity_leaves_nothing_to_choose() -> None:
    assert page(DIFFERENCE).xpath("//*[@role='status'] | //fieldset") == []


def test_what_contradicts_itself_stands_alone() -> None:
    assert "Against" not in words(page(STALE).xpath("//article")[0])


def test_no_excerpt_shows_the_printed_words_themselves() -> None:
    assert [words(each) for each in page(SMALL).iter("mark")] == ["150 %"]


def test_accepted_and_outdated_entries_are_said() -> None:
    found = words(page(*FINDINGS, accepted=(ACCEPTS_STALE, ACCEPTS_NOTHING)))
    assert "The source is a month behind. (Lead analyst, 2016-11-20;" in found
    assert "which is not found any more" in found


def test_nothing_found_says_how_much_was_checked() -> None:
    found = html.fromstring(as_html(result((), read=5, checked=5)))
    assert "Nothing found to put right. 5 claims read, 5 of them checked" in words(found)
    assert found.xpath("//article") == []


def test_the_page_asks_nothing_of_anyone_and_lets_nothing_run() -> None:
    text = as_html(result(many()))
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert not re.search(r"url\(|@import", text)


def test_words_of_a_pack_are_words() -> None:
    evil = "<script>alert(1)</script>"
    odd = replace(DIFFERENCE, spot=spot(evil, 1, 1, evil, evil), follows=evil, indicator=evil)
    odd = replace(odd, arithmetic=evil, rule=evil)
    text = as_html(result((odd,), pack=replace(PACK, name=evil, title=evil, notes=(evil,))))
    assert "<script" not in text


def test_many_notes_do_not_push_the_list_off_its_page() -> None:
    notes = tuple(f"Page {i} is a picture." for i in range(1, 30))
    found = html.fromstring(as_html(result(pack=replace(PACK, notes=notes))))
    assert len(found.xpath("//header//li[contains(., 'picture')]")) == 3
    assert len(found.xpath("//main//li[contains(., 'picture')]")) == 29


def test_the_same_result_gives_the_same_page() -> None:
    assert as_html(result(many())) == as_html(result(many()))


@pytest.mark.parametrize(
    ("text", "printed", "pieces"),
    [
        ("rose by 36 to 1,365", "36", ["36"]),
        ("36.5 and 36", "36", ["36"]),
        ("up  326\noffences here", "up 326 offences", ["up  326\noffences"]),
        ("was 12 and is 12", "12", ["12", "12"]),
        ("nothing of it", "12", []),
        ("any", "  ", []),
    ],
)
def test_marks_stand_on_whole_numbers_and_words(text: str, printed: str, pieces: list[str]) -> None:
    found = marked(text, printed)
    assert [each.text for each in found if each.marked] == pieces
    assert "".join(each.text for each in found) == text


def test_rows_that_are_divided_alike_are_a_table_and_a_sentence_is_none() -> None:
    rows = excerpt_of(spot("s", 1, 1, "9", "A | B | C\nx | 9")).rows
    assert [["".join(p.text for p in cell) for cell in row] for row in rows] == [
        ["A", "B", "C"], ["x", "9", ""],
    ]  # fmt: skip
    assert excerpt_of(spot("s", 1, 1, "9", "A sentence with 9 | and a bar")).rows == ()
