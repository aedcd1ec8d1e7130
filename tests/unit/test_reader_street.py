"""Street-level files in the publisher's layout, with invented records."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.sources.street import READERS
from callover.domain.errors import UserError
from reading import rows, source

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
SOUTH, NORTH = ("E01000001", "Southtown 001A"), ("E01000002", "Northtown 001A")
READER = READERS[0]


def record(
    area: tuple[str, str] = SOUTH,
    category: str = "Burglary",
    *,
    id_: str = "",
    month: str = "2018-10",
    force: str = "Midshire Police",
) -> str:
    where = f"0.1,51.5,On or near High Street,{area[0]},{area[1]}"
    return f"{id_},{month},{force},{force},{where},{category},,\n"


def archive(folder: Path, files: Mapping[str, str]) -> Path:
    path = folder / "download.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files.items():
            out.writestr(f"{name[:7]}/{name}-street.csv", text)
    return path


def read(folder: Path, files: Mapping[str, str]) -> ReadResult:
    return READER.read(archive(folder, files), source("street"))


def value(
    result: ReadResult, area: str, series: str = "street_burglary", month: int = 10
) -> object:
    found = rows(result, area=area, series=series)
    return next((row["value"] for row in found if row["start"].month == month), None)


def test_archive_folder_and_single_file_give_the_same(tmp_path: Path) -> None:
    text = HEAD + record() + record(category="Drugs")
    packed = read(tmp_path, {"2018-10-midshire": text})
    folder = tmp_path / "2018-10"
    folder.mkdir()
    single = folder / "2018-10-midshire-street.csv"
    single.write_text(text)
    (folder / "2018-10-midshire-outcomes.csv").write_text("Crime ID\n1\n")
    for path in (folder, single):
        assert READER.recognises(path, single.read_bytes() if path.is_file() else b"")
        found = READER.read(path, source("street"))
        figures = found.observations.drop_columns(["member"])
        assert figures.equals(packed.observations.drop_columns(["member"]))
    assert packed.observations.schema == OBSERVATIONS


def test_every_count_names_the_file_of_its_month(tmp_path: Path) -> None:
    files = {
        "2018-10-midshire": HEAD + record() + record(("", "")) + record(NORTH),
        "2018-11-midshire": HEAD + record(month="2018-11"),
    }
    found = read(tmp_path, files)
    assert found.members == tuple(f"{name[:7]}/{name}-street.csv" for name in files)
    for row in found.observations.to_pylist():
        month = f"{row['start']:%Y-%m}"
        assert row["member"] == f"{month}/{month}-midshire-street.csv"


def test_recognised_by_columns_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "2018-10-midshire-street.csv"
    path.write_text("a,b\n1,2\n")
    assert not READER.recognises(path, path.read_bytes())
    assert READER.recognises(tmp_path / "x.csv", HEAD.encode())
    assert READER.recognises(archive(tmp_path, {"2018-10-midshire": HEAD}), b"PK\x03\x04")


def test_district_and_force_have_zeros_and_small_areas_have_not(tmp_path: Path) -> None:
    files = {
        "2018-10-midshire": HEAD + record() + record(NORTH, "Drugs"),
        "2018-11-midshire": HEAD + record(NORTH, "Drugs", month="2018-11"),
    }
    result = read(tmp_path, files)
    assert value(result, "name:Southtown") == 1
    assert value(result, "name:Southtown", month=11) == 0
    assert value(result, "force:midshire", month=11) == 0
    assert value(result, "E01000001") == 1
    assert value(result, "E01000001", month=11) is None
    assert len(rows(result, area="name:Southtown")) == 14 * 2
    assert value(result, "force:midshire", "street_coverage", 11) == 1


def test_a_month_without_the_forces_file_is_missing_not_zero(tmp_path: Path) -> None:
    files = {
        "2018-10-midshire": HEAD + record(),
        "2018-11-farshire": HEAD
        + record(("E01000009", "Fartown 001A"), month="2018-11", force="Farshire Constabulary"),
    }
    result = read(tmp_path, files)
    assert value(result, "name:Southtown", month=11) is None
    assert value(result, "force:midshire", "street_coverage", 11) is None
    assert value(result, "name:Fartown", month=11) == 1


def test_an_empty_file_is_not_supplied(tmp_path: Path) -> None:
    files = {"2018-10-midshire": HEAD + record(), "2018-11-midshire": HEAD}
    result = read(tmp_path, files)
    assert value(result, "force:midshire", month=11) is None
    assert [(f.rule, f.area, f.period) for f in result.findings] == [
        ("no_records", "force:midshire", "2018-11")
    ]


def test_strays_count_in_their_force_and_in_no_district(tmp_path: Path) -> None:
    midshire = HEAD + record() * 300 + record(("E01000009", "Fartown 001A"))
    farshire = HEAD + record(("E01000009", "Fartown 001A"), force="Farshire Police") * 20
    result = read(tmp_path, {"2018-10-midshire": midshire, "2018-10-farshire": farshire})
    assert value(result, "name:Fartown") == 20
    assert value(result, "E01000009") == 20
    assert value(result, "force:midshire:stray") == 1
    assert value(result, "force:midshire") == 301
    assert result.left_out["records in another force's districts, in their force only"] == 1


def test_a_district_of_a_force_that_is_not_there_does_not_look_complete(tmp_path: Path) -> None:
    text = HEAD + record() * 300 + record(("E01000009", "Fartown 001A"))
    result = read(tmp_path, {"2018-10-midshire": text})
    assert rows(result, area="name:Fartown") == []
    assert "name:Fartown" not in result.areas.column("code").to_pylist()


def test_transport_police_and_records_without_place_stand_apart(tmp_path: Path) -> None:
    files = {
        "2018-10-midshire": HEAD + record() + record(("", "")),
        "2018-10-btp": HEAD + record(force="British Transport Police") * 5,
    }
    result = read(tmp_path, files)
    assert value(result, "name:Southtown") == 1
    assert value(result, "force:btp") == 5
    assert value(result, "force:midshire:no_place") == 1
    assert result.left_out["records of the transport police, in no district"] == 5
    assert result.left_out["records without a place, in their force only"] == 1


def test_a_force_is_the_sum_of_its_districts_strays_and_no_place(tmp_path: Path) -> None:
    text = HEAD + record() * 250 + record(NORTH) * 250 + record(("", "")) * 2
    text += record(("E01000009", "Fartown 001A"))
    result = read(tmp_path, {"2018-10-midshire": text})
    parent = {row["child"]: row["parent"] for row in result.links.to_pylist()}
    children = [child for child, of in parent.items() if of == "force:midshire"]
    assert sum(float(str(value(result, child))) for child in children) == 503
    assert value(result, "force:midshire") == 503
    assert parent["E01000001"] == "name:Southtown"


def test_repeated_ids_are_records_all_the_same(tmp_path: Path) -> None:
    text = HEAD + record(id_="abc") + record(id_="abc", category="Drugs") + record() * 2
    result = read(tmp_path, {"2018-10-midshire": text})
    assert value(result, "name:Southtown") == 3
    assert result.left_out["records that repeat a crime id of their file (counted)"] == 1


def test_far_fewer_records_than_usual_are_pointed_out(tmp_path: Path) -> None:
    files = {
        f"2018-{m}-midshire": HEAD + record(month=f"2018-{m}") * n
        for m, n in (("09", 100), ("10", 98), ("11", 45), ("12", 101))
    }
    [finding] = read(tmp_path, files).findings
    assert (finding.rule, finding.period, finding.printed) == ("few_records", "2018-11", 45)


def test_every_odd_cell_is_a_fault(tmp_path: Path) -> None:
    lines = [
        record(month="2018-13"),
        record(month="2018-09"),
        record(category="Piracy"),
        record(("X1", "Southtown 001A")),
        record(("E01000001", "")),
        record(("E01000001", "Southtown")),
        record(force=""),
        "too,few\n",
    ]
    result = read(tmp_path, {"2018-10-midshire": HEAD + record() + "".join(lines)})
    faults = {(fault.line, fault.column) for fault in result.faults}
    assert faults == {
        (3, "Month"),
        (4, "Month"),
        (5, "Crime type"),
        (6, "LSOA code"),
        (7, "LSOA name"),
        (8, "LSOA name"),
        (9, "Reported by"),
        (10, ""),
    }
    assert value(result, "name:Southtown") == 1


def test_the_same_force_and_month_twice_is_a_fault(tmp_path: Path) -> None:
    text = HEAD + record()
    path = tmp_path / "both"
    for folder in ("a", "b"):
        (path / folder).mkdir(parents=True)
        (path / folder / "2018-10-midshire-street.csv").write_text(text)
    [fault] = READER.read(path, source("street")).faults
    assert "stands also in a/2018-10-midshire-street.csv" in str(fault)


def test_traps_are_refused(tmp_path: Path) -> None:
    bomb = archive(tmp_path, {"2018-10-midshire": HEAD + "0" * 30_000_000})
    with pytest.raises(UserError, match="no table of figures"):
        READER.read(bomb, source("street"))
    broken = tmp_path / "broken.zip"
    broken.write_bytes(archive(tmp_path, {"2018-10-midshire": HEAD + record()}).read_bytes()[:-30])
    assert not READER.recognises(broken, b"PK\x03\x04")
    empty = archive(tmp_path, {"2018-10-midshire": HEAD})
    with pytest.raises(UserError, match="holds no records"):
        READER.read(empty, source("street"))
