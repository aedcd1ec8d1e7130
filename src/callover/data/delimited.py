"""Delimited text files read without trust: every cell as text, every odd line named.

Nothing is guessed: columns are text, the header is what the first line says, and a file that
cannot be text at all is refused before a parser sees it. Readers turn the text into values.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from callover.data.encoded import MOST_FAULTS, bytes_of, rest_of_faults, utf8_text
from callover.domain.errors import Fault, UserError

Lines = npt.NDArray[np.int32]


@dataclass(frozen=True)
class TextTable:
    """A table of text cells. ``lines`` holds each row's line in the file; ``name`` is for faults.

    ``faults`` are lines that fit no row (too many or too few cells, a quote left open, bytes that
    are no text); those lines are not in ``table``. ``notes`` say what had to be assumed.
    """

    name: str
    table: pa.Table
    lines: Lines
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> pa.ChunkedArray:
        """The cells of one column, without surrounding blanks."""
        return trimmed(self.table.column(name))

    def fault(self, row: int, column: str, text: str, reason: str, remedy: str = "") -> Fault:
        """A fault at a row of this table."""
        return Fault(self.name, int(self.lines[row]), column, text[:200], reason, remedy)

    def faults_where(
        self, bad: npt.NDArray[np.bool_], column: str, reason: str, remedy: str = ""
    ) -> list[Fault]:
        """A fault for each row where ``bad``, all for the same reason."""
        rows = np.flatnonzero(bad)
        cells = self.table.column(column)
        listed = [
            self.fault(i, column, str(cells[int(i)].as_py()), reason, remedy)
            for i in rows[:MOST_FAULTS].tolist()
        ]
        return listed + rest_of_faults(self.name, column, len(rows) - len(listed), reason)


def with_rows(source: TextTable) -> TextTable:
    """The same table; UserError where nothing stands below its header."""
    if source.table.num_rows or source.faults:
        return source
    raise UserError(
        f"{source.name} has column names but no lines.", "Ask its publisher for the file again."
    )


def trimmed(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text without surrounding blanks; a dictionary's words are trimmed once, not per row."""
    if not pa.types.is_dictionary(cells.type):
        return pc.utf8_trim_whitespace(cells)
    whole = cells.unify_dictionaries().combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    words = pc.utf8_trim_whitespace(whole.dictionary)
    distinct = pc.unique(words)
    codes = pc.take(pc.index_in(words, distinct), whole.indices)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes.cast(pa.int32()), distinct)])


def header_of(head: bytes) -> tuple[str, ...]:
    """The first line's cells, trimmed and in lower case; empty where the bytes are no text."""
    if b"\0" in head[:4096] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ()
    text = _decoded_head(head)
    line = next(iter(text.lstrip("\ufeff").splitlines()), "")
    return tuple(cell.lower() for cell in _cells(line, delimiter_of(line)) or [])


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The trimmed cells of one line; None where it is no line of cells."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:  # a cell beyond 131,072 characters, or a line's end within
        return None


