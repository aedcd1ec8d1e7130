"""Figures of past years that a cell lists: ``2015/16: 587 offences (+21%), 2.96 per 1,000``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.mentions import Figure, What, mentions_of
from callover.audit.outline import Section
from callover.audit.pack import Place, Table
from callover.audit.reading.numbers import Printed, plain

_YEAR = re.compile(
    r"(?<![\d/])(?P<start>20\d{2})\s?/\s?(?P<end>\d{2})(?:\s?[:=]|\s+(?=[A-Z&]|end))"
)
_BRACKETED = re.compile(r"\(\s*(?P<sign>[-+−–]?)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<percent>%?)")
_CHANGE_WORDS = re.compile(r"on (?:the )?(?:previous|last) year", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of such a list. ``name`` is what its words say, ``text`` the entry as printed.

    ``change`` is the per cent on the year before where a sign or words say that it is one.
    """

    section: Section
    place: Place
    start: int
    end: int
    text: str
    count: Figure | None = None
    change: Figure | None = None
    rate: Figure | None = None
    difference: Figure | None = None
    share: Figure | None = None

    @property
    def name(self) -> str:
        """The year as printed: ``2015/16``."""
        return f"{self.start}/{self.end:02d}"

    @property
    def is_year(self) -> bool:
        """Whether it is a financial year."""
        return (self.start + 1) % 100 == self.end


def years_in(section: Section) -> Iterator[Year]:
    """Every year of every such list in a section."""
    for block in section.blocks:
        texts = (
            [(cell.text, cell.place) for row in block.rows for cell in row]
            if isinstance(block, Table)
            else [(block.text, block.place)]
        )
        for text, place in texts:
            yield from _listed(section, plain(text), place)


def _listed(section: Section, text: str, place: Place) -> Iterator[Year]:
    marks = list(_YEAR.finditer(text))
    if len(marks) < 2:
        return
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        entry = text[mark.end() : end]
        yield _year(section, place, mark, entry)


def _year(section: Section, place: Place, mark: re.Match[str], entry: str) -> Year:
    mentions = mentions_of(f" {entry}")
    counts = mentions.of(What.LEVEL)
    changes, shares = mentions.of(What.CHANGE), mentions.of(What.SHARE)
    if shares and _CHANGE_WORDS.search(entry):
        changes, shares = [*changes, *shares], []
    differences = mentions.of(What.DIFFERENCE)
    bare = [] if changes else _bare_change(entry)
    return Year(
        section, place, int(mark["start"]), int(mark["end"]), f"{mark[0]}{entry}".strip(),
        _first(counts), _first(changes or bare), _first(mentions.of(What.RATE)),
        None if bare else _first(differences), _first(shares),
    )  # fmt: skip


def _bare_change(entry: str) -> list[Figure]:
    """``(-15)`` and ``(-31.8 on previous year)``: a per cent that lost its sign."""
    found = _BRACKETED.search(entry)
    if not found or found["percent"] or not found["sign"]:
        return []
    value = float(found["value"])
    decimals = len(found["value"].partition(".")[2])
    up = found["sign"] == "+"
    printed = Printed(
        found[0].lstrip("( "), value if up else -value, 0.5 * 10.0**-decimals, True, True
    )
    return [Figure(found.start(), found.end(), What.CHANGE, printed, up)]


def _first(figures: list[Figure]) -> Figure | None:
    return figures[0] if figures else None
