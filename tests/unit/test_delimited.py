"""Text tables: what is refused, what is a fault, what is read."""

from pathlib import Path

import pytest

from callover.data.cells import counts, why_no_count
from callover.data.delimited import header_of, read_delimited
from callover.data.encoded import LONGEST_LINE
from callover.data.reading import read_month
from callover.domain.errors import UserError
from callover.domain.periods import MONTH_NAMES, Month


def rows(data: bytes) -> list[tuple[str, ...]]:
    table = read_delimited(data, "f.csv").table
    return list(zip(*(table.column(c).to_pylist() for c in table.column_names), strict=True))


def test_every_row_keeps_its_line_and_odd_lines_are_faults() -> None:
    read = read_delimited(b"a,b\n1,2\n\n3,4\n5\n6,7,8\n9,10\n", "f.csv")
    assert read.lines.tolist() == [2, 4, 7]
    assert [(f.line, f.reason) for f in read.faults] == [
        (5, "has 1 cells, the header has 2"),
        (6, "has 3 cells, the header has 2"),
    ]


def test_a_quote_left_open_is_one_fault_and_no_row_is_swallowed_silently() -> None:
    read = read_delimited(b'a,b\n1,2\n3,"4\n5,6\n', "f.csv")
    assert read.table.num_rows == 0
    assert [(f.line, f.column) for f in read.faults] == [(3, "b")]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"a\0b\n1,2", "no text file"),
        (b"a,a\n1,2\n", "stands there twice"),
        (b",\n1,2\n", "no column names"),
        (b"a,b\n1," + b"2" * (LONGEST_LINE + 1), "line 2: the line is longer"),
        (b"\xff\xfea,b\n1,2\n3", "begins as UTF-16"),
    ],
)
def test_what_is_no_table_of_text_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_delimited(data, "f.csv")


def test_a_line_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)  # sparse: no end of line, nothing written
    with pytest.raises(UserError, match="line 1: the line is longer"):
        read_delimited(path)


@pytest.mark.parametrize("data", ["a,b\n£,2\n".encode("cp1252"), "a,b\n£,2\n".encode("utf-16")])
def test_older_encodings_are_read_and_told(data: bytes) -> None:
    read = read_delimited(data, "f.csv")
    assert read.table.column("a").to_pylist() == ["£"]
    assert len(read.notes) == 1


def test_mixed_encodings_are_faults_at_their_lines() -> None:
    read = read_delimited("a,b\n£,1\n".encode() + "£,2\n".encode("cp1252"), "f.csv")
    assert [f.line for f in read.faults] == [3]


@pytest.mark.parametrize(
    "data", [b"a,b\r\n1,2\r\n", b"a,b\r1,2", b"a\tb\n1\t2", b"a;b\n1;2", b"\xef\xbb\xbfa,b\n1,2"]
)
def test_line_ends_delimiters_and_marks_are_understood(data: bytes) -> None:
    assert rows(data) == [("1", "2")]
    assert header_of(data) == ("a", "b")


def test_counts_are_whole_numbers_and_missing_is_never_zero() -> None:
    cells = read_delimited(b'n\n1\n"1,234"\n7.0\nTBC\nN/A\n-\n0\n"3,5"\n-4\n2.5\n=1+1\n', "f.csv")
    read = counts(cells.table.column("n"))
    assert read.value[[0, 1, 2, 6]].tolist() == [1, 1234, 7, 0]
    assert read.missing.tolist() == [False] * 3 + [True] * 3 + [False] * 5
    assert read.bad.tolist() == [False] * 7 + [True] * 4


@pytest.mark.parametrize(
    ("text", "told"),
    [("3,5", "decimal comma"), ("-4", "below zero"), ("2.5", "not whole"), ("=A1", "formula")],
)
def test_the_reason_names_what_is_wrong(text: str, told: str) -> None:
    assert told in why_no_count(text)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_by_its_name(number: int) -> None:
    name = MONTH_NAMES[number - 1]
    due = Month.of(2016, number)
    for written in (name, name.upper(), name[:3], name[:3].lower()):
        for between in ("-16", " 2016", "/2016"):
            assert read_month(f"{written}{between}") == due
    assert read_month("Sept-16") == Month.of(2016, 9)
    assert read_month("Octo 2016x") is None
