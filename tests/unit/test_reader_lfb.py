"""The fire brigade's incident records and borough table, with invented numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from callover.data.sources import lfb_borough_table, lfb_incidents
from callover.data.sources.lfb_incidents import WORDS
from callover.domain.errors import UserError
from reading import read_text, rows, source

INCIDENTS = lfb_incidents.READERS[0]
COLUMNS = ("incident_number", *WORDS)
USUAL = {
    "incident_group": "Fire",
    "stop_code_description": "Primary Fire",
    "property_category": "Dwelling",
    "property_type": "House",
    "borough_code": "E09000002",
    "borough_name": "BARKING AND DAGENHAM",
    "ward_code": "E05000026",
    "ward_name": "ABBEY",
    "frs": "London",
    "date_of_call": "2017-01-31",
}


def incidents(*changes: dict[str, str], whole: bool = True) -> str:
    """A file with one line for each change of a usual incident; ``whole`` adds both ends."""
    ends = [{"date_of_call": d, "incident_group": "False Alarm", "stop_code_description": "x"}
            for d in ("2017-01-01", "2017-02-28")] if whole else []  # fmt: skip
    lines = [
        ",".join({**USUAL, "incident_number": str(i), **change}.get(c, "") for c in COLUMNS)
        for i, change in enumerate([*changes, *ends], 1)
    ]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


def test_incidents_count_by_borough_and_ward_with_zeros(tmp_path: Path) -> None:
    result = read_text(INCIDENTS, tmp_path, incidents({}, {}))
    for area in ("E09000002", "E05000026"):
        found = rows(result, area=area, series="fire_dwelling")
        assert [(row["start"].month, row["value"]) for row in found] == [(1, 2), (2, 0)]
    assert {"child": "E05000026", "parent": "E09000002"} in result.links.to_pylist()


def test_each_series_picks_its_incidents(tmp_path: Path) -> None:
    bins = {"stop_code_description": "Secondary Fire", "property_category": "Outdoor Structure"}
    text = incidents(
        {},
        {**bins, "property_type": "Wheelie bin (domestic size)"},
        {**bins, "property_type": "Hedge"},
        {"incident_group": "False Alarm", "stop_code_description": "AFA"},
        {
            "incident_group": "False Alarm",
            "stop_code_description": "AFA",
            "property_category": "Non Residential",
        },
        {
            "incident_group": "Special Service",
            "stop_code_description": "Special Service",
            "special_service_type": "Lift Release",
        },
        {"property_type": "Nursing/Care Home/Hospice", "property_category": "Other Residential"},
    )
    result = read_text(INCIDENTS, tmp_path, text)
    january = {
        row["series"]: row["value"]
        for row in rows(result, area="E09000002", start=date(2017, 1, 1))
        if row["value"]
    }
    assert january == {
        "fire_all": 4,
        "fire_primary": 2,
        "fire_secondary": 2,
        "fire_dwelling": 1,
        "fire_non_domestic": 1,
        "fire_outdoor_rubbish": 1,
        "fire_afa": 1,
        "fire_lift_releases": 1,
        "fire_in_care_homes": 1,
    }


def test_no_motive_no_arson(tmp_path: Path) -> None:
    result = read_text(INCIDENTS, tmp_path, incidents({}))
    assert not [s for s in set(result.observations["series"].to_pylist()) if "arson" in s]
    assert "not available" in " ".join(result.summary)


def test_incidents_without_a_borough_are_counted_apart(tmp_path: Path) -> None:
    nowhere = {"borough_code": "E00000000", "borough_name": "NOT GEO-CODED"}
    text = incidents({}, nowhere, {**nowhere, "frs": "OverTheBorder"})
    result = read_text(INCIDENTS, tmp_path, text)
    assert result.left_out == {
        "incidents over the border": 1,
        "incidents in London that are not geo-coded": 1,
    }
    assert rows(result, area="E09000002", series="fire_all")[0]["value"] == 1


def test_a_month_that_is_not_whole_is_provisional(tmp_path: Path) -> None:
    text = incidents({"date_of_call": "2017-01-05"}, {"date_of_call": "2017-02-10"}, whole=False)
    result = read_text(INCIDENTS, tmp_path, text)
    assert {row["state"] for row in rows(result)} == {"provisional"}
    assert [f.rule for f in result.findings] == ["part_month", "part_month"]


def test_a_month_without_any_incident_is_not_zero(tmp_path: Path) -> None:
    text = incidents({"date_of_call": "2017-04-30"})
    result = read_text(INCIDENTS, tmp_path, text)
    assert {row["start"].month for row in rows(result)} == {1, 2, 4}
    assert [(f.rule, f.period) for f in result.findings] == [("month_missing", "2017-03")]


def test_odd_incidents_are_faults(tmp_path: Path) -> None:
    text = incidents(
        {"date_of_call": "31/01/2017"},
        {"incident_group": "Picnic"},
        {"borough_code": "E07000001"},
        {"borough_name": "HAVERING"},
        {"ward_code": "Abbey"},
        {"incident_number": "1"},
    )
    faults = read_text(INCIDENTS, tmp_path, text).faults
    assert [(f.line, f.column) for f in faults] == [
        (2, "date_of_call"),
        (3, "incident_group"),
        (4, "borough_code"),
        (5, "borough_name"),
        (6, "ward_code"),
        (7, "incident_number"),
    ]


TABLE = lfb_borough_table.READERS[0]
MONTHS_16 = "Apr-16,May-16,Jun-16,Jul-16,Aug-16,Sep-16,Oct-16,Nov-16,Dec-16,Jan-17,Feb-17,Mar-17"
DASHES = ",-" * 9


def table(*lines: str, months: str = MONTHS_16, borough: str = "BARKING & DAGENHAM") -> str:
    head = (
        f"BOROUGH TARGETS: {borough},Total / Target,{months},Rolling 12 months,2015/16 Total,Trend"
    )
    return "\n".join([head, *lines]) + "\n"


FIRES = (
    f"All fires,Monthly total,5,7,2{DASHES},40,38,up",
    ",Year to date,5,12,14",
    ",TARGET,3,6,9,12,15,18,21,24,27,30,33,36",
)


def test_months_year_to_date_rolling_and_the_year_before(tmp_path: Path) -> None:
    result = read_text(TABLE, tmp_path, table(*FIRES))
    assert result.faults == ()
    assert result.findings == ()
    assert {row["area"] for row in rows(result)} == {"E09000002"}
    months = rows(result, kind="month")
    assert [row["value"] for row in months[:3]] == [5, 7, 2]
    assert {row["state"] for row in months[3:]} == {"not_due"}
    assert [row["value"] for row in rows(result, kind="year_to_date")] == [5, 12, 14]
    [rolling] = rows(result, kind="rolling12")
    assert (rolling["value"], rolling["end"]) == (40, date(2016, 6, 30))
    [before] = rows(result, kind="financial_year")
    assert (before["value"], before["end"]) == (38, date(2016, 3, 31))


def test_headings_a_year_too_early_are_told_and_put_right(tmp_path: Path) -> None:
    early = MONTHS_16.replace("-16", "-15").replace("-17", "-16")
    result = read_text(TABLE, tmp_path, table(*FIRES, months=early))
    assert [f.rule for f in result.findings] == ["heading_year"]
    assert rows(result, kind="month")[0]["start"] == date(2016, 4, 1)


def test_a_year_to_date_that_is_not_the_sum_of_its_months(tmp_path: Path) -> None:
    [finding] = read_text(TABLE, tmp_path, table(FIRES[0], ",Year to date,5,12,15")).findings
    assert (finding.rule, finding.printed, finding.follows) == ("ytd_against_months", 15, 14)


def test_percentages_that_were_added_are_not_stored(tmp_path: Path) -> None:
    lines = (
        f"P1 HFSVs - high risk people/places (%),Monthly total,90%,110%,80%{DASHES},97%,93%,p",
        ",Year to date,90%,100%,180%",
    )
    result = read_text(TABLE, tmp_path, table(*lines))
    assert [(f.rule, f.printed) for f in result.findings] == [("percentages_added", 180)]
    stored = [(r["value"], r["state"]) for r in rows(result, kind="year_to_date")]
    assert stored == [(90, "final"), (100, "final"), (None, "not_applicable")]


def test_parts_rolling_and_targets_are_checked(tmp_path: Path) -> None:
    lines = (
        f"All fires,Monthly total,5,7,2{DASHES},12,38,p",
        ",TARGET,3,6,9,12,15,18,21,24,27,30,30,36",
        f"Primary fires,Monthly total,2,3,1{DASHES},20,20,p",
        f"Secondary fires,Monthly total,3,3,1{DASHES},20,18,p",
    )
    rules = [f.rule for f in read_text(TABLE, tmp_path, table(*lines)).findings]
    assert rules == [
        "rolling_below_ytd",
        "target_profile",
        "total_against_parts",
        "total_against_parts",
    ]


def test_a_dash_among_months_is_not_supplied(tmp_path: Path) -> None:
    line = "All fires,Monthly total,5,-,2,-,-,-,-,-,-,-,-,-,40,38,p"
    states = [r["state"] for r in rows(read_text(TABLE, tmp_path, table(line)), kind="month")]
    assert states[:4] == ["final", "not_supplied", "final", "not_due"]


def test_odd_cells_of_the_table_are_faults(tmp_path: Path) -> None:
    lines = (
        f"Bonfires,Monthly total,1,1,1{DASHES},1,1,p",
        f"All fires,Monthly total,1.5,x1,50%{DASHES},1,1,p",
        f"All fires,Monthly total,1,1,1{DASHES},1,1,p",
        ",Total,1",
    )
    faults = read_text(TABLE, tmp_path, table(*lines)).faults
    assert [(f.line, f.column) for f in faults] == [
        (2, "1"),
        (3, "3"),
        (3, "4"),
        (3, "5"),
        (4, "1"),
        (5, "2"),
    ]


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (MONTHS_16.replace("May-16", "Jun-16"), "not twelve months in order"),
        ("Jan-16,Feb-16,Mar-16,Apr-16,May-16,Jun-16,Jul-16,Aug-16,Sep-16,Oct-16,Nov-16,Dec-16",
         "not in April"),
    ],
)  # fmt: skip
def test_another_layout_is_refused(tmp_path: Path, months: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_text(TABLE, tmp_path, table(*FIRES, months=months))


def workbook(path: Path, formula: bool = False) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for line in table(*FIRES).splitlines():
        sheet.append([int(c) if c.isdigit() else c for c in line.split(",")])
    if formula:
        sheet["C2"] = "=2+3"
    book.save(path)
    return path


def test_a_workbook_reads_as_the_text_does_and_formulas_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "fires.xlsx")
    assert TABLE.recognises(path, path.read_bytes()[:65536])
    found = TABLE.read(path, source("lfb_borough_table"))
    assert found.observations.equals(read_text(TABLE, tmp_path, table(*FIRES)).observations)
    with pytest.raises(UserError, match="formulas"):
        TABLE.read(workbook(tmp_path / "live.xlsx", formula=True), source("lfb_borough_table"))
