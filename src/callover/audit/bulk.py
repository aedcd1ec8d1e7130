"""Tables that are data rather than part of a pack: left out of an audit, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.audit.limits import MOST_AUDITED_CELLS
from callover.audit.pack import Pack, Table
from callover.audit.report.words import place_words

_MOST_NAMED = 10


def without_bulk(pack: Pack, most: int = MOST_AUDITED_CELLS) -> Pack:
    """``pack`` with ``most`` cells of tables at most: the largest are left out, each as a whole,
    for what is left of a table may contradict itself where the whole does not."""
    sizes = {
        at: sum(map(len, block.rows))
        for at, block in enumerate(pack.blocks)
        if isinstance(block, Table)
    }
    total, out = sum(sizes.values()), set[int]()
    for at in sorted(sizes, key=lambda each: (-sizes[each], each)):
        if total <= most:
            break
        total -= sizes[at]
        out.add(at)
    if not out:
        return pack
    tables = [block for at, block in enumerate(pack.blocks) if at in out]
    blocks = tuple(block for at, block in enumerate(pack.blocks) if at not in out)
    notes = (*pack.notes, _note([each for each in tables if isinstance(each, Table)], most))
    return replace(pack, blocks=blocks, notes=notes)


def _note(tables: Sequence[Table], most: int) -> str:
    named = [_named(table) for table in tables[:_MOST_NAMED]]
    if len(tables) > _MOST_NAMED:
        named.append(f"{len(tables) - _MOST_NAMED:,} more")
    many = len(tables) > 1
    return (
        f"{'Tables were' if many else 'A table was'} left out and not checked: {'; '.join(named)}."
        f" At most {most:,} cells of tables are audited, and the largest are left out first: what"
        f" is as long is data, and no table of a pack. To have {'them' if many else 'it'} checked,"
        " audit a copy that holds a part of the rows."
    )


def _named(table: Table) -> str:
    rows = len(table.rows)
    where = place_words(table.place)
    return f"{where + ': ' if where else ''}{rows:,} rows, {sum(map(len, table.rows)):,} cells"
