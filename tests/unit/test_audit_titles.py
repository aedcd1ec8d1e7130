"""What stands over findings: a title as the pack prints it, never a rating, a number or a key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit_sample import SMALL, spot
from callover.audit.audit import audit
from callover.audit.outline import sections_of
from callover.audit.pack import Format, Heading, Pack, Paragraph, Place
from callover.audit.read import read_pack
from callover.audit.readers.text import pack_of
from callover.audit.reading.names import key_of
from callover.audit.report.groups import grouped
from callover.audit.titles import as_printed, is_title
from made_packs import write

OUTCOMES = """
# Recorded outcomes

| Outcome | 2023/24 | 2024/25 | Change |
|---|---|---|---|
| No suspect found | 120 | 132 | {} |
| Suspect found | 80 | 84 | 4 |
| Amber 1 | 40 | 50 | {} |
| Not proceeded with | 30 | 36 | {} |
| Reports received | 270 | 302 | 32 |
"""


def titles(text: str, tmp_path: Path, ending: str = ".docx") -> list[str]:
    made = write(text, tmp_path / f"pack{ending}")
    return [each.indicator for each in audit(read_pack(made)).findings]


@pytest.mark.parametrize("ending", [".docx", ".html", ".txt", ".xlsx"])
@pytest.mark.parametrize("changes", [(21, 10, 6), (12, 1, 6), (12, 10, 60)])
def test_a_row_that_names_nothing_counted_stands_under_its_heading(
    tmp_path: Path, ending: str, changes: tuple[int, int, int]
) -> None:
    found = titles(OUTCOMES.format(*changes), tmp_path, ending)
    assert found
    assert set(found) == {"Recorded outcomes"}


def test_a_row_that_names_an_indicator_is_called_as_it_is_printed(tmp_path: Path) -> None:
    text = OUTCOMES.format(12, 10, 6).replace("Suspect found | 80 | 84 | 4", "{}")
    text = text.replace("{}", "No-victim burglaries of sheds (all & any) | 80 | 84 | 14", 1)
    assert set(titles(text, tmp_path)) == {"No-victim burglaries of sheds (all & any)"}


def test_a_page_keeps_what_its_title_has_in_brackets() -> None:
    text = (
        "Theft from shops (TFS) by ward (Up 17% +38 offences):\n"
        "\tApr-23\tMay-23\tJun-23\nYear to date\t3\t7\t6\n"
    )
    found = audit(pack_of(text, "pack.txt")).findings
    assert [each.indicator for each in found] == ["Theft from shops (TFS) by ward"]


SHEET = """Community safety partnership, performance
{title}
{rating}
June 2023
Source: County police

Definition	What is counted on this page, in the words of the source.
What good looks like	We are looking for a lower number than in the year before.
	Apr-23	May-23	Jun-23
Year to date	3	7	{june}
"""


def test_a_rating_beneath_a_title_is_no_title() -> None:
    text = "".join(
        SHEET.format(title=title, rating=rating, june=june)
        for title, rating, june in (
            ("Burglary", "Amber 1", 6), ("Robbery", "Green 2", 9), ("Arson", "RAG: R", 12),
        )
    )  # fmt: skip
    pack = pack_of(text, "pack.txt")
    sheets = [each.title for each in sections_of(pack) if each.sheet]
    assert sheets == ["Burglary", "Robbery", "Arson"]
    assert {each.indicator for each in audit(pack).findings} == {"Burglary"}


@pytest.mark.parametrize("line", ["Amber 1", "RAG status: Green", "RED", "Rating: A"])
def test_a_rating_is_no_heading_of_what_follows(line: str) -> None:
    text = f"Burglary\nThe number of burglaries.\n{line}\nA sentence that is longer than that.\n"
    assert [each.title for each in sections_of(pack_of(text, "pack.txt"))] == ["Burglary"]
    blocks = (
        Heading("Burglary", 1, Place(1, 1)),
        Heading(line, 2, Place(1, 2)),
        Paragraph("Words.", Place(1, 3)),
    )
    word = Pack("pack.docx", Format.DOCX, blocks)
    assert [each.title for each in sections_of(word)] == ["Burglary"]


def test_a_worksheet_stays_apart_whatever_it_is_called() -> None:
    blocks = (Heading("Burglary", 1, Place(1, 1)), Heading("1", 1, Place(2, 1)))
    book = Pack("book.xlsx", Format.XLSX, blocks)
    assert [each.title for each in sections_of(book)] == ["Burglary", "1"]


@pytest.mark.parametrize(
    ("section", "page", "title"),
    [("24%", 7, "Page 7"), ("Amber 1", 0, "The whole pack"), ("4. Money", 7, "4. Money, page 7")],
)
def test_a_group_without_a_title_is_called_by_its_page(section: str, page: int, title: str) -> None:
    odd = replace(SMALL, spot=spot(section, page, 3, "12"))
    assert [each.title for each in grouped([odd])] == [title]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Burglary", True), ("No suspect found", True), ("Red routes", True), ("June 2024", True),
        ("Amber 1", False), ("RAG: Green", False), ("24%", False), ("1,204", False),
        ("=====", False), ("TBC", False), ("N/A", False), ("", False),
    ],
)  # fmt: skip
def test_a_title_has_a_word_that_names_something(text: str, holds: bool) -> None:
    assert is_title(text) is holds


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Serious Youth Violence (Up 17% +38 offences):", "Serious Youth Violence"),
        ("Burglary down by 5 %", "Burglary"),
        ("Knife crime – rose from 12 to 15", "Knife crime"),
        ("No suspect found", "No suspect found"),
        ("Reducing fire deaths by 2020", "Reducing fire deaths by 2020"),
        ("Fewer repeat victims", "Fewer repeat victims"),
        ("Alcohol orders  (ATR)\n successfully", "Alcohol orders (ATR) successfully"),
        ("3. Burglary", "3. Burglary"),
    ],
)
def test_a_title_stands_as_printed_without_its_movement(title: str, printed: str) -> None:
    assert as_printed(title) == printed


def test_none_is_told_from_number() -> None:
    assert key_of("No suspect found") != key_of("Suspect found")
    assert key_of("No. of burglaries") == key_of("Burglary")
    assert key_of("No of burglaries") == key_of("Burglary")
    assert key_of("Burglaries (no.)") == key_of("Burglary")
