"""Cells that should hold a number: the number, a word that says there is none, or why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.delimited import TextTable
from callover.data.encoded import MOST_FAULTS
from callover.data.reading import LARGEST
from callover.domain.errors import Fault

NO_VALUE = frozenset(
    {"", "-", "–", "n/a", "na", "nan", "none", "null", "tbc", "tba", ".", "..", ":", "x", "[x]"}
)
"""What publishers write, in lower case, where they have no number. None of them is zero."""

_COUNT = r"^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?$"
_REASONS: tuple[tuple[str, str], ...] = (
    (r"-\s*[\d.,]+", "is below zero: a count cannot be"),
    (r"\d+,\d{1,2}", "has a decimal comma: a count is a whole number"),
    (r"[\d,]*\.\d+", "is not whole: a count is a whole number"),
    (r"[\d.,]+\s*%", "is a percentage: a count is wanted here"),
    (r"[=+@].*", "is a formula: only values are read"),
    (r"[<>≤≥~].*", "is a limit, not a number"),
)


@dataclass(frozen=True)
class Counts:
    """Cells read as counts: ``value`` (NaN where there is none), and which cells were which."""

    value: npt.NDArray[np.float64]
    missing: npt.NDArray[np.bool_]
    bad: npt.NDArray[np.bool_]


def counts(cells: pa.ChunkedArray) -> Counts:
    """Whole numbers, with well-placed thousands commas; words for "no value" are ``missing``."""
    text = pc.utf8_trim_whitespace(cells)
    good = pc.match_substring_regex(text, _COUNT)
    plain = pc.replace_substring(pc.if_else(good, text, None), ",", "")
    missing = pc.is_in(pc.utf8_lower(text), pa.array(sorted(NO_VALUE)))
    value = plain.cast(pa.float64()).to_numpy()
    known = good.to_numpy(zero_copy_only=False) & ~(value > LARGEST)
    empty = missing.to_numpy(zero_copy_only=False)
    return Counts(np.where(known, value, np.nan), empty, ~known & ~empty)


def why_no_count(text: str) -> str:
    """In words, why this text is no count."""
    for pattern, reason in _REASONS:
        if re.fullmatch(pattern, text.strip()):
            return reason
    if re.fullmatch(_COUNT, text.strip()):
        return "is too large to be a count"
    return "is not a number"


def count_faults(source: TextTable, column: str, read: Counts) -> list[Fault]:
    """A fault for each cell of the column that is neither a count nor a word for none."""
    cells = source.table.column(column)
    rows = np.flatnonzero(read.bad)[:MOST_FAULTS].tolist()
    return [
        source.fault(i, column, text, why_no_count(text))
        for i, text in ((i, str(cells[i].as_py())) for i in rows)
    ]
