"""Rows of figures by month, as tables print them: what each counts, over which stretch.

A table by month is recognised by its heading of months, wherever in the table it stands; a table
that a page broke goes on under the heading of the part before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.reading.months import (
    Span,
    read_month,
    read_month_name,
    spans_in,
    to_date,
    twelve_to,
)
from callover.audit.reading.names import key_of
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.domain.periods import FinancialYear, Month

LEAST_MONTHS = 3


class Kind(StrEnum):
    """What the numbers of a row are."""

    COUNT = "count"
    CHANGE = "change"
    RATE = "rate"
    RANK = "rank"
    TARGET = "target"
    SHARE = "share"


class Basis(StrEnum):
    """Over which stretch a row counts; UNSAID where its label does not say."""

    MONTH = "month"
    TO_DATE = "year to date"
    ROLLING = "rolling 12 months"
    UNSAID = ""

    def span(self, month: Month) -> Span:
        """The stretch that ends with ``month``; that month itself where it is unsaid."""
        if self is Basis.TO_DATE:
            return to_date(month)
        return twelve_to(month) if self is Basis.ROLLING else Span(month, month)


_KINDS = (
    (Kind.RANK, re.compile(r"\brank(?:ing|ed)?\b|\bposition\b")),
    (Kind.CHANGE, re.compile(
        r"\bchange\b|\b(?:compared|vs|on) (?:to |with )?(?:the )?(?:last|previous|year before)"
    )),
    (Kind.RATE, re.compile(r"\bper (?:1,?000|10,?000|100,?000)\b|\brate\b")),
    (Kind.TARGET, re.compile(r"\b(?:target|trajectory|ceiling|planned)\b")),
    (Kind.SHARE, re.compile(r"%|\bper ?cent\b|\bpercentage\b|\bproportion\b|\bshare\b")),
)  # fmt: skip
_BASES = (
    (
        Basis.TO_DATE,
        re.compile(r"\byear[ -]to[ -]date\b|\bytd\b|\b(?:ac)?cumulative\b|\bto date\b"),
    ),
    (Basis.ROLLING, re.compile(r"\brolling\b|\b(?:12|twelve)[ -]months?\b|\bmoving annual\b")),
    (Basis.MONTH, re.compile(r"\bmonth(?:ly)?\b|\bin month\b")),
)
_PER = re.compile(r"per (1,?000|10,?000|100,?000)")
_IDLE = re.compile(
    r"\([^)]*(?:for use|used|\b12\b)[^)]*\)|\bfor use below\b|\byear[ -]to[ -]date\b|\bytd\b"
    r"|\b(?:ac)?cumulative\b|\brolling\b|\b(?:12|twelve)[ -]months?(?:' figures?)?\b"
    r"|\bmonth(?:ly)?\b|\bfig(?:ure)?s?\b|\btotals?\b|\bperiod\b|\bdata\b|\bactual\b"
    r"|\btarget\b|\bin\b|\bto date\b|\bfor\b|\brate\b|\bthis year\b|\bper [\d,]+(?: \w+)?"
)
_YEAR_BEFORE = re.compile(r"\b(?:year before|last year|previous year|year ago)\b")
_MISSING = re.compile(
    r"[-–—.\s]*|tbc|tba|n/?a|n/?d|not (?:available|known|due|yet.*)|awaited|late|w"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a row; ``printed`` is None where no number stands."""

    month: Month
    cell: Cell
    printed: Printed | None


