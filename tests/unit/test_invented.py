"""The invented partnership's files: as announced, with every known truth to be found in them."""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from callover.catalogue.load import load_catalogue
from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.generate import Delivery, deliveries, write_deliveries
from callover.examples.invented.wards import FIRST, WARDS


@cache
def delivered() -> tuple[Delivery, ...]:
    return tuple(deliveries())


@cache
def latest() -> dict[tuple[str, str, str], float]:
    """Value by series, area and end of the period; later deliveries replace earlier ones."""
    found: dict[tuple[str, str, str], float] = {}
    for delivery in sorted(delivered(), key=lambda d: d.known_from):
        for row in delivery.rows:
            if row.get("value") not in (None, ""):
                key = str(row["series"]), str(row["area"]), str(row["end"])
                found[key] = float(str(row["value"]))
    return found


def months(first: Month, last: Month) -> list[Month]:
    return [Month(index) for index in range(first.index, last.index + 1)]


def total(series: str, first: Month, last: Month, area: str = truths.AREA) -> float:
    return sum(latest()[series, area, str(month)] for month in months(first, last))


# As announced


def test_six_years_of_every_police_count_in_every_district() -> None:
    assert truths.LAST - 71 == truths.FIRST
    held = defaultdict(set)
    for series, area, end in latest():
        held[series, area].add(end)
    assert len(truths.DISTRICTS) == 12
    for area, *_ in truths.DISTRICTS:
        for series in ("robbery_personal", "burglary_dwelling", "domestic_offences"):
            assert len(held[series, area]) == 72


def test_every_indicator_of_the_set_is_fed() -> None:
    catalogue = load_catalogue("london")
    given = {str(row["series"]) for delivery in delivered() for row in delivery.rows}

    def fed(name: str) -> bool:
        series = catalogue.series[name]
        below = [part for part in (*series.parts, series.numerator, series.denominator) if part]
        return name in given or bool(below and all(fed(part) for part in below))

    assert [i.id for i in catalogue.indicators.values() if not fed(i.series)] == []


def test_several_agencies_and_three_revisions() -> None:
    assert len({delivery.source for delivery in delivered()}) >= 10
    police = sorted(d.known_from for d in delivered() if d.source == "met_borough")
    assert len(police) == 4
    assert len(truths.REVISIONS) == 3


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def test_files_are_the_same_in_every_process(tmp_path: Path) -> None:
    write_deliveries(tmp_path / "here")
    code = (
        "import sys; from pathlib import Path; "
        "from callover.examples.invented.generate import write_deliveries; "
        "write_deliveries(Path(sys.argv[1]))"
    )
    other = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], env=other, check=True)
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


# Known truths


@pytest.mark.parametrize("step", [truths.STEP, truths.RECORDING])
def test_a_step_is_as_high_as_it_is_said_to_be(step: truths.Step) -> None:
    """The nine months from the step on against the same months a year before: no season in it."""
    after = total(step.series, step.since, step.since + 8)
    before = total(step.series, step.since - 12, step.since - 4)
    assert after / before == pytest.approx(step.factor, rel=0.08)
    others = [area for area, *_ in truths.DISTRICTS if area != truths.AREA]
    elsewhere = [
        sum(total(step.series, step.since + shift, step.since + shift + 8, a) for a in others)
        for shift in (0, -12)
    ]
    assert elsewhere[0] / elsewhere[1] == pytest.approx(1, abs=0.04)


def test_the_trend_grows_as_it_is_said_to() -> None:
    trend = truths.TREND
    years = [total(trend.series, trend.since + s, trend.since + s + 11) for s in (0, 12)]
    yearly = math.log(years[1] / years[0])
    assert yearly == pytest.approx(12 * math.log(1 + trend.monthly), abs=0.05)


def test_the_population_jumps_once_and_only_in_exampleford() -> None:
    year, factor = truths.BROKEN_DENOMINATOR
    for area, *_ in truths.DISTRICTS:
        sizes = [latest()["population", area, f"{y}-06-30"] for y in range(2010, 2017)]
        growth = {y: b / a for y, (a, b) in zip(range(2011, 2017), pairwise(sizes), strict=True)}
        for each, grown in growth.items():
            broken = area == truths.AREA and each == year
            assert grown == pytest.approx(1.011 * (factor if broken else 1), abs=0.001)


def test_the_late_source_falls_silent_and_says_so() -> None:
    source, last = truths.LATE_SOURCE
    rows = [row for d in delivered() if d.source == source for row in d.rows]
    with_value = [str(row["end"])[:7] for row in rows if row.get("value") not in (None, "")]
    assert max(with_value) == str(last)
    silent = {str(row["end"]) for row in rows if row.get("state") == "not_supplied"}
    assert silent == {str(month) for month in months(last + 1, truths.LAST)}


def test_each_revision_raises_the_six_months_before_it() -> None:
    police = sorted(
        (d for d in delivered() if d.source == "met_borough"), key=lambda d: d.known_from
    )
    for before, after, (month, factor) in zip(police, police[1:], truths.REVISIONS, strict=False):
        old, new = (
            {(r["series"], r["area"], r["end"]): float(str(r["value"])) for r in d.rows}
            for d in (before, after)
        )
        revised = [str(m) for m in months(month - 6, month - 1)]
        shared = [key for key in new if key in old and key[2] in revised]
        raised = sum(new[key] for key in shared) / sum(old[key] for key in shared)
        assert all(new[key] >= old[key] for key in shared)
        assert raised == pytest.approx(factor, abs=0.002)


def test_the_new_indicator_has_no_year_before() -> None:
    series, first = truths.NEW_INDICATOR
    ends = sorted(end for name, _, end in latest() if name == series)
    assert ends[0] == str(first)
    assert len(ends) < 12


# By ward


def test_the_wards_add_up_to_the_district_in_every_series_and_month() -> None:
    found = latest()
    series = {name for name, area, _ in found if area == WARDS[0][0]} - {"population"}
    assert len(series) == 33
    for name in series:
        for month in months(FIRST, truths.LAST):
            parts = [found[name, code, str(month)] for code, *_ in WARDS]
            assert sum(parts) == found[name, truths.AREA, str(month)], (name, month)
            assert min(parts) >= 0


def test_the_wards_residents_are_those_of_the_district() -> None:
    found = latest()
    for year in range(2010, 2017):
        day = f"{year}-06-30"
        parts = [found["population", code, day] for code, *_ in WARDS]
        assert sum(parts) == found["population", truths.AREA, day]


def test_a_quiet_ward_has_small_counts_and_the_town_centre_has_most() -> None:
    year = months(truths.LAST - 11, truths.LAST)
    robberies = {
        name: sum(latest()["robbery_personal", code, str(month)] for month in year)
        for code, name, *_ in WARDS
    }
    assert 0 < robberies["Kilnside"] < 10
    assert max(robberies, key=robberies.__getitem__) == "Coppergate"
