"""Sums over months joined as potentials: hand-worked cases from the September 2016 pack."""

from callover.data.potentials import Edge, solve
from callover.domain.periods import Month, PeriodKind

FIRST = Month.of(2015, 4)


def at(year: int, month: int) -> int:
    return Month.of(year, month).index - FIRST.index


def tno() -> list[Edge]:
    """Six months and six rolling totals of 2016, and the year 2015/16."""
    months = [1383, 1639, 1532, 1614, 1438, 1425]
    rolling = [17469, 17612, 17704, 17734, 17761, 17754]
    edges = [
        Edge(at(2016, 4) + i, at(2016, 5) + i, v, PeriodKind.MONTH) for i, v in enumerate(months)
    ]
    edges += [
        Edge(at(2015, 5) + i, at(2016, 5) + i, v, PeriodKind.ROLLING12)
        for i, v in enumerate(rolling)
    ]
    edges.append(Edge(at(2015, 4), at(2016, 4), 17428, PeriodKind.FINANCIAL_YEAR))
    return edges


def test_month_a_year_ago_follows_from_two_rolling_totals() -> None:
    solved = solve(tno(), 30)
    assert solved.between(at(2015, 5), at(2015, 6)) == 1639 - (17612 - 17469) == 1496


def test_last_years_year_to_date_follows() -> None:
    assert solve(tno(), 30).between(at(2015, 4), at(2015, 10)) == 8705


def test_the_remainder_is_known_only_as_a_sum() -> None:
    solved = solve(tno(), 30)
    assert solved.between(at(2015, 10), at(2016, 4)) == 17428 - 8705
    assert solved.between(at(2015, 10), at(2015, 11)) is None


def test_a_sum_that_contradicts_the_months_is_a_conflict_and_is_not_used() -> None:
    edges = [*tno(), Edge(at(2016, 4), at(2016, 10), 9999, PeriodKind.YEAR_TO_DATE)]
    solved = solve(edges, 30)
    assert [(c.edge.value, c.implied) for c in solved.conflicts] == [(9999, 9031)]
    assert solved.between(at(2016, 4), at(2016, 10)) == 9031
