"""Reading the borough table into observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from callover.data.archives import ZIP_START
from callover.data.contracts import ReadResult
from callover.data.delimited import header_of
from callover.data.grids import read_grid
from callover.data.hidden import hidden_findings
from callover.data.reader import ReadContext
from callover.data.sources.lfb_borough_table.checks import ID, added_percentages, check_table
from callover.data.sources.lfb_borough_table.layout import (
    MONTHLY,
    P1_VISITS,
    TARGET,
    TO_DATE,
    Header,
    Measure,
    is_header,
    read_header,
    read_measures,
)
from callover.data.tables import areas, observations
from callover.domain.areas import AreaKind
from callover.domain.errors import UserError
from callover.domain.periods import Period, PeriodKind
from callover.domain.states import State


@dataclass(frozen=True)
class Value:
    """One number of the table, ready to be stored."""

    series: str
    period: Period
    value: float | None
    state: State
    row: int
    note: str = ""


class LfbBoroughTable:
    """Reads the borough table."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the first line with text is the table's header."""
        if path.is_dir():
            return False
        if head.startswith(ZIP_START):
            return path.suffix.lower() == ".xlsx" and is_header(_first_row(path))
        return is_header(header_of(head.lstrip(b",;\r\n\t ")))

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Months, years to date, rolling 12 and the year before, by measure."""
        context.progress("reading the borough table", 0.0)
        grid = read_grid(path)
        header, faults = read_header(grid, context)
        measures, more = read_measures(grid, header)
        last = _last_month(measures)
        values = [value for measure in measures for value in _values(measure, header, last)]
        targets = sum(1 for measure in measures if TARGET in measure.lines)
        until = f" to {header.months[last].name}" if last >= 0 else ", without figures"
        return ReadResult(
            _table(values, header),
            areas([(header.area, header.name, AreaKind.DISTRICT)]),
            faults=tuple(sorted([*grid.faults, *faults, *more])),
            findings=(*hidden_findings(ID, grid.hidden), *check_table(header, measures)),
            summary=(
                f"{header.name}: {len(measures)} measures, {header.months[0].name}{until}.",
                f"{targets} lines of targets were checked; the definitions hold the targets.",
                *grid.notes,
            ),
            left_out={"lines of targets": targets, "trend symbols": len(measures)},
        )


def _first_row(path: Path) -> Sequence[str]:
    """The first line with text of a workbook; nothing where it cannot be opened."""
    try:
        rows = read_grid(path).rows
    except UserError:
        return ()
    return next((row for row in rows if any(row)), ())


def _last_month(measures: Sequence[Measure]) -> int:
    """Place of the last month with a figure for any measure, -1 if there is none."""
    found = [i for m in measures for i, number in enumerate(m.months) if number is not None]
    return max(found, default=-1)


def _values(measure: Measure, header: Header, last: int) -> list[Value]:
    """Everything a measure's lines say, but for its targets."""
    row = measure.row + 1
    found = []
    for i, (month, number) in enumerate(zip(header.months, measure.months, strict=True)):
        state = State.NOT_DUE if i > last else State.NOT_SUPPLIED
        state = State.FINAL if number is not None else state
        found.append(Value(measure.series, Period.month(month), number, state, row))
    found += _to_date(measure, header)
    if last >= 0:
        rolling = Period.ending(PeriodKind.ROLLING12, header.months[last])
        found.append(_total(measure, rolling, measure.rolling))
    year = Period.ending(PeriodKind.FINANCIAL_YEAR, header.before.last)
    found.append(_total(measure, year, measure.before))
    return found


def _total(measure: Measure, period: Period, number: float | None) -> Value:
    state = State.NOT_SUPPLIED if number is None else State.FINAL
    return Value(measure.series, period, number, state, measure.rows[MONTHLY] + 1)


def _to_date(measure: Measure, header: Header) -> list[Value]:
    """Printed years to date. One that adds percentages means nothing: it is kept as a note."""
    printed = measure.lines.get(TO_DATE, ())
    added = added_percentages(measure) if measure.series == P1_VISITS else ()
    found = []
    for i, number in enumerate(printed):
        if number is None:
            continue
        period = Period.ending(PeriodKind.YEAR_TO_DATE, header.months[i])
        row = measure.rows[TO_DATE] + 1
        if i in added:
            note = f"printed {number:g}%, a sum of percentages"
            found.append(Value(measure.series, period, None, State.NOT_APPLICABLE, row, note))
        else:
            found.append(Value(measure.series, period, number, State.FINAL, row))
    return found


def _table(values: Sequence[Value], header: Header) -> pa.Table:
    """The values as observations."""
    return observations(
        len(values),
        series=[v.series for v in values],
        area=header.area,
        kind=[v.period.kind.value for v in values],
        start=[v.period.start for v in values],
        end=[v.period.end for v in values],
        value=[v.value for v in values],
        state=[v.state.value for v in values],
        note=[v.note for v in values],
        row=[v.row for v in values],
    )
