"""Blocks as Word paragraphs and tables.

Charts side by side stand in Word's own columns, other blocks one after the other, and a panel
becomes shaded paragraphs: tables used for layout read badly aloud and break when somebody edits
them. Only key facts make a small table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from callover.report.blocks import (
    Block,
    BulletList,
    Chart,
    Chips,
    Columns,
    Contents,
    Heading,
    KeyFacts,
    Note,
    Panel,
    Paragraph,
    Span,
    Table,
    TermList,
    text,
)
from callover.report.render.docx_columns import column_shares, columns_between
from callover.report.render.docx_contents import contents_nodes
from callover.report.render.docx_heights import height_of
from callover.report.render.docx_look import NOTE_WORDS, SHADE
from callover.report.render.docx_numbering import numbered
from callover.report.render.docx_pictures import picture
from callover.report.render.docx_tables import facts_nodes, table_nodes
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import Element, add_settings, element, local, paragraph, run
from callover.report.render.xlsx_sheets import CHART_FIGURES

ONE_LINE = 80  # letters
PARAGRAPH_STYLES = {"lead": "Lead", "small": "SmallText", "quiet": "QuietText"}


def nodes_of(blocks: Sequence[Block], writer: Writer) -> list[Element]:
    """The paragraphs and tables of ``blocks``, in order."""
    nodes: list[Element] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        if isinstance(before, Panel):
            nodes.append(paragraph("TableGap"))
        if isinstance(block, Table) and block.compact and isinstance(before, Heading):
            nodes += table_nodes(block, writer, captioned=False)
        else:
            nodes += block_nodes(block, writer)
    return nodes


def block_nodes(block: Block, writer: Writer) -> list[Element]:
    """The paragraphs and tables of one block."""
    return _WRITERS[type(block)](block, writer)


def _heading(block: Heading, writer: Writer) -> list[Element]:
    return heading_nodes(block.text, writer.level(block.level), block.kicker, writer)


def _paragraph(block: Paragraph, writer: Writer) -> list[Element]:
    style = PARAGRAPH_STYLES.get(block.style, "BodyText")
    return [paragraph(style, *writer.text(block.spans))]


def _columns(block: Columns, writer: Writer) -> list[Element]:
    """Charts side by side and small print in two columns, all else one after the other.

    Other text in narrow columns takes more room and flows badly over a page's end once somebody
    adds a sentence; LibreOffice sets a table behind a column break into the wrong column.
    """
    filled = [column for column in block.columns if column]
    if len(filled) > 1 and all(map(_is_small_print, filled)):
        return _small_print(filled, writer)
    if len(filled) < 2 or not all(_is_picture(column) for column in filled):
        return [node for column in filled for node in nodes_of(column, writer)]
    shares = block.widths if len(filled) == len(block.columns) else ()
    room = writer.width
    widths = column_shares(shares, len(filled), room)
    columns = [_column(blocks, width, writer) for blocks, width in zip(filled, widths, strict=True)]
    writer.width = room
    return columns_between(columns, widths)


def _is_small_print(blocks: Sequence[Block]) -> bool:
    """Whether a column holds nothing but small paragraphs, such as what a measure means."""
    return all(isinstance(block, Paragraph) and block.style == "small" for block in blocks)


def _small_print(columns: Sequence[Sequence[Block]], writer: Writer) -> list[Element]:
    """All paragraphs in two columns of one width and about one height, read down each in turn."""
    blocks = [block for column in columns for block in column]
    room = writer.width
    widths = column_shares((), 2, room)
    writer.width = widths[0]
    nodes = nodes_of(blocks, writer)
    writer.width = room
    if len(nodes) < 2:
        return nodes
    heights = [height_of(node, widths[0]) for node in nodes]
    cut = min(range(1, len(nodes)), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
    return columns_between([nodes[:cut], nodes[cut:]], widths)


def _is_picture(blocks: Sequence[Block]) -> bool:
    """Whether a column holds a chart, and a paragraph or two at most."""
    kinds = [type(block) for block in blocks]
    return kinds.count(Chart) == 1 and set(kinds) <= {Chart, Paragraph} and len(kinds) <= 3


def _column(blocks: Sequence[Block], width: int, writer: Writer) -> list[Element]:
    writer.width = width
    return nodes_of(blocks, writer)


def _facts(block: KeyFacts, writer: Writer) -> list[Element]:
    return facts_nodes(block, writer.width)


def _contents(block: Contents, writer: Writer) -> list[Element]:
    return contents_nodes(block.depth, writer)


def heading_nodes(words: str, level: int, kicker: str, writer: Writer) -> list[Element]:
    """A heading with the quiet line above it."""
    above = [paragraph("Kicker", run(kicker))] if kicker else []
    close = [element("spacing", before=20)] if kicker else []  # the room stands above the kicker
    return [*above, paragraph(f"Heading{level}", *writer.marked(run(words)), settings=close)]


def _list(block: BulletList, writer: Writer) -> list[Element]:
    if not block.ordered:
        return [paragraph("ListBullet", *writer.text(item)) for item in block.items]
    number = numbered(writer.part)
    return [
        paragraph("ListNumber", *writer.text(item), settings=[_number(number)])
        for item in block.items
    ]


def _number(number: int) -> Element:
    return element("numPr", element("ilvl", val=0), element("numId", val=number))


def _chips(block: Chips, writer: Writer) -> list[Element]:
    """The chips in a line, or each on its own where they would run over it.

    Evidence and direction of travel go on behind the rating.
    """
    apart = sum(len(chip.words) + 8 for chip in block.chips) > ONE_LINE
    lines: list[list[Element]] = []
    for chip in block.chips:
        if not lines or (apart and not chip.beside):
            lines.append([writer.chip(chip)])
        else:
            lines[-1] += [run("   "), writer.chip(chip)]
    return [paragraph("Ratings", *nodes) for nodes in lines]


def _terms(block: TermList, writer: Writer) -> list[Element]:
    """Term and description on a line, the description hanging."""
    return [
        paragraph("Term", run(term, element("b"), element("bCs")), run("\t"), *writer.text(spans))
        for term, spans in block.items
    ]


def _chart(block: Chart, writer: Writer) -> list[Element]:
    """Title, picture, caption; the caption says where the figures stand as a table."""
    return [
        paragraph("ChartTitle", *writer.marked(run(block.title))),
        paragraph("Picture", picture(block, writer.part, next(writer.pictures), writer.width / 20)),
        paragraph("ChartCaption", *_chart_caption(block, writer)),
    ]


def _chart_caption(block: Chart, writer: Writer) -> list[Element]:
    """The caption, and on which sheet of the data book the figures stand."""
    if block.table is None:
        return [run(block.caption)]
    stop = "" if not block.caption or block.caption.endswith((".", "?", "!")) else "."
    opening = f"{block.caption}{stop} ".lstrip()
    sheet = writer.sheets.get(block.table.id, CHART_FIGURES)
    return [run(f"{opening}Figures: sheet “{sheet}” of the data book.")]


def _remark(block: Note, writer: Writer) -> list[Element]:
    title = block.title or NOTE_WORDS.get(block.kind, "")
    opening = text(Span(f"{title.rstrip('.')}. ", strong=True)) if title else ()
    return [paragraph("Remark", *writer.text((*opening, *block.spans)))]


def _panel(block: Panel, writer: Writer) -> list[Element]:
    """Shaded paragraphs between two rules; tables within stay as they are."""
    title = [paragraph("BoxTitle", run(block.title))] if block.title else []
    nodes = [*title, *nodes_of(_joined(block.blocks), writer)]
    for node in nodes:
        if local(node) == "p":
            add_settings(node, _shading(node))
    return nodes


def _joined(blocks: Sequence[Block]) -> Sequence[Block]:
    """Small print across the page taken into the columns before it, which are balanced anyway."""
    match blocks:
        case [Columns() as columns, *wide] if wide and _is_small_print(wide):
            return [replace(columns, columns=(*columns.columns, tuple(wide)))]
        case _:
            return blocks


def _shading(node: Element) -> list[Element]:
    """A quiet ground with a little room around, without gaps between one paragraph and the next.

    Rules in the colour of the ground stand in for spaces, which Word would leave white. All
    paragraphs of the box have the same spacing: one that differs begins a box of its own.
    """
    sides = {"top": 3, "left": 3, "bottom": 3, "right": 3, "between": 0}
    rules = (
        element(side, val="single", sz=4, space=room, color=SHADE) for side, room in sides.items()
    )
    is_item = "List" in node.find("{*}pPr/{*}pStyle").get(qn("w:val"))
    indent = element("ind", left=113 + 340 * is_item, right=113, hanging=340 if is_item else None)
    return [
        element("pBdr", *rules),
        element("shd", val="clear", color="auto", fill=SHADE),
        element("spacing", before=0, after=0),
        indent,
    ]


_WRITERS: dict[type, Callable[[Any, Writer], list[Element]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    BulletList: _list,
    Chips: _chips,
    KeyFacts: _facts,
    TermList: _terms,
    Table: table_nodes,
    Chart: _chart,
    Note: _remark,
    Columns: _columns,
    Panel: _panel,
    Contents: _contents,
}