@dataclass(frozen=True)
class Series:
    """A row of a table by month. ``name`` says what it counts, "" where that is its page's subject.

    ``label`` is as printed; ``headed`` are the heading's months with their cells. ``years_off``
    says how many years the printed heading is behind, ``mislabelled`` that the row holds single
    months under the label of a year to date: ``points`` and ``basis`` are what the figures show.
    ``before`` marks a row of the year before, printed beside this year's months, ``down`` a column
    of a table whose months run down.
    """

    section: Section
    name: str
    label: str
    kind: Kind
    basis: Basis
    points: tuple[Point, ...]
    headed: tuple[tuple[Month, Cell], ...]
    row: Row
    years_off: int = 0
    mislabelled: bool = False
    before: bool = False
    down: bool = False

    def moved(self, years: int) -> Series:
        """The row under a heading that is ``years`` later than the one printed."""
        points = tuple(replace(point, month=point.month + 12 * years) for point in self.points)
        return replace(self, points=points, years_off=years)

    def a_year_earlier(self) -> Series:
        """The row as one of the year before: ``a year before`` beside this year's months."""
        points = tuple(replace(point, month=point.month - 12) for point in self.points)
        return replace(self, points=points, name="", before=True)

    @cached_property
    def key(self) -> str:
        """Equal for rows that count the same on one page."""
        return key_of(self.name)

    @cached_property
    def known(self) -> tuple[tuple[Month, Printed, Cell], ...]:
        """The months with a number."""
        return tuple((p.month, p.printed, p.cell) for p in self.points if p.printed is not None)

    @cached_property
    def by_month(self) -> dict[Month, Printed]:
        """Numbers by month."""
        return {month: printed for month, printed, _ in self.known}

    @property
    def per(self) -> int:
        """What a rate is per: 1,000 unless its label says otherwise."""
        found = _PER.search(self.label.lower())
        return int(found[1].replace(",", "")) if found else 1000

    def cell_of(self, month: Month) -> Cell:
        """The cell of ``month``."""
        return next(point.cell for point in self.points if point.month == month)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of months: which column is which, and how many columns stand behind them."""

    columns: dict[int, Month]
    cells: dict[int, Cell]
    width: int

    @property
    def first(self) -> int:
        return min(self.columns)

    @property
    def behind(self) -> int:
        return self.width - max(self.columns) - 1


def series_in(section: Section) -> list[Series]:
    """Every row by month of ``section``, in order."""
    return list(_series(section))


def _series(section: Section) -> Iterator[Series]:
    heading: _Heading | None = None
    group = ""
    for table in section.tables:
        if _runs_down(table):
            yield from _columns(section, table)
            continue
        for row in table.rows:
            found = _heading(row, table.caption)
            if found is not None:
                heading, group = found, ""
            elif heading is not None:
                labels, cells = _apart(row, heading)
                if _has_figures(cells):
                    group = _group(group, labels, row)
                    yield _made(section, row, heading, labels[-1] if labels else "", group, cells)


def _runs_down(table: Table) -> bool:
    """Whether months stand in the first column, one a row, under a heading of words."""
    rows = [row for row in table.rows if row]
    months = sum(read_month(plain(row[0].text)) is not None for row in rows)
    across = max(
        (sum(read_month(plain(c.text)) is not None for c in row) for row in rows), default=0
    )
    return months >= LEAST_MONTHS and across <= 1 and 2 * months >= len(rows) and len(rows[0]) > 1


def _columns(section: Section, table: Table) -> Iterator[Series]:
    """The columns of a table whose months run down."""
    head, body = table.rows[0], [row for row in table.rows[1:] if read_month(plain(row[0].text))]
    for at, cell in enumerate(head[1:], 1):
        pairs = [(read_month(plain(row[0].text)), row) for row in body if at < len(row)]
        cells = {month: row[at] for month, row in pairs if month is not None}
        labelled = " ".join(cell.text.split())
        if not _has_figures(cells):
            continue
        headed = _Heading({}, {}, 0)
        months = tuple((month, row[0]) for month, row in pairs if month is not None)
        made = _made(section, head, headed, labelled, "", cells)
        made = replace(made, headed=months, down=True)
        yield made.a_year_earlier() if _YEAR_BEFORE.search(labelled.lower()) else made


def _heading(row: Row, caption: str) -> _Heading | None:
    """The months of a heading row; months without a year take it from those before them, or from
    the financial year that the row's first cell or the caption names."""
    columns: dict[int, Month] = {}
    last: Month | None = None
    year = next((y for text in (row[0].text, caption) if (y := _year_in(text))), None)
    for at, cell in _spread(row):
        month = read_month(plain(cell.text))
        name = 0 if month else read_month_name(cell.text)
        if month is None and name and last is not None:
            month = Month.of(last.year + (name < last.month), name)
        elif month is None and name and year is not None:
            month = Month.of(year.start + (name < 4), name)
        if month is not None:
            columns[at] = last = month
    if len(columns) < LEAST_MONTHS:
        return None
    cells = {at: cell for at, cell in _spread(row) if at in columns}
    return _Heading(columns, cells, sum(cell.columns for cell in row))


