"""The counts that a figure gives away: who reads a change and the count knows the count before.

A printed percentage gives away its numerator and what is left of its denominator; a rank, a rate
or a chart point gives away its count. Figures that rest on no count of ours (a target, residents, a
published average) give away nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Series, SeriesKind
from callover.domain.periods import Month

BASES = ("month", "ytd", "rolling12")
NOTHING = ("rate_denominator", "target_to_date", "quartile_low", "quartile_high")
_OF_ROLLING = ("rank", "rank_from_top", "average", "pooled_average", "rate_gap")
_OF_YEAR = ("target_gap", "progress", "needed_per_month")
OF_YEAR_END = ("year_end", "year_end_low", "year_end_high", "target_chance")
"""What is expected of the year."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """A count of one source over a stretch of months, or the latest level of a series.

    ``of`` says which count of a percentage: its numerator, denominator, or what is left between.
    """

    source: str
    series: str
    area: str
    measure: str  # month, ytd, rolling12 or level
    month: Month
    left_of: str = ""  # the whole whose remainder this is

    @property
    def first(self) -> Month:
        """First month of the stretch."""
        if self.measure == "ytd":
            return self.month.financial_year.first
        return self.month - 11 if self.measure == "rolling12" else self.month

    @property
    def name(self) -> str:
        """Unique text."""
        left = f"|left of {self.left_of}" if self.left_of else ""
        return f"{self.source}|{self.series}|{self.area}|{self.measure}@{self.month}{left}"

    @classmethod
    def named(cls, name: str) -> Count:
        """The count of that name. Raises ValueError for any other text."""
        source, series, area, stretch, *left = name.split("|", 4)
        measure, _, month = stretch.partition("@")
        left_of = left[0].removeprefix("left of ") if left else ""
        return cls(source, series, area, measure, Month.parse(month), left_of)


def counts_behind(catalogue: Catalogue, total: str, figure: Figure) -> tuple[Count, ...]:
    """The counts that ``figure`` gives away. ``total`` is the series of which shares are taken."""
    if figure.published and figure.measure not in (*BASES, "level"):
        return ()
    series = catalogue.series.get(figure.series)
    if series is None:
        return ()
    found: list[Count] = []
    for name, measure, month in _stretches(catalogue, total, figure, series):
        found += _of_series(catalogue, figure, name, measure, month)
    return tuple(dict.fromkeys(found))


def _stretches(
    catalogue: Catalogue, total: str, figure: Figure, series: Series
) -> Iterator[tuple[str, str, Month]]:
    """Series, measure and month of each count that the figure is made of."""
    measure, month = figure.measure, figure.month
    base, _, comparison = measure.partition("_")
    if measure in NOTHING or measure == "rating":
        return
    if base in BASES:
        yield from _compared(series.id, base, comparison, month)
    elif measure in _OF_ROLLING or base == "rate":
        yield from _compared(series.id, "rolling12", comparison, month)
    elif measure in _OF_YEAR:
        yield series.id, "ytd", month
    elif measure in OF_YEAR_END:  # "each month as a year before" ends the year at twelve months
        yield series.id, "ytd", month
        yield series.id, "rolling12", month
    elif base == "level":
        yield from _levels(series, comparison, month)
    elif measure == "share":
        yield series.id, "rolling12", month
        yield total, "rolling12", month
    elif measure == "recent_trend":
        for back in range(5):
            yield series.id, "rolling12", month.financial_year.last - 12 * (back + 1)
    elif measure == "trend":
        yield series.id, "rolling12", month
        yield series.id, "rolling12", month.financial_year.first - 1
    elif base == "baseline":
        yield from _against_baseline(catalogue, figure, comparison)
    elif measure.startswith("detection_rate"):
        comparison = measure.removeprefix("detection_rate").removeprefix("_")
        yield from _compared(series.id, "rolling12", comparison, month)


def _compared(
    name: str, base: str, comparison: str, month: Month
) -> Iterator[tuple[str, str, Month]]:
    if comparison != "previous":
        yield name, base, month
    if comparison not in ("", "denominator"):
        yield name, base, month - 12


def _levels(series: Series, comparison: str, month: Month) -> Iterator[tuple[str, str, Month]]:
    """A snapshot or cohort is a count of its own; another level is the twelve months it names."""
    if series.kind not in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        yield from _compared(series.id, "rolling12", "change" if comparison else "", month)
        return
    yield series.id, "level", month
    if comparison == "change":
        yield series.id, "level_previous", month


def _against_baseline(
    catalogue: Catalogue, figure: Figure, comparison: str
) -> Iterator[tuple[str, str, Month]]:
    known: Mapping[str, object] = {**catalogue.indicators, **catalogue.headlines}
    year = getattr(known.get(figure.indicator), "baseline_year", None)
    if year is not None:
        yield figure.series, "rolling12", year.last
    if comparison:
        yield figure.series, "rolling12", figure.month


def _of_series(
    catalogue: Catalogue, figure: Figure, name: str, measure: str, month: Month
) -> list[Count]:
    """The count itself; for a percentage its numerator, its whole and what is left."""
    series = catalogue.series.get(name)
    if series is None:
        return []
    source = figure.source.partition("+")[0]  # a gap names the group's source after ours
    own = Count(source, name, figure.area, measure, month)
    if series.kind is SeriesKind.RATIO:
        part, whole = replace(own, series=series.numerator), replace(own, series=series.denominator)
        return [part, whole, replace(part, left_of=whole.series)]
    return [own] if series.unit.adds else []
