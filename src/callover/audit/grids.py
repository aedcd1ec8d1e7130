"""Tables as grids of numbers under named columns, and the same with rows and columns changed over.

What a column is follows from its figures: a rule proposes an identity ("this is that less that"),
and only where most lines prove it are the others reported. So any layout can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row, quoted_row
from callover.audit.reading.brackets import is_bracketed, mean_minus, negative
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.series import is_missing

_MOST_COLUMNS = 18
_MOST_LINES = 80
_REFERENCE = re.compile(r"[A-Z]{0,3}\W?\d{1,3}(?:\.\d{1,2})*[.)]?")
_WORDS = re.compile(r"[A-Za-z]{3}")
_WITHHELD = re.compile(r"[<≤]\s*\d+|[*†~]|\b(?:s|c|sup)\b|n/c", re.IGNORECASE)
TOTAL = re.compile(r"(?:[\w'&-]+ ){0,3}(?:sub-?)?totals?\b.*|sum|all", re.IGNORECASE)
"""What a row or column of sums is called."""
_PERIOD = r"(?:the |full )?(?:year|week|quarter|half[- ]year)|(?:12|twelve|six|nine|three) months"
PERIOD = re.compile(_PERIOD, re.IGNORECASE)
"""What the sum of months, quarters or days is called."""
WHOLE = re.compile(rf"(?:all|whole|both|overall)\b.*|{_PERIOD}", re.IGNORECASE)
"""What a row that may be the sum of the others is called as well."""


@dataclass(frozen=True)
class Line:
    """A line of numbers: its name, and numbers and cells by column."""

    name: str
    numbers: dict[int, Printed]
    cells: dict[int, Cell]

    @property
    def excerpt(self) -> str:
        """The line as printed."""
        return in_a_row(self.cells.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of its name."""
        return frozenset(words_of(self.name))

    @cached_property
    def is_total(self) -> bool:
        """Whether its name says that it is of all lines above."""
        return bool(TOTAL.fullmatch(self.name) or WHOLE.fullmatch(self.name))

    def withheld(self, column: int) -> bool:
        """Whether a count stands there that is not printed."""
        cell = self.cells.get(column)
        return cell is not None and bool(_WITHHELD.fullmatch(plain(cell.text).strip()))

    def text(self, column: int) -> str:
        """What stands in a column, "" where there is none."""
        cell = self.cells.get(column)
        return plain(cell.text).strip() if cell else ""


@dataclass(frozen=True)
class Grid:
    """The lines of one table under one heading; ``heads`` are the headings by column.

    ``turned`` says that the columns are the rows as printed.
    """

    section: Section
    heads: dict[int, str]
    lines: tuple[Line, ...]
    turned: bool = False

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns in which at least two lines have numbers."""
        every = sorted({column for line in self.lines for column in line.numbers})
        return tuple(c for c in every if sum(c in line.numbers for line in self.lines) > 1)

    @cached_property
    def parts(self) -> tuple[Line, ...]:
        """The lines that are no totals."""
        return tuple(line for line in self.lines if not line.is_total)

    @cached_property
    def named(self) -> tuple[tuple[frozenset[str], Line], ...]:
        """The lines that have a name, with its telling words."""
        return tuple((line.words, line) for line in self.lines if line.words)

    def quoted(self, line: Line) -> str:
        """A line beneath its columns' headings."""
        return quoted_row(tuple(line.cells.values()), self.heads)

    def head(self, column: int) -> str:
        """A column's heading in lower case."""
        return self.heads.get(column, "").lower()

    def is_percent(self, column: int) -> bool:
        """Whether a column holds percentages: its cells or its heading say so."""
        numbers = [line.numbers[column] for line in self.lines if column in line.numbers]
        marked = sum(number.percent for number in numbers)
        return 2 * marked > len(numbers) or "%" in self.head(column)

    def column_of(self, pattern: re.Pattern[str]) -> int | None:
        """The one column whose heading matches; None for none or several."""
        found = [column for column, head in self.heads.items() if pattern.search(head.lower())]
        return found[0] if len(found) == 1 else None


