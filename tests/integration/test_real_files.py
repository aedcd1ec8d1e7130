"""The publishers' own files, read whole. Expected figures: the shared data's README, the pack."""

from __future__ import annotations

import csv
import re
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pytest
from pyarrow import parquet

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.place_names import district_aliases
from callover.data.sources.registry import reader_for
from reading import rows, source
from shared_data import shared

HISTORIC = "MPS_Borough_Level_Crime_Historic.csv"
BARKING = "E09000002"
DAMAGE = "criminal_damage_inc_arson"

pytestmark = pytest.mark.shared


def read(*parts: str, **mapping: object) -> ReadResult:
    path = shared("data", *parts)
    reader = reader_for(path)
    return reader.read(path, source(reader.id, **mapping))


def year_totals(result: ReadResult, year: int) -> dict[str, dict[str, float]]:
    """Sums of October to September (``year``), by area and series, in plain Python."""
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    first, last = date(year - 1, 10, 1), date(year, 9, 30)
    for row in result.observations.to_pylist():
        if first <= row["start"] <= last and row["value"] is not None:
            totals[row["area"]][row["series"]] += row["value"]
    return totals


def within(result: ReadResult, areas: set[str]) -> ReadResult:
    """Only what was read of these areas: a city's wards are millions of rows."""
    table = result.observations
    return ReadResult(table.filter(pc.is_in(table["area"], pa.array(sorted(areas)))))


def offences(totals: dict[str, float]) -> float:
    """All lines once: the damage group is the sum of lines that stand there too."""
    return sum(number for series, number in totals.items() if series != DAMAGE)


@pytest.fixture(scope="module")
def historic() -> ReadResult:
    return read("met-borough", HISTORIC)


# the breakdown's lines in their printed order; arson is in "other" damage in the public file
LINES = [
    "murder",
    "wounding_gbh",
    "assault_with_injury",
    "common_assault",
    "offensive_weapon",
    "harassment",
    "other_violence",
    "rape",
    "other_sexual",
    "robbery_personal",
    "robbery_business",
    "burglary_dwelling",
    "burglary_other",
    "theft_of_motor_vehicle",
    "theft_from_motor_vehicle",
    "motor_vehicle_interference",
    "theft_from_shops",
    "theft_person",
    "theft_pedal_cycle",
    "other_theft",
    "handling_stolen_goods",
    "fraud_per_victim",
    "fraud_other",
    "criminal_damage_dwelling",
    "criminal_damage_other_building",
    "criminal_damage_motor_vehicle",
    "criminal_damage_other",
    "criminal_damage_other",
    "drug_trafficking",
    "drug_possession",
    "drugs_other",
    "going_equipped",
    "other_notifiable",
]


def printed_breakdown() -> dict[str, tuple[float, float]]:
    """Series to the printed numbers of the rolling 12 months to September 2016 and 2015."""
    text = shared("pack", "000_9c820436f56cb8b8.txt").read_text(encoding="utf-8")
    start = text.index("(Breakdown of Total Notifiable Offences)")
    cells = [line.split("\t") for line in text[start:].splitlines()[:60]]
    lines = [c for c in cells if len(c) > 6 and c[2].isdigit() and not c[1].startswith("Total")]
    lines = [c for c in lines if c[1]]
    assert len(lines) == len(LINES)
    found: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for series, line in zip(LINES, lines, strict=True):
        now, before = found[series]
        found[series] = now + float(line[2]), before + float(line[4])
    return found


def test_the_breakdown_of_barking_and_dagenham(historic: ReadResult) -> None:
    printed = printed_breakdown()
    previous, current = (year_totals(historic, year)[BARKING] for year in (2015, 2016))
    assert len(printed) == 32
    assert sum(now for now, _ in printed.values()) == 17_825
    assert sum(before for _, before in printed.values()) == 16_906
    assert offences(previous) == 16_908
    assert offences(current) == 17_929
    assert sum(previous[series] == before for series, (_, before) in printed.items()) == 30


