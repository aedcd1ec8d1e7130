"""An excerpt with the printed words marked in it, as text or as the rows of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callover.audit.findings import Spot


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an excerpt; ``marked`` is what was printed."""

    text: str
    marked: bool = False


Marked = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands around a spot: one text, or ``rows`` of cells of which the first is a heading."""

    text: Marked
    rows: tuple[tuple[Marked, ...], ...] = ()

    @property
    def lead(self) -> tuple[Marked, ...]:
        """Of one row beneath its heading the first cells, which have no name over them."""
        return self.rows[1][: self._unnamed] if len(self.rows) == 2 else ()

    @property
    def pairs(self) -> tuple[tuple[str, Marked], ...]:
        """Of one row beneath its heading the other cells, each with the name of its column."""
        if len(self.rows) != 2:
            return ()
        names = ("".join(piece.text for piece in cell) for cell in self.rows[0])
        return tuple(zip(names, self.rows[1], strict=True))[self._unnamed :]

    @property
    def _unnamed(self) -> int:
        return next((at for at, cell in enumerate(self.rows[0]) if cell), 0)

    @property
    def shows(self) -> bool:
        """Whether the printed words are marked in it."""
        return any(piece.marked for piece in self.text)


SEPARATORS = ("\t", " | ")


def excerpt_of(spot: Spot) -> Excerpt:
    """The excerpt of a spot; what was printed itself where nothing stands around it."""
    around = spot.excerpt.strip(" \n") or spot.printed
    return Excerpt(marked(around, spot.printed), _rows(around, spot.printed))


def _rows(text: str, printed: str) -> tuple[tuple[Marked, ...], ...]:
    """Cells of two lines or more that are all divided alike; none for a sentence."""
    lines = [line for line in text.splitlines() if line.strip()]
    for divider in SEPARATORS:
        if len(lines) > 1 and all(divider in line for line in lines):
            rows = [[cell.strip() for cell in line.split(divider)] for line in lines]
            wide = max(len(row) for row in rows)
            padded = [row + [""] * (wide - len(row)) for row in rows]
            return tuple(tuple(marked(cell, printed) for cell in row) for row in padded)
    return ()


def whole(printed: str) -> re.Pattern[str] | None:
    """What finds ``printed`` as whole words and numbers: 36 is no part of 1,365 nor of 36.5.

    None where nothing is printed.
    """
    words = r"\s+".join(re.escape(word) for word in printed.split())
    return re.compile(rf"(?<!\w)(?<!\d[.,]){words}(?!\w)(?![.,]\d)") if words else None


def marked(text: str, printed: str) -> Marked:
    """``text`` in pieces: ``printed`` marked wherever it stands as whole words and numbers,
    however it is spaced there."""
    pattern = whole(printed)
    if pattern is None:
        return (Piece(text),)
    pieces: list[Piece] = []
    done = 0
    for found in pattern.finditer(text):
        pieces += [Piece(text[done : found.start()]), Piece(found[0], marked=True)]
        done = found.end()
    return tuple(piece for piece in (*pieces, Piece(text[done:])) if piece.text)
