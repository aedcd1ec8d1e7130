"""How much a reader has taken from a pack: it stops where a file never would."""

from __future__ import annotations

from callover.audit.limits import MOST_BLOCKS, MOST_CELLS, MOST_TEXT
from callover.audit.unreadable import too_much


class Tally:
    """Counts blocks, cells and characters of one pack; raises Unreadable beyond the limits.

    It keeps the notes for the person too.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._blocks = self._cells = 0
        self._notes: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read as it stands, each said once."""
        return tuple(self._notes)

    def note(self, said: str) -> None:
        """A sentence for the person about what could not be read as it stands."""
        self._notes[said] = None

    def block(self, text: str = "") -> None:
        """One more block, with this text."""
        self._blocks += 1
        if self._blocks > MOST_BLOCKS:
            raise too_much(self.name, "never ends", MOST_BLOCKS, "paragraphs and tables")
        self.text(text)

    def text(self, text: str) -> None:
        """A text of a block or a cell."""
        if len(text) > MOST_TEXT:
            raise too_much(self.name, "has a paragraph that is too long", MOST_TEXT, "characters")

    def cells(self, number: int) -> None:
        """So many more cells of tables."""
        self._cells += number
        if self._cells > MOST_CELLS:
            raise too_much(self.name, "has tables that are too large", MOST_CELLS, "cells")
