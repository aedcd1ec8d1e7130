"""A row of a table as an excerpt: its cells, beneath the names of their columns where known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from callover.audit.pack import Cell, Row
from callover.audit.reading.numbers import plain

_LONGEST_NAME = 120


def quoted(cells: Iterable[tuple[str, str]]) -> str:
    """Filled cells, each with its column's name: two lines divided by tabs; one line divided by
    bars where no column has a name."""
    every = [(_in_a_line(name)[:_LONGEST_NAME].strip(), text.strip()) for name, text in cells]
    filled = [(name, text) for name, text in every if text]
    if len(filled) < 2 or not any(name for name, _ in filled):
        return " | ".join(text for _, text in filled)
    names = "\t".join(name for name, _ in filled)
    return f"{names}\n" + "\t".join(_in_a_line(text) for _, text in filled)


def quoted_row(row: Row, heads: Mapping[int, str]) -> str:
    """A row of a table; ``heads`` are the names of its columns, a merged cell's that of its first.

    Converters lose empty cells: a row that is not as wide as its heading stands without names, for
    a wrong one is worse.
    """
    *starts, width = accumulate((cell.columns for cell in row), initial=0)
    known = heads if width == len(heads) else {}
    return quoted((known.get(at, ""), cell.text) for at, cell in zip(starts, row, strict=True))


def in_a_row(cells: Iterable[Cell]) -> str:
    """Filled cells of a row in one line, divided by bars."""
    return " | ".join(text for cell in cells if (text := cell.text.strip()))


def _in_a_line(text: str) -> str:
    return " ".join(plain(text).split())
