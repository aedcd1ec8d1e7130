"""The values of counts, asked of the figures service."""

from __future__ import annotations

from dataclasses import replace

from callover.analysis.counts import count as count_over_months
from callover.analysis.figures import Figures
from callover.analysis.levels import OWN_DATES
from callover.analysis.questions import Question
from callover.analysis.subjects import Subject
from callover.analysis.suppress.behind import Count
from callover.domain.figures import Figure


def value_of(figures: Figures, count: Count) -> float | None:
    """The count, None where the source does not give it."""
    if count.measure.startswith("level"):
        return _level(figures, count)
    series = figures.catalogue.series[count.series]
    subject = Subject(series.id, series, (count.source,), (count.source,))
    question = Question(figures.held, subject, count.source, count.area, count.month, count.measure)
    return count_over_months(question).value


def known_value(figures: Figures, count: Count) -> float | None:
    """The count, or what is left of a whole beside it."""
    if not count.left_of:
        return value_of(figures, count)
    whole = value_of(figures, replace(count, series=count.left_of, left_of=""))
    part = value_of(figures, replace(count, left_of=""))
    return None if whole is None or part is None or part > whole else whole - part


def _level(figures: Figures, count: Count) -> float | None:
    """The numerator of a cohort's percentage, or the number on the day."""
    points = figures.held.points.latest(
        count.source, count.series, count.area, count.month, OWN_DATES
    )
    known = [point for point in points if point.amount is not None]
    place = 1 if count.measure == "level_previous" else 0
    if len(known) <= place:
        return None
    point = known[place]
    if point.denominator is not None:
        return point.numerator
    return point.value if figures.catalogue.series[count.series].unit.adds else None


def parts_of(figures: Figures, headline: Figure) -> list[Figure]:
    """The figures that a headline adds up, each from its own indicator's source."""
    catalogue = figures.catalogue
    by_series = {each.series: each.id for each in catalogue.indicators.values()}
    found = []
    for name in catalogue.series[headline.series].parts:
        owner = by_series.get(name, headline.indicator)
        series = "" if name in by_series else name
        found.append(
            figures.figure(owner, headline.measure, headline.area, headline.month, series=series)
        )
    return found


class KnownValues:
    """``known_value`` of one figures service, each asked once."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._values: dict[Count, float | None] = {}

    def value(self, count: Count) -> float | None:
        """The count, None where it is not known."""
        if count not in self._values:
            self._values[count] = known_value(self.figures, count)
        return self._values[count]
