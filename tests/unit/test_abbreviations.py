"""An abbreviation is opened where the document's prose first uses it, and only there."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
import pytest
from docx import Document as WordDocument
from lxml import html as lxml_html

from callover.report.blocks import (
    Block,
    BulletList,
    Columns,
    Document,
    Note,
    Paragraph,
    Section,
    Span,
    TermList,
    from_json,
    text,
    to_json,
)
from callover.report.build.abbreviations import abbreviations, open_abbreviations
from callover.report.render.docx import render_docx
from callover.report.render.html import render_html
from callover.report.render.pdf import render_pdf

TERMS = {
    "Band": "A target with a lowest and a highest good value",
    "IDAP": "Integrated Domestic Abuse Programme, which a court can order",
    "MARAC": "Multi-agency risk assessment conference, a meeting",
    "MOPAC": "Mayor's Office for Policing and Crime",
    "MOPAC 7": "Seven crime types taken together: burglary, robbery",
}


def document(*blocks: Block) -> Document:
    parts = (Section("one", "One", blocks),)
    made = Document("Report", "", "A partnership", "", "2016-11-20T00:00:00Z", parts)
    return open_abbreviations(made, TERMS)


def printed(blocks: Sequence[Block]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Paragraph | Note):
            found.append("".join(span.opened for span in block.spans))
        elif isinstance(block, BulletList):
            found += ["".join(span.opened for span in item) for item in block.items]
        elif isinstance(block, Columns):
            found += [line for column in block.columns for line in printed(column)]
        elif isinstance(block, TermList):
            found += ["".join(span.opened for span in said) for _, said in block.items]
    return found


def test_the_first_use_is_opened_and_no_other() -> None:
    first = Columns(((BulletList((text("MARACs met. A MARAC again."),)),), (Note(text("IDAP")),)))
    made = document(first, Paragraph(text("MARAC and IDAP, IDAP.")))
    assert printed(made.sections[0].blocks) == [
        "MARACs (multi-agency risk assessment conference) met. A MARAC again.",
        "IDAP (Integrated Domestic Abuse Programme)",
        "MARAC and IDAP, IDAP.",
    ]


def test_the_longer_term_is_not_taken_for_the_shorter() -> None:
    made = document(Paragraph(text("MOPAC 7: Burglary. By MOPAC.")))
    assert printed(made.sections[0].blocks) == [
        "MOPAC 7 (seven crime types taken together): Burglary. "
        "By MOPAC (Mayor's Office for Policing and Crime)."
    ]


def test_what_is_explained_beside_is_left_alone() -> None:
    said = "The Integrated Domestic Abuse Programme (IDAP) ended."
    assert printed(document(Paragraph(text(said))).sections[0].blocks) == [said]


def test_words_are_no_abbreviations_and_the_glossary_opens_itself() -> None:
    assert "Band" not in abbreviations(TERMS)
    glossary = TermList((("IDAP", text("Ordered with MARAC")),))
    assert printed(document(glossary).sections[0].blocks) == ["Ordered with MARAC"]


@pytest.fixture(scope="module")
def made() -> Document:
    """As it comes back from the pack file; the abbreviation stands within a link."""
    link = Span("IDAP: residents", anchor="one")
    return from_json(to_json(document(Paragraph(text("See ", link, ". IDAP.")))))


def test_the_page_has_the_words_behind_the_letters(made: Document) -> None:
    page = lxml_html.fromstring(render_html(made))
    (short,) = page.xpath("//abbr")
    assert (short.text, short.get("title")) == ("IDAP", "Integrated Domestic Abuse Programme")
    assert short.getparent().text_content() == "IDAP: residents"
    assert short.getparent().tag == "a"


def test_print_and_word_have_the_words_beside_the_letters(made: Document) -> None:
    said = "See IDAP (Integrated Domestic Abuse Programme): residents. IDAP."
    pdf = pypdfium2.PdfDocument(render_pdf(made))
    try:
        assert said in pdf[0].get_textpage().get_text_range()
    finally:
        pdf.close()
    word = WordDocument(io.BytesIO(render_docx(made)))
    assert said in [paragraph.text for paragraph in word.paragraphs]
