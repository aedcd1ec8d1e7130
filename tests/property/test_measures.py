"""Every measure against the plain reference, on random data with gaps, printed sums and states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callover.analysis.figures import Figures
from callover.analysis.vocabulary import MEASURES
from callover.domain.periods import Month
from reference import measures as plain
from reference.case import AREAS, FIRST, RESIDENTS, SOURCE, figures, published, world
from reference.measures import Stored, World

MONTHS = 30
LAST = FIRST + (MONTHS - 1)
COUNTED = ("burglary", "robbery", "detections")
COMPARED = tuple(
    f"{base}{comparison}"
    for base in ("month", "ytd", "rolling12")
    for comparison in ("", "_previous", "_change", "_change_pct")
)


@st.composite
def monthly(draw: st.DrawFn, series: str, area: str) -> list[Stored]:
    """Months of a series, some of them missing or provisional; mostly none is missing."""
    values = draw(st.lists(st.integers(0, 40), min_size=MONTHS, max_size=MONTHS))
    gaps = draw(st.sets(st.integers(0, MONTHS - 1), max_size=4))
    odd = draw(st.dictionaries(st.integers(0, MONTHS - 1), st.sampled_from(plain.STATES[1:4])))
    rows = []
    for i, value in enumerate(values):
        first = FIRST.index + i
        if i in gaps:
            state = draw(st.sampled_from((None, "suppressed", "late")))
            if state is not None:
                rows.append(Stored(SOURCE, series, area, "month", first, first + 1, None, state))
            continue
        state = odd.get(i, "final")
        rows.append(Stored(SOURCE, series, area, "month", first, first + 1, value, state))
    return rows + draw(printed(series, area, values))


@st.composite
def printed(draw: st.DrawFn, series: str, area: str, values: list[int]) -> list[Stored]:
    """Sums that the source prints beside its months; one in a while contradicts them."""
    rows: dict[tuple[str, int, int], Stored] = {}
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(plain.TRUST[1:]))
        end = draw(st.integers(0, MONTHS - 1))
        first, after = _span(draw, kind, FIRST.index + end)
        if first < FIRST.index or after > LAST.index + 1:
            continue
        true = sum(values[first - FIRST.index : after - FIRST.index])
        wrong = draw(st.sampled_from((0, 0, 0, 7)))
        state = draw(st.sampled_from(("final", "final", "provisional", "estimated")))
        row = Stored(SOURCE, series, area, kind, first, after, true + wrong, state)
        rows[kind, first, after] = row
    return _one_each(list(rows.values()))


def _span(draw: st.DrawFn, kind: str, last: int) -> tuple[int, int]:
    """A stretch of the kind that ends near ``last``."""
    match kind:
        case "quarter":
            start = last - last % 3
            return start, start + 3
        case "year_to_date":
            return plain.april(last), last + 1
        case "financial_year":
            return plain.april(last), plain.april(last) + 12
        case "rolling12":
            return last - 11, last + 1
        case _:
            return last - draw(st.integers(1, 7)), last + 1


def _one_each(rows: list[Stored]) -> list[Stored]:
    """One printed sum for a stretch: two that differ in state only would leave it open."""
    kept = {(row.first, row.after): row for row in rows}
    return [row for row in kept.values() if row.after - row.first > 1]


@st.composite
def worlds(draw: st.DrawFn) -> list[Stored]:
    """Rows of a few series in a few areas."""
    areas = AREAS[: draw(st.integers(1, len(AREAS)))]
    rows: list[Stored] = []
    for series in COUNTED:
        template = draw(monthly(series, AREAS[0]))
        for area in areas:
            bump = draw(st.integers(0, 3))
            rows += [_moved(row, area, bump) for row in template]
    return rows


def _moved(row: Stored, area: str, bump: int) -> Stored:
    """The row for another area, every month higher by ``bump``."""
    value = None if row.value is None else row.value + bump * (row.after - row.first)
    return replace(row, area=area, value=value)


ELSEWHERE = {
    **dict.fromkeys(
        ("year_end", "year_end_low", "year_end_high", "target_chance"), "unit/test_year_end.py"
    ),
    "recent_trend": "unit/test_recent.py",
}
"""Judgements, which rest on whole histories: worked by hand, and against the vectors."""


def test_every_measure_equals_the_plain_reference_and_none_is_left_out() -> None:
    seen: set[str] = set()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(worlds(), st.integers(12, MONTHS - 1))
    def check(rows: list[Stored], back: int) -> None:
        month = FIRST + back
        system, reference = figures(rows, _extras(month)), world(rows)
        _check_counts(system, reference, month, seen)
        _check_rates(system, reference, month, seen)
        _check_groups(system, reference, month, seen)
        _check_rest(system, reference, month, seen)

    check()
    assert seen == {*MEASURES, "rating"} - ELSEWHERE.keys()
    assert all((Path(__file__).parents[1] / test).is_file() for test in ELSEWHERE.values())


def _extras(month: Month) -> list[dict[str, object]]:
    """Numbers that are only ever published."""
    return [
        published("burglary", "quartile_low", month, 8.16, "fifteen"),
        published("burglary", "quartile_high", month, 16.8, "fifteen"),
        published("burglary", "rank", month, 12, "fifteen"),
    ]


def _same(ours: float | None, wanted: float | None, what: object) -> None:
    assert (ours is None) == (wanted is None), (what, ours, wanted)
    assert ours is None or wanted is None or abs(ours - wanted) <= 1e-9 * max(1, abs(wanted)), (
        what, ours, wanted,
    )  # fmt: skip


def _ask(
    system: Figures, seen: set[str], name: str, measure: str, month: Month, area: str = AREAS[0],
    group: str = "",
) -> float | None:  # fmt: skip
    """The system's value; a measure that gave one counts as seen."""
    figure = system.figure(name, measure, area, month, group)
    if figure.known:
        seen.add(measure)
    return figure.value


