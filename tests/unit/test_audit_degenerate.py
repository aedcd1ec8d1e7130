"""Senseless spans, broken styles, frames and hidden cells: read as they are shown, or told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from callover.audit.pack import Heading, Pack, Table
from callover.audit.read import read_pack

Grid = list[list[tuple[str, int]]]


def _page(folder: Path, body: str) -> Pack:
    path = folder / "pack.html"
    path.write_text(f"<html><body>\n<h1>Burglary</h1>{body}</body></html>", "utf-8")
    return read_pack(path)


def _grid(pack: Pack) -> Grid:
    (table,) = (block for block in pack.blocks if isinstance(block, Table))
    return [[(cell.text, cell.columns) for cell in row] for row in table.rows]


ROWS = "<tr><td rowspan='{}'>North</td><td>May</td><td>5</td></tr><tr><td>June</td><td>6</td></tr>"


@pytest.mark.parametrize("said", ["0", "2", "99999999"])
def test_a_cell_over_all_rows_ends_with_its_body(tmp_path: Path, said: str) -> None:
    other = "<tr><td>South</td><td>May</td><td>9</td></tr>"
    body = f"<table><tbody>{ROWS.format(said)}</tbody><tbody>{other}</tbody></table>"
    assert _grid(_page(tmp_path, body)) == [
        [("North", 1), ("May", 1), ("5", 1)],
        [("North", 1), ("June", 1), ("6", 1)],
        [("South", 1), ("May", 1), ("9", 1)],
    ]


@pytest.mark.parametrize("said", ["-2", "many", "1.5", ""])
def test_a_span_that_is_no_number_is_one(tmp_path: Path, said: str) -> None:
    body = f"<table><tr><td colspan='{said}'>North</td><td>5</td></tr></table>"
    assert _grid(_page(tmp_path, body)) == [[("North", 1), ("5", 1)]]


def test_a_cell_over_endless_columns_covers_what_the_table_has_and_that_is_told(
    tmp_path: Path,
) -> None:
    row = "<tr><td>North</td><td>5</td><td>6</td><td>7</td></tr>"
    head = "<tr><th>Area</th><th colspan='100000'>Crimes</th></tr>"
    found = _page(tmp_path, f"<table>{head}{row}</table>")
    assert _grid(found)[0] == [("Area", 1), ("Crimes", 3)]
    assert found.notes == (
        "A cell (line 2) is said to cover 100,000 columns of a table that has 4; it was read as"
        " covering 3.",
    )


def test_a_frame_with_the_page_itself_is_not_followed_and_told(tmp_path: Path) -> None:
    frame = "<iframe src='pack.html'></iframe>"
    assert _page(tmp_path, f"<p>5 offences</p>{frame}").notes == (
        "1 frame of the page shows another file and was not read: audit what is in it apart.",
    )
    assert "2 frames of the page show" in _page(tmp_path, f"<p>5</p>{frame * 2}").notes[0]


def _document(folder: Path, old: str = "", new: str = "", without: str = "") -> Pack:
    """A document of a heading and a table with words of its body replaced, and without a part."""
    made, path = docx.Document(), folder / "pack.docx"
    made.add_heading("Burglary", 2)
    table = made.add_table(2, 3)
    for at, text in enumerate(("Area", "May", "June", "North", "5", "6")):
        table.cell(at // 3, at % 3).text = text
    made.save(str(folder / "whole.docx"))
    with zipfile.ZipFile(folder / "whole.docx") as whole, zipfile.ZipFile(path, "w") as other:
        for name in whole.namelist():
            if name != without:
                content = whole.read(name)
                if name in ("word/document.xml", "word/styles.xml") and old:
                    content = content.replace(old.encode(), new.encode(), 1)
                other.writestr(name, content)
    return read_pack(path)


def test_a_word_cell_over_endless_columns_is_read_and_told(tmp_path: Path) -> None:
    found = _document(tmp_path, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="100000"/>')
    assert _grid(found)[0] == [("Area", 1), ("May", 1), ("June", 1)]
    assert "A cell (paragraph 2) is said to cover 100,000 columns" in found.notes[0]


def test_a_word_row_that_begins_endless_columns_on_is_read_and_told(tmp_path: Path) -> None:
    found = _document(tmp_path, "<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="5000"/></w:trPr>')
    assert _grid(found)[0][0] == ("Area", 1)
    assert found.notes == (
        "A row of a table is said to begin 5,000 columns on; it was read from the first.",
    )


@pytest.mark.parametrize("said", ["0", "-5", "many"])
def test_a_word_cell_over_no_columns_covers_one(tmp_path: Path, said: str) -> None:
    found = _document(tmp_path, "<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{said}"/>')
    assert _grid(found)[0] == [("Area", 1), ("May", 1), ("June", 1)]


def test_headings_are_found_without_styles_and_it_is_told(tmp_path: Path) -> None:
    found = _document(tmp_path, without="word/styles.xml")
    heading = found.blocks[0]
    assert isinstance(heading, Heading)
    assert (heading.text, heading.level) == ("Burglary", 2)
    assert found.notes == (
        "The part word/styles.xml is missing: headings were told by the names of styles only.",
    )


def test_a_style_that_is_made_from_itself_is_read(tmp_path: Path) -> None:
    loop = 'w:styleId="Heading2"><w:basedOn w:val="Heading2"/>'
    found = _document(tmp_path, 'w:styleId="Heading2">', loop)
    assert isinstance(found.blocks[0], Heading)
    assert found.notes == ()


def test_what_stands_under_a_merged_cell_is_told(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "pack.xlsx"
    for row in (["Area", "Crimes"], ["North", 5], ["South", 7]):
        book.active.append(row)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end, merged = b"</sheetData>", b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(end, end + merged))
    assert read_pack(path).notes == (
        "Sheet 'Sheet': what stands under merged cells was not read, for the sheet does not show"
        " it (3 cells).",
    )
