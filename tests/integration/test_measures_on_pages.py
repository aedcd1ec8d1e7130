"""What the requirements' measures look like where a reader meets them, on the example's pages."""

from __future__ import annotations

import pytest

from callover.domain.ratings import Rating
from callover.jobs.pack import PackRequest, compared_in, pack_context
from callover.jobs.pack_folder import FORMATS
from callover.jobs.workspace import Workspace
from callover.report.blocks import (
    Cell,
    Chips,
    Document,
    KeyFacts,
    Note,
    Paragraph,
    Section,
    Table,
    every,
    plain,
)
from callover.report.build.assemble import assemble
from example_pack import SEPTEMBER, example_workspace

AMENDED = """\
amend:
  - id: arson
    targets:
      - {year: 2016/17, from: 2016-08, kind: ceiling, value: 240, tolerance: 20 relative,
         area: E09000002, reason: The brigade raised its ceiling, decided_by: "Board, 20 July 2016"}
  - id: domestic_violence
    direction_changes:
      - {from: 2016-07, direction: lower, reason: Recording has settled,
         decided_by: "Board, 29 June 2016"}
"""
SIGNED = """\
overrides:
  - {indicator: burglary, month: 2016-09, rating: amber, reason: One large series is not yet closed,
     signed_by: Chair of the partnership, on: 2016-11-25}
"""


