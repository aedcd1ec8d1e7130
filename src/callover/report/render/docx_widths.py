"""Widths of table columns, worked out from what stands in them."""

from __future__ import annotations

import re

from callover.report.blocks import Cell, Table

LETTER = 100  # twentieths of a point that a letter takes at the table's size, on average
PADDING = 130
_WIDEST = 42  # letters; longer texts wrap
_WORD = re.compile(r"[^\s\u2011-]+-?")  # spaces and hyphens part words, no-break spaces do not


def column_widths(table: Table, total: int) -> list[int]:
    """A width for every column, together ``total``.

    Columns with a share get it; the others share the rest: each has room for its longest word
    first, then for its longest text as far as there is room, then in proportion.
    """
    columns = range(len(table.columns))
    fixed = {i: table.columns[i].width for i in columns if table.columns[i].width > 0}
    given = _shares(fixed, len(table.columns), total)
    free = [i for i in columns if i not in given]
    shared = _fit([_needs(table, i) for i in free], total - sum(given.values()))
    given.update(zip(free, shared, strict=True))
    return _exact([given[i] for i in columns], total)


def _shares(fixed: dict[int, float], count: int, total: int) -> dict[int, float]:
    """Shares as lengths: fractions of the whole, or weights beside columns of average weight."""
    if not fixed:
        return {}
    whole = sum(fixed.values())
    if len(fixed) < count and whole > 0.9:
        whole *= count / len(fixed)
    elif len(fixed) < count:
        whole = 1.0
    return {i: share / whole * total for i, share in fixed.items()}


def _needs(table: Table, i: int) -> tuple[float, float]:
    """Least and best width of a column."""
    texts = [table.columns[i].heading]
    texts += [_words(row.cells[i]) for row in table.rows if row.kind != "group"]
    words = [len(word) for text in texts for word in _WORD.findall(text)]
    longest = min(max((len(text) for text in texts), default=1), _WIDEST)
    least = max(words, default=1)
    return least * LETTER + PADDING, max(longest, least) * LETTER + PADDING


def _words(cell: Cell) -> str:
    """About what a cell prints."""
    chip = f"  {cell.chip.letter} {cell.chip.words} " if cell.chip else ""
    return f"{chip}{cell.text}{cell.mark}{'000' if cell.page_of else ''}"


def _fit(needs: list[tuple[float, float]], room: float) -> list[float]:
    """Widths between least and best (or beyond) that fill ``room``."""
    least, best = sum(low for low, _ in needs), sum(high for _, high in needs)
    if not needs:
        return []
    if room >= best:
        return [high * room / best for _, high in needs]
    if room <= least or best == least:
        return [low * room / least for low, _ in needs]
    part = (room - least) / (best - least)
    return [low + (high - low) * part for low, high in needs]


def _exact(widths: list[float], total: int) -> list[int]:
    """Whole numbers that add up to ``total``; the first column takes what rounding leaves."""
    whole = [int(width) for width in widths]
    whole[0] += total - sum(whole)
    return whole
