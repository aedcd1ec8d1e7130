"""The reader of Word documents: what is printed, in order, with the number of its paragraph."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from callover.audit.pack import Block, Heading, Paragraph, Table
from callover.audit.readers.docx import read
from callover.audit.unreadable import Unreadable


def blocks(folder: Path, document: Any) -> tuple[Block, ...]:
    path = folder / "pack.docx"
    document.save(path)
    return read(path).blocks


def with_body(folder: Path, xml: str) -> tuple[Block, ...]:
    """A document whose body is ``xml``."""
    document = docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return blocks(folder, document)


def said(found: tuple[Block, ...]) -> list[str]:
    return [b.text for b in found if not isinstance(b, Table)]


RAISED = "<w:vertAlign w:val='superscript'/>"


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_headings_paragraphs_and_their_places(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Pack", 0)
    document.add_heading("Burglary", 2)
    document.add_paragraph("17,825 offences")
    found = blocks(tmp_path, document)
    assert [(type(b), b.place.spot) for b in found] == [
        (Heading, "p1"), (Heading, "p2"), (Paragraph, "p3"),
    ]  # fmt: skip
    assert [b.level for b in found if isinstance(b, Heading)] == [1, 2]


def test_paragraphs_are_numbered_through_tables(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "5"
    document.add_paragraph("after")
    found = blocks(tmp_path, document)
    assert isinstance(found[0], Table)
    assert found[0].rows[1][1].place.spot == "p4"
    assert found[1].place.spot == "p5"


def test_tracked_changes_hidden_words_and_fields(tmp_path: Path) -> None:
    found = with_body(
        tmp_path,
        f"<w:p>{run('was ')}<w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        f"<w:ins>{run('6')}</w:ins>{run('no', '<w:vanish/>')}"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/></w:r>"
        f"<w:hyperlink>{run('here')}</w:hyperlink>{run('2', RAISED)}</w:p>",
    )
    assert said(found) == ["was 6\there²"]


def test_automatic_numbers_and_bullets(tmp_path: Path) -> None:
    document = docx.Document()
    for style in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("item", style)
    assert said(blocks(tmp_path, document)) == ["1. item", "2. item", "• item"]


def test_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "9"
    (found,) = blocks(tmp_path, document)
    assert isinstance(found, Table)
    assert [[(c.text, c.columns) for c in row] for row in found.rows] == [
        [("wide", 2), ("02", 1)],
        [("tall", 1), ("11", 1), ("9", 1)],
        [("tall", 1), ("21", 1), ("", 1)],
    ]


def test_a_caption_and_heading_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Table 1: offences", "Caption")
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "Month"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph("Figure 2", "Caption")
    found = blocks(tmp_path, document)
    assert isinstance(found[0], Table)
    assert found[0].caption == "Table 1: offences"
    assert [row[0].heading for row in found[0].rows] == [True, True]
    assert said(found) == ["Figure 2"]


def test_a_table_within_a_cell_follows_and_depth_is_bounded(tmp_path: Path) -> None:
    cell = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>"
    xml = f"<w:p>{run('deep')}</w:p>"
    for _ in range(3):
        xml = cell.format(xml)
    assert len(with_body(tmp_path, xml)) == 3
    for _ in range(9):
        xml = cell.format(xml)
    with pytest.raises(Unreadable, match="tables stand more than 8 deep"):
        with_body(tmp_path, xml)


def test_headers_and_footers_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_section()
    for section in document.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "OFFICIAL"
        section.footer.paragraphs[0].text = "Draft"
    document.add_paragraph("body")
    found = blocks(tmp_path, document)
    assert said(found) == ["OFFICIAL", "body", "Draft"]
    assert found[0].place.spot == ""


def test_pages_where_word_left_them(tmp_path: Path) -> None:
    found = with_body(
        tmp_path,
        f"<w:p>{run('one')}</w:p><w:p><w:r><w:lastRenderedPageBreak/></w:r>{run('two')}</w:p>"
        f"<w:p>{run('still two')}<w:r><w:lastRenderedPageBreak/></w:r></w:p>"
        f"<w:p>{run('three')}</w:p>",
    )
    assert [b.place.page for b in found] == [1, 2, 2, 3]


def test_text_boxes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    found = with_body(
        tmp_path,
        f"<w:p>{run('beside')}<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org"
        f"/markup-compatibility/2006'><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert said(found) == ["beside", "boxed"]


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(path)
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts["word/document.xml"] = bomb + parts["word/document.xml"].split(b"?>", 1)[1]
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    with pytest.raises(Unreadable, match="entities"):
        read(path)
