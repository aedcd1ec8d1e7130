"""Series to try forecasts on: the invented partnership's months, and the Met's by borough."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.generate import deliveries

MET = "met-borough/MPS_Borough_Level_Crime_Historic.csv"
EVERY = 9
"""Of the Met's 1,040 series of a borough and a minor category every so many is tried."""

MOST_MONTHS = 108
Months = tuple[int, np.ndarray]
"""Place of the first month within the financial year (April is 1), and the months' counts."""


def invented() -> list[Months]:
    """Every series of the invented partnership's own area that has all its months."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for delivery in deliveries():
        for row in delivery.rows:
            if row["area"] == truths.AREA and row["period"] == "month" and "value" in row:
                key = (delivery.source, str(row["series"]))
                found[key][str(row["end"])] = float(str(row["value"]))
    return [
        (truths.FIRST.position, np.array([months[key] for key in sorted(months)]))
        for months in found.values()
        if len(months) == truths.LAST.index - truths.FIRST.index + 1 and any(months.values())
    ]


def met(path: Path) -> list[Months]:
    """A sample of the real file, every borough and category in it; without all-zero series."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    months = [name for name in rows[0] if name.isdigit()][:MOST_MONTHS]
    first = Month.of(int(months[0][:4]), int(months[0][4:]))
    begin = rows[0].index(months[0])
    found = []
    for row in rows[1::EVERY]:
        counts = np.array([float(cell or 0) for cell in row[begin : begin + len(months)]])
        if counts.any():
            found.append((first.position, counts))
    return found


def saved(path: Path, series: list[Months]) -> Path:
    """Written for a process that knows nothing of us."""
    arrays: dict[str, Any] = {
        f"{place:04d}-{first:02d}": counts for place, (first, counts) in enumerate(series)
    }
    np.savez(path, **arrays)
    return path


def loaded(path: Path) -> list[Months]:
    """As ``saved``."""
    with np.load(path) as held:
        return [(int(name[-2:]), held[name]) for name in sorted(held.files)]