def _decoded_head(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def delimiter_of(header: str) -> str:
    """The delimiter of a header line: tab, semicolon or comma, whichever stands there most."""
    return max(",\t;", key=header.count)


def read_delimited(
    source: Path | bytes,
    name: str = "",
    *,
    needs: Sequence[str] = (),
    columns: Sequence[str] = (),
    repeated: Collection[str] = (),
) -> TextTable:
    """The table in a file (or in bytes called ``name``), column names as written, trimmed.

    ``needs`` are columns that must be there, known whatever their case and called as in ``needs``;
    ``columns`` are needed and the only ones kept (all by default); ``repeated`` names columns with
    few distinct texts, held as dictionaries. Raises UserError where it is no table of text.
    """
    raw = source if isinstance(source, bytes) else bytes_of(source)
    shown = name or (source.name if isinstance(source, Path) else "the file")
    text, notes, faults = utf8_text(raw, shown)
    header, delimiter = _header(text, shown)
    header = _with_needed(header, (*needs, *columns), shown)
    table, lines, shape = _parsed(text, shown, header, delimiter, columns, repeated)
    return TextTable(shown, table, lines, tuple(faults + shape), tuple(notes))


def _header(text: bytes, name: str) -> tuple[list[str], str]:
    """Column names and delimiter; UserError where names are missing or stand twice."""
    line = text.split(b"\n", 1)[0].decode().rstrip("\r")
    delimiter = delimiter_of(line)
    header = _cells(line, delimiter) or []
    twice = twice_in(header)
    if twice:
        raise UserError(
            f"{name}, line 1: the column {', '.join(twice)} stands there twice.",
            "Rename one of them, or ask the publisher which one holds.",
        )
    if not any(header):
        raise UserError(
            f"{name}, line 1: there are no column names.", "Put them on the first line."
        )
    return [cell or f"column {i + 1}" for i, cell in enumerate(header)], delimiter


def twice_in(header: Sequence[str]) -> list[str]:
    """Headings that stand more than once, capitals and blanks aside: nobody can say which holds."""
    counts = Counter(cell.strip().lower() for cell in header)
    named = dict.fromkeys(cell.strip() for cell in header if cell.strip())
    return [cell for cell in named if counts[cell.lower()] > 1]


def _with_needed(header: list[str], needs: Sequence[str], name: str) -> list[str]:
    """The header with needed columns in their own spelling; UserError where one is lacking."""
    spelling = {column.lower(): column for column in needs}
    found = [spelling.get(cell.lower(), cell) for cell in header]
    lacking = [column for column in needs if column not in found]
    if lacking:
        raise UserError(
            f"{name} has no column {', '.join(dict.fromkeys(lacking))}.",
            f"Columns found: {', '.join(header[:12])}{' …' if len(header) > 12 else ''}.",
        )
    return found


def _parsed(
    text: bytes,
    name: str,
    header: list[str],
    delimiter: str,
    columns: Sequence[str],
    repeated: Collection[str],
) -> tuple[pa.Table, Lines, list[Fault]]:
    """The table, each row's line, and a fault for each line of another shape."""
    odd: list[pacsv.InvalidRow] = []

    def keep_odd(row: pacsv.InvalidRow) -> str:
        odd.append(row)
        return "skip"

    words = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pacsv.read_csv(
            pa.py_buffer(text if b"\n" in text else text + b"\n"),
            read_options=pacsv.ReadOptions(
                use_threads=False, column_names=header, skip_rows=1, block_size=1 << 24
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=keep_odd
            ),
            convert_options=pacsv.ConvertOptions(
                strings_can_be_null=False,
                include_columns=list(columns),
                column_types={c: words if c in repeated else pa.string() for c in header},
            ),
        )
    except pa.ArrowInvalid as error:
        raise UserError(f"{name} is no table: {error}.", "Save it as CSV and add that.") from error
    return _with_lines(text, name, table, odd)


def _with_lines(
    text: bytes, name: str, table: pa.Table, odd: list[pacsv.InvalidRow]
) -> tuple[pa.Table, Lines, list[Fault]]:
    """Number the rows by line, drop empty lines, and refuse cells that run over a line's end."""
    body = text.rstrip(b"\n").count(b"\n")
    faults = [
        Fault(
            name,
            row.number,
            "",
            row.text[:200],
            f"has {row.actual_columns} cells, the header has {row.expected_columns}",
        )
        for row in odd[:MOST_FAULTS]
        if row.text.strip()
    ]
    faults += rest_of_faults(
        name, "", len(odd) - MOST_FAULTS, "another number of cells than the header"
    )
    skipped = np.array([row.number for row in odd], dtype=np.int64)
    lines = np.setdiff1d(np.arange(2, table.num_rows + len(odd) + 2), skipped)
    if table.num_rows + len(odd) < body:
        return table.slice(0, 0), np.empty(0, np.int32), faults + _open_quote(name, table, lines)
    keep = ~_empty_rows(table)
    return table.filter(pa.array(keep)), lines[keep].astype(np.int32), faults


def _empty_rows(table: pa.Table) -> npt.NDArray[np.bool_]:
    """Which rows hold nothing at all."""
    empty = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not empty.any():
            break
        text = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        empty &= pc.equal(pc.binary_length(text), 0).to_numpy(zero_copy_only=False)
    return empty


def _open_quote(name: str, table: pa.Table, lines: Lines) -> list[Fault]:
    """The fault of the first cell that holds a line's end: a quote was opened and not closed.

    None where that cell stands in a line of another shape, which is a fault already.
    """
    found: tuple[int, str, str] | None = None
    for column in table.column_names:
        cells = table.column(column).cast(pa.string())
        row = pc.index(pc.match_substring(cells, "\n"), True).as_py()
        if row >= 0 and (found is None or row < found[0]):
            found = (row, column, cells[row].as_py())
    if found is None:
        return []
    row, column, text = found
    reason, remedy = "runs over the end of the line", "Close the quote there."
    return [Fault(name, int(lines[row]), column, text[:60], reason, remedy)]
