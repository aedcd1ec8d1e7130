"""Populations and households, on small tables with invented numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from callover.data.sources import (
    borough_mye,
    gla_households,
    met_recorded_offences,
    ons_population,
    ward_population,
)
from callover.domain.errors import UserError
from reading import read_text, rows, source

MYE, AGES = borough_mye.READERS[0], ons_population.READERS[0]
WARDS, HOMES = ward_population.READERS[0], gla_households.READERS[0]
OFFENCES = met_recorded_offences.READERS[0]


def test_an_estimate_dated_december_is_of_the_middle_of_its_year(tmp_path: Path) -> None:
    result = read_text(MYE, tmp_path, "Code,Borough,Year,pop\nE09000002,B,2015-12-31,201.0\n")
    [row] = rows(result)
    assert (row["series"], row["kind"], row["value"]) == ("population", "snapshot", 201)
    assert row["start"] == row["end"] == date(2015, 6, 30)


def test_odd_lines_of_an_estimate_are_faults(tmp_path: Path) -> None:
    text = (
        "Code,Borough,Year,pop\nE09000002,B,2015-12-31,20\nE09000002,B,2015-12-31,20\n"
        "Havering,H,2015-12-31,20\nE09000003,N,2015,20\nE09000004,X,2015-12-31,many\n"
    )
    faults = read_text(MYE, tmp_path, text).faults
    assert [(f.line, f.column) for f in faults] == [
        (3, "Year"),
        (4, "Code"),
        (5, "Year"),
        (6, "pop"),
    ]


def ages(value: int = 1, total: int = 91) -> str:
    head = "ltla18_code,ltla18_name,total_population," + ",".join(ons_population.AGES)
    return f"{head}\nE06000016,Leicester,{total}" + f",{value}" * 91 + "\n"


def test_age_groups_include_both_their_ends(tmp_path: Path) -> None:
    result = read_text(AGES, tmp_path, ages(), year=2017)
    values = {row["series"]: row["value"] for row in rows(result, area="E06000016")}
    assert values == {"population": 91, "population_10_17": 8, "population_1_19": 19}


def test_a_year_is_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not say of which year"):
        read_text(AGES, tmp_path, ages())
    path = tmp_path / "people mid-2017.csv"
    path.write_text(ages())
    assert "taken from the file's name" in " ".join(AGES.read(path, source("x")).summary)


def test_ages_that_do_not_add_up_are_a_finding(tmp_path: Path) -> None:
    [finding] = read_text(AGES, tmp_path, ages(total=90), year=2017).findings
    assert (finding.printed, finding.follows) == (90, 91)


def long_rows(*, skip: int = -1) -> str:
    lines = ['"GEOGRAPHY_CODE"\t"GENDER"\t"C_AGE"\t"OBS_VALUE"']
    lines += [
        f'"E06000016"\t"{gender}"\t"{101 + age}"\t2'
        for gender in (1, 2)
        for age in range(91)
        if age != skip
    ]
    return "\n".join(lines) + "\n"


def test_long_layout_counts_age_from_101_and_adds_both_sexes(tmp_path: Path) -> None:
    result = read_text(AGES, tmp_path, long_rows(), year=2011)
    values = {row["series"]: row["value"] for row in rows(result)}
    assert values == {"population": 364, "population_10_17": 32, "population_1_19": 76}


def test_a_place_without_an_age_has_no_total(tmp_path: Path) -> None:
    result = read_text(AGES, tmp_path, long_rows(skip=50), year=2011)
    states = {row["series"]: (row["value"], row["state"]) for row in rows(result)}
    assert states["population"] == (None, "not_supplied")
    assert states["population_10_17"] == (32, "final")


def test_odd_lines_of_the_long_layout_are_faults(tmp_path: Path) -> None:
    text = long_rows() + "E06000016\t1\t101\t2\nLeicester\t1\t101\t2\nE06000017\t7\t101\t2\n"
    text += "E06000017\t1\t95\t2\nE06000017\t1\t101\tmany\n"
    faults = read_text(AGES, tmp_path, text, year=2011).faults
    assert [f.column for f in faults] == [
        "C_AGE",
        "GEOGRAPHY_CODE",
        "GENDER",
        "C_AGE",
        "OBS_VALUE",
    ]


def test_ward_populations_are_estimates_linked_to_their_borough(tmp_path: Path) -> None:
    text = "Code,Borough,Ward_Name,Year,Population,Hectares\nE05000001,Barnet,Hill,2030,900,1.5\n"
    result = read_text(WARDS, tmp_path, text)
    [row] = rows(result)
    assert (row["value"], row["state"], row["end"]) == (900, "estimated", date(2030, 6, 30))
    assert result.links.to_pylist() == [{"child": "E05000001", "parent": "E09000003"}]


def test_households_with_thousands_commas_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "profiles.csv"
    head = "Code,Area_name,House_Price_£,GLA_Household_Estimate_2017\n"
    text = head + 'E09000002,B,£1,"78,188"\n,,,\nE12000007,London,£2,.\n'
    path.write_bytes(text.encode("cp1252"))
    assert HOMES.recognises(path, path.read_bytes())
    found = {r["area"]: (r["value"], r["state"]) for r in rows(HOMES.read(path, source("x")))}
    assert found == {"E09000002": (78188, "estimated"), "E12000007": (None, "not_supplied")}


OFFENCE_ROWS = (
    "Code,Borough,Year,Value\nE09000002,B,2015-12-31,1200\nE09000002,B,2016-12-31,1000\n"
    "727,England and Wales,2015-12-31,n/a\n"
)


def test_the_last_year_of_recorded_offences_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    result = read_text(OFFENCES, tmp_path, OFFENCE_ROWS)
    whole, part = rows(result, area="E09000002")
    assert (whole["start"], whole["end"]) == (date(2015, 4, 1), date(2016, 3, 31))
    assert (whole["kind"], whole["value"]) == ("financial_year", 1200)
    assert (part["value"], part["state"]) == (None, "not_supplied")
    assert "1,000" in part["note"]
    assert rows(result, area="K04000001")[0]["state"] == "not_supplied"


def test_a_mapping_says_where_the_last_year_ends(tmp_path: Path) -> None:
    result = read_text(OFFENCES, tmp_path, OFFENCE_ROWS, last_year_ends="2017-01")
    [part] = rows(result, kind="months")
    assert (part["value"], part["state"], part["end"]) == (1000, "provisional", date(2017, 1, 31))
    with pytest.raises(UserError, match="last year starts in 2016"):
        read_text(OFFENCES, tmp_path, OFFENCE_ROWS, last_year_ends="2016-01")
