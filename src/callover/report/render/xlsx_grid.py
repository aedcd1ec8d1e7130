"""Tables of the document as plain grids: one heading row, no gaps, a word in every cell.

Follows the UK Analysis Function's guidance on releasing statistics in spreadsheets: a cell without
a value holds a shorthand, remarks stand in a column of their own, nothing is merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from callover.domain.states import State
from callover.report.blocks import Cell, Row, Table, plain

Value = str | float

SHORTHAND = {
    "[c]": "suppressed, because the number is small",
    "[x]": "not available",
    "[z]": "not applicable",
}
_SUPPRESSED = ("suppressed", "fewer than", "<")
_NOT_APPLICABLE = ("not applicable", "n/a")
_NOT_AVAILABLE = (
    *("", "-", "–", "—", "not available", "not supplied", "not due", "late", "no data"),
    *("not yet due", "not held", "not rated"),
)
FIELDS = (
    *("indicator", "series", "area", "period_kind", "month", "measure", "peer_group"),
    *("value", "unit", "state", "source", "known_at"),
)
"""The figure records' fields, in order."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings, number formats (empty: text) and rows; every row as long as the headings."""

    headings: tuple[str, ...]
    formats: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def shorthand(self) -> tuple[str, ...]:
        """The shorthand used in it, in the order of the list above."""
        used = {value for row in self.rows for value in row if isinstance(value, str)}
        return tuple(code for code in SHORTHAND if code in used)


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
        ("",) * grouped + tuple(_format(table, i) for i in kept) + ("",) * remarked,
        tuple((*cells, remark or "[z]") if remarked else cells for cells, remark in rows),
    )


def figures_grid(figures: Iterable[Mapping[str, object]]) -> Grid:
    """Every figure record a row; a value that is missing as shorthand, its state in its column."""
    rows = tuple(tuple(_field(record, name) for name in FIELDS) for record in figures)
    formats = tuple("General" if name == "value" else "" for name in FIELDS)
    return Grid(FIELDS, formats, rows)


def shorthand(words: str) -> str:
    """The shorthand for a cell without a number, or its words where they say something else."""
    plainly = words.strip().lower()
    if plainly.startswith(_SUPPRESSED):
        return "[c]"
    if plainly in _NOT_APPLICABLE:
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


def _lettered(table: Table, notes: Notes) -> dict[str, int]:
    """Which note letter of the table stands for which numbered note; notes without come too."""
    found = {}
    marks = {cell.mark for row in table.rows for cell in row.cells if cell.mark}
    for note in table.notes:
        words = plain(note).strip()
        letter = next((mark for mark in marks if _opens(words, mark)), "")
        number = notes.number(words[len(letter) :].strip() if letter else words)
        if letter:
            found[letter] = number
    return found


def _opens(words: str, mark: str) -> bool:
    """Whether a note begins with its letter."""
    rest = words.removeprefix(mark)
    return rest != words and not rest[:1].isalnum()


def _rows(
    table: Table, kept: list[int], grouped: bool, lettered: Mapping[str, int]
) -> Iterable[tuple[tuple[Value, ...], str]]:
    """The cells of each row and the remark on it."""
    group = "All"
    for row in table.rows:
        if row.kind == "group":
            group = next((cell.text for cell in row.cells if cell.text), "All")
            continue
        name = "All" if row.kind == "total" else group
        cells = tuple(_value(row.cells[i], table.columns[i].numeric) for i in kept)
        yield ((name, *cells) if grouped else cells), _remark(row, table, kept, lettered)


def _no_row(columns: int) -> tuple[tuple[Value, ...], str]:
    """Stands in a table without rows, which Excel does not know."""
    return ("[z]",) * columns, ""


def _value(cell: Cell, numeric: bool) -> Value:
    """The full number; else the words; never nothing."""
    if cell.value is not None:
        return cell.value
    chip = f"{cell.chip.letter} {cell.chip.words}".strip() if cell.chip else ""
    words = cell.text if cell.text and cell.text != chip else ""
    said = " ".join(part for part in (chip, words) if part)
    return shorthand(said) if numeric else (said or "[z]")


def _remark(row: Row, table: Table, kept: list[int], lettered: Mapping[str, int]) -> str:
    """Notes of a row and why its cells hold shorthand: ``not due: Oct, Nov; [note 3]``."""
    reasons: dict[str, list[str]] = {}
    numbers = []
    for i in kept:
        cell, column = row.cells[i], table.columns[i]
        if cell.mark in lettered:
            numbers.append(f"[note {lettered[cell.mark]}]")
        if column.numeric and cell.value is None and _gives_reason(cell.text):
            reasons.setdefault(cell.text, []).append(column.heading)
    said = [f"{reason}: {', '.join(where)}" for reason, where in reasons.items()]
    return "; ".join([*said, *dict.fromkeys(numbers)])


def _gives_reason(words: str) -> bool:
    """Whether the printed words say more than the shorthand that replaces them."""
    return len(words) > 1 and shorthand(words) != words and words.lower() != "not available"


def _format(table: Table, i: int) -> str:
    """The number format of a column; full values, so two decimals where they are not whole."""
    column = table.columns[i]
    values = [row.cells[i].value for row in table.rows if row.kind != "group"]
    numbers = [value for value in values if value is not None]
    if not numbers:
        return ""
    whole = all(float(value).is_integer() for value in numbers)
    return column.number_format or ("#,##0" if whole else "#,##0.00")


def _field(record: Mapping[str, object], name: str) -> Value:
    found = record.get(name)
    if isinstance(found, int | float):
        return float(found)
    if found not in (None, ""):
        return str(found)
    return _missing(record) if name == "value" else "[z]"


def _missing(record: Mapping[str, object]) -> str:
    """Shorthand by the record's state."""
    return {State.SUPPRESSED.value: "[c]", State.NOT_APPLICABLE.value: "[z]"}.get(
        str(record.get("state")), "[x]"
    )
