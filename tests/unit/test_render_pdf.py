"""The printed pack as assistive technology meets it: PDF/UA-1, clause by clause (ISO 14289-1).

veraPDF is not to be had from the package registries, so its checks that matter here are made with
pikepdf on the sample document, which holds every kind of block.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from shutil import which
from typing import Any

import pikepdf
import pytest

from callover.report.blocks import (
    Cell,
    Chart,
    Column,
    Heading,
    Row,
    Section,
    Table,
    anchors,
    every,
)
from callover.report.render.pdf import render_pdf
from pdf_tags import Element, fonts, headings, marked, opened, skipped, structure, tagged
from sample_document import sample

STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference Link Annot Figure "
    "Formula Form"
)
"""Structure types of ISO 32000-1, 14.8.4."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_pdf(sample())


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Any:
    with opened(content) as read:
        yield read


@pytest.fixture(scope="module")
def root(pdf: pikepdf.Pdf) -> Element:
    return structure(pdf)


def test_the_catalogue_says_tagged_titled_and_in_english(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert "/Suspects" not in pdf.Root.MarkInfo
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == sample().title


@pytest.mark.skipif(
    which("pdfinfo") is None, reason="no poppler here: apt-get install poppler-utils"
)
def test_poppler_opens_it_without_a_word(content: bytes) -> None:
    done = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True)
    assert done.stderr == b""


def test_all_content_is_in_the_structure_or_an_artifact(pdf: pikepdf.Pdf, root: Element) -> None:
    named = tagged(root, pdf)
    found: set[tuple[int, int]] = set()
    for place, page in enumerate(pdf.pages):
        numbers, loose = marked(page, place)
        assert loose == 0, f"page {place + 1} paints outside any mark"
        found |= numbers
    assert found == named


def test_kinds_are_those_of_the_standard_or_mapped_to_them(pdf: pikepdf.Pdf, root: Element) -> None:
    standard = set(STANDARD.split())
    roles = {str(key)[1:]: str(value)[1:] for key, value in pdf.Root.StructTreeRoot.RoleMap.items()}
    kinds = {element.kind for element in root.every()}
    assert {roles.get(kind, kind) for kind in kinds} <= standard
    assert not kinds & {"H"}


def test_words_stand_in_paragraphs_headings_lists_and_cells(root: Element) -> None:
    homes = {"P", "H1", "H2", "H3", "H4", "H5", "LBody", "Lbl", "TH", "TD", "Caption", "TOCI"}
    stray = [e for e in root.every("Span") if not homes & set(e.parents)]
    assert stray == []


def test_headings_begin_with_the_first_level_and_skip_none(root: Element) -> None:
    levels = headings(root)
    assert levels[0] == 1
    assert skipped(levels) == []


def test_every_chart_is_a_figure_with_its_sentence(root: Element) -> None:
    blocks = [b for s in sample().sections for b in every(s.blocks)]
    alts = [str(e.dictionary.Alt) for e in root.every("Figure")]
    assert alts == [b.alt for b in blocks if isinstance(b, Chart)]


@pytest.mark.parametrize("alt", ["", "from 2 to 3, lowest 1, highest 4"])
def test_a_line_in_a_cell_is_a_figure_where_its_course_is_said(alt: str) -> None:
    line = Cell("1–4", trend=(2, 1, None, 4, 3), alt=alt)
    table = Table("t", "t", (Column("Area"), Column("Course")), (Row((Cell("a"), line)),))
    content = render_pdf(replace(sample(), sections=(Section("s", "Section", (table,)),)))
    with opened(content) as read:
        figures = [str(each.dictionary.Alt) for each in structure(read).every("Figure")]
    assert figures == ([alt] if alt else [])


