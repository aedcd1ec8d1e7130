"""Tables whose cells a sign parts: pipes without outer ones, commas or semicolons."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from callover.audit.limits import MOST_COLUMNS
from callover.audit.readers.text.stretch import (
    OUTER_PIPES,
    Found,
    Stretch,
    is_rule,
    is_value,
)

_PIPE = re.compile(r"(?<!\S)\|(?!\S)")
_LEAST_SEPARATED = 3
"""Lines and fields that commas have to make: two may be chance."""

Cells = Sequence[str]
_Lines = list[tuple[int, Cells]]


def piped(lines: Sequence[str]) -> Iterator[Stretch]:
    """Two lines or more in a row that pipes part into equally many cells."""
    for found, end in _runs(lines, _pipe_cells):
        first = int(all(not cells[0].strip() for _, cells in found))
        last = int(all(not cells[-1].strip() for _, cells in found))
        kept = slice(first, len(found[0][1]) - last)
        if len(found) > 1 and kept.stop - kept.start > 1:
            yield _stretch([(at, cells[kept]) for at, cells in found], end)


def _pipe_cells(line: str) -> Cells:
    if "|" not in line or "\t" in line or OUTER_PIPES.fullmatch(line):
        return ()
    return _PIPE.split(line)


def delimited(lines: Sequence[str]) -> Iterator[Stretch]:
    """Lines of equally many fields with numbers behind the first, a comma or semicolon between.

    A file that is nothing but such lines may have words behind the first field too.
    """
    filled = sum(1 for line in lines if line.strip())
    for sign in ",;":
        for found, end in _runs(lines, partial(_fields, sign)):
            body = found[1:]
            if len(found) < _LEAST_SEPARATED or not all(map(_has_number, body)):
                continue
            if len(found) == filled or all(map(_is_numbers, body)):
                yield _stretch(found, end)


def _fields(sign: str, line: str) -> Cells:
    if line.count(sign) < _LEAST_SEPARATED - 1 or "\t" in line:
        return ()
    if '"' in line:
        return _quoted_fields(sign, line)
    spaced = line.count(f"{sign} ")
    mixed = spaced and spaced != line.count(sign)  # as in a sentence with "1,234, 2,345"
    return () if mixed else line.split(sign)


def _quoted_fields(sign: str, line: str) -> Cells:
    """The fields of a line with quotes; none where one is longer than any cell."""
    try:
        return next(csv.reader([line], delimiter=sign))
    except csv.Error:
        return ()


def _has_number(line: tuple[int, Cells]) -> bool:
    return any(is_value(text.strip()) for text in line[1][1:])


def _is_numbers(line: tuple[int, Cells]) -> bool:
    return all(not text.strip() or is_value(text.strip()) for text in line[1][1:])


def _runs(lines: Sequence[str], cells_of: Callable[[str], Cells]) -> Iterator[tuple[_Lines, int]]:
    """Lines in a row with equally many cells, and the index after them; rules are passed over."""
    cut = [(at, cells_of(line)) for at, line in enumerate(lines) if not is_rule(line)]
    for width, group in groupby(cut, lambda each: len(each[1])):
        if 1 < width <= MOST_COLUMNS:
            found = list(group)
            yield found, found[-1][0] + 1


def _stretch(found: _Lines, end: int) -> Stretch:
    rows = ((at, tuple(Found(text.strip()) for text in cells)) for at, cells in found)
    return Stretch(tuple(rows), end)
