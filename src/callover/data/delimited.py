"""Delimited text files read without trust: every cell as text, every odd line named.

Nothing is guessed: columns are text, the header is what the first line says, and a file that
cannot be text at all is refused before a parser sees it. Readers turn the text into values.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from callover.domain.errors import Fault, UserError

MOST_BYTES = 600_000_000
"""Largest file read in one piece."""

LONGEST_LINE = 1_000_000
"""Longest line, in bytes, that any table of figures could need."""

MOST_FAULTS = 1_000
"""Faults listed one by one; beyond them only their number is given."""

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
        return listed + _rest(self.name, column, len(rows) - len(listed), reason)


def _rest(name: str, column: str, number: int, reason: str) -> list[Fault]:
    """One fault that stands for those not listed, if there are any."""
    if number <= 0:
        return []
    return [Fault(name, None, column, "", f"and {number:,} more lines: {reason}")]


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
    line = text.lstrip("\ufeff").splitlines()[0] if text.strip() else ""
    cells = next(csv.reader([line[:LONGEST_LINE]], delimiter=delimiter_of(line)), [])
    return tuple(cell.strip().lower() for cell in cells)


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
    columns: Sequence[str] = (),
    repeated: Collection[str] = (),
) -> TextTable:
    """The table in a file (or in bytes called ``name``), column names as written, trimmed.

    ``columns`` keeps only those (all by default); ``repeated`` names columns with few distinct
    texts, held as dictionaries. Raises UserError where it is no table of text.
    """
    raw = source if isinstance(source, bytes) else bytes_of(source)
    shown = name or (source.name if isinstance(source, Path) else "the file")
    text, notes, faults = utf8_text(raw, shown)
    header, delimiter = _header(text, shown)
    table, lines, shape = _parsed(text, shown, header, delimiter, columns, repeated)
    return TextTable(shown, table, lines, tuple(faults + shape), tuple(notes))


def utf8_text(raw: bytes, name: str) -> tuple[bytes, list[str], list[Fault]]:
    """A file's text as UTF-8, what had to be assumed, and faults of lines in another encoding.

    Raises UserError for an empty or binary file and for a line beyond all measure.
    """
    _refuse_odd_bytes(raw, name)
    return _as_utf8(raw, name)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file of bearable size whose first line ends within reason."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UserError(
            f"{path.name} has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB are read.",
            "Split it into a file for each year and add those.",
        )
    with path.open("rb") as stream:
        if len(stream.readline(LONGEST_LINE + 1)) > LONGEST_LINE:
            raise _line_too_long(path.name, 1)
    return path.read_bytes()


def _line_too_long(name: str, line: int) -> UserError:
    return UserError(
        f"{name}, line {line}: the line is longer than {LONGEST_LINE / 1e6:g} MB.",
        "This is no table of figures; check that the right file was chosen.",
    )


def _refuse_odd_bytes(raw: bytes, name: str) -> None:
    """Raise UserError for an empty file, a binary file, or a line beyond all measure."""
    if not raw.strip():
        raise UserError(f"{name} is empty.", "Ask its publisher for the file again.")
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError(f"{name} is no text file.", "Save it as CSV and add that.")
    ends = np.flatnonzero(np.frombuffer(raw, np.uint8) == ord("\n"))
    lengths = np.diff(ends, prepend=-1, append=len(raw))
    if lengths.max(initial=0) > LONGEST_LINE:
        raise _line_too_long(name, int(lengths.argmax()) + 1)


def _as_utf8(raw: bytes, name: str) -> tuple[bytes, list[str], list[Fault]]:
    """The text as UTF-8; older encodings are turned, mixed ones are faults at their lines."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16").encode(), [f"{name} was read as UTF-16."], []
        except UnicodeDecodeError as error:
            raise UserError(f"{name} begins as UTF-16 but is not.", "Save it as UTF-8.") from error
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    if raw.isascii() or _is_utf8(raw):
        return raw, [], []
    return _from_windows(raw, name)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _from_windows(raw: bytes, name: str) -> tuple[bytes, list[str], list[Fault]]:
    """Windows-1252 text as UTF-8; where some lines are UTF-8 already, the others are faults."""
    lines = raw.split(b"\n")
    utf8 = {i for i, line in enumerate(lines) if not line.isascii() and _is_utf8(line)}
    odd = [i for i, line in enumerate(lines) if not line.isascii() and i not in utf8]
    turned = {i: lines[i].decode("cp1252", errors="replace").encode() for i in odd}
    text = b"\n".join(turned.get(i, line) for i, line in enumerate(lines))
    if not utf8:
        return text, [f"{name} is not UTF-8; it was read as Windows-1252."], []
    faults = [
        Fault(name, i + 1, "", turned[i].decode()[:200], "is not UTF-8, unlike other lines")
        for i in odd[:MOST_FAULTS]
    ]
    return text, [], faults + _rest(name, "", len(odd) - len(faults), "not UTF-8")


def _header(text: bytes, name: str) -> tuple[list[str], str]:
    """Column names and delimiter; UserError where names are missing or stand twice."""
    line = text.split(b"\n", 1)[0].decode().rstrip("\r")
    delimiter = delimiter_of(line)
    header = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    twice = sorted({cell for cell in header if header.count(cell) > 1 and cell})
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
    faults += _rest(name, "", len(odd) - MOST_FAULTS, "another number of cells than the header")
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