def _year_in(text: str) -> FinancialYear | None:
    years = [found.span for found in spans_in(plain(text)) if found.span.is_year]
    return years[0].first.financial_year if len(years) == 1 else None


def _spread(row: Row) -> Iterator[tuple[int, Cell]]:
    at = 0
    for cell in row:
        yield at, cell
        at += cell.columns


def _apart(row: Row, heading: _Heading) -> tuple[list[str], dict[Month, Cell]]:
    """A row's labels, and its cells by month.

    Converters lose empty cells: where a number stands before the first month's column, the row is
    moved right, and what stands under the columns behind the months is taken from the row's end.
    """
    spread = list(_spread(row))
    first = next((at for at, cell in spread if _is_figure(cell.text)), heading.first)
    shift = max(0, heading.first - first)
    labels = [
        " ".join(cell.text.split())
        for at, cell in spread
        if at + shift < heading.first and cell.text.strip()
    ]
    tail = [at for at, cell in spread[len(spread) - heading.behind :] if cell.text.strip()]
    short = shift > 0 and heading.behind > 0 and len(spread) + shift <= heading.width
    left_out = set(tail) if short else set()
    return labels, {
        heading.columns[at + shift]: cell
        for at, cell in spread
        if at + shift in heading.columns and at not in left_out
    }


def _is_figure(text: str) -> bool:
    return bool(read_number(text) or re.match(r"\s*\d+\s*(?:of|/)\s*\d+", text))


def _has_figures(cells: dict[Month, Cell]) -> bool:
    texts = [cell.text for cell in cells.values() if cell.text.strip()]
    return any(map(_is_figure, texts)) and all(len(text) <= 40 for text in texts)


def _group(group: str, labels: Sequence[str], row: Row) -> str:
    """What the first of two labels says, kept for the rows beneath that leave it empty."""
    if len(labels) > 1:
        return labels[0]
    return group if not row[0].text.strip() else ""


def _made(
    section: Section, row: Row, heading: _Heading, label: str, group: str, cells: dict[Month, Cell]
) -> Series:
    kind = kind_of(label) if label else Kind.COUNT
    own = " ".join(_IDLE.sub(" ", label.lower()).split()).strip(" ()-–:%")
    nameless = kind in (Kind.CHANGE, Kind.RANK)
    name = " ".join(part for part in (group, "" if nameless else own) if part)
    points = tuple(
        Point(month, cell, read_number(cell.text))
        for month, cell in cells.items()
        if not is_missing(cell.text)
    )
    headed = tuple((month, heading.cells[at]) for at, month in heading.columns.items())
    full = f"{group}: {label}" if group else label
    return Series(section, name, full, kind, basis_of(label), points, headed, row)


def kind_of(label: str) -> Kind:
    """What a label says its numbers are."""
    text = label.lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), Kind.COUNT)


def basis_of(label: str) -> Basis:
    """Over which stretch a label says it counts."""
    text = label.lower()
    return next((basis for basis, pattern in _BASES if pattern.search(text)), Basis.UNSAID)


def is_missing(text: str) -> bool:
    """Whether a cell says that it holds no number."""
    return bool(_MISSING.fullmatch(plain(text).strip().lower()))
