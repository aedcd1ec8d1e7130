"""Native Word tables: repeated heading rows, whole rows, fixed widths, words for the blind."""

from __future__ import annotations

from docx.oxml.ns import qn

from callover.report.blocks import Cell, KeyFacts, Row, Table
from callover.report.render.docx_look import SHADE, TEXT_WIDTH
from callover.report.render.docx_styles import FACTS, TABLE, inherited
from callover.report.render.docx_widths import column_widths
from callover.report.render.docx_writer import Writer
from callover.report.render.docx_xml import (
    Element,
    add_settings,
    element,
    local,
    paragraph,
    run,
)

KEPT_WHOLE = 16  # a table of so few rows is not split over two pages
SMALL_COLUMNS = 11  # a table of so many columns is set in the smaller size


def table_nodes(table: Table, writer: Writer, captioned: bool = True) -> list[Element]:
    """Caption, table and notes.

    A table that is not ``captioned`` stands right under a heading that says the same; programs
    that read aloud still find the caption as the table's title.
    """
    widths = column_widths(table, writer.width)
    small = " small" if table.compact or len(table.columns) >= SMALL_COLUMNS else ""
    whole = len(table.rows) <= KEPT_WHOLE
    rows = [_heading_row(table, widths, small)]
    for position, row in enumerate(table.rows):
        last = position == len(table.rows) - 1
        held = (whole and not last) or row.kind == "group"
        rows.append(_row(row, table, widths, small, writer, held))
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    body = element("tbl", _table_settings(table, sum(widths)), grid, *rows)
    notes = _notes(table, writer)
    if captioned:
        return [paragraph("Caption", *writer.marked(run(table.caption))), body, *notes]
    _mark_first(body, writer)
    return [body, *notes]


def _mark_first(body: Element, writer: Writer) -> None:
    """Put the bookmark of a table without caption into its first cell."""
    words = next(body.iter("{*}p"))
    content = [child for child in words if local(child) != "pPr"]
    words[:] = [words.find("{*}pPr"), *writer.marked(*content)]


def _notes(table: Table, writer: Writer) -> list[Element]:
    """Notes beneath; those of a compact table follow one another in a paragraph."""
    if not (table.compact and table.notes):
        return [paragraph("TableNote", *writer.text(note)) for note in table.notes]
    together: list[Element] = []
    for note in table.notes:
        together += [*([run(" ")] if together else []), *writer.text(note)]
    return [paragraph("TableNote", *together)]


def description(table: Table) -> str:
    """What a screen reader says of a table before reading it."""
    columns = ", ".join(column.heading for column in table.columns)
    return f"{len(table.rows)} rows under one heading row. Columns: {columns}."


def _table_settings(table: Table, width: int) -> Element:
    return element(
        "tblPr",
        element("tblStyle", val=TABLE),
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        _look(first_column=table.row_headers > 0),
        element("tblCaption", val=table.caption),
        element("tblDescription", val=description(table)),
    )


def _look(first_column: bool) -> Element:
    """Which parts of the table are headings; readers for the blind go by it."""
    return element(
        "tblLook",
        val="06A0" if first_column else "0620",
        firstRow=1,
        lastRow=0,
        firstColumn=int(first_column),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )


def _heading_row(table: Table, widths: list[int], small: str) -> Element:
    """The row that Word repeats on every page."""
    cells = []
    for column, width in zip(table.columns, widths, strict=True):
        style = f"TableHeading{'Number' if column.numeric else ''}{small.strip().capitalize()}"
        text = paragraph(style, run(column.heading), settings=[element("keepNext")])
        cells.append(_cell(width, text, element("vAlign", val="bottom")))
    settings = element("trPr", element("cantSplit"), element("tblHeader"))
    return element("tr", settings, *cells)


