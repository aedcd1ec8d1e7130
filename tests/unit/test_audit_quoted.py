"""A row of a table is quoted with the names of its columns, and with none where they are unsure."""

from __future__ import annotations

import pytest

from audit_sample import spot
from callover.audit.audit import audit
from callover.audit.pack import Cell, Place
from callover.audit.quoted import quoted, quoted_row
from callover.audit.readers.text import pack_of
from callover.audit.report.marked import excerpt_of


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, Place(1, 1)) for text in texts)


def excerpts(text: str, rule: str) -> list[str]:
    findings = [each for each in audit(pack_of(text, "pack.txt")).findings if each.rule == rule]
    spots = [spot for each in findings for spot in (each.spot, each.other) if spot is not None]
    return [each.excerpt for each in spots]


def test_a_row_stands_beneath_its_columns() -> None:
    row = cells("Burglary", "1,204", "1,180", "24")
    heads = {0: "Offence", 1: "This  year", 2: "Last\nyear", 3: "Change"}
    assert quoted_row(row, heads) == (
        "Offence\tThis year\tLast year\tChange\nBurglary\t1,204\t1,180\t24"
    )


def test_a_merged_cell_moves_those_behind_it() -> None:
    row = (Cell("Burglary", Place(1, 1), 2), *cells("12"))
    assert quoted_row(row, {0: "Group", 1: "Offence", 2: "2024"}) == "Group\t2024\nBurglary\t12"


def test_a_row_that_lost_a_cell_has_no_names_rather_than_wrong_ones() -> None:
    row = cells("Burglary", "1,204", "24")
    assert quoted_row(row, {0: "Offence", 1: "This year", 2: "Last year", 3: "Change"}) == (
        "Burglary | 1,204 | 24"
    )


def test_empty_cells_and_their_columns_are_left_out() -> None:
    assert quoted([("", "Burglary"), ("Apr", "3"), ("May", " "), ("Jun", "6")]) == (
        "\tApr\tJun\nBurglary\t3\t6"
    )


@pytest.mark.parametrize("pairs", [[("", "Burglary"), ("", "12")], [("Apr", "12")], []])
def test_without_names_or_neighbours_it_is_one_line(pairs: list[tuple[str, str]]) -> None:
    assert quoted(pairs) == " | ".join(text for _, text in pairs)


def test_a_row_by_month_is_quoted_beneath_the_months() -> None:
    text = "Burglary\n\tApr-23\tMay-23\tJun-23\nMonth\t3\t4\t6\nYear to date\t3\t7\t14\n"
    assert "\tApr-23\tMay-23\tJun-23\nYear to date\t3\t7\t14" in excerpts(text, "running-total")


def test_a_total_is_quoted_beneath_its_columns() -> None:
    text = (
        "Money\nProject\tPlanned\tSpent\nLighting\t40\t30\nOutreach\t60\t50\nDoors\t20\t10\n"
        "Total\t120\t99\n"
    )
    assert "Project\tPlanned\tSpent\nTotal\t120\t99" in excerpts(text, "total-of-rows")


def test_pairs_are_of_a_heading_and_one_row() -> None:
    around = excerpt_of(spot("s", 1, 1, "7", "\tApr-23\tMay-23\nYear to date\t3\t7"))
    assert ["".join(p.text for p in lead) for lead in around.lead] == ["Year to date"]
    assert [(name, [(p.text, p.marked) for p in cell]) for name, cell in around.pairs] == [
        ("Apr-23", [("3", False)]), ("May-23", [("7", True)]),
    ]  # fmt: skip
    assert excerpt_of(spot("s", 1, 1, "7", "A\tB\n1\t2\n3\t4")).pairs == ()
