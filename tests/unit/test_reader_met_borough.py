"""The force's borough tables, on small tables with invented numbers."""

from datetime import date
from pathlib import Path

import pytest

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.sources.met_borough import READERS
from reading import read_text, rows

(READER,) = READERS
HEAD = "Borough,Major Category,Minor Category,201608,201609\n"
VAP = "Havering,Violence Against the Person"


def read(tmp_path: Path, text: str) -> ReadResult:
    return read_text(READER, tmp_path, text)


def test_recognised_by_its_header_alone(tmp_path: Path) -> None:
    assert READER.recognises(tmp_path / "x.csv", HEAD.encode())
    assert not READER.recognises(tmp_path / "x.csv", b"MajorText,MinorText,BoroughName\n")


def test_one_row_a_month_with_code_and_line(tmp_path: Path) -> None:
    result = read(tmp_path, HEAD + f"{VAP},Murder,0,3\n")
    assert result.observations.schema == OBSERVATIONS
    [first, second] = rows(result, series="murder", area="E09000016")
    assert (first["value"], second["value"]) == (0, 3)
    assert (second["start"], second["end"]) == (date(2016, 9, 1), date(2016, 9, 30))
    assert (second["row"], second["state"], second["kind"]) == (2, "final", "month")


def test_the_two_names_of_grievous_bodily_harm_are_added(tmp_path: Path) -> None:
    text = HEAD + f"{VAP},Wounding/GBH,5,0\n{VAP},Grievous Bodily Harm,0,7\n"
    found = rows(read(tmp_path, text), series="wounding_gbh")
    assert [row["value"] for row in found] == [5, 7]
    assert [row["row"] for row in found] == [None, None]


def test_arson_is_not_supplied_where_the_table_has_no_line_for_it(tmp_path: Path) -> None:
    result = read(tmp_path, HEAD + "Havering,Criminal Damage,Other Criminal Damage,4,6\n")
    assert {row["state"] for row in rows(result, series="arson_offences")} == {"not_supplied"}
    assert [row["value"] for row in rows(result, series="arson_offences")] == [None, None]
    assert "arson" in rows(result, series="criminal_damage_other")[0]["note"]
    group = rows(result, series="criminal_damage_inc_arson")
    assert [row["value"] for row in group] == [4, 6]


def test_a_line_of_zeros_left_out_by_the_publisher_is_zero(tmp_path: Path) -> None:
    text = HEAD + f"{VAP},Murder,1,1\nBarnet,Robbery,Personal Property,2,2\n"
    [murders, _] = rows(read(tmp_path, text), series="murder", area="E09000003")
    assert murders["value"] == 0
    assert "lines of zeros are left out" in murders["note"]


def test_nothing_is_filled_in_beside_a_line_that_cannot_be_read(tmp_path: Path) -> None:
    text = HEAD + f"{VAP},Murder,1,1\nBarnet,Robbery,Personal Property,2,2\nBarnet,Odd,Murder,3,3\n"
    result = read(tmp_path, text)
    assert rows(result, series="murder", area="E09000003") == []
    assert [fault.line for fault in result.faults] == [4]


def test_every_odd_cell_is_a_fault_with_line_and_column(tmp_path: Path) -> None:
    text = HEAD + (
        f"{VAP},Murder,x1,-3\nAtlantis,Robbery,Personal Property,1,1\n{VAP},Unheard Of,1,1\n"
        f"{VAP},Murder,1,1\n{VAP},Rape\n"
    )
    faults = read(tmp_path, text).faults
    assert {(f.line, f.column) for f in faults} == {
        (2, "201608"),
        (2, "201609"),
        (3, "Borough"),
        (4, "Minor Category"),
        (5, "Minor Category"),
        (6, ""),
    }
    assert "stands already on line 2" in next(f.reason for f in faults if f.line == 5)


def test_no_value_is_a_state_and_no_zero(tmp_path: Path) -> None:
    found = rows(read(tmp_path, HEAD + f"{VAP},Murder,N/A,\n"), series="murder")
    assert [(row["value"], row["state"]) for row in found] == [(None, "not_supplied")] * 2


@pytest.mark.parametrize("heading", ["201613", "September"])
def test_a_heading_that_is_no_month_is_a_fault(tmp_path: Path, heading: str) -> None:
    [fault] = read(tmp_path, HEAD.replace("201609", heading) + f"{VAP},Murder,1,1\n").faults
    assert (fault.line, fault.column) == (1, heading)


def test_the_new_burglary_split_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("2016", "2017")
    result = read(tmp_path, head + "Havering,Burglary,Burglary - Residential,9,8\n")
    assert [row["value"] for row in rows(result, series="burglary_dwelling")] == [9, 8]
    assert "definition_differs" in {finding.rule for finding in result.findings}


def test_airports_stand_beside_the_boroughs(tmp_path: Path) -> None:
    airports = "London Heathrow and London City Airports"
    result = read(tmp_path, HEAD + f"{airports},Robbery,Personal Property,1,2\n")
    [area] = {row["area"] for row in rows(result, series="robbery_personal")}
    assert area == f"name:{airports}"
    assert {"child": area, "parent": "E23000001"} in result.links.to_pylist()
