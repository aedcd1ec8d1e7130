"""What contradicts itself is found; what should have come by now is known."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from callover.catalogue import load_catalogue
from callover.data.contracts import OBSERVATIONS
from callover.data.coverage import coverage
from callover.data.quality import contradictions
from callover.data.quality.revised import areas_gone, revised
from callover.domain.indicators import SourceDefinition
from callover.domain.periods import Month, Period, PeriodKind

SERIES = load_catalogue("london").series


def row(series: str, kind: PeriodKind, last: str, value: float) -> dict[str, object]:
    period = Period.ending(kind, Month.parse(last))
    return {"series": series, "area": "E09000002", "kind": kind.value, "start": period.start,
            "end": period.end, "measure": "value", "peer_group": "", "value": value,
            "state": "final", "note": "", "row": 1}  # fmt: skip


def rules(*rows: dict[str, object]) -> list[tuple[str, float | None, float | None]]:
    table = pa.Table.from_pylist(list(rows), schema=OBSERVATIONS)
    return [(f.rule, f.printed, f.follows) for f in contradictions("x", table, SERIES)]


MONTH, YTD, YEAR, ROLLING = (
    PeriodKind.MONTH, PeriodKind.YEAR_TO_DATE, PeriodKind.FINANCIAL_YEAR, PeriodKind.ROLLING12,
)  # fmt: skip


def test_a_year_to_date_that_is_not_its_months() -> None:
    months = [row("fire_arson", MONTH, f"2016-{m:02d}", v) for m, v in enumerate((19, 24, 12), 4)]
    assert rules(*months, row("fire_arson", YTD, "2016-06", 56)) == [("sum-of-months", 56, 55)]
    assert rules(*months, row("fire_arson", YTD, "2016-06", 55)) == []


def test_rolling_against_last_year_and_both_years_to_date() -> None:
    """Homes secured: 536 + 182 − 309 is 409, printed 419."""
    rows = [
        row("safer_homes_secured", YEAR, "2016-03", 536),
        row("safer_homes_secured", YTD, "2016-09", 182),
        row("safer_homes_secured", YTD, "2015-09", 309),
    ]
    found = rules(*rows, row("safer_homes_secured", ROLLING, "2016-09", 419))
    assert found == [("sum-of-months", 419, 409)]


def test_more_successes_than_ends() -> None:
    rows = [row("atr_ends", MONTH, "2016-07", 4), row("atr_successes", MONTH, "2016-07", 9)]
    assert rules(*rows) == [("numerator-above-denominator", 9, 4)]


def test_totals_against_parts() -> None:
    parts = [
        row("robbery_personal", MONTH, "2016-09", 46),
        row("robbery_business", MONTH, "2016-09", 4),
    ]
    assert rules(*parts, row("robbery", MONTH, "2016-09", 50)) == []
    assert rules(*parts, row("robbery", MONTH, "2016-09", 51)) == [("total-against-parts", 51, 50)]
    assert rules(parts[0], row("robbery", MONTH, "2016-09", 45)) == [("part-above-whole", 45, 46)]


def test_a_sudden_jump_needs_two_years_and_a_reason_to_look() -> None:
    steady = [row("knife_crime", MONTH, str(Month.of(2014, 4) + i), 28 + i % 3) for i in range(24)]
    assert rules(*steady, row("knife_crime", MONTH, "2016-04", 31)) == []
    assert [r[0] for r in rules(*steady, row("knife_crime", MONTH, "2016-04", 90))] == [
        "sudden-jump"
    ]


@pytest.mark.parametrize(
    ("today", "latest", "missed"),
    [
        (date(2016, 10, 19), Month.of(2016, 8), 0),
        (date(2016, 10, 20), Month.of(2016, 8), 0),
        (date(2016, 10, 21), Month.of(2016, 8), 1),
        (date(2016, 10, 20), Month.of(2016, 9), 0),
        (date(2016, 12, 31), Month.of(2016, 8), 3),
        (date(2016, 12, 31), None, 1),
    ],
)
def test_a_monthly_source_is_late_once_its_due_day_has_passed(
    today: date, latest: Month | None, missed: int
) -> None:
    source = SourceDefinition("x", "X", "a post", "template", "month", 1, 20)
    assert coverage(source, latest, today).missed == missed


def test_quarters_end_with_june_september_december_and_march() -> None:
    source = SourceDefinition("x", "X", "a post", "template", "quarter", 1, 31)
    found = coverage(source, Month.of(2016, 6), date(2016, 11, 1))
    assert (found.expected, found.is_late) == (Month.of(2016, 9), True)
    assert not coverage(source, Month.of(2016, 6), date(2016, 10, 1)).is_late


def test_a_year_that_ends_in_june_is_due_a_year_after_june() -> None:
    """Mid-year estimates of 2016 come out on 30 June 2017."""
    source = SourceDefinition("x", "X", "a body", "ons_population", "year", 12, 30, year_ends=6)
    found = coverage(source, Month.of(2015, 6), date(2016, 11, 20))
    assert (found.missed, found.next_due) == (0, date(2017, 6, 30))


def test_what_comes_once_is_never_late() -> None:
    source = SourceDefinition("x", "X", "a post", "template", "once")
    assert not coverage(source, None, date(2026, 1, 1)).is_late


def _revised(before: list[dict[str, object]], after: list[dict[str, object]]) -> list[str]:
    tables = (pa.Table.from_pylist(rows, schema=OBSERVATIONS) for rows in (before, after))
    return [found.message for found in revised("x", *tables, SERIES)]


def _year(series: str, *values: float) -> list[dict[str, object]]:
    return [row(series, MONTH, f"2016-{m:02d}", value) for m, value in enumerate(values, 1)]


def test_a_file_cut_short_revises_too_far() -> None:
    """80 and 90 became 40 and 45: half a file, not later recording."""
    told = _revised(_year("robbery", 80, 90), _year("robbery", 40, 45, 50))
    assert told == [
        "Robbery, January 2016 to February 2016: 85, where 170 were known before (-50.0%). "
        "Is the file whole?"
    ]


def test_revisions_as_they_are_usual_are_no_finding() -> None:
    assert _revised(_year("robbery", 80, 90), _year("robbery", 84, 91)) == []
    assert _revised(_year("robbery", 4, 9), _year("robbery", 8, 2)) == []  # handfuls
    assert _revised([], _year("robbery", 40)) == []


def test_areas_that_a_file_leaves_out_are_named() -> None:
    whole = [row("robbery", MONTH, "2016-04", 9) | {"area": f"a{i}"} for i in range(12)]
    tables = [pa.Table.from_pylist(rows, schema=OBSERVATIONS) for rows in (whole, whole[:8])]
    (found,) = areas_gone("x", *tables)
    assert found.area == ""  # it concerns whoever compares with them
    assert "4 of the 12 areas" in found.message
    assert "a10, a11, a8, a9" in found.message
    assert not list(areas_gone("x", tables[0], tables[0]))
    own = pa.Table.from_pylist(whole[:1], schema=OBSERVATIONS)
    assert not list(areas_gone("x", tables[0], own))  # one partner's own file


def test_a_part_is_not_named_beside_its_total() -> None:
    before = [*_year("robbery", 80, 90), *_year("robbery_personal", 70, 80)]
    after = [*_year("robbery", 40, 45), *_year("robbery_personal", 30, 40)]
    assert [line.split(",")[0] for line in _revised(before, after)] == ["Robbery"]


def test_a_jump_in_a_short_history_is_found_and_a_small_one_not() -> None:
    """Gun crime of 2 to 8 a month and a typing error of 5,000; 9 would be a bad month."""
    usual = (4, 2, 8, 3, 5, 6)
    assert rules(*_year("gun_crime", *usual, 5000)) == [("sudden-jump", 5000, 4.5)]
    assert rules(*_year("gun_crime", *usual, 15)) == []
    assert rules(*_year("gun_crime", 4, 2, 8, 5000)) == []  # too few to say what is usual
