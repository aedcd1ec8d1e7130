"""A document as one description that every format is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Title:
    """A heading; level 1 is the highest."""

    text: str
    level: int


@dataclass(frozen=True)
class Words:
    """A paragraph that mutations find by its key."""

    key: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: ``heads`` rows of heading over the others. A form has none, and labels at left."""

    key: str
    rows: tuple[tuple[str, ...], ...]
    heads: int = 1


Part = Title | Words | Grid


@dataclass(frozen=True)
class Sheet:
    """One page."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Document:
    """A pack of pages."""

    pages: tuple[Sheet, ...]

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Every part with the title of its page."""
        for page in self.pages:
            yield from ((page.title, part) for part in page.parts)

    def find(self, key: str) -> Words | Grid:
        return next(p for _, p in self.parts() if not isinstance(p, Title) and p.key == key)

    def page_of(self, key: str) -> str:
        found = ((t, p) for t, p in self.parts() if not isinstance(p, Title))
        return next(title for title, part in found if part.key == key)

    def grid(self, key: str) -> Grid:
        found = self.find(key)
        assert isinstance(found, Grid)
        return found

    def text(self, key: str) -> str:
        found = self.find(key)
        assert isinstance(found, Words)
        return found.text

    def row(self, key: str, name: str) -> int:
        """The row of a table whose cells begin with ``name``."""
        rows = self.grid(key).rows
        return next(at for at, row in enumerate(rows) if name in row[:2])

    def with_cell(self, key: str, row: int, column: int, text: str) -> Document:
        """The document with one cell changed."""
        grid = self.grid(key)
        cells = list(grid.rows[row])
        cells[column] = text
        return self.with_row(key, row, tuple(cells))

    def with_row(self, key: str, row: int, cells: tuple[str, ...]) -> Document:
        grid = self.grid(key)
        rows = (*grid.rows[:row], cells, *grid.rows[row + 1 :])
        return self._with(replace(grid, rows=rows))

    def without_row(self, key: str, row: int) -> Document:
        grid = self.grid(key)
        return self._with(replace(grid, rows=(*grid.rows[:row], *grid.rows[row + 1 :])))

    def with_text(self, key: str, text: str) -> Document:
        """The document with one paragraph changed."""
        return self._with(Words(key, text))

    def _with(self, part: Words | Grid) -> Document:
        return Document(tuple(replace(page, parts=tuple(
            part if not isinstance(each, Title) and each.key == part.key else each
            for each in page.parts
        )) for page in self.pages))  # fmt: skip
