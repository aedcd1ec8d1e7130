"""Lookups and names of areas, in the publishers' shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.data.contracts import ReadResult
from callover.data.place_names import district_aliases
from callover.data.reader import Reader
from callover.data.sources import area_names, lookups
from reading import read_text

ALL: tuple[Reader, ...] = (*lookups.READERS, *area_names.READERS)


def reader(header: str) -> Reader:
    [found] = [r for r in ALL if r.recognises(Path("any.csv"), header.encode())]
    return found


def pairs(result: ReadResult) -> set[tuple[str, str]]:
    return {(row["child"], row["parent"]) for row in result.links.to_pylist()}


@pytest.mark.parametrize(
    ("header", "id_"),
    [
        ("lsoa11_name,lsoa11_code,ltla18_name,ltla18_code", "lookup_lsoa_district"),
        ("LSOA21CD,LSOA21NM,LAD22CD,LAD22NM", "lookup_lsoa_district"),
        ("lsoa_code,ward_code", "lookup_lsoa_ward"),
        ("LSOA21CD,LSOA21NM,WD22CD,WD22NM,LAD22CD,LAD22NM", "lookup_lsoa_ward"),
        ("ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code", "lookup_district_csp"),
        ("LAD22CD,LAD22NM,CSP22CD,CSP22NM,PFA22CD,PFA22NM", "lookup_district_csp"),
        ("ltla21_name,ltla21_code,fra21_name,fra21_code", "lookup_district_fire"),
        ("LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE,UTLACD,UTLANM", "lookup_area_codes"),
        ("Unique Id,Ward,Area", "ward_names"),
        ("WD22CD,WD22NM,LAD22CD,LAD22NM", "ward_names"),
    ],
)
def test_any_vintage_is_known_by_its_columns(header: str, id_: str) -> None:
    assert reader(header).id == id_


def test_all_levels_of_a_file_are_linked(tmp_path: Path) -> None:
    head = "LSOA21CD,LSOA21NM,WD22CD,WD22NM,LAD22CD,LAD22NM,ObjectId"
    text = f"{head}\nE01000001,Southtown 001A,E05000001,Hill,E07000001,Southtown,1\n"
    result = read_text(reader(head), tmp_path, text)
    assert result.observations.num_rows == 0
    assert pairs(result) == {
        ("E01000001", "E05000001"),
        ("E01000001", "E07000001"),
        ("E05000001", "E07000001"),
    }
    assert {row["name"]: row["kind"] for row in result.areas.to_pylist()} == {
        "Southtown 001A": "lsoa",
        "Hill": "ward",
        "Southtown": "district",
    }
    assert "ObjectId" in " ".join(result.summary)


def test_a_district_of_several_partnerships_lies_in_none_but_they_in_it(tmp_path: Path) -> None:
    head = "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name"
    text = (
        f"{head}\nE06000063,New,E22000031,A,E23000002,F\nE06000063,New,E22000033,B,E23000002,F\n"
        "E07000001,Old,E22000001,Both,E23000002,F\nE07000002,Older,E22000001,Both,E23000002,F\n"
    )
    found = pairs(read_text(reader(head), tmp_path, text))
    assert {("E22000031", "E06000063"), ("E22000033", "E06000063")} <= found
    assert {("E07000001", "E22000001"), ("E07000002", "E22000001")} <= found
    assert ("E06000063", "E23000002") in found
    assert not any(child == "E06000063" and parent.startswith("E22") for child, parent in found)


def test_blank_cells_are_counted_and_odd_ones_are_faults(tmp_path: Path) -> None:
    text = "lsoa_code,ward_code\nE01000001,\nE01000002,Hill\nE01000003,E05000001\n"
    result = read_text(reader("lsoa_code,ward_code"), tmp_path, text)
    assert result.left_out == {"lines without a ward": 1}
    assert [(f.line, f.column) for f in result.faults] == [(3, "ward_code")]
    assert pairs(result) == {("E01000003", "E05000001")}


def test_an_earlier_code_lies_in_the_one_of_today(tmp_path: Path) -> None:
    head = "LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE,UTLACD,UTLANM,RGNCD,RGNNM,Current"
    text = f"{head}\nE07000004,Old,E06000060,New,E06000060,New,E12000008,South,FALSE\n"
    result = read_text(reader(head), tmp_path, text)
    assert ("E07000004", "E06000060") in pairs(result)
    names = {row["code"]: row["name"] for row in result.areas.to_pylist()}
    assert names == {"E07000004": "Old", "E06000060": "New", "E12000008": "South"}


def test_a_district_known_by_name_is_matched_by_its_small_areas_first(tmp_path: Path) -> None:
    head = "lsoa11_name,lsoa11_code,ltla18_name,ltla18_code"
    text = f'{head}\nBristol 001A,E01000001,"Bristol, City of",E06000023\n'
    areas = read_text(reader(head), tmp_path, text).areas.to_pylist()
    areas += [{"code": f"name:{n}", "name": n, "kind": "district"} for n in ("Bristol", "Other")]
    links = [
        {"child": "E01000001", "parent": "E06000023"},
        {"child": "E01000001", "parent": "name:Bristol"},
    ]
    import pyarrow as pa

    found = district_aliases(pa.Table.from_pylist(areas), pa.Table.from_pylist(links))
    assert found == {"name:Bristol": "E06000023"}