def test_seven_ranks_among_the_thirty_two_boroughs(historic: ReadResult) -> None:
    path = shared("data", "population", "borough_mye_recovered_from_crime_rates.csv")
    lines = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    people = {r["Code"]: float(r["pop"]) for r in lines if r["Year"] == "2015-12-31"}
    totals = year_totals(historic, 2016)
    assert len(totals) == 32
    groups = {
        21: offences,
        20: lambda t: t["robbery_personal"] + t["robbery_business"],
        10: lambda t: t["burglary_dwelling"] + t["burglary_other"],
        32: lambda t: t[DAMAGE],
        12: lambda t: t["theft_person"],
        30: lambda t: t["theft_of_motor_vehicle"],
        11: lambda t: t["theft_from_motor_vehicle"],
    }
    for printed, count in groups.items():
        rates = {area: count(total) / people[area] for area, total in totals.items()}
        assert 1 + sum(rate < rates[BARKING] for rate in rates.values()) == printed


def test_the_most_recent_months_and_the_recut() -> None:
    recent = read("met-borough", "MPS Borough Level Crime (most recent 24 months).csv")
    assert recent.faults == ()
    assert {row["series"] for row in rows(recent, state="not_supplied")} == set()
    recut = read("met-borough", "MPS Borough Level Crime (Historical).csv")
    assert recut.faults == ()
    total = rows(recut, area=BARKING, series="tno", start=date(2016, 9, 1))
    assert len(total) == 1
    assert len(pc.unique(recut.observations["start"])) == 162


def test_populations_and_households() -> None:
    estimates = read("population", "borough_mye_recovered_from_crime_rates.csv")
    known = {r["end"].year: r["value"] for r in rows(estimates, area=BARKING)}
    assert [known[y] for y in range(2013, 2017)] == [194_352, 198_294, 201_979, 206_460]
    old = read("population", "NM_2002_1_151616f94c529da389b698c548ded518.tsv", year=2011)
    found = {r["series"]: r["value"] for r in rows(old, area=BARKING)}
    assert (found["population"], found["population_1_19"]) == (187_029, 55_021)
    new = read("population", "la_sya_mid2017_aggregated_from_lsoa11.csv")
    assert rows(new, area=BARKING, series="population")[0]["value"] == 210_711
    homes = read("population", "london-borough-profiles.csv")
    assert rows(homes, area=BARKING)[0]["value"] == 78_188
    wards = read("population", "housing-density-ward.csv")
    assert wards.observations.num_rows == 624 * 40
    for result in (estimates, old, new, homes, wards):
        assert (result.faults, result.findings) == ((), ())


def test_recorded_offences_by_year() -> None:
    result = read("met-borough", "recorded-offences.csv")
    assert rows(result, area=BARKING, end=date(2016, 3, 31))[0]["value"] == 17_477
    assert rows(result, area=BARKING, end=date(2017, 3, 31))[0]["state"] == "not_supplied"


def test_fire_incidents() -> None:
    result = read("fire", "lfb_incidents_2017-01_2017-04.csv")
    assert (result.faults, result.findings) == ((), ())
    assert sorted(result.left_out.values()) == [9, 17, 169]
    boroughs = {row["area"] for row in rows(result) if row["area"].startswith("E09")}
    assert len(boroughs) == 33
    april = rows(result, area=BARKING, start=date(2017, 4, 1))
    assert {r["series"]: r["value"] for r in april}["fire_secondary"] == 45


@pytest.fixture(scope="module")
def street() -> ReadResult:
    begin = time.process_time()
    result = read("police-uk", "street-2018-10_2019-02-ten-forces.zip")
    assert time.process_time() - begin < 20
    return result


def total(result: ReadResult, area: str) -> float:
    found = result.observations.filter(
        pc.and_(
            pc.equal(result.observations["area"], area),
            pc.not_equal(result.observations["series"], "street_coverage"),
        )
    )
    return float(pc.sum(found["value"]).as_py() or 0)


def test_every_street_record_is_counted_once_in_its_force(street: ReadResult) -> None:
    assert street.faults == ()
    assert street.observations.schema == OBSERVATIONS
    forces = [r["code"] for r in street.areas.to_pylist() if r["kind"] == "force"]
    assert len(forces) == 10
    assert sum(total(street, force) for force in forces) == 535_572
    parents = defaultdict(list)
    for link in street.links.to_pylist():
        parents[link["parent"]].append(link["child"])
    for force in forces:
        if force != "force:btp":
            assert sum(total(street, child) for child in parents[force]) == total(street, force)
    leicester = parents["name:Leicester"]
    assert sum(total(street, lsoa) for lsoa in leicester) == total(street, "name:Leicester")


