"""The pack as a Word document that an officer can go on editing."""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx

from callover.report.blocks import Document, Section
from callover.report.render.archive import normalised
from callover.report.render.docx_blocks import heading_nodes, nodes_of
from callover.report.render.docx_frame import prepare
from callover.report.render.docx_outline import outline_of
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import Element, add_settings, element, paragraph, run


def render_docx(document: Document) -> bytes:
    """``document`` as DOCX: real styles, native tables, fields and bookmarks, alternative texts.

    The same document gives the same bytes: every time in it is ``document.moment``.
    """
    word = docx.Document()
    outline = outline_of(document)
    pages: Mapping[str, int] = {}
    prepare(word, document, max(pages.values(), default=1))
    writer = Writer(word.part, outline, pages)
    body = word.element.body
    for position, section in enumerate(document.sections):
        writer.section = section
        for node in _section(section, document, writer, first=position == 0):
            body.insert(len(body) - 1, node)  # the page settings stay last
    out = io.BytesIO()
    word.save(out)
    return normalised(out.getvalue(), document.moment)


def _section(section: Section, document: Document, writer: Writer, first: bool) -> list[Element]:
    opening = (
        _cover(section, document, writer) if section.kind == "cover" else _title(section, writer)
    )
    if section.new_page and not first:
        add_settings(opening[0], [element("pageBreakBefore")])
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
