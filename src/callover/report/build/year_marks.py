"""What makes a financial year unlike its neighbours: counting that changed, copied numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from callover.data.copied import COPIED, years_in
from callover.domain.breaks import PracticeBreak, Reach
from callover.domain.indicators import Indicator
from callover.domain.periods import FinancialYear, Month
from callover.report import words
from callover.report.blocks import Cell, Text, text
from callover.report.build.context import PackContext

BROKEN, DOUBTED = "b", "c"
"""Note letters of years."""


@dataclass(frozen=True)
class YearMarks:
    """The marked years of an indicator: with the break that falls into them, or in doubt."""

    broken: dict[FinancialYear, PracticeBreak]
    doubted: frozenset[FinancialYear]

    def on(self, year: FinancialYear, cell: Cell) -> Cell:
        """The cell of a year with its note letter; a copy is the graver."""
        if cell.value is None:
            return cell
        mark = DOUBTED if year in self.doubted else BROKEN if year in self.broken else ""
        return replace(cell, mark=mark)


def year_marks(ctx: PackContext, indicator: Indicator, years: Iterable[FinancialYear]) -> YearMarks:
    """Of complete ``years``: in which counting changed after the first that is known; copies."""
    known = [year for year in years if ctx.figure(indicator, "rolling12", month=year.last).known]
    broken = {}
    for each in ctx.breaks(indicator):
        year = Month.containing(each.on).financial_year
        if each.reach is Reach.COUNTS and year in known[1:]:
            broken[year] = each
    return YearMarks(broken, frozenset(_doubted(ctx, indicator)))


def _doubted(ctx: PackContext, indicator: Indicator) -> Iterable[FinancialYear]:
    """Years that a finding calls copied, whether the indicator is the part or the whole."""
    series = ctx.catalogue.series[indicator.series]
    for finding in ctx.findings:
        if finding.rule == COPIED and finding.series in (series.id, *series.parts):
            yield from years_in(finding)


def mark_notes(marked: Iterable[tuple[Indicator, YearMarks]]) -> tuple[Text, ...]:
    """What the letters mean, each indicator named."""
    pairs = list(marked)
    broken = [
        f"{words.within(indicator.title)} ({each.said})"
        for indicator, marks in pairs
        for each in marks.broken.values()
    ]
    doubted = [words.within(i.title) for i, marks in pairs if marks.doubted]
    notes = []
    if broken:
        said = "counting changed in this year, so the years on either side are not alike"
        notes.append(text(f"{BROKEN}: {said}: {'; '.join(broken)}."))
    if doubted:
        said = "the same numbers stand under a whole and a part of it, so one was copied"
        notes.append(text(f"{DOUBTED}: {said}; no trend is drawn from them: "
                          f"{words.joined(doubted)}."))  # fmt: skip
    return tuple(notes)
