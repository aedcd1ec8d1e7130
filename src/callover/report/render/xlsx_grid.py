"""Tables of the document as plain grids: one heading row, no gaps, a word in every cell.

Follows the UK Analysis Function's guidance on releasing statistics in spreadsheets: a cell without
a value holds a shorthand, remarks stand in a column of their own, nothing is merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from callover.domain.states import State
from callover.report.blocks import Cell, Chart, Column, Row, Table, plain
from callover.report.words import in_full


@dataclass(frozen=True, slots=True)
class Number:
    """A full value and the spreadsheet format it is shown in."""

    value: float
    form: str = "General"


Value = str | Number

SHORTHAND = {
    "[c]": "suppressed: the number is small, or would show one that is",
    "[e]": "estimated",
    "[p]": "provisional",
    "[r]": "revised",
    "[s]": "held only in a sum of several months",
    "[x]": "not available",
    "[z]": "not applicable",
}
_SUPPRESSED = ("suppressed", "fewer than", "<", "withheld", "1 to ")
_NOT_AVAILABLE = (
    *("", "-", "–", "—", "not available", "not supplied", "not due", "late", "no data"),
    *("not yet due", "not held"),
)
_PRINTED = re.compile(r"[+−£]*[\d,]+(?:\.(?P<decimals>\d+))?(?P<percent>\s?%)?")
FIELDS = (
    *("indicator", "series", "area", "period_kind", "month", "measure", "peer_group"),
    *("value", "unit", "state", "source", "known_at"),
)
"""The figure records' fields, in order."""


@dataclass(frozen=True)
class Grid:
    """Headings and rows, every row as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def shorthand(self) -> tuple[str, ...]:
        """The shorthand used in it, in the order of the list above."""
        words = " ".join(value for row in self.rows for value in row if isinstance(value, str))
        return tuple(code for code in SHORTHAND if code in words)

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers (beside shorthand)."""
        return column in self._numeric

    @cached_property
    def _numeric(self) -> frozenset[int]:
        """The columns that hold a number; each cell is looked at once."""
        return frozenset(
            place
            for row in self.rows
            for place, value in enumerate(row)
            if isinstance(value, Number)
        )


@dataclass
class Notes:
    """Numbered notes; the same words keep their number."""

    texts: list[str] = field(default_factory=list)

    def number(self, words: str) -> int:
        """The number of a note, a new one where it is new."""
        if words not in self.texts:
            self.texts.append(words)
        return self.texts.index(words) + 1


def grid_of(table: Table, notes: Notes) -> Grid:
    """A table as a grid: group rows become a column, note letters and reasons another."""
    kept = [i for i in range(len(table.columns)) if not _only_pages(table, i)]
    grouped = any(row.kind == "group" for row in table.rows)
    lettered = _lettered(table, notes)
    rows = list(_rows(table, kept, grouped, lettered)) or [_no_row(len(kept))]
    remarked = any(remark for _, remark in rows)
    headings = [table.columns[i].heading for i in kept]
    return Grid(
        unique(["Group"] * grouped + headings + ["Notes"] * remarked),
        tuple((*cells, remark or "[z]") if remarked else cells for cells, remark in rows),
    )


def charts_grid(charts: Iterable[tuple[str, Chart]]) -> Grid:
    """The points of charts, a row each: section, chart, row and column of its table, value."""
    rows = [
        (section, chart.title, _label(row), column.heading, _value(cell, column))
        for section, chart in charts
        if chart.table
        for row in chart.table.rows
        if row.kind != "group"
        for cell, column in _points(chart.table, row)
    ]
    return Grid(("Part of the report", "Chart", "Point", "What", "Value"), tuple(rows))


def _label(row: Row) -> str:
    return row.cells[0].text or "[z]"


def _points(table: Table, row: Row) -> Iterable[tuple[Cell, Column]]:
    """The cells behind the row's headings; shorthand where there is no number."""
    pairs = list(zip(row.cells, table.columns, strict=True))
    return [(cell, replace(column, numeric=True)) for cell, column in pairs[table.row_headers :]]


def figures_grid(figures: Iterable[Mapping[str, object]]) -> Grid:
    """Every figure record a row; a value that is missing as shorthand, its state in its column."""
    return Grid(FIELDS, tuple(tuple(_field(r, name) for name in FIELDS) for r in figures))


def shorthand(words: str) -> str:
    """The shorthand for a cell without a number, or its words where they say something else."""
    plainly = (in_full(words) or words).strip().lower()
    if plainly == "only in a sum":
        return "[s]"
    if plainly.startswith(_SUPPRESSED):
        return "[c]"
    if plainly == State.NOT_APPLICABLE.words:
        return "[z]"
    return "[x]" if plainly in _NOT_AVAILABLE else words


def unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings that are never empty and never twice the same, which a native table needs."""
    seen: dict[str, int] = {}
    found = []
    for position, heading in enumerate(headings, 1):
        words = heading.strip() or f"Column {position}"
        seen[words.lower()] = seen.get(words.lower(), 0) + 1
        again = seen[words.lower()]
        found.append(words if again == 1 else f"{words} ({again})")
    return tuple(found)


def _only_pages(table: Table, i: int) -> bool:
    """Whether a column holds nothing but page numbers, which a workbook has none of."""
    cells = [row.cells[i] for row in table.rows if row.kind != "group"]
    return any(cell.page_of for cell in cells) and all(_says_nothing(cell) for cell in cells)


def _says_nothing(cell: Cell) -> bool:
    """Whether a cell holds neither a value nor words of its own."""
    text = cell.text.strip()
    wordless = text.isdigit() or shorthand(text) != text
    return cell.value is None and cell.chip is None and wordless


def _lettered(table: Table, notes: Notes) -> dict[str, str]:
    """What stands for each note letter of the table: ``[note 3]``, or ``[p]`` for provisional."""
    found = {}
    marks = {cell.mark for row in table.rows for cell in row.cells if cell.mark}
    for note in table.notes:
        words = plain(note).strip()
        letter = next((mark for mark in marks if _opens(words, mark)), "")
        words = words.removeprefix(letter).lstrip(" :.)")
        code = f"[{letter}]"
        if words.rstrip(".").lower() == SHORTHAND.get(code):
            found[letter] = code
            continue
        number = notes.number(words[:1].upper() + words[1:] if letter else words)
        if letter:
            found[letter] = f"[note {number}]"
    return found


def _opens(words: str, mark: str) -> bool:
    """Whether a note begins with its letter."""
    rest = words.removeprefix(mark)
    return rest != words and not rest[:1].isalnum()


def _rows(
    table: Table, kept: list[int], grouped: bool, lettered: Mapping[str, str]
) -> Iterable[tuple[tuple[Value, ...], str]]:
    """The cells of each row and the remark on it."""
    group = "All"
    for row in table.rows:
        if row.kind == "group":
            group = next((cell.text for cell in row.cells if cell.text), "All")
            continue
        name = "All" if row.kind == "total" else group
        cells = tuple(_value(row.cells[i], table.columns[i]) for i in kept)
        yield ((name, *cells) if grouped else cells), _remark(row, table, kept, lettered)


def _no_row(columns: int) -> tuple[tuple[Value, ...], str]:
    """Stands in a table without rows, which Excel does not know."""
    return ("[z]",) * columns, ""


def _value(cell: Cell, column: Column) -> Value:
    """The full number; else the words; never nothing."""
    if cell.value is not None:
        return Number(cell.value, column.number_format or form_of(cell))
    if column.numeric and cell.text.isdigit():  # the number of a row, which counts nothing
        return Number(float(cell.text), "0")
    said = _said(cell)
    return shorthand(said) if column.numeric else (said or "[z]")


def _said(cell: Cell) -> str:
    """The words of a cell, its rating once."""
    if cell.chip is None:
        return cell.text
    letter = cell.chip.letter if cell.chip.letter.isalpha() else ""  # a dash says nothing
    rating = f"{letter} {cell.chip.words}".strip()
    more = "" if cell.text in (cell.chip.letter, cell.chip.words, rating) else cell.text
    return f"{rating} {more}".strip()


def _remark(row: Row, table: Table, kept: list[int], lettered: Mapping[str, str]) -> str:
    """Notes of a row and why its cells hold shorthand: ``not due: Oct, Nov; [note 3]: Sep``."""
    reasons: dict[str, list[str]] = {}
    for i in kept:
        cell, column = row.cells[i], table.columns[i]
        if cell.mark in lettered:
            where = reasons.setdefault(lettered[cell.mark], [])
            where += [_quoted(column)] if i >= table.row_headers else []  # else the whole row
        if column.numeric and cell.value is None and _gives_reason(cell.text):
            reason = in_full(cell.text) or cell.text
            reasons.setdefault(reason, []).append(_quoted(column))
    return "; ".join(": ".join(filter(None, (k, ", ".join(v)))) for k, v in reasons.items())


def _quoted(column: Column) -> str:
    """A heading within a list; in quotation marks where it holds a comma itself."""
    return f"“{column.heading}”" if "," in column.heading else column.heading


def _gives_reason(words: str) -> bool:
    """Whether the printed words say more than the shorthand that replaces them."""
    code = shorthand(words)
    return len(words) > 1 and code != words and words.lower() != SHORTHAND[code]


def form_of(cell: Cell) -> str:
    """The format that shows a value as the report prints it; a per cent keeps a decimal.

    Of ``+919 (+5 %)`` the first number is the value.
    """
    printed = _PRINTED.match(cell.text)
    decimals = len(printed["decimals"] or "") if printed else 0
    is_percent = bool(printed and printed["percent"])
    if not decimals and cell.value is not None and not float(cell.value).is_integer():
        decimals = 1 if is_percent else 2
    form = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    form += '" %"' if is_percent else ""
    return f"+{form};-{form};{form}" if cell.text.startswith(("+", "−")) else form


def _field(record: Mapping[str, object], name: str) -> Value:
    found = record.get(name)
    if isinstance(found, int | float):
        return Number(float(found))
    if found not in (None, ""):
        return str(found)
    return _missing(record) if name == "value" else "[z]"


def _missing(record: Mapping[str, object]) -> str:
    """Shorthand by the record's state."""
    return {State.SUPPRESSED.value: "[c]", State.NOT_APPLICABLE.value: "[z]"}.get(
        str(record.get("state")), "[x]"
    )
