"""What Typst leaves to do in the structure tree: row headers, captions, marks, a stable id."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name


def finished(raw: bytes, row_headers: list[int]) -> bytes:
    """The PDF with the leading cells of table rows as row headers (TH, scope Row).

    ``row_headers`` counts them for each table in reading order. The identifier of the file comes
    from its content, so that the same document gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        tables = list(_elements(pdf.Root.StructTreeRoot, "Table"))
        for table, leading in zip(tables, row_headers, strict=True):
            _captioned(table)
            _one_body(table)
            for row in _elements(table, "TR"):
                _head_row(pdf, row, leading)
        # False is the default; where it is written out, poppler warns at every opening.
        if "/Suspects" in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo["/Suspects"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, compress_streams=True)
        return out.getvalue()


def _captioned(table: Any) -> None:
    """Put the caption into the table: Typst leaves it beside the box that holds a table which
    reaches just to the foot of its page, or one row further."""
    box = table.P
    if box.get("/S") != Name.Div:
        return
    caption = next(_children(box.P), None)
    if caption is None or Name.Caption != caption.S:
        return
    outer = box.P
    outer.K = pikepdf.Array([part for part in _children(outer) if Name.Caption != part.S])
    caption.P, table.K = table, pikepdf.Array([caption, *_children(table)])


def _one_body(table: Any) -> None:
    """Typst opens a body at each heading within a table, and puts the first into the head: there
    it would be read out over every cell. Such headings are rows of the one body."""
    parts = list(_children(table))
    head = next((part for part in parts if Name.THead == part.S), None)
    if head is None:
        return
    bodies = [part for part in parts if Name.TBody == part.S]
    first, *within = _children(head)
    if not within and len(bodies) == 1:
        return
    rows = [*within, *(row for body in bodies for row in _children(body))]
    for row in rows:
        row.P = bodies[0]
        for cell in _children(row):
            if cell.S == Name.TH:
                _attributes(cell)["/Scope"] = Name.Row
    head.K, bodies[0].K = pikepdf.Array([first]), pikepdf.Array(rows)
    table.K = pikepdf.Array([part for part in parts if part not in bodies[1:]])


def _attributes(cell: Any) -> Any:
    """The attributes of a heading cell that say what it heads."""
    known = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return next(each for each in known if "/Scope" in each)


def _head_row(pdf: pikepdf.Pdf, row: Any, leading: int) -> None:
    """Turn the first ``leading`` data cells of a row into headers; header rows have none."""
    for cell in list(_children(row))[:leading]:
        if cell.get("/S") != Name.TD:
            continue
        cell.S = Name.TH
        scope = Dictionary(O=Name.Table, Scope=Name.Row)
        before = cell.get("/A")
        if before is None:
            cell.A = scope
        elif isinstance(before, pikepdf.Array):
            before.append(pdf.make_indirect(scope))
        else:
            cell.A = pikepdf.Array([before, scope])


def _elements(node: Any, kind: str) -> Iterator[Any]:
    """Structure elements of a kind below ``node``, in reading order; none lies in another."""
    for child in _children(node):
        if child.get("/S") == Name(f"/{kind}"):
            yield child
        else:
            yield from _elements(child, kind)


def _children(node: Any) -> Iterator[Any]:
    """The structure elements directly below ``node``."""
    below = node.get("/K")
    if below is None:
        return
    items = below if isinstance(below, pikepdf.Array) else [below]
    for item in items:
        if isinstance(item, Dictionary) and "/S" in item:
            yield item
