"""Tiles: a label, one large number and its change beneath one another, as dashboards have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.changes import Change, Level
from callover.audit.mentions import Figure, What, mentions_of
from callover.audit.outline import Section
from callover.audit.pack import Cell, Place, Table
from callover.audit.reading.months import Span, read_month
from callover.audit.reading.numbers import plain, read_number
from callover.audit.sentences import Sentence
from callover.audit.series import Basis, basis_of
from callover.domain.periods import Month

LABEL = "tile"
"""The label of the sentences that tiles are read as."""
_LONGEST = 40
_CHANGED = re.compile(
    r"\bon (?:last|the previous|the) year\b|\bchange\b|\bcompared\b|\bvs\b|[▲▼↑↓]"
)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    place: Place


def tiles_in(section: Section, subject: str, month: Month | None) -> Iterator[Change]:
    """The change of each tile of a section; ``month`` is the pack's, for labels that name none."""
    for parts in (*_of_paragraphs(section), *_of_tables(section)):
        change = _change(section, parts, subject, month)
        if change is not None:
            yield change


def _of_paragraphs(section: Section) -> Iterator[tuple[_Part, _Part, _Part]]:
    parts = [
        None if isinstance(block, Table) else _Part(plain(block.text), block.place)
        for block in section.blocks
    ]
    for one, two, three in zip(parts, parts[1:], parts[2:], strict=False):
        if one and two and three and _is_tile((one, two, three)):
            yield one, two, three


def _of_tables(section: Section) -> Iterator[tuple[_Part, _Part, _Part]]:
    """Tables of three rows, a tile a column."""
    for table in section.tables:
        rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
        for labels, numbers, changes in zip(rows, rows[1:], rows[2:], strict=False):
            if any(_CHANGED.search(plain(cell.text)) for cell in changes):
                yield from _columns(labels, numbers, changes)


def _columns(
    labels: Sequence[Cell], numbers: Sequence[Cell], changes: Sequence[Cell]
) -> Iterator[tuple[_Part, _Part, _Part]]:
    for cells in zip(labels, numbers, changes, strict=False):
        parts = [_Part(plain(cell.text), cell.place) for cell in cells]
        if _is_tile(parts):
            yield parts[0], parts[1], parts[2]


def _is_tile(parts: Sequence[_Part]) -> bool:
    if len(parts) != 3:
        return False
    label, number, change = parts
    told = len(label.text) <= _LONGEST and read_number(label.text) is None
    printed = read_number(number.text)
    return told and printed is not None and bool(_CHANGED.search(change.text))


def _change(
    section: Section, parts: tuple[_Part, _Part, _Part], subject: str, month: Month | None
) -> Change | None:
    label, number, changed = parts
    of_month = read_month(label.text)
    basis = Basis.MONTH if of_month else basis_of(label.text)
    last, printed = of_month or month, read_number(number.text)
    if basis is Basis.UNSAID or last is None or printed is None:
        return None
    mentions = mentions_of(changed.text)
    numbers, percents = mentions.of(What.DIFFERENCE), mentions.of(What.CHANGE)
    if len(numbers) > 1 or len(percents) > 1 or not (numbers or percents):
        return None
    text = f"{label.text}: {number.text}, {changed.text}"
    span = Span(last, last)
    now = Level(Figure(0, 0, What.LEVEL, printed), span)
    sentence = Sentence(text, section, number.place, LABEL)
    return Change(
        sentence, subject, basis, span, percents[0] if percents else None,
        numbers[0] if numbers else None, now, None,
    )  # fmt: skip
