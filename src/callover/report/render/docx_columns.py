"""Blocks side by side as Word's own columns: read in order, edited like any text, no layout table.

A run of columns is a section of the Word document. While the text is written, an element
``sectPr`` in the list of paragraphs marks where a section ends; ``settle`` hangs each into the
paragraph before it, as the format wants it.
"""

from __future__ import annotations

from copy import deepcopy

from callover.report.render.docx_xml import Element, element, local, paragraph, properties, run

GAP = 280  # twentieths of a point between columns


def column_shares(widths: tuple[float, ...], count: int, room: int) -> list[int]:
    """Widths of ``count`` columns that share ``room`` less the gaps between them."""
    shares = widths if len(widths) == count else (1.0,) * count
    free = room - GAP * (count - 1)
    found = [int(free * share / sum(shares)) for share in shares]
    found[-1] += free - sum(found)
    return found


def columns_between(columns: list[list[Element]], widths: list[int]) -> list[Element]:
    """The nodes of ``columns`` with what makes Word set them side by side."""
    first, *others = columns
    joint = [] if local(first[0]) == "p" else [paragraph("Joint", run(""))]
    nodes: list[Element] = [section_end(), *joint, *first]
    for column in others:
        nodes += _broken(column)
    return [*nodes, section_end(widths)]


def section_end(widths: list[int] | None = None) -> Element:
    """The end of a section of one column, or of columns of these widths."""
    cols = element("cols", space=GAP)
    if widths:
        cols = element("cols", num=len(widths), space=GAP, equalWidth=0)
        for position, width in enumerate(widths):
            last = position == len(widths) - 1
            cols.append(element("col", w=width, space=None if last else GAP))
    return element("sectPr", element("type", val="continuous"), cols)


def widths_of(end: Element) -> list[int]:
    """The widths of the columns that a section end closes; one column gives nothing."""
    name = "{" + end.nsmap["w"] + "}w"
    return [int(col.get(name)) for col in end.iterfind("{*}cols/{*}col")]


def begins_column(node: Element) -> bool:
    """Whether a paragraph opens the next column."""
    return node.find("{*}r/{*}br") is not None and _is_column_break(node.find("{*}r/{*}br"))


def _is_column_break(node: Element) -> bool:
    return "column" in node.attrib.values()


def _broken(column: list[Element]) -> list[Element]:
    """A column behind the break that sends it to the top."""
    break_run = element("r", element("br", type="column"))
    if local(column[0]) != "p":
        return [paragraph("Joint", break_run), *column]
    column[0].insert(1, break_run)  # after the paragraph's properties
    return column


def settle(nodes: list[Element], page: Element) -> list[Element]:
    """``nodes`` with each section end in the paragraph before it; ``page`` gives size and margins.

    A section without content, such as between two runs of columns, is left out.
    """
    settled: list[Element] = []
    for node in nodes:
        if local(node) != "sectPr":
            settled.append(node)
        elif settled and not _ends_section(settled[-1]):
            if local(settled[-1]) != "p":
                settled.append(paragraph("Joint", run("")))
            _hang(settled[-1], _complete(node, page))
    _go_on(page)
    return settled


def _go_on(page: Element) -> None:
    """Let the last section, whose settings are the text's own, begin where the one before ended."""
    paper = next(child for child in page if local(child) == "pgSz")
    if page.find("{*}type") is None:
        paper.addprevious(element("type", val="continuous"))


def _ends_section(node: Element) -> bool:
    return node.find("{*}pPr/{*}sectPr") is not None


def _hang(node: Element, end: Element) -> None:
    current = node.find("{*}pPr")
    node.replace(current, properties("pPr", [*current, end]))


def _complete(end: Element, page: Element) -> Element:
    """A section end with header, footer, paper and margins of the whole document."""
    whole = element("sectPr")
    for child in page:
        if local(child) in ("headerReference", "footerReference"):
            whole.append(deepcopy(child))
    whole.append(end.find("{*}type"))
    for child in page:
        if local(child) in ("pgSz", "pgMar"):
            whole.append(deepcopy(child))
    whole.append(end.find("{*}cols"))
    return whole
