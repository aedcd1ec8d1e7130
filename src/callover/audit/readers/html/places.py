"""Marks that tell the blocks and cells of a web page apart: whole pages may stand on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from callover.audit.pack import Block, Place, Table


def marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """``blocks`` with ``e1``, ``e2`` … as the spots of their places, in reading order."""
    numbers = count(1)

    def spot(place: Place) -> Place:
        return replace(place, spot=f"e{next(numbers)}")

    for block in blocks:
        place = spot(block.place)
        if isinstance(block, Table):
            rows = tuple(
                tuple(replace(cell, place=spot(cell.place)) for cell in row) for row in block.rows
            )
            yield replace(block, place=place, rows=rows)
        else:
            yield replace(block, place=place)
