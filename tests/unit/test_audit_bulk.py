"""Data in a pack's file: no wait without end, and a note that says what was left out and why."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
import xlsxwriter

from callover.audit.audit import audit
from callover.audit.bulk import without_bulk
from callover.audit.pack import Cell, Format, Pack, Paragraph, Place, Row, Table
from callover.audit.read import read_pack


def _table(rows: int, columns: int, place: Place) -> Table:
    row: Row = tuple(Cell("7", place) for _ in range(columns))
    return Table((row,) * rows, place)


SMALL = _table(3, 4, Place(line=1, spot="Summary!A1"))
MIDDLE = _table(10, 5, Place(line=9, spot="Wards!A9"))
LARGE = _table(1_200, 5, Place(line=2, spot="Data!A2"))
PACK = Pack("p.xlsx", Format.XLSX, (SMALL, LARGE, Paragraph("Robbery", Place()), MIDDLE), 0)


def test_a_pack_within_bounds_stays_as_it_is() -> None:
    assert without_bulk(PACK, 6_062) is PACK


def test_the_largest_table_is_left_out_whole_and_told_with_its_place_and_the_reason() -> None:
    found = without_bulk(PACK, 6_061)
    assert found.blocks == (SMALL, PACK.blocks[2], MIDDLE)
    (note,) = found.notes
    for part in (
        "left out and not checked", "sheet Data, cell A2: 1,200 rows, 6,000 cells",
        "At most 6,061 cells", "audit a copy",
    ):  # fmt: skip
        assert part in note


def test_several_are_left_out_in_one_note_that_says_how_many_more() -> None:
    assert without_bulk(PACK, 12).blocks == (SMALL, PACK.blocks[2])
    every = without_bulk(Pack("p", Format.TEXT, (LARGE,) * 13), 0)
    assert every.blocks == ()
    assert "Tables were left out" in every.notes[0]
    assert "3 more." in every.notes[0]


def test_many_small_tables_are_left_out_in_a_second() -> None:
    pack = Pack("p", Format.HTML, tuple(_table(1, 2, Place(line=at)) for at in range(20_000)))
    began = process_time()
    assert len(without_bulk(pack, 1_000).blocks) == 500
    assert process_time() - began < 1


def test_what_could_not_be_read_before_is_still_told() -> None:
    found = without_bulk(Pack("p", Format.TEXT, (LARGE,), notes=("Page 7 is a picture.",)), 0)
    assert found.notes[0] == "Page 7 is a picture."
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"Burglary\n\n{'1' * 1_900_000}\n",
        f"Ward\tJune\tJuly\nNorth\t{'7' * 60_000}\t3\nSouth\t4\t5\n",
        f"{'Burglary 7 ' * 6_000}\n",
    ],
    ids=["line of digits", "cell of digits", "line without end"],
)
def test_a_line_or_cell_without_end_is_read_in_seconds(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pack.txt"
    path.write_text(text, encoding="utf-8")
    began = process_time()
    assert audit(read_pack(path)).wrong == ()
    assert process_time() - began < 10


@pytest.mark.slow
@pytest.mark.parametrize(
    "sign", ["\t", ",", ";", " | "], ids=["tabs", "commas", "semicolons", "pipes"]
)
def test_figures_as_text_of_forty_thousand_lines_are_told_in_seconds(
    tmp_path: Path, sign: str
) -> None:
    path = tmp_path / "pack.txt"
    lines = (sign.join([f"Place {at}", *map(str, range(at, at + 20))]) for at in range(40_000))
    path.write_text("\n".join(lines), encoding="utf-8")
    began = process_time()
    pack = read_pack(path)
    audit(pack)
    assert process_time() - began < 20
    assert "line 1: 40,000 rows, 840,000 cells" in pack.notes[0]


@pytest.mark.slow
def test_a_workbook_of_forty_thousand_rows_is_told_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    with xlsxwriter.Workbook(path) as book:
        summary, data = book.add_worksheet("Summary"), book.add_worksheet("Data")
        summary.write_row(0, 0, ["Measure", "This year", "Last year", "Change"])
        for at, name in enumerate(("Burglary", "Robbery", "Theft"), 1):
            summary.write_row(at, 0, [name, 90 + at, 80, 10 + at])
        for at in range(40_000):
            data.write_row(at, 0, [f"Place {at}", *range(at, at + 20)])
    began = process_time()
    pack = read_pack(path)
    found = audit(pack)
    assert process_time() - began < 30
    assert found.claims_checked
    assert "sheet Data, cell A1: 40,000 rows" in pack.notes[0]