def _check_counts(system: Figures, reference: World, month: Month, seen: set[str]) -> None:
    for series in ("all_crime", "burglary", "burglary_detection_rate"):
        for area in AREAS:
            for measure in COMPARED:
                wanted = reference.measure(measure, SOURCE, series, area, month.index)
                ours = _ask(system, seen, series, measure, month, area)
                _same(ours, wanted, (series, area, measure, month))
    for measure in ("month", "ytd", "rolling12"):
        figure = system.figure("burglary", measure, AREAS[0], month)
        if figure.known:
            stretch = reference.stretch(measure, month.index)
            wanted_state = reference.state(SOURCE, "burglary", AREAS[0], *stretch)
            assert figure.state.value == wanted_state, (measure, month)


def _check_rates(system: Figures, reference: World, month: Month, seen: set[str]) -> None:
    now = reference.rate(SOURCE, "burglary", AREAS[0], month.index, 1000)
    before = reference.rate(SOURCE, "burglary", AREAS[0], month.index - 12, 1000)
    wanted = {
        "rate": now,
        "rate_previous": before,
        "rate_change": plain.change(now, before),
        "rate_denominator": RESIDENTS[AREAS[0]],
        "share": reference.share(SOURCE, "burglary", "all_crime", AREAS[0], month.index),
    }
    for comparison in ("", "_previous", "_change"):
        wanted[f"detection_rate{comparison}"] = reference.measure(
            f"rolling12{comparison}", SOURCE, "burglary_detection_rate", AREAS[0], month.index
        )
    for measure, value in wanted.items():
        _same(_ask(system, seen, "burglary", measure, month), value, measure)


def _check_groups(system: Figures, reference: World, month: Month, seen: set[str]) -> None:
    m = month.index
    rates = [reference.rate(SOURCE, "burglary", area, m, 1000) for area in AREAS]
    counts = [reference.count(SOURCE, "burglary", area, m - 11, m + 1) for area in AREAS]
    many = sum(rate is not None for rate in rates) > 1
    average = plain.average(rates) if many else None
    wanted = {
        "rank": plain.rank(rates, 0) if many else None,
        "rank_from_top": plain.rank(rates, 0, lowest_first=False) if many else None,
        "average": average,
        "pooled_average": plain.pooled(counts, list(RESIDENTS.values()), 1000) if many else None,
        "rate_gap": plain.change(rates[0], average),
    }
    for base in ("ytd", "rolling12"):
        now, before = (
            [reference.count(SOURCE, "burglary", a, *reference.stretch(base, at)) for a in AREAS]
            for at in (m, m - 12)
        )
        own = plain.change_pct(now[0], before[0])
        wanted[f"{base}_gap"] = plain.change(own, plain.group_change_pct(now, before))
    for measure, value in wanted.items():
        _same(_ask(system, seen, "burglary", measure, month, group="four"), value, measure)
    for measure, value in {"quartile_low": 8.16, "quartile_high": 16.8, "rank": 12.0}.items():
        _same(_ask(system, seen, "burglary", measure, month, group="fifteen"), value, measure)


def _check_rest(system: Figures, reference: World, month: Month, seen: set[str]) -> None:
    m = month.index
    ytd = reference.measure("ytd", SOURCE, "burglary", AREAS[0], m)
    now = reference.measure("rolling12", SOURCE, "burglary", AREAS[0], m)
    base = reference.count(SOURCE, "burglary", AREAS[0], FIRST.index, FIRST.index + 12)
    due = float(int(257 * month.position / 12 + 0.5))
    left = 12 - month.position
    known = [
        at for at in range(m, FIRST.index - 1, -1)
        if reference.measure("rolling12", SOURCE, "burglary", AREAS[0], at) is not None
    ]  # fmt: skip
    level, before = (
        reference.measure(name, SOURCE, "burglary", AREAS[0], known[0]) if known else None
        for name in ("rolling12", "rolling12_previous")
    )
    wanted = {
        "baseline": base,
        "baseline_change": plain.change(now, base),
        "baseline_change_pct": plain.change_pct(now, base),
        "target_to_date": due,
        "target_gap": plain.change(ytd, due),
        "progress": None if ytd is None else 100.0 * ytd / due,
        "needed_per_month": None if ytd is None or not left else max(0.0, 257 - ytd) / left,
        "level": level,
        "level_previous": before,
        "level_change": plain.change(level, before),
    }
    for measure, value in wanted.items():
        _same(_ask(system, seen, "burglary", measure, month), value, (measure, month))
    _check_words(system, ytd, now, due, month, seen)


def _check_words(
    system: Figures, ytd: float | None, now: float | None, due: float, month: Month,
    seen: set[str],
) -> None:  # fmt: skip
    """Trend and rating, whose values are words."""
    last_year = system.figure("burglary", "rolling12", AREAS[0], month.financial_year.first - 1)
    trend = system.figure("burglary", "trend", AREAS[0], month)
    if now is not None and last_year.value is not None:
        sign = (now > last_year.value) - (now < last_year.value)
        assert trend.text == {1: "up", -1: "down", 0: "level"}[sign]
        seen.add("trend")
    rating = system.figure("burglary", "rating", AREAS[0], month)
    if ytd is not None:
        colour = "G" if ytd <= due else ("A" if ytd <= due + due * 10 / 100 else "R")
        assert rating.text == colour, rating.reason
        seen.add("rating")
