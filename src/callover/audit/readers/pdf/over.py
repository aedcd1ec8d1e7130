"""Tables that go on over the end of a page, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callover.audit.pack import Block, Row, Table

_NEAR = 8.0
"""Points by which the columns of one table may differ from page to page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A block of a page; of a table also where its columns begin."""

    block: Block
    columns: tuple[float, ...] = ()


def joined(pages: Sequence[Sequence[Found]]) -> list[Block]:
    """The blocks of all pages; a table that begins a page goes on with the one that ended it."""
    every: list[Found] = []
    for page in pages:
        first = page[0] if page else None
        if every and first is not None and _goes_on(every[-1], first):
            every[-1] = _together(every[-1], first)
            every.extend(page[1:])
        else:
            every.extend(page)
    return [each.block for each in every]


def _goes_on(last: Found, first: Found) -> bool:
    if not isinstance(last.block, Table) or not isinstance(first.block, Table):
        return False
    if len(last.columns) != len(first.columns):
        return False
    near = [abs(a - b) <= _NEAR for a, b in zip(last.columns, first.columns, strict=True)]
    return all(near) or _repeated(last.block, first.block) > 0


def _together(last: Found, first: Found) -> Found:
    """One table; the rows of its heading that the second page repeats are left out."""
    if not isinstance(last.block, Table) or not isinstance(first.block, Table):
        return last
    rows = first.block.rows[_repeated(last.block, first.block) :]
    return Found(replace(last.block, rows=last.block.rows + rows), last.columns)


def _repeated(table: Table, further: Table) -> int:
    """How many rows at the top of a table stand at the top of its further part again."""
    number = 0
    for row, other in zip(table.rows, further.rows[:-1], strict=False):
        if _texts(row) != _texts(other):
            break
        number += 1
    return number


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row]
