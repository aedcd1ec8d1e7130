"""Rows by month as their figures show them to be, where the printed heading or label is wrong.

A rule reports the heading or label once; all other rules then compare the figures for what they
are, instead of reporting every one of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from callover.audit.mentions import What, mentions_of
from callover.audit.outline import Section
from callover.audit.sentences import sentences_of
from callover.audit.series import LEAST_MONTHS, Basis, Kind, Series
from callover.domain.periods import Month

_EQUAL = 4
"""So many equal months are no chance."""


def settled(series: Sequence[Series]) -> tuple[Series, ...]:
    """``series`` with headings a year behind and labels of years to date put right."""
    month = _reported(series)
    by_section: dict[int, list[Series]] = defaultdict(list)
    for each in series:
        by_section[id(each.section)].append(each)
    made: list[Series] = []
    for rows in by_section.values():
        years = _years_off(rows, series, month) if month else 0
        moved = [row.moved(years) if years else row for row in rows]
        made += _of_charts([_relabelled(row, rows) for row in moved])
    return tuple(made)


def _of_charts(rows: Sequence[Series]) -> list[Series]:
    """``rows`` with the columns of charts' figures, which say no stretch, over the stretch of the
    row that they equal in most months; a column of the year before goes with its neighbour."""
    made: list[Series] = []
    latest = Basis.UNSAID
    for row in rows:
        if row.down and row.kind is Kind.COUNT and row.basis is Basis.UNSAID:
            latest = latest if row.before else _like(row, rows)
            made.append(replace(row, basis=latest))
        else:
            made.append(row)
    return made


def _like(column: Series, rows: Sequence[Series]) -> Basis:
    for row in rows:
        if row.down or row.kind is not Kind.COUNT or row.key != column.key:
            continue
        both = [month for month in column.by_month if month in row.by_month]
        equal = sum(column.by_month[m].value == row.by_month[m].value for m in both)
        if len(both) >= LEAST_MONTHS and 2 * equal > len(both):
            return row.basis
    return Basis.UNSAID


def _reported(series: Iterable[Series]) -> Month | None:
    """The month with which most rows end."""
    last = Counter(each.known[-1][0] for each in series if each.known)
    return last.most_common(1)[0][0] if last else None


def _years_off(rows: Sequence[Series], every: Sequence[Series], month: Month) -> int:
    """1 where the heading names last year's months and the figures are this year's; else 0."""
    latest = max((row.known[-1][0] for row in rows if row.known), default=month)
    if not 6 <= month.index - latest.index <= 15:
        return 0
    return int(_text_says_so(rows, rows[0].section) or _others_say_so(rows, every))


def _text_says_so(rows: Sequence[Series], section: Section) -> bool:
    """Whether the page gives a figure of the table for the same month a year later."""
    for sentence in sentences_of(section):
        mentions = mentions_of(sentence.text)
        values = {each.printed.value for each in mentions.of(What.LEVEL) if each.printed.value > 9}
        for found in mentions.spans:
            year_before = found.span.last - 12
            for row in rows:
                printed = row.by_month.get(year_before)
                if row.kind is Kind.COUNT and printed and printed.value in values:
                    return True
    return False


def _others_say_so(rows: Sequence[Series], every: Sequence[Series]) -> bool:
    """Whether a row of another page has the same figures a year later."""
    for row in rows:
        for other in every:
            if other.section is row.section or other.kind is not Kind.COUNT:
                continue
            if row.basis is other.basis and _equal(row, other) >= _EQUAL:
                return True
    return False


def _equal(row: Series, other: Series) -> int:
    return sum(
        1
        for month, printed, _ in row.known
        if (later := other.by_month.get(month + 12)) and later.value == printed.value > 0
    )


def _relabelled(series: Series, rows: Sequence[Series]) -> Series:
    """A row of single months under the label of a year to date, where its page has none else."""
    if series.basis is not Basis.TO_DATE or series.kind is not Kind.COUNT or not falls(series):
        return series
    has_months = any(
        each.key == series.key and each.kind is Kind.COUNT and each.basis is Basis.MONTH
        for each in rows
    )
    return series if has_months else replace(series, basis=Basis.MONTH, mislabelled=True)


def falls(series: Series) -> list[tuple[Month, Month]]:
    """The neighbouring months of one financial year between which a row falls."""
    return [
        (before, now)
        for (before, was, _), (now, value, _) in pairwise(series.known)
        if value.value < was.value and before.financial_year == now.financial_year
    ]
