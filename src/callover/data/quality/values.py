"""What the checks look at: plain values with a number; and how a finding names one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.grouping import Ints
from callover.domain.errors import Finding, Severity
from callover.domain.periods import Month, Period, PeriodKind

COLUMNS = ("series", "area", "kind", "start", "end", "value", "row")
PERIOD = ("area", "kind", "start", "end")
"""What values of different series must share to be compared."""

Numbers = npt.NDArray[np.float64]

KIND_WORDS = {
    PeriodKind.MONTH: "month",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.YEAR_TO_DATE: "year to date",
    PeriodKind.FINANCIAL_YEAR: "financial year",
    PeriodKind.ROLLING12: "rolling 12 months",
    PeriodKind.MONTHS: "months together",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One stored value, as a finding names it."""

    series: str
    area: str
    period: Period
    value: float
    place: str

    def finding(
        self,
        source: str,
        rule: str,
        severity: Severity,
        message: str,
        follows: float,
        series: str = "",
    ) -> Finding:
        """A finding about this value; about another series made from it, where one is named."""
        period = f"{self.period.start} to {self.period.end}"
        return Finding(
            rule, severity, source, series or self.series, self.area, period, message,
            self.value, follows, self.place,
        )  # fmt: skip


def plain(table: pa.Table) -> pa.Table:
    """Values with a number; published rates, ranks and averages are not checked here."""
    counted = pc.and_(pc.equal(table["measure"], "value"), pc.is_valid(table["value"]))
    return table.select([*COLUMNS, "measure"]).filter(counted).select([*COLUMNS])


def of(table: pa.Table, **columns: object) -> pa.Table:
    """Rows whose columns hold one of these words: ``of(table, kind=["month"])``."""
    for name, wanted in columns.items():
        table = table.filter(pc.is_in(table[name], pa.array(wanted, pa.string())))
    return table


def numbers(table: pa.Table) -> Numbers:
    """The values of a table."""
    return np.asarray(table["value"].to_numpy())


def value_at(table: pa.Table, position: int) -> Value:
    """One row as a value."""
    return values_at(table, np.array([position]))[0]


def values_at(table: pa.Table, positions: Ints) -> list[Value]:
    """Rows as values."""
    return [
        Value(
            row["series"],
            row["area"],
            Period(PeriodKind(row["kind"]), row["start"], row["end"]),
            row["value"],
            f"line {row['row']}" if row["row"] is not None else "",
        )
        for row in table.take(positions).to_pylist()
    ]


def said(period: Period) -> str:
    """A period in words: ``September 2016``, ``year to date to June 2016``."""
    last = Month.containing(period.end)
    if period.kind is PeriodKind.FINANCIAL_YEAR:
        return str(last.financial_year)
    if period.kind is PeriodKind.MONTH:
        return last.name
    if period.kind is PeriodKind.MONTHS:
        return f"{period.first_month.name} to {last.name}"
    return f"{KIND_WORDS.get(period.kind, period.kind.value)} to {last.name}"


def day_words(day: date) -> str:
    """``30 June 2016``."""
    return f"{day.day} {Month.containing(day).name}"
