"""Tables by month against one another: one row printed twice, and sums of twelve months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from callover.audit.claims import Claims, spot_of_cell
from callover.audit.findings import Finding
from callover.audit.outline import Section
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity
from callover.domain.periods import Month

TWO_TABLES = Rule(
    "two-tables",
    "Two tables of one indicator differ",
    Severity.WRONG,
    "A row that stands in two tables has the same figure in each month. On one page the odd month "
    "is wrong; between two pages the extracts may be of two days.",
    "April 19 on the page, April 20 in the brigade's table, all other months equal.",
    "Take both tables from one extract.",
    "Two sources, or two days' data; then the tables must name them.",
)
ROLLING_SUM = Rule(
    "rolling-sum",
    "Rolling 12 months are not the sum of their months",
    Severity.WRONG,
    "Where all twelve months are printed, in one table or two, the rolling figure is their sum.",
    "Twelve months that add up to 587 beside a rolling 578.",
    "Take months and rolling figures from one extract.",
    "Months were revised since the rolling figure was made; then say so.",
)


def two_tables(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of one indicator over one stretch that stand twice: one finding a pair."""
    groups: dict[tuple[str, Basis], list[Series]] = defaultdict(list)
    for series in claims.series:
        subject = claims.subjects.of_series(series)
        signed = any(printed.signed for _, printed, _ in series.known)
        if series.kind is Kind.COUNT and subject and series.basis and not signed:
            groups[subject, series.basis].append(series)
    for (subject, _), rows in groups.items():
        for one, other in combinations(rows, 2):
            yield from _pair(subject, one, other, book)


def _pair(subject: str, one: Series, other: Series, book: Book) -> Iterator[Finding]:
    both = [month for month, _, _ in other.known if month in one.by_month]
    unlike = [month for month in both if _differ(one.by_month[month], other.by_month[month])]
    for month in both:
        book.note(other.cell_of(month).place, other.by_month[month].text)
    if len(both) < 3 or not unlike or len(unlike) == len(both):
        return  # where no month is equal the rows are of two things
    month = unlike[0]
    mostly = 2 * len(unlike) < len(both) and one.section is other.section
    others = f"; {len(unlike) - 1} later months too" if len(unlike) > 1 else ""
    yield finding(
        TWO_TABLES, spot_of_cell(other, other.cell_of(month)),
        f"{one.by_month[month].text}{others}",
        f"{month.name}: {other.by_month[month].text} here, {one.by_month[month].text} there, "
        f"{len(both) - len(unlike)} of {len(both)} months equal",
        spot_of_cell(one, one.cell_of(month)), subject,
        Severity.WRONG if mostly else Severity.SUSPICIOUS, 0.9 if mostly else 0.6,
    )  # fmt: skip


def _differ(one: Printed, other: Printed) -> bool:
    return not one.may_be(other.low, other.high)


def rolling_sums(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rolling figures whose twelve months stand on the page: one finding a row."""
    for section in claims.sections:
        rolling = claims.find(section, Kind.COUNT, Basis.ROLLING)
        months = _months(claims, section)
        if rolling is None or len(months) < 12:
            continue
        wrong = []
        for month, printed, cell in rolling.known:
            window = [months.get(month - back) for back in range(12)]
            values = [value for value in window if value is not None]
            if len(values) == 12:
                book.note(cell.place, printed.text)
                wrong += [(month, printed, sum(values))] if not printed.may_be(sum(values)) else []
        if wrong:
            month, printed, total = wrong[0]
            others = f"; {len(wrong) - 1} later months too" if len(wrong) > 1 else ""
            yield finding(
                ROLLING_SUM, spot_of_cell(rolling, rolling.cell_of(month)), least(total) + others,
                f"the 12 months to {month.name} add up to {least(total)}, not {printed.text}",
                None, claims.subjects.of_series(rolling),
            )  # fmt: skip


def _months(claims: Claims, section: Section) -> dict[Month, float]:
    """The months that rows of a page print, this year's and those of the year before."""
    found: dict[Month, float] = {}
    for series in claims.series_of(section):
        if series.kind is Kind.COUNT and series.basis is Basis.MONTH and not series.key:
            for month, printed, _ in series.known:
                found.setdefault(month, printed.value)
    return found


CHECKS = (Check(TWO_TABLES, two_tables), Check(ROLLING_SUM, rolling_sums))
