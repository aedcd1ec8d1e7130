"""Straight lines of a page: those that are drawn, and the edges of what is filled."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from callover.audit.limits import MOST_PAGE_PIECES, MOST_PAGE_RULES
from callover.audit.readers.pdf.page import Rule
from callover.audit.readers.pdf.turn import Turn

_STRAIGHT = 1.0
"""How far, in points, a line may be off its axis."""

_THIN = 3.0
"""A box no thicker than this is drawn as a line."""

_SHORTEST = 4.0
_MOST_SEGMENTS = 400
"""A path of more pieces is a drawing, not a border."""

Segment = tuple[float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """The lines across and down a page, and the texts that stand within drawings."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    texts: set[int] = field(default_factory=set)


def drawn_on(page: pdfium.PdfPage, turn: Turn) -> Drawn:
    """What is drawn on a page."""
    drawn = Drawn()
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT)
    for item in islice(page.get_objects(filter=kinds, max_depth=4), MOST_PAGE_PIECES):
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            _add_rules(item, turn, drawn)
        elif item.level:
            drawn.texts.add(address_of(item.raw))
    for rules in (drawn.across, drawn.down):
        if len(rules) > MOST_PAGE_RULES:
            rules.clear()
    return drawn


def address_of(item: Any) -> int:
    """What tells an object of a page from every other."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _add_rules(item: pdfium.PdfObject, turn: Turn, drawn: Drawn) -> None:
    for x1, y1, x2, y2 in _segments(item):
        (left, bottom), (right, top) = turn.point(x1, y1), turn.point(x2, y2)
        if abs(top - bottom) <= _STRAIGHT and abs(right - left) >= _SHORTEST:
            drawn.across.append(Rule((top + bottom) / 2, min(left, right), max(left, right)))
        elif abs(right - left) <= _STRAIGHT and abs(top - bottom) >= _SHORTEST:
            drawn.down.append(Rule((left + right) / 2, min(bottom, top), max(bottom, top)))


def _segments(item: pdfium.PdfObject) -> Iterator[Segment]:
    """The straight pieces of a path on its page; a thin box is one of them, not four."""
    number = raw.FPDFPath_CountSegments(item)
    if not 1 < number <= _MOST_SEGMENTS:
        return
    points = list(_points(item, number))
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    if len(points) in (4, 5) and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
        yield _middle(min(xs), min(ys), max(xs), max(ys))
        return
    first = points[0]
    for (x1, y1, _), (x2, y2, kind) in pairwise(points):
        if kind == raw.FPDF_SEGMENT_LINETO:
            yield x1, y1, x2, y2
    if len(points) == 4 and points[-1][:2] != first[:2]:  # a box closes itself
        yield *points[-1][:2], *first[:2]


def _middle(left: float, bottom: float, right: float, top: float) -> Segment:
    """The middle line of a thin box."""
    if right - left >= top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _points(item: pdfium.PdfObject, number: int) -> Iterator[tuple[float, float, int]]:
    matrix = item.get_matrix()
    outer = item.container
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(number):
        segment = raw.FPDFPath_GetPathSegment(item, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        while outer is not None:
            point = outer.get_matrix().on_point(*point)
            outer = outer.container
        outer = item.container
        yield *point, raw.FPDFPathSegment_GetType(segment)
