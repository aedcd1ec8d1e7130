"""Widths of table columns, worked out from what stands in them."""

from __future__ import annotations

import re

from callover.report.blocks import Cell, Table
from callover.report.fonts.widths import BOLD, text_width
from callover.report.render.docx_look import chip_text

SIZE = 9  # points; compact tables are a point smaller and get the same shares
PADDING = 140  # twentieths of a point
WIDEST = 4000  # twentieths of a point; longer texts wrap
_WORD = re.compile(r"[^ \t\n-]+-?")  # spaces and hyphens part words, no-break spaces do not


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
    least, best = zip(*(_needs(table, i) for i in columns), strict=True)
    return _exact(_with_room([given[i] for i in columns], least, best), total)


def _with_room(
    widths: list[float], least: tuple[float, ...], best: tuple[float, ...]
) -> list[float]:
    """Widths that give each column its least, taken from those beyond their best, then from all."""
    found = list(widths)
    for floor in (best, least):
        lacking = sum(max(0.0, low - width) for width, low in zip(found, least, strict=True))
        spare = [
            max(0.0, width - max(low, keep))
            for width, low, keep in zip(found, least, floor, strict=True)
        ]
        part = min(1.0, lacking / sum(spare)) if sum(spare) else 0.0
        taken = part * sum(spare) / lacking if lacking else 0.0
        found = [
            width - part * extra + taken * max(0.0, low - width)
            for width, extra, low in zip(found, spare, least, strict=True)
        ]
    return found


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
    """Least and best width of a column: its longest word, its longest text."""
    texts = [table.columns[i].heading]
    texts += [_words(row.cells[i]) for row in table.rows if row.kind != "group"]
    words = [_length(word) for text in texts for word in _WORD.findall(text)]
    if table.columns[i].numeric:  # its heading and words may wrap, its numbers may not
        texts = [text for text in texts[1:] if any(map(str.isdigit, text))]
    longest = min(max((_length(text) for text in texts), default=0.0), WIDEST)
    least = max(words, default=0.0)
    return least + PADDING, max(longest, least) + PADDING


def _length(text: str) -> float:
    """Length in twentieths of a point; as if bold, for headings and totals are."""
    return text_width(text) * BOLD * SIZE * 20


def _words(cell: Cell) -> str:
    """About what a cell prints."""
    chip = chip_text(cell.chip) if cell.chip else ""
    if cell.chip and cell.text == cell.chip.words:  # said once
        return f"{chip}{cell.mark}"
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
