"""Our template: what is accepted, and a fault with place and remedy for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from callover.catalogue import load_catalogue
from callover.data.contracts import ReadResult
from callover.data.reader import ReadContext
from callover.data.sources.template import Template
from callover.domain.errors import UserError

HEADER = "series,area,period,start,end,measure,peer_group,value,numerator,denominator,state,note\n"
CATALOGUE = load_catalogue("london")


def read(folder: Path, *lines: str, header: str = HEADER) -> ReadResult:
    path = folder / "iquanta.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_file(path)


def read_file(path: Path) -> ReadResult:
    sizes = {group.id: group.size for group in CATALOGUE.peer_groups.values()}
    context = ReadContext(CATALOGUE.sources["iquanta"], CATALOGUE.series, peer_groups=sizes)
    return Template().read(path, context)


def month(value: str = "1425", state: str = "", end: str = "2016-09") -> str:
    return f'tno,E09000002,month,,{end},,,"{value}",,,{state},'


@pytest.mark.parametrize(
    ("value", "number"),
    [("1,425", 1425), ("1 425", 1425), ("0", 0), ("1425.0", 1425)],
)
def test_numbers_as_people_write_them(tmp_path: Path, value: str, number: float) -> None:
    found = read(tmp_path, month(value))
    assert not found.faults
    assert found.observations["value"].to_pylist() == [number]


@pytest.mark.parametrize(("value", "number"), [("12.5", 12.5), ("24%", 24)])
def test_a_percentage_may_be_broken_and_bear_its_sign(
    tmp_path: Path, value: str, number: float
) -> None:
    found = read(tmp_path, f"atr_success_rate,E09000002,month,,2016-09,,,{value},,,,")
    assert not found.faults
    assert found.observations["value"].to_pylist() == [number]


def test_how_many_rows_are_without_a_number_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, month(), month("TBC", end="2016-08"), month("N/A", end="2016-07"))
    assert found.summary[-1] == "2 without a number: 1 not applicable, 1 not supplied."


def test_a_month_to_come_has_no_figure_yet_but_may_have_a_reason(tmp_path: Path) -> None:
    found = read(tmp_path, month(end="2116-09"), month("", "not_due", end="2116-08"))
    assert [(fault.line, fault.reason) for fault in found.faults] == [(2, "lies in the future.")]
    assert found.observations["state"].to_pylist() == ["not_due"]


def test_column_names_without_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no lines"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("TBC", "not_supplied"),
        ("to be confirmed", "not_supplied"),
        ("N/A", "not_applicable"),
        ("-", "not_supplied"),
        ("..", "not_supplied"),
        ("<10", "suppressed"),
    ],
)
def test_words_for_no_value_become_states_never_zero(
    tmp_path: Path, value: str, state: str
) -> None:
    found = read(tmp_path, month(value))
    assert not found.faults
    assert found.observations["value"].to_pylist() == [None]
    assert found.observations["state"].to_pylist() == [state]


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (month("12,5"), "value", "decimal comma"),
        (month("many"), "value", "no number"),
        (month("-3"), "value", "below zero"),
        (month("#REF!"), "value", "spreadsheet error"),
        (month(""), "value", "empty"),
        (month("12.5"), "value", "not whole"),
        (month("24%"), "value", "percentage"),
        (month("£24"), "value", "money"),
        (month("1e3"), "value", "no number"),
        (month("NaN"), "value", "no number"),
        (month(end="0001-09"), "end", "no date"),
        (month(end="1900-01-01"), "end", "whole months"),
        ("tno,E09000099,month,,2016-09,,,5,,,,", "area", "no district"),
        (month("5", "not_applicable"), "state", "no value"),
        (month("5", "fine"), "state", "no state"),
        (month(end="2016-13"), "end", "no date"),
        (month(end="soon"), "end", "no date"),
        ("tnoo,E09000002,month,,2016-09,,,5,,,,", "series", "no series"),
        ("tno,Barking,month,,2016-09,,,5,,,,", "area", "no area code"),
        ("tno,E09000002,fortnight,,2016-09,,,5,,,,", "period", "no period"),
        ("tno,E09000002,rolling12,2016-01,2016-09,,,5,,,,", "end", "12 months"),
        ("tno,E09000002,month,,2016-09,rnk,met_32,5,,,,", "measure", "no measure"),
        ("tno,E09000002,month,,2016-09,rank,met_31,5,,,,", "peer_group", "no peer group"),
        ("tno,E09000002,cohort,,2016-09,,,5,,,,", "start", "needs a start"),
    ],
)
def test_a_fault_names_place_cause_and_text(
    tmp_path: Path, line: str, column: str, says: str
) -> None:
    found = read(tmp_path, month(), line)
    fault = next(fault for fault in found.faults if fault.column == column)
    assert (fault.file, fault.line) == ("iquanta.csv", 3)
    assert says in fault.reason


def test_all_faults_are_listed_and_good_rows_kept(tmp_path: Path) -> None:
    found = read(tmp_path, month(), month("many", end="2016-08"), month("x1", end="soon"))
    assert len(found.faults) == 3
    assert found.observations.num_rows == 1


def test_the_same_value_twice_names_both_lines(tmp_path: Path) -> None:
    found = read(tmp_path, month(), month())
    assert "line 2" in found.faults[0].reason
    assert found.observations.num_rows == 1


def test_of_two_lines_that_contradict_each_other_neither_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, month(), month("7"), month("8"), month("7"))
    assert [fault.line for fault in found.faults] == [2, 3, 4, 5]
    assert "line 3" in found.faults[0].reason
    assert found.observations.num_rows == 0


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    found = read(tmp_path, "x", header="series,aria,period,end,value\n")
    reasons = {fault.column: fault for fault in found.faults}
    assert "area" in reasons["aria"].remedy
    assert "missing" in reasons["area"].reason


def test_a_prefilled_state_gives_way_to_a_number(tmp_path: Path) -> None:
    found = read(tmp_path, month("31", "not_supplied"))
    assert found.observations["state"].to_pylist() == ["final"]


def workbook(path: Path, rows: list[list[object]], formula: str = "") -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Values")
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            sheet.write(down, across, value)
    if formula:
        sheet.write_formula(9, 9, formula)
    book.close()
    return path


def test_a_workbook_with_serial_dates(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["series", "area", "period", "end", "value"],
        ["tno", "E09000002", "month", 42643, 1425],
    ]
    found = read_file(workbook(tmp_path / "a.xlsx", rows))
    assert not found.faults
    assert str(found.observations["end"][0].as_py()) == "2016-09-30"


def test_a_workbook_with_formulas_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["series", "area", "period", "end"]], "=1+1")
    with pytest.raises(UserError, match="formulas"):
        read_file(path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 99, b"%PDF-1.7 nothing", b"\n\n\n"])
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    try:
        assert read_file(path).faults
    except UserError as error:
        assert error.what and "Traceback" not in error.what


@pytest.mark.parametrize(
    ("series", "numbers", "told"),
    [
        ("atr_success_rate", '"5,0","10"', "has a decimal comma"),
        ("atr_success_rate", '"5","10,0"', "has a decimal comma"),
        ("atr_success_rate", "5,", "is empty, but a numerator is given."),
        ("atr_success_rate", ",5", "is empty, but a denominator is given."),
        ("tno", "5,10", "is part of a percentage"),
    ],
)
def test_half_a_percentage_or_one_of_a_count_is_a_fault(
    tmp_path: Path, series: str, numbers: str, told: str
) -> None:
    found = read(tmp_path, f"{series},E09000002,month,,2016-09,,,,{numbers},,")
    assert told in found.faults[0].reason
    assert not found.observations.num_rows


def test_more_than_nothing_of_nothing_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "atr_success_rate,E09000002,month,,2016-09,,,,5,0,,")
    assert [finding.rule for finding in found.findings] == ["numerator-above-denominator"]


def rank(value: str, group: str) -> str:
    return f"tno,E09000002,rolling12,,2016-09,rank,{group},{value},,,,"


@pytest.mark.parametrize("value", ["14of15", "14 of 15", "14th of 15", "14"])
def test_a_rank_is_read_with_what_it_is_of(tmp_path: Path, value: str) -> None:
    """BEN-12, as the police print it."""
    found = read(tmp_path, rank(value, "msg_15"))
    assert not found.faults
    assert found.observations["value"].to_pylist() == [14]


def test_two_ranks_under_swapped_headings_are_refused(tmp_path: Path) -> None:
    """BEN-12: heads "MET / MSG", values "14of15/ 22of32"; the "of" number decides."""
    found = read(tmp_path, rank("14of15", "met_32"), rank("22of32", "msg_15"))
    told = [(fault.line, fault.column, fault.text, fault.remedy) for fault in found.faults]
    assert told == [
        (2, "peer_group", "met_32", "Did you mean msg_15?"),
        (3, "peer_group", "msg_15", "Did you mean met_32?"),
    ]
    assert "has 32 members, the rank is one of 15" in found.faults[0].reason


def test_a_rank_beyond_its_group_is_refused(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, rank("16of15", "msg_15")).faults
    assert (fault.column, fault.text) == ("value", "16of15")
