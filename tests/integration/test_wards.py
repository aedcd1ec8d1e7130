"""Tables by ward of the invented partnership: worked by hand, and safe to publish."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.generate import deliveries
from callover.examples.invented.wards import WARDS
from callover.jobs.demo import KNOWN
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.publish import keep_published
from callover.jobs.workspace import Workspace
from callover.report.wards import Said, WardFile, WardRow, WardTable, read_wards
from example_pack import demo_workspace

pytestmark = pytest.mark.slow
SEPTEMBER = Month.of(2016, 9)
ONLY = ("robbery", "robbery_personal", "burglary")
PARTS = {
    "robbery": ("robbery_personal", "robbery_business"),
    "robbery_personal": ("robbery_personal",),
    "robbery_business": ("robbery_business",),
    "burglary": ("burglary_dwelling", "burglary_other"),
}


@cache
def counted() -> dict[tuple[str, str, str], int]:
    """The delivered rows by series, area and month or day."""
    return {
        (str(row["series"]), str(row["area"]), str(row["end"])): int(str(row["value"]))
        for delivery in deliveries()
        if delivery.source in ("met_ward", "ward_population")
        for row in delivery.rows
    }


def by_hand(series: str, ward: str, last: Month) -> int:
    """Twelve months added up from the file."""
    months = [str(last - back) for back in range(12)]
    return sum(counted()[part, ward, month] for part in PARTS[series] for month in months)


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return demo_workspace(tmp_path_factory.mktemp("wards") / "w")


def built(space: Workspace, out: Path, month: Month, wards: bool = True) -> Path:
    request = PackRequest(
        month, out, area=truths.AREA, only=ONLY, as_known_at=KNOWN, formats=(),
        editions=("restricted", "public"), released_by="Head of community safety", wards=wards,
    )  # fmt: skip
    build_pack(space, request)
    return out


@pytest.fixture(scope="module")
def packs(space: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[Month, Path]:
    """August, published, then September."""
    found = {}
    for month in (SEPTEMBER - 1, SEPTEMBER):
        found[month] = built(space, tmp_path_factory.mktemp(str(month)), month)
        keep_published(space, found[month], "exampleford", str(month), 1)
    return found


@pytest.fixture(scope="module")
def restricted(packs: dict[Month, Path]) -> WardFile:
    return read_wards(packs[SEPTEMBER] / "callover-wards.json")


@pytest.fixture(scope="module")
def public(packs: dict[Month, Path]) -> WardFile:
    return read_wards(packs[SEPTEMBER] / "callover-wards-public.json")


def table(held: WardFile, indicator: str) -> WardTable:
    found = held.table(indicator)
    assert found is not None, indicator
    return found


def row(held: WardFile, indicator: str, name: str) -> WardRow:
    return next(each for each in table(held, indicator).rows if each.name == name)


def test_a_ward_worked_by_hand(restricted: WardFile) -> None:
    """Twelve months, the year before, their difference, the share, and the rate by the residents of
    mid-2015."""
    found = row(restricted, "burglary", "Coppergate")
    now, before = (by_hand("burglary", found.code, m) for m in (SEPTEMBER, SEPTEMBER - 12))
    everywhere = sum(by_hand("burglary", code, SEPTEMBER) for code, *_ in WARDS)
    residents = counted()["population", found.code, "2015-06-30"]
    assert (found.now.value, found.before.value) == (now, before)
    assert found.change.value == now - before
    assert found.share.value == pytest.approx(100 * now / everywhere)
    assert found.rate.value == pytest.approx(1000 * now / residents)
    assert found.rate.words == f"{1000 * now / residents:.2f}"
    assert table(restricted, "burglary").rate_unit == "per 1,000 residents"


def test_all_wards_make_the_districts_own_figure(
    packs: dict[Month, Path], restricted: WardFile
) -> None:
    pack = json.loads((packs[SEPTEMBER] / "callover-pack.json").read_bytes())
    figures = {each["key"]: each["value"] for each in pack["figures"]}
    for indicator in ONLY:
        total = table(restricted, indicator).total
        assert total.now.value == figures[f"{indicator}:rolling12@2016-09:met_borough"]
        assert [each.code for each in table(restricted, indicator).rows] == [w[0] for w in WARDS]


def test_nothing_small_is_shown_and_nothing_shown_is_changed(
    restricted: WardFile, public: WardFile
) -> None:
    for shown in public.tables:
        whole = {each.code: each for each in table(restricted, shown.indicator).rows}
        for each in shown.rows:
            for name in ("now", "before", "share", "rate", "change"):
                said: Said = getattr(each, name)
                assert said in (getattr(whole[each.code], name), Said(None, "withheld"))
            for said in (each.now, each.before):
                assert said.value is None or said.value >= 10
    assert row(public, "robbery", "Kilnside").withheld
    assert table(public, "burglary").withheld == 0


def test_no_reader_narrows_a_small_ward_in_one_edition_or_two(
    packs: dict[Month, Path], public: WardFile
) -> None:
    """Robbery, of persons and of businesses, in twelve months to September and the twelve before:
    each ward's persons and businesses make its robberies, wards make the totals."""
    files = [read_wards(path / "callover-wards-public.json") for path in packs.values()]
    for held in (public, *files):
        for before in (False, True):
            last = Month.parse(held.month) - (12 if before else 0)
            assert not narrowed(held, before, last), (held.month, before)