def test_street_rows_agree_with_a_plain_count(street: ReadResult) -> None:
    import zipfile
    from collections import Counter

    counted: Counter[tuple[str, str]] = Counter()
    path = shared("data", "police-uk", "street-2018-10_2019-02-ten-forces.zip")
    with zipfile.ZipFile(path) as archive:
        text = archive.read("2018-10/2018-10-leicestershire-street.csv").decode()
    for row in csv.DictReader(text.splitlines()):
        district = re.sub(r" \d{3}[A-Z]$", "", row["LSOA name"])
        counted[district, row["Crime type"]] += 1
    for category, series in (("Burglary", "street_burglary"), ("Drugs", "street_drugs")):
        for district in ("Leicester", "Rutland", "Blaby"):
            [row_] = rows(street, area=f"name:{district}", series=series, start=date(2018, 10, 1))
            assert row_["value"] == counted[district, category]


def test_strays_transport_police_and_no_place_are_shown(street: ReadResult) -> None:
    assert total(street, "name:Birmingham") == 0
    assert total(street, "force:btp") == 24_669
    assert sorted(street.left_out.values()) == [1_489, 1_514, 20_499, 24_669]
    assert [(f.area, f.period) for f in street.findings] == [("force:kent", "2018-12")]


def test_all_districts_of_the_nine_forces_match_a_published_code(street: ReadResult) -> None:
    found = [
        street,
        read("lookups", "lookup_lsoa11_ltla18.csv"),
        read("lookups", "la_all_codes.csv"),
        read("lookups", "lookup_ltla24_csp24_pfa24.csv"),
        read("lookups", "lookup_ltla21_fra21.csv"),
        read("lookups", "lsoa_to_ward.csv"),
        read("police-uk", "ward-names.csv"),
    ]
    assert all(result.faults == () for result in found)
    aliases = district_aliases(
        pa.concat_tables([r.areas for r in found]), pa.concat_tables([r.links for r in found])
    )
    assert len(aliases) == 88
    assert aliases["name:Leicester"] == "E06000016"
    assert aliases["name:Bristol"] == "E06000023"


def printed_fire_table(folder: Path) -> Path:
    """The pack's fire table as the brigade's layout: page breaks closed up, spare dashes cut."""
    lines = shared("pack", "000_9c820436f56cb8b8.txt").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("BOROUGH TARGETS:"))
    out: list[list[str]] = []
    for line in lines[start : start + 60]:
        cells = line.split("\t")
        if len(cells) > 5:
            out.append(_closed_up(cells) if out else [cells[0], *cells[2:]])
        if line.startswith("\tYear to date") and "Fires in sheltered" in "".join(out[-2]):
            break
    path = folder / "fires.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(out)
    return path


def _closed_up(cells: list[str]) -> list[str]:
    months = cells[2:-3]
    return [*cells[:2], *months[:12], *cells[-3:]] if cells[1] == "Monthly total" else cells[:14]


def test_the_printed_fire_table_and_what_is_wrong_in_it(tmp_path: Path) -> None:
    path = printed_fire_table(tmp_path)
    reader = reader_for(path)
    result = reader.read(path, source(reader.id))
    assert (reader.id, result.faults) == ("lfb_borough_table", ())
    assert len({row["series"] for row in rows(result)}) == 18
    october: dict[str, Any] = {
        row["series"]: row["value"]
        for row in rows(result, kind="year_to_date", end=date(2016, 10, 31))
    }
    assert (october["fire_dwelling"], october["fire_outdoor_rubbish"]) == (83, 119)
    assert october["fire_p1_visits"] is None
    wrong = [(f.rule, f.printed) for f in result.findings if f.rule != "target_profile"]
    assert wrong == [("heading_year", None), ("percentages_added", 224), ("percentages_added", 313)]


def test_the_wards_of_a_borough_add_up_to_its_line_of_the_recut_table(tmp_path: Path) -> None:
    """In every series and month in which both speak; the ward table is published as CSV."""
    path = tmp_path / "wards.csv"
    table = shared("data", "met-ward", "recorded-crime-ward-historical.parquet")
    pacsv.write_csv(parquet.read_table(table), path)
    wards = reader_for(path).read(path, source("met_ward"))
    boroughs = read("met-borough", "MPS Borough Level Crime (Historical).csv")
    inside = {row["child"] for row in wards.links.to_pylist() if row["parent"] == BARKING}
    assert len(inside) == 19
    ours = year_totals(within(wards, inside), 2016)
    theirs = year_totals(boroughs, 2016)[BARKING]
    assert len(theirs) > 25
    for series, total in theirs.items():
        assert sum(ours[ward][series] for ward in inside) == total, series
