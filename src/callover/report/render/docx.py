"""The pack as a Word document that an officer can go on editing."""

from __future__ import annotations

import io

import docx

from callover.domain.archives import normalised
from callover.report.blocks import Document, Section
from callover.report.render.docx_blocks import heading_nodes, nodes_of
from callover.report.render.docx_columns import settle
from callover.report.render.docx_frame import prepare, write_footer
from callover.report.render.docx_outline import outline_of
from callover.report.render.docx_pages import lay_out
from callover.report.render.docx_tables import apart
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import Element, add_settings, element, paragraph, run
from callover.report.render.xlsx_sheets import sheet_names


def render_docx(document: Document) -> bytes:
    """``document`` as DOCX: real styles, native tables, fields and bookmarks, alternative texts.

    The same document gives the same bytes: every time in it is ``document.moment``.
    """
    word = docx.Document()
    prepare(word, document)
    writer = Writer(word.part, outline_of(document), sheets=sheet_names(document))
    nodes = _text(document, writer)
    pages, total = lay_out(nodes)
    writer.fill_in(pages)
    write_footer(word, document, total)
    ending = word.element.body[-1]  # the page settings stay last
    for node in settle(nodes, ending):
        ending.addprevious(node)
    out = io.BytesIO()
    word.save(out)
    return normalised(out.getvalue(), document.moment)


def _text(document: Document, writer: Writer) -> list[Element]:
    """All paragraphs and tables, in order."""
    nodes: list[Element] = []
    for section in document.sections:
        writer.section = section
        opening, *rest = _section(section, document, writer)
        if section.new_page and nodes:
            add_settings(opening, [element("pageBreakBefore")])
        nodes += [opening, *rest]
    return apart(nodes)


def _section(section: Section, document: Document, writer: Writer) -> list[Element]:
    is_cover = section.kind == "cover"
    opening = _cover(section, document, writer) if is_cover else _title(section, writer)
    return [*opening, *nodes_of(section.blocks, writer)]


def _cover(section: Section, document: Document, writer: Writer) -> list[Element]:
    """The document's own title; a cover's section title is for the formats that list it."""
    above = section.kicker or document.organisation
    title = paragraph("Title", *writer.marked(run(document.title)))
    below = [paragraph("Subtitle", run(document.subtitle))] if document.subtitle else []
    return [*([paragraph("CoverLine", run(above))] if above else []), title, *below]


def _title(section: Section, writer: Writer) -> list[Element]:
    if section.in_contents:
        return heading_nodes(section.title, writer.level(1), section.kicker, writer)
    above = [paragraph("Kicker", run(section.kicker))] if section.kicker else []
    return [*above, paragraph("HeadingUnlisted", *writer.marked(run(section.title)))]
