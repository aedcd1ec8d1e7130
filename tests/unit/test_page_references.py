"""A reference to a page is one link, words and number together (WCAG 2.4.4), in every format."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from docx import Document as WordDocument
from lxml import html as lxml_html

from callover.report.blocks import Document, Paragraph, Section, Span, text
from callover.report.render.docx import render_docx
from callover.report.render.html import render_html
from callover.report.render.pdf import render_pdf


@pytest.fixture(scope="module")
def document() -> Document:
    way = Span("More on ", page_of="burglary", anchor="burglary")
    first = Section("brief", "Chair's brief", (Paragraph(text("Up. ", way, ".")),))
    second = Section("burglary", "Burglary", (Paragraph(text("All of it.")),))
    return Document(
        "Report", "", "A partnership", "OFFICIAL", "2016-11-20T00:00:00Z", (first, second)
    )


def test_the_page_leads_by_the_title(document: Document) -> None:
    page = lxml_html.fromstring(render_html(document))
    (link,) = page.xpath("//p[contains(., 'Up.')]//a")
    assert link.text_content() == "More on Burglary"
    assert link.get("href") == "#burglary"


def test_print_leads_by_the_number(document: Document) -> None:
    content = render_pdf(document)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links = [note for note in pdf.pages[0].get("/Annots", []) if note.Subtype == "/Link"]
        assert len(links) == 1
    pdf = pypdfium2.PdfDocument(content)
    try:
        assert "Up. More on page 2." in pdf[0].get_textpage().get_text_range()
    finally:
        pdf.close()


def test_word_leads_by_the_number(document: Document) -> None:
    word = WordDocument(io.BytesIO(render_docx(document)))
    (said,) = [p for p in word.paragraphs if p.text.startswith("Up.")]
    assert said.text == "Up. More on page 2."
    assert [link.text for link in said.hyperlinks] == ["More on page 2"]
