"""The example's data book as a clerk meets it: one kind of number a column, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from callover.report.blocks import Table, every
from callover.report.packfile import Pack, read_pack
from example_pack import example_pack, example_workspace

RANK = "Rank, the 32 boroughs of the Metropolitan Police, 1 is lowest"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    example_pack(example_workspace(folder / "workspace"), folder / "out", ("xlsx",))
    return folder / "out"


@pytest.fixture(scope="module")
def book(out: Path) -> Any:
    return load_workbook(out / "callover-pack.xlsx")


@pytest.fixture(scope="module")
def pack(out: Path) -> Pack:
    return read_pack(out / "callover-pack.json")


def cells(sheet: Any) -> list[list[Any]]:
    (table,) = sheet.tables.values()
    return [list(row) for row in sheet[table.ref]]


def tables(book: Any) -> Iterator[tuple[str, list[list[Any]]]]:
    return ((sheet.title, cells(sheet)) for sheet in book if sheet.tables)


def column(sheet: Any, heading: str) -> list[Any]:
    rows = [[cell.value for cell in row] for row in cells(sheet)]
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def test_no_cell_is_empty_and_headings_name_each_column_once(book: Any) -> None:
    held = list(tables(book))
    assert len(held) > 30
    for title, (heading, *rows) in held:
        assert rows, title
        names = [cell.value for cell in heading]
        assert len(set(names)) == len(names), title
        assert all(cell.value not in (None, "") for row in rows for cell in row), title


def test_changes_in_numbers_per_cent_and_points_stand_apart(book: Any) -> None:
    summary = book["Summary"]
    which = column(summary, "Indicator")
    total, pupils = which.index("Total notifiable offences"), which.index("MARAC: repeat referrals")
    change = "Change on the period a year before"
    assert column(summary, f"{change}, number")[total] == 919
    assert column(summary, f"{change}, %")[total] == pytest.approx(919 / 16906 * 100)
    points = column(summary, "Change on the period before, percentage points")
    assert (points[total], column(summary, f"{change}, number")[pupils]) == ("[z]", "[z]")
    assert column(summary, "Latest, number")[total] == 17825
    assert column(summary, "Latest, %")[total] == "[z]"
    assert column(summary, RANK)[total] == 21
    assert {"per cent", "offences"} <= set(column(summary, "Unit"))
    for unit, number, percent in zip(
        *(column(summary, name) for name in ("Unit", "Latest, number", "Latest, %")), strict=True
    ):
        assert isinstance(percent if unit == "per cent" else number, int | float | str)
        assert (number if unit == "per cent" else percent) == "[z]"


def test_months_are_rows_and_each_column_counts_one_thing(book: Any) -> None:
    sheet = book["1 Total notifiable offences"]
    assert column(sheet, "Month")[0] == "April 2016"
    assert column(sheet, "Month")[-1] == "September 2016"  # none that the report does not reach
    assert column(sheet, "In the month, offences")[-1] == 1425
    assert column(sheet, "Rolling 12 months, per 1,000 residents")[-1] == pytest.approx(
        17754 / 201979 * 1000
    )
    assert column(sheet, RANK)[-1] == 21


def test_a_percentage_is_told_by_its_heading_its_unit_or_its_format(book: Any) -> None:
    held = list(tables(book))
    assert len(held) > 30
    for title, (heading, *rows) in held:
        assert rows, title
        for place, name in enumerate(cell.value for cell in heading):
            forms = {row[place].number_format for row in rows if row[place].data_type == "n"}
            signs = {"%" in form.replace("\\", "") for form in forms}
            units = [row for row in rows for cell in row if cell.value == "per cent"]
            assert len(signs) < 2 or units or title == "Chart figures", (title, name)
            assert not any(form.rstrip('"').endswith("0%") for form in forms)  # all are of per cent


def test_no_name_of_a_sheet_is_cut_within_a_word(book: Any, pack: Pack) -> None:
    said = " ".join(
        table.sheet
        for section in pack.document.sections
        for table in every(section.blocks)
        if isinstance(table, Table)
    )
    words = {word.strip("():,").lower() for word in said.split()}
    names = book.sheetnames[3:-2]
    assert len(names) > 30
    for name in names:
        assert {word.strip("(),").lower() for word in name.split()} <= words, name


def test_ratings_are_words(book: Any) -> None:
    assert set(column(book["Summary"], "Rating")) == {
        "R Red", "A Amber", "G Green", "Not rated", "No data"
    }  # fmt: skip
