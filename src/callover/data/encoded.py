"""The bytes of a text file: bearable in size, no binary, and as UTF-8 whatever they were."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import numpy as np

from callover.domain.errors import Fault, UserError

MOST_BYTES = 600_000_000
"""Largest file read in one piece."""

LONGEST_LINE = 1_000_000
"""Longest line, in bytes, that any table of figures could need."""

_PIECE = LONGEST_LINE // 2
"""Bytes read at once; no line within a piece can be too long."""

MOST_FAULTS = 1_000
"""Faults listed one by one; beyond them only their number is given."""


def rest_of_faults(name: str, column: str, number: int, reason: str) -> list[Fault]:
    """One fault that stands for those not listed, if there are any."""
    if number <= 0:
        return []
    return [Fault(name, None, column, "", f"and {number:,} more lines: {reason}")]


def utf8_text(raw: bytes, name: str) -> tuple[bytes, list[str], list[Fault]]:
    """A file's text as UTF-8, what had to be assumed, and faults of lines in another encoding.

    Raises UserError for an empty or binary file and for a line beyond all measure.
    """
    _refuse_odd_bytes(raw, name)
    return _as_utf8(raw, name)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file of bearable size whose lines all end within reason."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UserError(
            f"{path.name} has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB are read.",
            "Split it into a file for each year and add those.",
        )
    with path.open("rb") as stream:
        return read_bounded(stream, path.name)


def read_bounded(stream: IO[bytes], name: str, in_lines: bool = True) -> bytes:
    """All bytes of a stream, a piece at a time: a line beyond all measure stops it at once.

    Raises UserError then (unless it is not made of lines), and beyond ``MOST_BYTES``.
    """
    pieces: list[bytes] = []
    lines, open_line, total = 0, 0, 0
    while piece := stream.read(_PIECE):
        if in_lines:
            lines, open_line = _measured(piece, lines, open_line, name)
        total += len(piece)
        if total > MOST_BYTES:
            raise UserError(
                f"{name} has more than {MOST_BYTES / 1e6:,.0f} MB.",
                "Split it into a file for each year and add those.",
            )
        pieces.append(piece)
    return b"".join(pieces)


def _measured(piece: bytes, lines: int, open_line: int, name: str) -> tuple[int, int]:
    """Lines ended so far, and the length of the one that is open after this piece."""
    first = piece.find(b"\n")
    reach = open_line + (first if first >= 0 else len(piece))
    if reach > LONGEST_LINE:
        raise _line_too_long(name, lines + 1)
    if first < 0:
        return lines, reach
    return lines + piece.count(b"\n"), len(piece) - piece.rfind(b"\n") - 1


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
    while raw.startswith(b"\xef\xbb\xbf"):  # joined files have the mark more than once
        raw = raw[3:]
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
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
    return text, [], faults + rest_of_faults(name, "", len(odd) - len(faults), "not UTF-8")
