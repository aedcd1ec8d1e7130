"""A partner's own workbook through a saved mapping, and what happens when its layout moves."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from callover.catalogue import load_catalogue
from callover.data.contracts import ReadResult
from callover.data.reader import ReadContext
from callover.data.sources.template import Template
from callover.domain.errors import FaultsFound, UserError

CATALOGUE = load_catalogue("london")
LONG = {
    "sheet": "Return", "header_row": 3, "fill_down": ["Service"],
    "columns": {"Service": "series", "Month": "end", "Number": "value"},
    "fixed": {"area": "E09000002", "period": "month"},
    "values": {"series": {"Homes": "safer_homes_secured", "Referrals": "safer_homes_referrals"}},
    "states": {"not yet": "not_due"},
}  # fmt: skip
WIDE = {
    "columns": {"Measure": "series"}, "months_across": True,
    "fixed": {"area": "E09000002", "period": "month"},
}  # fmt: skip


def sheet(folder: Path, rows: list[list[object]], name: str = "Return") -> Path:
    path = folder / "own.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Cover")
    page = book.add_worksheet(name)
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value != "":
                page.write(down, across, value)
    book.close()
    return path


def read(path: Path, mapping: dict[str, object]) -> ReadResult:
    source = CATALOGUE.sources["victim_support"]
    return Template().read(path, ReadContext(source, CATALOGUE.series, mapping=mapping))


ROWS: list[list[object]] = [
    ["Safer Homes", "", ""],
    ["Quarterly return", "", ""],
    ["Service", "Month", "Number"],
    ["Homes", "Apr-16", 22],
    ["", "May-16", 35],
    ["Referrals", "Apr-16", 46],
    ["", "May-16", "not yet"],
]


def test_merged_cells_words_and_states(tmp_path: Path) -> None:
    found = read(sheet(tmp_path, ROWS), LONG)
    assert not found.faults
    table = found.observations
    assert (
        table["series"].to_pylist() == ["safer_homes_secured"] * 2 + ["safer_homes_referrals"] * 2
    )
    assert table["value"].to_pylist() == [22, 35, 46, None]
    assert table["state"].to_pylist()[-1] == "not_due"
    assert [str(day) for day in table["end"].to_pylist()[:2]] == ["2016-04-30", "2016-05-31"]


def test_faults_keep_the_line_of_the_workbook(tmp_path: Path) -> None:
    rows = [*ROWS[:4], ["", "May-16", "lots"]]
    assert read(sheet(tmp_path, rows), LONG).faults[0].line == 5


def test_months_across_become_rows(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Measure,Apr-16,2016-05,Total\nsafer_homes_secured,22,35,57\n")
    found = read(path, WIDE)
    assert not found.faults
    assert found.observations["value"].to_pylist() == [22, 35]
    assert "own.csv: column D 'Total' was not read." in found.summary


def test_a_moved_header_is_refused_with_its_new_place(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound) as caught:
        read(sheet(tmp_path, [["New line"], *ROWS]), LONG)
    assert any("line 4, column 1" in fault.reason for fault in caught.value.faults)


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ["Service", "Month", "Count"], *ROWS[3:]]
    with pytest.raises(FaultsFound) as caught:
        read(sheet(tmp_path, rows), LONG)
    assert [(f.column, f.reason) for f in caught.value.faults] == [
        ("Number", "is missing from the sheet.")
    ]


def test_another_sheet_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Cover, Other"):
        read(sheet(tmp_path, ROWS, "Other"), LONG)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"header_row": "three"}, "header_row is no line number"),
        ({"header_row": 0}, "header_row is no line number"),
        ({"colums": {}}, "colums is no word"),
        ({"columns": ["Service"]}, "columns is no table"),
        ({"fill_down": "Service"}, "fill_down is no list"),
    ],
)
def test_a_mapping_that_is_wrong_itself_is_told(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        read(sheet(tmp_path, ROWS), LONG | changed)


def test_a_heading_that_is_nearly_a_month_is_refused_with_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Measure", "Sep-15", "October 2015x", "Empty"], ["safer_homes_secured", 5, 7, ""],
    ]  # fmt: skip
    with pytest.raises(FaultsFound) as raised:
        read(sheet(tmp_path, rows), WIDE | {"sheet": "Return"})
    (fault,) = raised.value.faults
    assert (fault.line, fault.column, fault.text) == (1, "C", "October 2015x")


def test_a_heading_that_the_mapping_ignores_is_passed_over(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Measure", "Sep-15", "2015/16"], ["safer_homes_secured", 5, 5]]
    mapping = WIDE | {"sheet": "Return", "ignore": ["2015/16"]}
    assert len(read(sheet(tmp_path, rows), mapping).observations) == 1


@pytest.mark.parametrize("words", [{"12": "21"}, {"TBC": "5"}, {12: 21}])
def test_a_mapping_may_not_change_a_figure(tmp_path: Path, words: dict[object, str]) -> None:
    with pytest.raises(UserError, match="never figures"):
        read(sheet(tmp_path, ROWS), LONG | {"values": {"value": words}})


def test_a_mapping_may_say_which_word_means_none(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ["Homes", "Apr-16", "nil"]]
    found = read(sheet(tmp_path, rows), LONG | {"values": {
        "value": {"nil": "0"}, "series": {"Homes": "safer_homes_secured"}}})  # fmt: skip
    assert found.observations["value"].to_pylist() == [0.0]
