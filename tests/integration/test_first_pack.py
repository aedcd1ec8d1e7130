"""A first pack for any place: one public file, one settings file (reads the shared open data)."""

from __future__ import annotations

import json
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from callover.domain.areas import AreaKind
from callover.domain.periods import Month
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace
from shared_data import shared


def callover(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "callover", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def done(*words: object) -> str:
    found = callover(*words)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_errors_are_a_line_and_what_to_do(tmp_path: Path) -> None:
    found = callover("status", "--workspace", tmp_path)
    assert found.returncode == 4
    assert found.stderr.startswith("Error: ")
    assert "callover init" in found.stderr
    done("init", tmp_path / "w", "--area", "Havering")
    for words, code in (
        (("init", tmp_path / "w", "--area", "Havering"), 2),
        (("init", tmp_path / "x", "--set", "london", "--area", "Nowhere"), 2),
        (("add", tmp_path / "none.csv", "--workspace", tmp_path / "w"), 2),
        (("pack", "--month", "2016-9", "--workspace", tmp_path / "w"), 2),
        (("figures", "--month", "2016-09", "--workspace", tmp_path / "w"), 2),
        (("template", "nobody", "--workspace", tmp_path / "w"), 2),
        (("demo", tmp_path / "w"), 2),
    ):
        found = callover(*words)
        assert found.returncode == code, found
        assert "Traceback" not in found.stderr


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    heavy = "{'ibis', 'duckdb', 'pyarrow', 'numpy', 'pandas', 'xarray', 'django', 'pyspark'}"
    code = (
        "import sys; sys.argv = ['callover', '--help']\n"
        "from callover.cli import main\n"
        "try: main()\n"
        f"except SystemExit: sys.exit(','.join({heavy} & set(sys.modules)) or 0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.shared
def test_one_met_file_gives_a_readable_first_pack_for_any_borough(tmp_path: Path) -> None:
    file = shared("data", "met-borough", "MPS_Borough_Level_Crime_Historic.csv")
    people = shared("data", "population", "borough_mye_recovered_from_crime_rates.csv")
    space = tmp_path / "havering"
    done("init", space, "--area", "Havering")
    done("add", file, "--workspace", space)
    said = done("add", file, "--workspace", space)
    assert "Nothing changed" in said
    done("pack", "--workspace", space, "--month", "2016-09", "--formats", "html")
    page = (space / "packs" / "2016-09" / "callover-pack.html").read_text()
    assert "Indicators not yet fed" in page
    assert "Havering" in page
    done("add", people, "--workspace", space)
    out = tmp_path / "barnet"
    done("pack", "--workspace", space, "--month", "2016-09", "--area", "Barnet", "--out", out,
         "--formats", "html")  # fmt: skip
    assert "Barnet Community Safety Partnership" in (out / "callover-pack.html").read_text()


@pytest.mark.slow
@pytest.mark.shared
def test_the_seven_ranks_of_the_printed_pack(tmp_path: Path) -> None:
    space = tmp_path / "w"
    done("init", space, "--area", "E09000002")
    done("add", shared("data", "met-borough", "MPS_Borough_Level_Crime_Historic.csv"),
         shared("data", "population", "borough_mye_recovered_from_crime_rates.csv"),
         "--workspace", space)  # fmt: skip
    records = json.loads(
        done("figures", "--workspace", space, "--month", "2016-09", "--measure", "rolling12,rank",
             "--peers", "met_32", "--format", "json")
    )  # fmt: skip
    ranks = {r["indicator"]: r["value"] for r in records
             if r["area"] == "E09000002" and r["measure"] == "rank"}  # fmt: skip
    wanted = {"tno": 21, "robbery": 20, "burglary": 10, "criminal_damage": 32, "theft_person": 12,
              "theft_of_motor_vehicle": 30, "theft_from_motor_vehicle": 11}  # fmt: skip
    assert {name: ranks[name] for name in wanted} == wanted
    assert len({r["area"] for r in records}) == 32
    total = next(r for r in records if r["indicator"] == "tno" and r["area"] == "E09000002"
                 and r["measure"] == "rolling12")  # fmt: skip
    assert total["value"] == 17929


@pytest.mark.slow
@pytest.mark.shared
def test_a_district_of_the_street_files_without_and_with_lookups(tmp_path: Path) -> None:
    space = tmp_path / "leicester"
    done("init", space, "--area", "Leicester")
    said = done("add", shared("data", "police-uk", "street-2018-10_2019-02-ten-forces.zip"),
                "--workspace", space)  # fmt: skip
    assert "districts of other forces" in said
    done("pack", "--workspace", space, "--month", "2019-02", "--formats", "html")
    page = space / "packs" / "2019-02" / "callover-pack.html"
    assert "in February 2019" in page.read_text()
    done("add", shared("data", "lookups", "lookup_lsoa11_ltla18.csv"), "--workspace", space)
    out = tmp_path / "bristol"
    done("pack", "--workspace", space, "--month", "2019-02", "--area", "E06000023", "--out", out,
         "--formats", "html")  # fmt: skip
    assert "Bristol" in (out / "callover-pack.html").read_text()


@pytest.mark.slow
@pytest.mark.shared
def test_every_district_of_the_nine_forces_has_a_pack(tmp_path: Path) -> None:
    """On the boundaries of the data's date; five months, and what needs more says so.

    The first district of each force gets the whole report, the others the page of all crime.
    """
    space, out = tmp_path / "street", tmp_path / "out"
    done("init", space, "--set", "street", "--area", "Leicester")
    done("add", shared("data", "police-uk", "street-2018-10_2019-02-ten-forces.zip"),
         "--workspace", space)  # fmt: skip
    opened = Workspace.open(space)
    places = {code: area.name for code, area in opened.store.areas.items()
              if area.kind is AreaKind.DISTRICT}  # fmt: skip
    force = {row["child"]: row["parent"] for row in opened.store.links.to_pylist()}
    assert len(places) == 88
    assert len({force[code] for code in places}) == 9
    whole = set()
    for code, name in sorted(places.items()):
        only = ("street_all_crime",) if force[code] in whole else ()
        whole.add(force[code])
        build_pack(
            opened, PackRequest(Month.of(2019, 2), out / name, code, only, formats=("html",))
        )
        page = unescape((out / name / "callover-pack.html").read_text(encoding="utf-8"))
        assert f"{name} Community Safety Partnership" in page
        assert "Sums over the year need months that are not held" in page
        for left_out in ("in another force's districts", "transport police", "without a place"):
            assert only or left_out in page
    status = done("status", "--workspace", space)
    for left_out in ("in another force's districts", "transport police", "without a place"):
        assert left_out in status
