"""What surrounds the text: page, header, footer, properties, settings, fonts."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm

from callover.domain.archives import day_of, moment_of
from callover.report.blocks import Document
from callover.report.render.docx_look import FALLBACK, FONT
from callover.report.render.docx_numbering import write_numbering
from callover.report.render.docx_stylesheet import write_styles
from callover.report.render.docx_xml import Element, element, field_runs, paragraph, run
from callover.report.words import day

_UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "fontTable", "extended-properties")
_COMPATIBILITY = {
    "compatibilityMode": 15,  # else Word opens the file in its compatibility view
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}


def prepare(word: Any, document: Document) -> None:
    """Make python-docx's empty document ours: page, styles, lists, header, properties."""
    _leave_out(word.part.rels)
    _leave_out(word.part.package.rels)
    write_styles(word.styles.element, document.language, document.colour)
    write_numbering(word.part.numbering_part.element)
    _write_settings(word.settings.element, document.language)
    _add_fonts(word.part)
    _set_page(word.sections[0])
    _set_header(word.sections[0], document)
    _set_properties(word.core_properties, document)


def known_line(document: Document) -> str:
    """``organisation · title · as known on 28 Nov 2016``, unless the document has its own."""
    if document.footer:
        return document.footer
    known = f"as known on {day(day_of(document.moment), short=True)}"
    return " · ".join(part for part in (document.organisation, document.title, known) if part)


def _leave_out(relations: Any) -> None:
    """Drop what python-docx's template carries along and nobody needs."""
    for key in [k for k, rel in relations.items() if rel.reltype.endswith(_UNWANTED)]:
        relations.pop(key)


def _write_settings(root: Element, language: str) -> None:
    settings = [
        element("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=n)
        for name, n in _COMPATIBILITY.items()
    ]
    root[:] = [
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", *settings),
        element("themeFontLang", val=language),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    ]


def _add_fonts(part: Any) -> None:
    """Name the font's stand-in, for machines that have it not."""
    font = element(
        "font",
        element("altName", val=FALLBACK),
        element("family", val="swiss"),
        element("pitch", val="variable"),
        name=FONT,
    )
    blob = serialize_part_xml(element("fonts", font))
    uri = PackURI("/word/fontTable.xml")
    fonts = Part(uri, CONTENT_TYPE.WML_FONT_TABLE, blob, part.package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(11), Mm(11)
    section.header_distance = section.footer_distance = Mm(5)


def _set_header(section: Any, document: Document) -> None:
    section.header.is_linked_to_previous = False
    section.header._element[:] = [paragraph("Header", run(document.marking))]


def write_footer(word: Any, document: Document, pages: int) -> None:
    """The line at the foot of each page; ``pages`` stands there until Word counts for itself."""
    section = word.sections[0]
    section.footer.is_linked_to_previous = False
    number = [run("\tPage "), *field_runs("PAGE", "1"), run(" of ")]
    total = field_runs("NUMPAGES", str(pages))
    line = paragraph("Footer", run(known_line(document)), *number, *total)
    section.footer._element[:] = [line]


def _set_properties(properties: Any, document: Document) -> None:
    moment = moment_of(document.moment)
    properties.title, properties.subject = document.title, document.subject or document.subtitle
    properties.author = properties.last_modified_by = document.organisation
    properties.language, properties.category = document.language, document.marking
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = moment
    properties.revision = 1