def document(workspace: Workspace) -> Document:
    """The report, before any renderer."""
    partnership = workspace.partnership()
    catalogue = compared_in(workspace.catalogue_of(partnership), ())
    request = PackRequest(SEPTEMBER, workspace.path / "out", formats=FORMATS)
    ctx = pack_context(workspace, partnership, catalogue, request, lambda _what, _share: None)
    return assemble(ctx).document


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return document(example_workspace(tmp_path_factory.mktemp("plain") / "w"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The same with a target and a direction changed within the year, and a signed colour."""
    workspace = example_workspace(tmp_path_factory.mktemp("changed") / "w")
    (workspace.path / "definitions" / "own.yaml").write_text(AMENDED, encoding="utf-8")
    settings = workspace.path / "partnerships" / "barking-and-dagenham.yaml"
    text = settings.read_text(encoding="utf-8").replace("overrides: []\n", SIGNED)
    settings.write_text(text, encoding="utf-8")
    return document(Workspace.open(workspace.path))


def section(report: Document, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


def said(report: Document, name: str) -> str:
    """Every paragraph and note of a section, those beneath its tables too."""
    blocks = every(section(report, name).blocks)
    lines = [plain(b.spans) for b in blocks if isinstance(b, Paragraph | Note)]
    lines += [plain(note) for b in blocks if isinstance(b, Table) for note in b.notes]
    return " ".join(lines)


def table(report: Document, section_id: str, table_id: str) -> Table:
    blocks = every(section(report, section_id).blocks)
    return next(b for b in blocks if isinstance(b, Table) and b.id == table_id)


def row(found: Table, title: str, place: int = 0) -> tuple[Cell, ...]:
    return next(
        r.cells for r in found.rows if len(r.cells) > place and r.cells[place].text == title
    )


@pytest.mark.parametrize(
    ("name", "line", "cells"),
    [
        ("atr_success", "Starts", ("35", "17", "18", "106 %", "2.8", "Green")),
        ("atr_success", "Successful completions", ("21", "10", "15", "150 %", "1.0", "Green")),
        ("drr_success", "Starts", ("48", "24", "26", "108 %", "3.7", "Green")),
        ("drr_success", "Successful completions", ("24", "12", "10", "83 %", "2.3", "Red")),
    ],
)
def test_starts_and_successes_with_pace_and_achievement(
    report: Document, name: str, line: str, cells: tuple[str, ...]
) -> None:
    """MEA-17, MEA-18, CAS-20, CAS-22."""
    found = row(table(report, f"page-{name}", f"components-{name}"), line)
    assert tuple(cell.text.replace("\u202f", " ") for cell in found[1:]) == cells


def test_a_spread_target_says_what_is_left_to_march(report: Document) -> None:
    rubbish = said(report, "page-outdoor_rubbish_fires").replace("\u202f", " ")
    assert (
        "The target to September 2016 is 129; the year so far is 23 below it (82 % of it)"
        in rubbish
    )
    assert "To March 2017 25.2 a month would end the year on it" in rubbish  # (257 − 106) / 6


def test_the_gap_to_the_reference_areas_change(report: Document) -> None:
    """MEA-19: +5.4 % against +4 %."""
    tno = said(report, "page-tno").replace("\u202f", " ")
    assert "Across the 32 boroughs of the Metropolitan Police the number rose 4 %." in tno
    assert "Gap to Met's change: +1.4 points." in tno


def test_detections_stand_on_the_page_of_what_is_detected(report: Document) -> None:
    """MEA-24."""
    violence = said(report, "page-violence_with_injury").replace("\u202f", " ")
    assert "35.3 % were detected (32.4 % a year before, 2.9 percentage points higher)" in violence
    assert "were detected" not in said(report, "page-robbery")


def test_a_fixed_base_year(report: Document) -> None:
    """MEA-20: 17,754 against 18,825 in 2011/12, both iQuanta."""
    since = "On 2011/12: down by 6\u202f% (\u22121,071). Counting changed on 18 November 2014"
    assert since in said(report, "page-tno")  # DAT-21: the years were not counted alike


def test_a_month_is_compared_with_the_same_month_of_last_year(report: Document) -> None:
    """MEA-23: crime follows the seasons; September 2016 (1,425) is not set against August (1,438).

    Limits that follow the season: tests/unit/test_process_chart.py.
    """
    facts = next(b for b in every(section(report, "page-tno").blocks) if isinstance(b, KeyFacts))
    assert facts.facts[0].value == "1,425"
    assert "on last year" in facts.facts[0].detail
    assert "13" not in facts.facts[0].detail
    assert "August" not in said(report, "page-tno")


def test_what_police_and_fire_brigade_do_together_stands_on_the_page(report: Document) -> None:
    """FIR-10, FIR-11: what was notable in the analyst's words, joint work with owner and day."""
    arson = said(report, "page-arson")
    assert "Deliberate fires are far above the ceiling" in arson
    actions = table(report, "page-arson", "actions-arson")
    cells = [cell.text for cell in actions.rows[0].cells]
    assert cells[0] == "Share addresses of deliberate fires with the police each week"
    assert cells[1] == "Fire brigade, borough commander"
    assert "2017" in cells[2]


def test_small_numbers_are_warned_about(report: Document) -> None:
    """MEA-22: 8 re-referrals against 14."""
    assert "small numbers: 8 against 14" in said(report, "page-safer_homes_rereferrals")
    assert "mall numbers" not in said(report, "page-tno")


def test_ranks_are_said_from_both_ends_with_their_publisher(report: Document) -> None:
    """BEN-01, BEN-02, BEN-05 and what AMB-07 found wrong."""
    tno = said(report, "page-tno")
    assert "Met: 21st lowest of 32 (12th highest), average 86.85" in tno
    assert "Similar: 12th lowest of 15 (4th highest), average 83.65" in tno
    assert "as published by iQuanta" in tno
    assert "32nd lowest of 32 (highest)" in said(report, "page-criminal_damage")


def test_ranks_of_a_late_source_stand_at_their_own_month(report: Document) -> None:
    """BEN-03, BEN-04: first time entrants 6 of 32 and 3 of 10."""
    entrants = said(report, "page-first_time_entrants")
    assert "Family at June 2016: 3rd highest of 10 (8th lowest)" in entrants
    assert "London at June 2016: 6th highest of 32 (27th lowest)" in entrants
    cells = row(
        table(report, "summary", "summary"), "First time entrants to the youth justice system", 1
    )
    ranks = "3rd highest of 10 family (Jun 2016), 6th highest of 32 London (Jun 2016)"
    assert ranks in [cell.text for cell in cells]


def test_no_benchmark_has_its_reason(report: Document) -> None:
    """BEN-13."""
    for name in ("asb_calls", "arson", "safer_homes_secured"):
        assert "Not compared: " in said(report, f"page-{name}")


def test_a_direction_has_a_symbol_and_words(report: Document) -> None:
    """RAG-13, RAG-14: never by colour alone."""
    chips = [
        c
        for b in every(section(report, "page-tno").blocks)
        if isinstance(b, Chips)
        for c in b.chips
    ]
    assert ("up", "Up on 2015/16; fewer is good") in [(c.shape, c.words) for c in chips]
    for row_ in table(report, "summary", "summary").rows:
        change = row_.cells[6] if len(row_.cells) > 6 else Cell()
        if change.value is not None:
            word = "level" if change.value == 0 else "up" if change.value > 0 else "down"
            assert change.chip is not None
            assert (change.chip.shape, change.chip.words) == (word, word)


def test_an_indicator_without_history_reads_new(report: Document) -> None:
    """IND-30."""
    names = [r.cells[1].text for r in table(report, "summary", "summary").rows if len(r.cells) > 1]
    assert [name for name in names if "(new)" in name] == ["All hate crime (new)"]
    assert "In the set since April 2016. The board asked" in said(report, "page-hate_crime")
    assert "In the set since" not in said(report, "page-tno")


def test_a_target_that_changes_within_the_year(changed: Document, report: Document) -> None:
    """RAG-15: old and new, tolerance too, why, who decided; earlier months keep the old one."""
    arson = said(changed, "page-arson").replace("\u202f", " ")
    assert (
        "Until July 2016: No more than 169 in the year, amber within 10 % of the target. "
        "From August 2016: No more than 240 in the year, amber within 20 % of the target. "
        "The brigade raised its ceiling. Decided by Board, 20 July 2016."
    ) in arson
    due = row(table(changed, "page-arson", "months-arson"), "Target to date")
    assert [cell.text for cell in due[1:7]] == ["14", "28", "42", "56", "100", "120"]
    old = row(table(report, "page-arson", "months-arson"), "Target to date")
    assert [cell.text for cell in old[1:7]] == ["14", "28", "42", "56", "70", "85"]


def test_a_direction_that_changes_within_the_year(changed: Document) -> None:
    assert (
        "From July 2016: fewer is good; before: watched only. Recording has settled. "
        "Decided by Board, 29 June 2016."
    ) in said(changed, "page-domestic_violence")


def test_a_signed_colour_stands_beside_the_computed_one(changed: Document) -> None:
    """RAG-09."""
    page = section(changed, "page-burglary")
    chips = [c.words for b in every(page.blocks) if isinstance(b, Chips) for c in b.chips]
    assert chips[:2] == ["Amber, set by Chair of the partnership", "computed Green"]
    notes = [plain(note) for note in table(changed, "summary", "summary").notes]
    assert any(
        "Burglary: Amber set by Chair of the partnership on 25 November 2016, computed Green. "
        "One large series is not yet closed" in note
        for note in notes
    )


PRINTED = {  # RAG-12: rule and printed colour differ
    "MOPAC 7: Burglary": (Rating.GREEN, Rating.AMBER),  # AMB-03
    "Drug Rehabilitation Requirements completed": (Rating.RED, Rating.GREEN),  # AMB-16
    "Safer Homes: re-referrals received": (Rating.GREEN, Rating.AMBER),  # AMB-15
    "All hate crime": (Rating.NOT_RATED, Rating.AMBER),  # AMB-13
    "IDAP: residents on the programme": (Rating.NO_DATA, Rating.GREEN),  # AMB-43
}


def test_differences_between_rule_and_printed_colour_are_listed(report: Document) -> None:
    found = table(report, "notes", "rating-differences")
    listed = {r.cells[0].text: (r.cells[1].text, r.cells[2].text) for r in found.rows}
    for title, (computed, printed) in PRINTED.items():
        assert listed[title] == (computed.words, printed.words)
    assert "Total notifiable offences" not in listed


def test_key_figures_name_the_averages_they_stand_beside(report: Document) -> None:
    facts = next(b for b in every(section(report, "page-tno").blocks) if isinstance(b, KeyFacts))
    assert "similar 83.65 · Met 86.85" in [fact.detail for fact in facts.facts]


def test_calls_by_code_stand_in_a_table_the_page_points_to(report: Document) -> None:
    """Section 7: 364 + 3,694 + 122 = 4,180 and 623 + 1,578 + 454 = 2,655; every month adds up."""
    opening = table(report, "count-tables", "asb_opening_codes")
    assert [cells.cells[-1].text for cells in opening.rows] == ["364", "3,694", "122", "4,180"]
    months = [cell.text for cell in opening.rows[-1].cells[1:-1]]
    assert months == ["482", "492", "640", "553", "685", "689", "639"]
    second = table(report, "count-tables", "asb_second_codes")
    assert [cells.cells[-1].text for cells in second.rows] == ["623", "1,578", "454", "2,655"]
    assert (
        "Calls by opening code, March to September 2016: 4,180, of them 3,694 nuisance (215), "
        "364 personal (214) and 122 environmental (216) ("
    ) in said(report, "page-asb_calls")


def test_who_has_a_published_change_but_no_rank_says_so(report: Document) -> None:
    """The force's change in hate crime is published, its ranks and averages are not (REP-11)."""
    page = said(report, "page-hate_crime")
    assert "Met's change" in page
    assert "Not compared: ranks and averages are not published." in page
    assert "no other area's figures are held" not in page
    assert "ranks and averages are not published" not in said(report, "page-safer_homes_secured")