def test_tables_have_caption_head_and_row_headers(root: Element) -> None:
    blocks = [b for s in sample().sections for b in every(s.blocks) if isinstance(b, Table)]
    tables = list(root.every("Table"))
    assert len(tables) == len(blocks)
    for element, table in zip(tables, blocks, strict=True):
        assert [child.kind for child in element.below] == ["Caption", "THead", "TBody"]
        head, body = element.below[1], element.below[2]
        assert [str(cell.attribute("/Scope")) for cell in head.every("TH")] == ["/Column"] * len(
            table.columns
        )
        rows = list(body.every("TR"))
        assert len(rows) == len(table.rows)
        for row, given in zip(rows, table.rows, strict=True):
            leading = 1 if given.kind == "group" else table.row_headers
            kinds = [cell.kind for cell in row.below]
            assert kinds == ["TH"] * leading + ["TD"] * (len(given.cells) - leading)
            assert {str(c.attribute("/Scope")) for c in row.below if c.kind == "TH"} == {"/Row"}
            assert sum(int(c.attribute("/ColSpan") or 1) for c in row.below) == len(table.columns)


@pytest.mark.parametrize("rows", range(53, 61))
def test_a_caption_belongs_to_its_table_where_that_ends_with_the_page(rows: int) -> None:
    """One of these tables ends exactly at the foot of its page, whatever the letters' height."""
    content = render_pdf(replace(sample(), sections=(_long_tables(rows),)))
    with opened(content) as read:
        captions = list(structure(read).every("Caption"))
    assert len(captions) == 2
    assert {each.parents[-1] for each in captions} <= {"Table", "Figure"}


def _long_tables(rows: int) -> Section:
    tables = [
        Table(name, name, (Column("Area"), Column("Rate")), (Row((Cell("a"), Cell("1"))),) * count)
        for name, count in (("first", rows), ("second", 3))
    ]
    return Section("s", "Section", (tables[0], Heading(2, "Next"), tables[1]))


def test_every_caption_is_that_of_a_table_or_figure(root: Element) -> None:
    assert {each.parents[-1] for each in root.every("Caption")} <= {"Table", "Figure"}


def test_lists_are_lists(root: Element) -> None:
    lists = list(root.every("L"))
    assert len(lists) == 2
    for each in lists:
        assert {item.kind for item in each.below} == {"LI"}
        for item in each.below:
            assert [part.kind for part in item.below] == ["Lbl", "LBody"]


def test_links_are_described_and_belong_to_the_structure(pdf: pikepdf.Pdf, root: Element) -> None:
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(notes) > 10
    titles = anchors(sample())
    for note in notes:
        assert note.Subtype == pikepdf.Name.Link
        assert str(note.Contents).strip()
        assert "/StructParent" in note
        if "/Dest" in note:
            title = titles[str(note.Dest).removeprefix("/")]
            assert title in str(note.Contents)
            assert re.search(r"\bpage \d+$", str(note.Contents))
    referred = [
        item.Obj.objgen
        for link in root.every("Link")
        for item in link.dictionary.K
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.OBJR
    ]
    assert sorted(referred) == sorted(note.objgen for note in notes)


def test_keyboard_follows_the_structure(pdf: pikepdf.Pdf) -> None:
    assert {str(page.Tabs) for page in pdf.pages if "/Annots" in page} == {"/S"}


def test_bookmarks_nest_as_the_headings_do(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = {item.title: [child.title for child in item.children] for item in outline.root}
    sections = sample().sections
    assert list(titles) == [s.title for s in sections if s.level == 1]
    assert titles["One-page summaries"] == [s.title for s in sections if s.level == 2]


def test_fonts_are_embedded_and_their_letters_known(pdf: pikepdf.Pdf) -> None:
    found = fonts(pdf)
    assert found
    for name, font in found.items():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), name
        assert "/ToUnicode" in font, name
        assert "NotoSans" in name


def test_same_document_same_bytes(content: bytes) -> None:
    assert render_pdf(sample()) == content


def test_words_with_signs_that_the_typeface_lacks_are_printed() -> None:
    odd = (
        "a\x0b b\x1f\x00 \N{PARTY POPPER} 中文 \u202e \ufeff \ufffe \ue000 \U000e0041 e\u0301 – £5"
    )
    document = sample()
    first, *others = document.sections
    heading = Heading(2, odd, "odd-heading")
    section = replace(first, title=f"{first.title} {odd}", blocks=(*first.blocks, heading))
    made = render_pdf(replace(document, title=odd, sections=(section, *others)))
    assert made.startswith(b"%PDF")
