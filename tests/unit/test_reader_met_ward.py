"""The force's ward table, on small tables with invented numbers."""

from datetime import date
from pathlib import Path

import pytest

from callover.data.contracts import ReadResult
from callover.data.sources.met_ward import READERS
from callover.domain.areas import AreaKind
from reading import read_text, rows

(READER,) = READERS
HEAD = "WardName,WardCode,MajorText,MinorText,LookUp_BoroughName,201608,201609\n"
ABBEY = "Abbey,E05014053"
BARKING = "Barking and Dagenham"


def read(tmp_path: Path, *lines: str) -> ReadResult:
    return read_text(READER, tmp_path, HEAD + "\n".join(lines) + "\n")


def values(result: ReadResult, series: str, area: str = "E05014053") -> list[float]:
    return [row["value"] for row in rows(result, series=series, area=area)]


def test_recognised_by_its_header_whatever_its_case(tmp_path: Path) -> None:
    assert READER.recognises(tmp_path / "x.csv", HEAD.lower().encode())
    assert not READER.recognises(tmp_path / "x.csv", b"MajorText,MinorText,BoroughName,201609\n")


def test_one_row_a_month_with_code_and_line(tmp_path: Path) -> None:
    result = read(tmp_path, f"{ABBEY},SEXUAL OFFENCES,RAPE,{BARKING},0,3")
    [first, second] = rows(result, series="rape", area="E05014053")
    assert (first["value"], second["value"]) == (0, 3)
    assert (second["start"], second["end"], second["row"]) == (
        date(2016, 9, 1), date(2016, 9, 30), 2,
    )  # fmt: skip


def test_a_ward_has_its_name_and_lies_in_its_borough_and_that_in_the_force(tmp_path: Path) -> None:
    result = read(tmp_path, f"{ABBEY},THEFT,OTHER THEFT,{BARKING},1,2")
    kinds = {row["code"]: (row["name"], row["kind"]) for row in result.areas.to_pylist()}
    assert kinds["E05014053"] == ("Abbey", AreaKind.WARD)
    assert kinds["E09000002"] == (BARKING, AreaKind.DISTRICT)
    assert result.links.to_pylist() == [
        {"child": "E05014053", "parent": "E09000002"},
        {"child": "E09000002", "parent": "E23000001"},
    ]


def test_the_three_names_of_burglary_in_a_home_are_added(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"{ABBEY},BURGLARY,DOMESTIC BURGLARY,{BARKING},5,0",
        f"{ABBEY},BURGLARY,RES BURGLARY OF A HOME,{BARKING},0,7",
        f"{ABBEY},BURGLARY,RES BURGLARY OF UNCONNECTED BUILDING,{BARKING},0,2",
    )
    assert values(found, "burglary_dwelling") == [5, 9]
    assert values(found, "tno") == [5, 9]


def test_stalking_is_violence_as_in_the_borough_table(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"{ABBEY},VIOLENCE AGAINST THE PERSON,STALKING AND HARASSMENT,{BARKING},4,5",
        f"{ABBEY},VIOLENCE AGAINST THE PERSON,VIOLENCE WITHOUT INJURY,{BARKING},1,1",
    )
    assert values(found, "recut_violence_without_injury") == [5, 6]
    assert values(found, "violence_against_the_person") == [5, 6]


def test_frauds_of_the_national_bureau_are_none_of_the_force(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"{ABBEY},NFIB FRAUD,NFIB,{BARKING},9,9",
        f"{ABBEY},THEFT,SHOPLIFTING,{BARKING},1,2",
    )
    assert values(found, "tno") == [1, 2]


def test_records_of_the_airports_police_are_in_no_ward(tmp_path: Path) -> None:
    heathrow = "Heathrow Villages,E05013570,THEFT,OTHER THEFT"
    found = read(tmp_path, f"{heathrow},Aviation Security (SO18),8,9", f"{heathrow},Hillingdon,1,2")
    assert values(found, "other_theft", "E05013570") == [1, 2]
    assert values(found, "other_theft", "name:Aviation Security (SO18)") == [8, 9]
    assert any("airports" in said for said in found.summary)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"Abbey,E09000002,THEFT,OTHER THEFT,{BARKING},1,2", "is no code of a ward"),
        (f"{ABBEY},THEFT,APPLES,{BARKING},1,2", "is no category"),
        (f"{ABBEY},THEFT,OTHER THEFT,Atlantis,1,2", "is no London borough"),
        (f"{ABBEY},THEFT,SHOPLIFTING,{BARKING},3,4", "stands already on line 2"),
        (f"{ABBEY},THEFT,OTHER THEFT,{BARKING},1.5,2", "is not whole"),
    ],
)
def test_what_is_not_known_is_a_fault_at_its_line(tmp_path: Path, line: str, told: str) -> None:
    result = read(tmp_path, f"{ABBEY},THEFT,SHOPLIFTING,{BARKING},1,2", line)
    assert any(told in fault.reason and fault.line == 3 for fault in result.faults)