def narrowed(held: WardFile, before: bool, last: Month) -> list[tuple[str, str]]:
    series = ("robbery", "robbery_personal", "robbery_business")
    keys = [(code, name) for code, *_ in WARDS for name in series]
    true = {(code, name): by_hand(name, code, last) for code, name in keys}
    shown = {
        (each.code, name)
        for name in series
        if (found := held.table(name)) is not None
        for each in found.rows
        if (each.before if before else each.now).value is not None
    }
    rows = [
        [0 if code != ward else 1 if name == "robbery" else -1 for code, name in keys]
        for ward, *_ in WARDS
    ]
    sums = [0.0] * len(WARDS)
    for name in series[:2]:
        rows.append([int(each == name) for _, each in keys])
        sums.append(float(sum(true[code, name] for code, *_ in WARDS)))
    bounds = [(true[key], true[key]) if key in shown else (0, None) for key in keys]
    found = []
    for place, key in enumerate(keys):
        if true[key] < 10:
            cost = np.eye(len(keys))[place]
            low, high = (linprog(s * cost, A_eq=rows, b_eq=sums, bounds=bounds) for s in (1, -1))
            if low.status == high.status == 0 and -high.fun - low.fun < 10 - 1e-6:
                found.append(key)
    return found


def test_what_august_showed_of_a_ward_september_reckons_with(
    space: Workspace, packs: dict[Month, Path], public: WardFile
) -> None:
    """A year on, August's twelve months stand there as the year before: its choice must hold."""
    del packs
    august = read_wards(
        space.path / "packs/published/exampleford/2016-08-1/callover-wards-public.json"
    )
    assert august.month == "2016-08"
    assert table(august, "robbery").withheld
    assert table(public, "robbery").withheld


def test_the_same_month_built_again_gives_the_same_files(
    space: Workspace, packs: dict[Month, Path], tmp_path: Path, public: WardFile
) -> None:
    """A correction of September: what its first edition shows is out, and stays as it is."""
    again = read_wards(built(space, tmp_path, SEPTEMBER) / "callover-wards-public.json")
    for held in public.tables:
        assert again.table(held.indicator) == held


def test_tables_by_ward_are_written_only_where_asked(space: Workspace, tmp_path: Path) -> None:
    """Folders of packs stay as they were; the site asks."""
    out = built(space, tmp_path, SEPTEMBER, wards=False)
    assert not list(out.glob("callover-wards*"))


def test_a_partnership_without_ward_figures_has_no_file(space: Workspace, tmp_path: Path) -> None:
    request = PackRequest(SEPTEMBER, tmp_path, area="E09000002", only=("burglary",), formats=())
    build_pack(space, replace(request, wards=True))
    assert not list(tmp_path.glob("callover-wards*"))
