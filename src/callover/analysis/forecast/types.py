"""What a forecast of the year's end is made of, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from callover.domain.periods import Month

KNOWN = "known"
"""The method of a year that is over: its total is counted, not forecast."""

NAIVE = "seasonal naive"
"""The method that takes each month to come as it was a year before."""


@dataclass(frozen=True, slots=True)
class Try:
    """One forecast made in hindsight from the months up to ``month`` alone, and what came."""

    month: Month
    actual: float
    model: float
    naive: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A model's forecast of the months to March, and its tries over as many months."""

    model: str
    path: tuple[float, ...]
    tries: tuple[Try, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.path) <= 11:
            raise ValueError(f"a path of {len(self.path)} months leads to no March")


class KeptForecasts(Protocol):
    """Where forecasts are kept, by the key of the months they were made from."""

    def get(self, key: str, /) -> Kept | None:
        """What is kept for these months."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean errors of a model and of the seasonal naive forecast in the same tries."""

    model: str
    error: float
    naive_error: float
    tries: int

    @property
    def beaten(self) -> bool:
        """Whether the model came nearer than the seasonal naive forecast."""
        return self.error < self.naive_error


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The expected total of the financial year of ``month``, as it stands after that month.

    ``low`` and ``high`` bound it with 80 and 95 per cent. ``limit`` is the year's target as a
    count; ``chance`` (0 to 1) that of meeting it; ``needed_per_month`` what each month to come
    may bring, or has to. Where there is none of them, ``why_no_chance`` says why.
    """

    month: Month
    so_far: float
    expected: float
    low80: float
    high80: float
    low95: float
    high95: float
    method: str
    months: int  # usable months it rests on
    comparison: Comparison | None = None
    why_naive: str = ""  # why no model's forecast is shown
    limit: float | None = None
    chance: float | None = None
    needed_per_month: float | None = None
    why_no_chance: str = ""

    @property
    def known(self) -> bool:
        """Whether the year is over."""
        return self.method == KNOWN

    def interval(self, per_cent: int) -> tuple[float, float]:
        """The interval of 80 or of 95 per cent; raises ValueError for another."""
        if per_cent == 80:
            return self.low80, self.high80
        if per_cent == 95:
            return self.low95, self.high95
        raise ValueError(f"intervals are of 80 and 95 %, not of {per_cent} %")


def mean_error(actual: Sequence[float], said: Sequence[float]) -> float:
    """Mean absolute error."""
    pairs = list(zip(actual, said, strict=True))
    return sum(abs(a - s) for a, s in pairs) / len(pairs)
