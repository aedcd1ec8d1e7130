"""The whole way from the example's files to four documents, read back."""

from __future__ import annotations

import io
import itertools
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from docx import Document as WordDocument
from lxml import html as lxml_html
from openpyxl import load_workbook
from pypdfium2 import raw

from callover.report.blocks import Chart, Table, every
from callover.report.packfile import Pack, read_pack
from example_pack import example_pack, example_workspace
from pdf_pages import pages_of
from pdf_tags import headings, marked, skipped, structure, tagged


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pack")


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    example_pack(example_workspace(folder / "workspace"), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def pack(out: Path) -> Pack:
    return read_pack(out / "callover-pack.json")


@pytest.fixture(scope="module")
def page(out: Path) -> Any:
    return lxml_html.parse(str(out / "callover-pack.html")).getroot()


@pytest.fixture(scope="module")
def words(out: Path) -> str:
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_five_files_under_the_agreed_names(out: Path) -> None:
    names = {path.name for path in out.iterdir()}
    assert names == {f"callover-pack.{kind}" for kind in ("json", "html", "pdf", "docx", "xlsx")}


def test_pack_file_says_for_whom_when_and_from_what(out: Path) -> None:
    content = json.loads((out / "callover-pack.json").read_text())
    assert content["area"] == "E09000002"
    assert content["month"] == "2016-09"
    assert content["known_at"].startswith("2016-11-20")
    assert re.fullmatch(r"[0-9a-f]{64}", content["definitions_hash"])
    assert content["versions"]["callover"]
    figure = content["figures"][0]
    wanted = {"indicator", "series", "area", "period_kind", "month", "measure", "peer_group",
              "value", "unit", "state", "source", "known_at"}  # fmt: skip
    assert wanted <= figure.keys()


def test_thirty_four_one_page_summaries(pack: Pack) -> None:
    assert sum(section.kind == "indicator" for section in pack.document.sections) == 34


def test_both_sources_of_the_total_are_named(pack: Pack) -> None:
    found = {
        (f["source"], f["value"])
        for f in pack.figures
        if f["indicator"] == "tno" and f["series"] == "tno" and f["measure"] == "rolling12"
        and f["month"] == "2016-09"
    }  # fmt: skip
    assert found == {("met_stats", 17825), ("iquanta", 17754)}


@pytest.mark.parametrize(
    "printed",
    ["17,825", "+919", "87.90", "21st of 32", "12th of 15", "2,433", "25.6", "8,243", "−325"],
)
def test_figures_of_the_printed_pack_stand_in_every_format(
    printed: str, words: str, page: Any, out: Path
) -> None:
    assert printed in words
    assert printed in page.text_content()
    word = WordDocument(str(out / "callover-pack.docx"))
    cells = [c.text for t in word.tables for r in t.rows for c in r.cells]
    assert any(printed in text for text in [*(p.text for p in word.paragraphs), *cells])


def test_burglary_never_falls_by_two_numbers(page: Any) -> None:
    """The printed pack said −327 in its summary and −325 in its table (AMB-33)."""
    assert "−327" not in page.text_content()


def test_page_is_one_file_without_script_or_outside_parts(out: Path, page: Any) -> None:
    text = (out / "callover-pack.html").read_text()
    assert "<script" not in text
    assert not page.xpath("//link | //iframe | //img[not(starts-with(@src, 'data:'))]")
    assert not re.findall(r"url\((?!data:|#)", text)


def test_page_has_one_title_and_no_skipped_heading(page: Any) -> None:
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_is_headed_and_every_chart_described(page: Any) -> None:
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert table.xpath(".//thead//th[@scope='col']")
        assert table.xpath(".//tbody//th[@scope='row' or @scope='rowgroup']")
    charts = page.xpath("//figure//*[local-name()='svg']")
    assert len(charts) > 40
    assert all(len(chart.get("aria-label")) > 20 for chart in charts)
    assert page.get("lang") == "en-GB"


def test_links_lead_somewhere_and_ids_are_unique(page: Any) -> None:
    ids = page.xpath("//*/@id")
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert targets <= set(ids)


def test_ratings_carry_letter_shape_and_words(page: Any) -> None:
    chips = page.xpath("//*[contains(concat(' ', @class, ' '), ' chip ')]")
    assert len(chips) > 60
    for chip in chips:
        assert chip.xpath(".//*[local-name()='svg']/*"), "a shape"
        assert chip.text_content().strip(), "words"


def test_no_data_is_never_green(page: Any) -> None:
    row = page.xpath("//tr[th[contains(., 'IDAP: residents')]]")[0]
    assert "No data" in row.text_content()
    assert not row.xpath(".//*[contains(@class, 'green')]")


def test_pdf_is_tagged_and_described(out: Path) -> None:
    with pikepdf.open(out / "callover-pack.pdf") as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.Outlines.Count
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert "September 2016" in meta["dc:title"]
        seen = list(_elements(root.StructTreeRoot))
    kinds = [kind for kind, *_ in seen]
    assert kinds.count("/Table") > 40
    figures = [alt for kind, alt, _ in seen if kind == "/Figure"]
    assert len(figures) > 40
    assert all(figures)
    scopes = [scope for kind, _, scope in seen if kind == "/TH"]
    assert {"/Row", "/Column"} <= set(scopes)


def test_pdf_names_all_its_content_and_skips_no_heading(out: Path) -> None:
    with pikepdf.open(out / "callover-pack.pdf") as pdf:
        root = structure(pdf)
        named = tagged(root, pdf)
        found: set[tuple[int, int]] = set()
        for place, sheet in enumerate(pdf.pages):
            numbers, loose = marked(sheet, place)
            assert loose == 0, f"page {place + 1}"
            found |= numbers
        assert found == named
        assert skipped(headings(root)) == []
        homes = {"P", "H1", "H2", "H3", "H4", "LBody", "Lbl", "TH", "TD", "Caption", "TOCI"}
        assert [e.kind for e in root.every("Span") if not homes & set(e.parents)] == []


def _elements(node: Any) -> list[tuple[str, str, str]]:
    """Kind, alternative text and scope of all structure elements."""
    below = node.get("/K")
    items = below if isinstance(below, pikepdf.Array) else [below] if below is not None else []
    found = []
    for item in items:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            given = item.get("/A")
            sheets = given if isinstance(given, pikepdf.Array) else [given] if given else []
            scope = next((str(a.Scope) for a in sheets if "/Scope" in a), "")
            found.append((str(item.S), str(item.get("/Alt", "")), scope))
            found += _elements(item)
    return found


def test_page_numbers_in_the_summary_are_those_of_the_pages(out: Path) -> None:
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    own = next(i for i, t in enumerate(texts) if "Indicator 14 ·" in t) + 1
    summary = next(t for t in texts if "Overall performance summary" in t and "No." in t)
    row = next(line for line in re.split(r"[\r\n]+", summary) if "Serious youth violence" in line)
    tail = summary[summary.index(row) :]
    assert re.search(rf"\b{own}\b", tail[:160])


def test_each_summary_fits_its_page(out: Path) -> None:
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    first = [i for i, t in enumerate(texts) if re.match(r"(?s).{0,40}Indicator \d+ ·", t)]
    assert len(first) == 34
    over = [texts[i][:60] for i in range(first[0], first[-1]) if i not in first]
    assert len(over) <= 1, f"only the page of two indicators may run over: {over}"


def test_no_words_of_the_pdf_are_small_print(out: Path) -> None:
    """8.5 points at least, charts included; 6.5 for the raised letters of notes."""
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        small = [word for page in pdf for word in _smaller_than(8.45, page)]
    finally:
        pdf.close()
    assert all(letter in "abcdef" and size > 6.5 for letter, size in small)


def _smaller_than(least: float, page: pypdfium2.PdfPage) -> Iterator[tuple[str, float]]:
    """Letters with their size on paper."""
    words, matrix = page.get_textpage(), raw.FS_MATRIX()
    for place in range(words.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(words, place))
        raw.FPDFText_GetMatrix(words, place, matrix)
        size = raw.FPDFText_GetFontSize(words, place) * math.hypot(matrix.b, matrix.d)
        if letter.strip() and size < least:
            yield letter, size


def test_workbook_has_a_table_a_sheet_and_all_figures(out: Path, pack: Pack) -> None:
    book = load_workbook(io.BytesIO((out / "callover-pack.xlsx").read_bytes()))
    assert book.sheetnames[0].lower().startswith("cover")
    figures = book[next(name for name in book.sheetnames if name.lower() == "figures")]
    assert figures.max_row >= len(pack.figures)
    tabled = [sheet for sheet in book.worksheets if sheet.tables]
    assert len(tabled) > 30
    assert not any(sheet.merged_cells.ranges for sheet in book.worksheets)


BUILD = """
import sys
from collections.abc import Iterator
from pathlib import Path
from example_pack import example_pack, example_workspace
example_pack(example_workspace(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def elsewhere(*arguments: Path | str) -> None:
    """Another process: other hash seed, other time zone, a locale that knows only ASCII."""
    other = os.environ | {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], env=other, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def assert_same_files(one: Path, other: Path) -> None:
    assert {path.name for path in one.iterdir()} == {path.name for path in other.iterdir()}
    for path in sorted(one.iterdir()):
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_every_summary_is_one_page_of_the_pdf(out: Path) -> None:
    sections = read_pack(out / "callover-pack.json").document.sections
    titles = [section.title for section in sections if section.kind == "indicator"]
    lengths = pages_of(out / "callover-pack.pdf", titles)
    assert len(lengths) == 33
    assert {title: pages for title, pages in lengths.items() if pages != 1} == {}


def test_same_inputs_same_bytes_in_any_process(out: Path, folder: Path) -> None:
    """Documents take their time from the known-at moment, not from clock, zone or locale."""
    elsewhere("-c", BUILD, folder / "second", folder / "again")
    assert_same_files(out, folder / "again")


def test_the_pack_file_alone_gives_every_document_again(out: Path, folder: Path) -> None:
    """Away from workspace and store, in another process, byte for byte."""
    alone = folder / "alone"
    alone.mkdir()
    shutil.copy(out / "callover-pack.json", alone)
    elsewhere("-m", "callover", "pack", "--from-json", alone / "callover-pack.json")
    assert_same_files(out, alone)


def test_every_printed_figure_has_its_record_with_lineage(out: Path) -> None:
    """What prints a figure names its record; the record says its rows, files and days."""
    content = json.loads((out / "callover-pack.json").read_text())
    printed = set(re.findall(r'"figure": "([^"]+)"', (out / "callover-pack.json").read_text()))
    records = {figure["key"]: figure for figure in content["figures"]}
    assert len(printed) > 1000
    assert printed <= records.keys()
    for record in records.values():
        assert record["worked"], record["key"]
        assert record["inputs"] or record["measure"] in ("target_to_date", "rating"), record["key"]
        assert all(place < len(content["rows"]) for place in record["inputs"])
    traced = next(record for record in records.values() if record["inputs"])
    first = content["rows"][traced["inputs"][0]]
    assert {"file", "row", "value", "known_from"} <= first.keys()
    assert content["commentary"]["tno"]


def _chart(pack: Pack, name: str) -> Chart:
    blocks = (b for s in pack.document.sections for b in every(s.blocks))
    return next(b for b in blocks if isinstance(b, Chart) and b.id == name)


def test_months_known_only_in_a_sum_are_said_not_drawn(pack: Pack) -> None:
    chart = _chart(pack, "time-tno")  # 17,754 in twelve months less 9,031 from April
    assert "October 2015 to March 2016 are known only as a sum: 8,723." in chart.caption
    assert chart.table is not None and len(chart.table.rows) == 6


def test_the_fire_ceiling_is_drawn_month_by_month(pack: Pack) -> None:
    spec = _chart(pack, "time-outdoor_rubbish_fires").spec
    line = next(la for la in spec["layer"] if la["mark"].get("strokeDash") == [6, 3])
    assert {row["value"] for row in line["data"]["values"]} == {257 / 12}


def test_no_chart_stands_alone_on_a_page(pack: Pack) -> None:
    for section in pack.document.sections:
        if section.kind == "indicator":
            assert not [block for block in section.blocks if isinstance(block, Chart)]


def test_the_groups_that_made_the_change_are_drawn(pack: Pack) -> None:
    chart = _chart(pack, "made-of-tno-parts")
    assert chart.title.endswith("Largest rise: violence against the person (+459)")
    assert "16,906 to 17,825" in chart.title
    assert chart.table is not None
    first, *parts, last = [row.cells[1].value or 0 for row in chart.table.rows]
    assert (first, sum(parts), last) == (16906, 919, 17825)


def test_every_split_of_a_change_adds_up(pack: Pack) -> None:
    section = next(each for each in pack.document.sections if each.id == "made-of")
    tables = [block for block in every(section.blocks) if isinstance(block, Table)]
    assert len(tables) == 4  # all offences by month and part, and two of the brief by month
    for table in tables:
        *parts, whole = [[cell.value for cell in row.cells[1:]] for row in table.rows]
        for sums, value in zip(zip(*parts, strict=True), whole, strict=True):
            assert sum(sums) == pytest.approx(value)
        assert whole[1] - whole[0] == pytest.approx(whole[2])
    months = next(table for table in tables if table.id == "made-of-tno-months-lines")
    assert [row.cells[3].value for row in months.rows] == [41, 143, 92, 30, 27, -7, 326]


def test_each_row_of_five_years_has_its_line(page: Any) -> None:
    rows = page.xpath("//*[@id='cap-five-years']/../tbody/tr")
    assert len(rows) > 20
    assert all(row.xpath("count(.//svg[@aria-hidden='true'])") == 1 for row in rows)


def test_no_two_links_side_by_side_lead_to_the_same_place(page: Any) -> None:
    links = page.xpath("//a")
    assert len(links) > 100
    side_by_side = [
        (one, one.getnext())
        for one in links
        if one.getnext() is not None and one.getnext().tag == "a" and not (one.tail or "").strip()
    ]
    assert not [pair for pair in side_by_side if pair[0].get("href") == pair[1].get("href")]


def test_rows_stand_in_the_body_that_their_group_heads(page: Any) -> None:
    headed = page.xpath("//th[@scope='rowgroup']")
    assert len(headed) > 10
    for head in headed:
        body = head.getparent().getparent()
        assert body.tag == "tbody"
        assert body.xpath("count(.//th[@scope='rowgroup'])") == 1
        assert body.xpath("./tr[1]//th[@scope='rowgroup']")
        assert len(body) > 1
    assert not page.xpath("//tbody[not(tr)]")


def test_no_two_figures_share_the_title_of_their_trace(page: Any) -> None:
    """Each button is named by what is seen of it, and leads to a title that no other has."""
    titles: dict[str, set[str]] = {}
    for button in page.xpath("//section//button[@popovertarget]"):
        assert button.get("aria-label") is None
        assert button.text_content() == f"{button.text}, source"
        target = button.get("popovertarget")
        title = page.get_element_by_id(target).xpath("./p[1]")[0].text_content()
        titles.setdefault(title, set()).add(target)
    assert len(titles) > 200
    assert all(len(targets) == 1 for targets in titles.values())


def test_no_cell_is_blank_without_a_word(page: Any) -> None:
    """Only the months to come are blank, and the table says so."""
    months = {"Oct", "Nov", "Dec", "Jan", "Feb", "Mar"}
    tables = page.xpath("//table[.//tbody]")
    assert len(tables) > 60
    for table in tables:
        heads = [head.text_content() for head in table.xpath("./thead//th")]
        for row in table.xpath("./tbody/tr[not(@class='group')]"):
            cells = row.xpath("./th | ./td")
            blank = {h for h, c in zip(heads, cells, strict=True) if not c.text_content().strip()}
            assert blank <= months, table.findtext("caption")
            after = table.getparent().getnext()
            assert not blank or "Nothing stands yet for months after" in after.text_content()


def test_a_target_in_per_cent_has_its_sign(page: Any) -> None:
    rows = page.xpath("//tr[th[contains(., 'Home fire safety visits to people')]]")
    cells = [cell.text_content() for row in rows for cell in row]
    assert "80\u202f%" in cells
    assert "80" not in cells


def test_every_cell_shows_the_figure_that_it_names(out: Path) -> None:
    """A line of a breakdown or of the fire table names its own figure, not its neighbour's."""
    content = json.loads((out / "callover-pack.json").read_bytes())
    values = {figure["key"]: figure["value"] for figure in content["figures"]}
    assert len(values) == len(content["figures"])
    named = 0
    for node in _nodes(content["document"]):
        if node.get("is") == "Cell" and node.get("figure") and "value" in node:
            named += 1
            assert node["value"] == pytest.approx(values[node["figure"]]), node
    assert named > 500


def _nodes(node: object):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from _nodes(value)
