"""What Typst leaves to do in the structure tree: row headers, marks, a stable file identifier."""

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
            for row in _elements(table, "TR"):
                _head_row(pdf, row, leading)
        # False is the default; where it is written out, poppler warns at every opening.
        if "/Suspects" in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo["/Suspects"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, compress_streams=True)
        return out.getvalue()


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
    """Structure elements of a kind below ``node``, in reading order."""
    for child in _children(node):
        if child.get("/S") == Name(f"/{kind}"):
            yield child
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