def _row(
    row: Row, table: Table, widths: list[int], small: str, writer: Writer, held: bool
) -> Element:
    """A row that is never split; ``held`` keeps it on the page of the next."""
    settings = element("trPr", element("cantSplit"))
    if row.kind == "group":
        return element("tr", settings, _group_cell(row, widths, small, writer))
    bold = row.kind in ("subtotal", "total")
    nodes = []
    for cell, column, width in zip(row.cells, table.columns, widths, strict=True):
        style = f"Table{'Number' if column.numeric else 'Text'}{small.strip().capitalize()}"
        text = _cell_text(style, cell, writer, bold or cell.strong)
        if held:
            add_settings(text, [element("keepNext")])
        extra = [_firm_line()] if row.kind == "total" else []
        nodes.append(_cell(width, text, *extra))
    return element("tr", settings, *nodes)


def _firm_line() -> Element:
    """The rule above a total."""
    return element("tcBorders", element("top", val="single", sz=8, space=0, color="505A5F"))


def _group_cell(row: Row, widths: list[int], small: str, writer: Writer) -> Element:
    """One cell across all columns, on a quiet ground."""
    first = next((cell for cell in row.cells if cell.text or cell.chip), Cell())
    text = _cell_text(f"TableText{small.strip().capitalize()}", first, writer, bold=True)
    add_settings(text, [element("keepNext")])
    span = element("gridSpan", val=len(widths))
    shade = element("shd", val="clear", color="auto", fill=SHADE)
    return _cell(sum(widths), text, span, shade)


def _cell_text(style: str, cell: Cell, writer: Writer, bold: bool) -> Element:
    node = paragraph(style, *writer.cell(cell))
    if bold:
        for one in node.iter("{*}r"):
            _embolden(one)
    return node


def _embolden(node: Element) -> None:
    """Make a run bold, whatever it has."""
    settings = node.find("{*}rPr")
    if settings is None:
        node.insert(0, element("rPr", element("b"), element("bCs")))
    elif settings.find("{*}rStyle") is None:
        settings.insert(0, element("b"))


def _cell(width: int, text: Element, *settings: Element) -> Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa"), *settings), text)


def apart(nodes: list[Element]) -> list[Element]:
    """``nodes`` with room after each table, and a paragraph where two tables would grow together.

    Word also wants a paragraph after the last table of a text.
    """
    spaced = []
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        spaced.append(node)
        if local(node) != "tbl":
            continue
        if following is None or local(following) != "p":
            spaced.append(paragraph("TableGap"))
        elif _stands_close(following):
            add_settings(following, [element("spacing", before=120)])
    return spaced


def _stands_close(node: Element) -> bool:
    """Whether a paragraph has no room of its own above it."""
    return inherited(node.find("{*}pPr/{*}pStyle").get(qn("w:val")), "before") == 0


def facts_nodes(block: KeyFacts, width: int = TEXT_WIDTH) -> list[Element]:
    """Key facts as a small table: a heading row of labels, the figures, what they compare with."""
    facts = block.facts
    widths = [width // len(facts)] * len(facts)
    rows = [
        _facts_row("KeyLabel", [fact.label for fact in facts], widths, heading=True),
        _facts_row("KeyFigure", [fact.value for fact in facts], widths),
    ]
    if any(fact.detail for fact in facts):
        rows.append(_facts_row("KeyDetail", [fact.detail for fact in facts], widths))
    settings = element(
        "tblPr",
        element("tblStyle", val=FACTS),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblLayout", type="fixed"),
        _look(first_column=False),
        element("tblCaption", val="Key figures"),
        element("tblDescription", val=_said(block)),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return [element("tbl", settings, grid, *rows)]


def _said(block: KeyFacts) -> str:
    """The facts in a sentence each."""
    return " ".join(f"{fact.label}: {fact.value}. {fact.detail}".strip() for fact in block.facts)


def _facts_row(style: str, words: list[str], widths: list[int], heading: bool = False) -> Element:
    kept = [element("keepNext")] if style != "KeyDetail" else []
    cells = [
        _cell(width, paragraph(style, run(word), settings=kept))
        for word, width in zip(words, widths, strict=True)
    ]
    marks = [element("cantSplit"), *([element("tblHeader")] if heading else [])]
    return element("tr", element("trPr", *marks), *cells)
