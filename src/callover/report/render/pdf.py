"""The pack as tagged PDF (PDF/UA-1), set by Typst from a fixed template and data."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from callover.report.blocks import Cell, Chart, Document, Span, Table, anchors, every
from callover.report.charts import drawn, sparkline
from callover.report.fonts import FOLDER, FONT_FAMILY
from callover.report.fonts.letters import showable
from callover.report.render.pdf_structure import finished

TEMPLATE = Path(__file__).parent / "templates" / "pack.typ"
_REMEMBERED = 10  # compilations that Typst keeps in memory, 40 MB for each pack
_held: list[str] = []  # the title of the document that Typst remembers still


def render_pdf(document: Document) -> bytes:
    """``document`` as PDF/UA-1: tags, headings, bookmarks, alternative texts, page references.

    The only clock is ``document.moment``: the same document gives the same bytes.
    """
    _forget()
    moment = datetime.fromisoformat(document.moment)
    data = _plain(document) | {"font": FONT_FAMILY, "titles": _titles(document)}
    raw = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(moment.timestamp()),
    )
    _held.append(document.title)
    return finished(raw, _row_headers(document))


def _forget() -> None:
    """Push the document before out of Typst's memory: who makes many packs would hold ten of them.

    Typst drops what its last compilations did not use and offers no call for it; empty ones take
    7 to 20 ms each.
    """
    while _held:
        _held.pop()
        for _ in range(_REMEMBERED):
            typst.compile(b"", ignore_system_fonts=True)


def _titles(document: Document) -> dict[str, str]:
    return {anchor: showable(title) for anchor, title in anchors(document).items()}


def _plain(value: Any) -> Any:
    """Blocks with every field, as the template reads them; charts are drawn."""
    if isinstance(value, str):
        return showable(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Chart):
        return {
            "is": "Chart", "title": showable(value.title), "caption": showable(value.caption),
            "alt": showable(value.alt), "width": value.width,
            "svg": showable(drawn(value.spec, value.width, value.height)),
        }  # fmt: skip
    if isinstance(value, Span):
        return _fields(value) | {"text": showable(value.opened), "opens": []}
    if isinstance(value, Cell) and value.trend:
        return _fields(value) | {"svg": sparkline(value.trend)}
    return _fields(value) if is_dataclass(value) else value


def _fields(value: Any) -> dict[str, Any]:
    plain = {name: _plain(getattr(value, name)) for name in _names(value.__class__)}
    return {"is": type(value).__name__, **plain}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _row_headers(document: Document) -> list[int]:
    """How many leading columns head their rows, for each table in reading order."""
    return [
        block.row_headers
        for section in document.sections
        for block in every(section.blocks)
        if isinstance(block, Table)
    ]
