"""Evidence beside rating: at a glance, on each page, in brief, notes and every format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook

from callover.analysis.exceptions import Disagreement
from callover.examples.invented import truths
from callover.jobs.demo import MONTH, example_workspace
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace
from callover.report.blocks import BulletList, Chart, Chips, Paragraph, Section, Table, every, plain
from callover.report.packfile import Pack, read_pack

VERDICTS = {"Concern", "Strong", "Changed", "No clear change", "Not enough to say"}
BOROUGH = "E09000002"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return example_workspace(tmp_path_factory.mktemp("glance") / "demo")


@pytest.fixture(scope="module")
def out(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    build_pack(demo, PackRequest(MONTH, folder, area=truths.AREA))
    return folder


@pytest.fixture(scope="module")
def invented(out: Path) -> Pack:
    return read_pack(out / "callover-pack.json")


@pytest.fixture(scope="module")
def both(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    """The borough's pack in both editions."""
    folder = tmp_path_factory.mktemp("borough")
    request = PackRequest(
        MONTH, folder, area=BOROUGH, formats=(), editions=("restricted", "public"),
        released_by="Head of community safety",
    )  # fmt: skip
    build_pack(demo, request)
    names = {"restricted": "callover-pack", "public": "callover-pack-public"}
    return {edition: read_pack(folder / f"{name}.json") for edition, name in names.items()}


@pytest.fixture(scope="module", params=["invented", "restricted", "public"])
def pack(request: pytest.FixtureRequest, invented: Pack, both: dict[str, Pack]) -> Pack:
    return {"invented": invented, **both}[request.param]


def part(pack: Pack, name: str) -> Section:
    return next(each for each in pack.document.sections if each.id == name)


def table(pack: Pack, section: str, name: str) -> Table:
    blocks = every(part(pack, section).blocks)
    return next(b for b in blocks if isinstance(b, Table) and b.id == name)


def said(section: Section) -> str:
    found = []
    for block in every(section.blocks):
        if isinstance(block, Paragraph):
            found.append(plain(block.spans))
        elif isinstance(block, BulletList):
            found += [plain(item) for item in block.items]
    return "\n".join(found)


def row_of(found: Table, title: str) -> list[Any]:
    return next(list(row.cells) for row in found.rows if row.cells[0].text == title)


def charts(pack: Pack) -> Iterator[Chart]:
    for section in pack.document.sections:
        yield from (b for b in every(section.blocks) if isinstance(b, Chart))


def test_one_row_an_indicator_with_rating_and_verdict_in_words(pack: Pack) -> None:
    rows = table(pack, "at-a-glance", "at-a-glance").rows
    assert len(rows) == len(pack.facts["indicators"])
    for row in rows:
        title, _, course, rating, verdict, _ = row.cells
        assert all(cell.text for cell in row.cells), title.text
        assert rating.chip is not None and rating.chip.words
        assert verdict.chip is not None and verdict.chip.words in VERDICTS
        assert course.trend or course.text == "no months"


def test_the_course_is_said_with_its_ends_and_only_where_no_month_is_withheld(
    both: dict[str, Pack],
) -> None:
    for pack in both.values():
        courses = [row.cells[2] for row in table(pack, "at-a-glance", "at-a-glance").rows]
        told = [cell for cell in courses if cell.alt]
        assert len(told) > 10
        for cell in told:
            assert cell.alt.startswith("from ") and ", lowest " in cell.alt
            assert None not in cell.trend or "without a value" in cell.alt
    open_, public = (
        row_of(table(both[edition], "at-a-glance", "at-a-glance"), "Gun crime")[2]
        for edition in ("restricted", "public")
    )
    assert open_.alt
    assert None in public.trend
    assert public.alt == ""


def test_every_page_and_the_summary_say_the_verdict(pack: Pack) -> None:
    for section in pack.document.sections:
        if section.kind == "indicator":
            chips = [c for b in section.blocks if isinstance(b, Chips) for c in b.chips]
            assert VERDICTS & {chip.words for chip in chips}, section.id
            unsaid = "Not enough to say" in {chip.words for chip in chips}
            assert unsaid or "Evidence. " in said(section), section.id
    rows = [row for row in table(pack, "summary", "summary").rows if row.kind == "body"]
    assert all(row.cells[4].text in VERDICTS for row in rows)


def test_no_number_that_is_none_stands_anywhere(pack: Pack) -> None:
    content = pack.to_bytes().decode()
    assert not re.search(r"\bNaN\b|\bInfinity\b", content)
    assert not re.search(r"\bnan\b|\binf\b", content)


def test_false_alarms_and_what_remains_are_printed(invented: Pack) -> None:
    words = said(part(invented, "at-a-glance"))
    assert re.search(r"By chance alone about \d+\.\d of them would stand out", words)
    remaining = words.partition("Benjamini and Hochberg")[2].lower()
    assert "theft from motor vehicle" in remaining
    assert "violence with injury" in remaining


def test_the_built_in_step_leads_and_the_new_recording_is_no_rise(invented: Pack) -> None:
    glance = table(invented, "at-a-glance", "at-a-glance")
    assert row_of(glance, "MOPAC 7: Theft from motor vehicle")[4].text == "Concern"
    assert row_of(glance, "MOPAC 7: Violence with injury")[4].text == "Concern"
    assert row_of(glance, "Domestic violence offences")[4].text == "Not enough to say"


