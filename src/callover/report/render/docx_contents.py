"""The table of contents: a field of Word's own, filled in beforehand."""

from __future__ import annotations

from callover.report.render.docx_outline import Target
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import Element, element, field_start, link_to, paragraph, run


def contents_nodes(depth: int, writer: Writer) -> list[Element]:
    """The field and its entries, with the frame that gives Word's "Update table" button."""
    entries = [_entry(target, writer) for target in writer.outline.entries(depth)]
    if not entries:
        return []
    opening = field_start(f'TOC \\o "1-{depth}" \\h \\z')
    for position, node in enumerate(opening):
        entries[0].insert(1 + position, node)
    entries[-1].append(element("r", element("fldChar", fldCharType="end")))
    return [_frame(entries)]


def _entry(target: Target, writer: Writer) -> Element:
    page = writer.page_field(target)
    line = link_to(target.bookmark, run(target.title), run("\t"), *page)
    return paragraph(f"Toc{max(1, min(target.level, 3))}", line)


def _frame(entries: list[Element]) -> Element:
    gallery = element(
        "docPartObj",
        element("docPartGallery", val="Table of Contents"),
        element("docPartUnique"),
    )
    return element("sdt", element("sdtPr", gallery), element("sdtContent", *entries))
