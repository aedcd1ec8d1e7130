"""How the dashboard's rows are chosen and ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from callover.web.snapshots.index import Index, Line

_TONES = ("red", "amber", "green", "missing", "neutral")
"""Worst first; what has no data before what is not rated, for somebody has to ask for it."""

_EVIDENCE = ("cross", "updown", "star", "equals", "dots")


def _rating(line: Line) -> int:
    tone = line.rating.tone if line.rating is not None else ""
    return _TONES.index(tone) if tone in _TONES else len(_TONES)


def _evidence(line: Line) -> int:
    shape = line.evidence.shape if line.evidence is not None else ""
    return _EVIDENCE.index(shape) if shape in _EVIDENCE else len(_EVIDENCE)


def _title(line: Line) -> str:
    return line.title.casefold()


ORDERS: dict[str, tuple[str, Callable[[Line], Any] | None]] = {
    "": ("as in the pack", None),
    "rating": ("by rating, worst first", _rating),
    "evidence": ("by evidence, concern first", _evidence),
    "title": ("by name", _title),
}
"""By the word in the address: what it is called, and the key of the order."""


@dataclass(frozen=True)
class Board:
    """The dashboard's rows in their groups, as they were asked for."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    strategic: tuple[str, ...]  # every strategic group that there is
    chosen: str
    order: str
    counts: tuple[tuple[str, int], ...]  # ratings in words, and how many


def board(index: Index, strategic: str = "", order: str = "") -> Board:
    """The rows of one strategic group or all, grouped as in the pack or in one sorted list.

    An unknown group or order counts as none: addresses are typed by hand.
    """
    known = tuple(dict.fromkeys(name for line in index.lines for name in line.strategic))
    chosen = strategic if strategic in known else ""
    order = order if order in ORDERS else ""
    lines = [line for line in index.lines if not chosen or chosen in line.strategic]
    key = ORDERS[order][1]
    groups = _grouped(lines) if key is None else (("", tuple(sorted(lines, key=key))),)
    return Board(groups, known, chosen, order, _counts(lines))


def _grouped(lines: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    names = dict.fromkeys(line.group for line in lines)
    return tuple((name, tuple(line for line in lines if line.group == name)) for name in names)


def _counts(lines: Sequence[Line]) -> tuple[tuple[str, int], ...]:
    """How many of each rating, worst first."""
    words = {"red": "red", "amber": "amber", "green": "green", "missing": "without data",
             "neutral": "not rated"}  # fmt: skip
    tones = [line.rating.tone if line.rating else "neutral" for line in lines]
    return tuple((words[tone], tones.count(tone)) for tone in _TONES if tone in tones)