def test_where_colour_and_evidence_part_is_listed_with_the_reason(both: dict[str, Pack]) -> None:
    """+17 per cent on 191 victims is red, and no more than chance."""
    words = said(part(both["restricted"], "at-a-glance"))
    line = next(each for each in words.split("\n") if each.startswith("Serious youth violence"))
    assert Disagreement.RED_BUT_QUIET.value in line
    assert "not clear" in line


def test_per_cent_of_fewer_than_fifty_gives_way_to_the_count(both: dict[str, Pack]) -> None:
    glance = table(both["restricted"], "at-a-glance", "at-a-glance")
    assert row_of(glance, "Gun crime")[5].text == "+21"  # 41 the year before
    assert "%" in row_of(glance, "Total notifiable offences")[5].text


def test_the_probability_stands_in_the_data_book_alone(invented: Pack) -> None:
    glance = table(invented, "at-a-glance", "at-a-glance")
    assert glance.book is not None
    place = [column.heading for column in glance.book.columns].index("Probability by chance")
    values = [row.cells[place].value for row in glance.book.rows]
    assert all(0 <= value <= 1 for value in values if value is not None)
    assert sum(value is not None for value in values) > 15
    assert not any("robability" in column.heading for column in glance.columns)


def test_the_brief_begins_with_clear_concerns_and_names_the_evidence(invented: Pack) -> None:
    lists = [b for b in part(invented, "brief").blocks if isinstance(b, BulletList)]
    reasons = [plain(each.items[0]) for each in lists]
    assert any("clear concern. 16 months in a row lie above" in each for each in reasons)
    added = [each for each in reasons if "added by the analyst" in each]
    assert reasons[: len(added)] == added
    concerns = [place for place, each in enumerate(reasons) if "clear concern" in each]
    assert concerns == list(range(len(added), len(added) + len(concerns)))


def test_the_executive_summary_counts_the_clear_changes(both: dict[str, Pack]) -> None:
    for pack in both.values():
        words = said(part(pack, "executive-summary"))
        assert re.search(r"Of \d+ changes that can be judged, (none|\d+) (is|are) clear", words)


def test_charts_of_months_draw_the_usual_range_and_say_what_is_outside(invented: Pack) -> None:
    chart = next(each for each in charts(invented) if each.id == "time-violence_with_injury")
    assert chart.table is not None
    place = [column.heading for column in chart.table.columns].index("Usual range")
    last = chart.table.rows[-1].cells[place].text
    assert re.fullmatch(r"\d+–\d+: above", last)
    assert "outside the usual range: " in chart.alt
    assert re.search(r"above in [^;]*September 2016", chart.alt)
    shapes = [
        row["shape"]
        for layer in chart.spec["layer"]
        for row in layer["data"]["values"]
        if "shape" in row
    ]
    assert shapes[-1] == "triangle-up"


def test_no_range_is_drawn_where_the_evidence_has_none(invented: Pack) -> None:
    chart = next(each for each in charts(invented) if each.id == "time-domestic_violence")
    assert chart.table is not None
    assert "Usual range" not in [column.heading for column in chart.table.columns]
    assert "usual range" not in chart.alt


def test_the_notes_explain_and_name_the_chart_of_each(invented: Pack) -> None:
    choice = table(invented, "notes", "chart-choice")
    assert choice.book is not None
    assert len(choice.book.rows) == len(invented.facts["indicators"])
    assert all(
        cell.text or cell.value is not None for row in choice.book.rows for cell in row.cells
    )
    kinds = {row.cells[0].text for row in choice.rows}
    assert {"XmR", "c", "none"} <= kinds


def test_every_format_holds_the_page(out: Path) -> None:
    page = (out / "callover-pack.html").read_text(encoding="utf-8")
    assert 'id="at-a-glance"' in page
    course = "from 195 to 234, lowest 155, highest 258"
    assert f'<span aria-hidden="true">155–258</span><span class="of">{course}</span>' in page
    word = WordDocument(str(out / "callover-pack.docx"))
    assert course in {shape._inline.docPr.get("descr") for shape in word.inline_shapes}
    cells = {cell.text for found in word.tables for row in found.rows for cell in row.cells}
    assert any("No clear change" in each.replace("\u00a0", " ") for each in cells)
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        texts = [sheet.get_textpage().get_text_range() for sheet in pdf]
    finally:
        pdf.close()
    assert any("At a glance" in each and "No clear change" in each for each in texts)
    book = load_workbook(out / "callover-pack.xlsx")
    sheet = next(each for each in book.worksheets if each.title == "At a glance")
    heads = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Probability by chance" in heads


def test_the_public_edition_keeps_evidence_of_small_counts_back(both: dict[str, Pack]) -> None:
    """Re-referrals fell from 14 to 8: neither a count, nor a verdict, nor a sentence shows it."""
    open_, public = (
        row_of(
            table(both[edition], "at-a-glance", "at-a-glance"), "Safer Homes: re-referrals received"
        )
        for edition in ("restricted", "public")
    )
    assert open_[4].text in VERDICTS - {"Not enough to say"}
    assert public[4].text == "Not enough to say"
    assert not any(value is not None for value in public[2].trend)
    assert "Evidence. " not in said(part(both["public"], "page-safer_homes_rereferrals"))
    reasons = table(both["public"], "notes", "chart-choice").rows
    withheld = next(r for r in reasons if "Withheld in the public edition" in r.cells[1].text)
    assert "re-referrals received" in withheld.cells[2].text


def test_the_pack_file_reads_back(invented: Pack) -> None:
    assert json.loads(invented.to_bytes())["month"] == str(MONTH)
