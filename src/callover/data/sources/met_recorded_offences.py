"""All recorded offences by borough and financial year: Code, Borough, Year, Value (1999/00 on).

The year is written as 31 December of the year it starts in: 2015-12-31 is April 2015 to March
2016. The last year of the file is a part year, and the file does not say of how many months; it is
kept as not supplied with the printed number as its note, unless a mapping says where it ends
(``last_year_ends: 2017-01``, March for a whole year), and is then provisional.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np

from callover.data.contracts import ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.reader import ReadContext, Reader
from callover.data.snapshots import AREA_CODE, Rows, place_year_rows
from callover.data.tables import areas, observations
from callover.domain.areas import AreaKind
from callover.domain.errors import UserError
from callover.domain.periods import FinancialYear, Month, PeriodKind
from callover.domain.states import State

ID = "met_recorded_offences"
COLUMNS = ("Code", "Borough", "Year", "Value")
_YEAR = re.compile(r"((?:19|20|21)\d{2})-12-31")
_OWN_CODES = {"727": "K04000001", "E12000007": "E23000001"}  # England and Wales; the force's area

Value = tuple[PeriodKind, date, date, float, State, str]
"""Kind, first and last day, value, state and note of one number of the table."""


class MetRecordedOffences:
    """Reads the yearly table of all recorded offences."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header is that of the table."""
        return not path.is_dir() and header_of(head) == tuple(c.lower() for c in COLUMNS)

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Yearly totals as ``tno``, kind financial year; the last, part year as described."""
        source = with_rows(read_delimited(path, needs=COLUMNS))
        names = source.column("Borough").to_pylist()

        def place(row: int, code: str) -> str:
            code = _OWN_CODES.get(code, code)
            named = f"name:{names[row]}" if names[row] else ""
            return code if AREA_CODE.fullmatch(code) else named

        found = place_year_rows(source, ("Code", "Year", "Value"), place, _year)
        last = max(found.year, default=0)
        ends = _last_month(context, last)
        values = [
            _value(y, v, last, ends) for y, v in zip(found.year, found.value.tolist(), strict=True)
        ]
        return _result(source, found, values, _summary(source, found, last, ends))


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text)
    return int(match[1]) if match else None


def _last_month(context: ReadContext, last: int) -> Month | None:
    """Where the last year ends, if a mapping says so."""
    text = context.mapping.get("last_year_ends")
    if text is None:
        return None
    try:
        month = Month.parse(str(text))
    except ValueError as error:
        raise UserError(f"The mapping's last_year_ends: {error}.") from error
    if month.financial_year.start != last:
        raise UserError(
            f"The mapping's last_year_ends is {month}; the file's last year starts in {last}.",
            "Give a month of the file's last year, or leave it out.",
        )
    return month


def _value(year: int, value: float, last: int, ends: Month | None) -> Value:
    """How one number of the table is stored."""
    whole = FinancialYear(year)
    kind, first, march = PeriodKind.FINANCIAL_YEAR, whole.first.first_day, whole.last.last_day
    if np.isnan(value):
        return kind, first, march, value, State.NOT_SUPPLIED, ""
    if year != last or ends == whole.last:
        return kind, first, march, value, State.FINAL, ""
    if ends is None:
        note = f"printed {value:,.0f} for part of the year; the file does not say how many months"
        return kind, first, march, np.nan, State.NOT_SUPPLIED, note
    return PeriodKind.MONTHS, first, ends.last_day, value, State.PROVISIONAL, "part year"


def _result(
    source: TextTable, found: Rows, values: list[Value], summary: tuple[str, ...]
) -> ReadResult:
    """Observations, areas and what was left out."""
    names = source.column("Borough").to_pylist()
    part = sum(1 for value in values if value[5].startswith("printed"))
    kind, start, end, value, state, note = zip(*values, strict=True) if values else [()] * 6
    table = observations(
        len(values),
        series="tno",
        area=found.area,
        kind=kind,
        start=start,
        end=end,
        value=value,
        state=state,
        note=note,
        row=source.lines[found.index],
    )
    places = zip(found.area, found.index.tolist(), strict=True)
    return ReadResult(
        table,
        areas((area, names[i], AreaKind.of_code(area)) for area, i in places),
        faults=tuple(sorted([*source.faults, *found.faults])),
        summary=summary,
        left_out={"values of a part year": part} if part else {},
    )


def _summary(source: TextTable, found: Rows, last: int, ends: Month | None) -> tuple[str, ...]:
    """What was seen, in short sentences."""
    if not found.year:
        return source.notes
    span = f"{FinancialYear(min(found.year))} to {FinancialYear(last)}"
    lines = [f"{source.table.num_rows:,} lines, {span}.", *source.notes]
    if ends is None:
        lines.append(f"{FinancialYear(last)} is a part year of unknown length: noted, not used.")
    return tuple(lines)


READERS: tuple[Reader, ...] = (MetRecordedOffences(),)