def grids_of(section: Section) -> Iterator[Grid]:
    """The grids of a section's tables, as printed and changed over."""
    for table in section.tables:
        if len(table.rows) <= _MOST_LINES and _width(table) <= _MOST_COLUMNS:
            yield from upright_grids(section, table)
            if len(table.rows) <= _MOST_COLUMNS:
                for grid in upright_grids(section, _changed_over(table)):
                    yield replace(grid, turned=True)


def upright_grids(section: Section, table: Table) -> Iterator[Grid]:
    """The grids of a table as printed: a new one begins with each heading of words."""
    heads: dict[int, str] = {}
    lines: list[Line] = []
    for row in table.rows:
        line = _line(row)
        if line is None and not lines:
            heads = _joined(heads, row)
        elif line is None and _is_heading(row):
            yield from _grid(section, heads, lines)
            heads, lines = _joined({}, row), []
        elif line is not None:
            lines.append(line)
    yield from _grid(section, heads, lines)


def _grid(section: Section, heads: dict[int, str], lines: list[Line]) -> Iterator[Grid]:
    if len(lines) > 1 and heads:
        yield Grid(section, heads, tuple(_with_negatives(lines)))


def _with_negatives(lines: list[Line]) -> Iterator[Line]:
    """Brackets mean a minus in a column where not every number has them."""
    columns = {column for line in lines for column in line.numbers}
    minus = {c for c in columns if mean_minus(x.text(c) for x in lines if c in x.numbers)}
    for line in lines:
        yield replace(line, numbers={c: _signed(line, c, minus) for c in line.numbers})


def _signed(line: Line, column: int, minus: set[int]) -> Printed:
    number = line.numbers[column]
    return negative(number) if column in minus and is_bracketed(line.text(column)) else number


def _line(row: Row) -> Line | None:
    """A row with a number behind its name; None for any other."""
    cells: dict[int, Cell] = {}
    at = 0
    for cell in row:
        cells[at] = cell
        at += cell.columns
    numbers = {
        column: number
        for column, cell in cells.items()
        if column and (number := read_number(cell.text)) is not None
    }
    return Line(_name(row), numbers, cells) if numbers and not are_years(numbers) else None


def _name(row: Row) -> str:
    """The words that a row begins with, behind its number or reference; else its first cell."""
    filled = [" ".join(cell.text.split()) for cell in row if cell.text.strip()]
    first = filled[:1]
    if len(filled) > 1 and _REFERENCE.fullmatch(filled[0]) and _WORDS.search(filled[1]):
        first = filled[1:2]
    return first[0] if first else ""


def are_years(numbers: Mapping[int, Printed]) -> bool:
    """Whether a row holds nothing but years, as a heading does."""
    return all(number.text.isdigit() and 1990 < number.value < 2100 for number in numbers.values())


def _is_heading(row: Row) -> bool:
    filled = [cell.text for cell in row if cell.text.strip()]
    return len(filled) > 2 and not any(is_missing(text) for text in filled)


def _joined(above: dict[int, str], row: Row) -> dict[int, str]:
    """Headings of a row under those above it; a merged cell stands over all its columns."""
    made = dict(above)
    at = 0
    for cell in row:
        for column in range(at, at + cell.columns):
            made[column] = f"{made.get(column, '')} {' '.join(plain(cell.text).split())}".strip()
        at += cell.columns
    return made


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _changed_over(table: Table) -> Table:
    """Rows as columns; only where every row is equally long and no cell is merged."""
    widths = {len(row) for row in table.rows}
    if len(widths) != 1 or any(cell.columns != 1 for row in table.rows for cell in row):
        return Table((), table.place)
    return Table(tuple(tuple(column) for column in zip_longest(*table.rows)), table.place)
