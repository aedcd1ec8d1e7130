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

    Columns with a width get it as a share; each of the others has room for its longest word first,
    then for its longest text as far as there is room.
    """
    columns = range(len(table.columns))
    weights = {i: table.columns[i].width for i in columns if table.columns[i].width > 0}
    needs = {i: _needs(table, i) for i in columns if i not in weights}
    left = _left_over(weights, needs, total)
    whole = sum(weights.values()) or 1.0
    given = {i: weight / whole * left for i, weight in weights.items()}
    given.update(zip(needs, _fit(list(needs.values()), total - left), strict=True))
    return _exact([given[i] for i in columns], total)


def _left_over(
    weights: dict[int, float], needs: dict[int, tuple[float, float]], total: int
) -> float:
    """What the columns with a width share: fractions of the whole, or all that the others leave.

    Together the others never get more than as many average columns.
    """
    if not weights or not needs:
        return total if weights else 0.0
    whole = sum(weights.values())
    if whole <= 0.9:
        return whole * total
    others = sum(best for _, best in needs.values())
    most = total * len(needs) / (len(needs) + len(weights))
    return total - min(others, most)


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
