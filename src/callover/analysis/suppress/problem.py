"""What is published, and what a reader can reckon with: cells, relations, thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from callover.analysis.arrays import Numbers

SLACK = 1e-6
"""By how much a relation may miss the true values: they are counts, sums of binary fractions."""


class Part(Enum):
    """What may become of a cell."""

    OPEN = "open"  # shown unless hidden to protect another
    PRIMARY = "primary"  # below its threshold: hidden
    FIXED = "fixed"  # shown whatever happens: an earlier edition has it, or a leak
    LATENT = "latent"  # never shown, yet every reader knows that it cannot be negative
    DERIVED = "derived"  # never shown and small: no subtraction may bring it out


@dataclass(frozen=True, slots=True)
class Cell:
    """A count. ``weight`` is what hiding it costs; ``threshold`` what its interval must span.

    A small one that is not ``named`` is printed as "withheld", not as "fewer than 10"; one that an
    earlier edition has ``called`` small stays so.
    """

    name: str
    value: float
    part: Part = Part.OPEN
    threshold: float = 10
    weight: float = 1.0
    zero_hidden: bool = True  # "fewer than 10" includes none
    named: bool = True
    called: bool = False

    @property
    def may_be_silent(self) -> bool:
        """Whether "fewer than 10" need not be said of it."""
        return self.part is Part.PRIMARY and self.named and not self.called

    @property
    def least_small(self) -> float:
        """The least count that "fewer than 10" stands for."""
        return 0.0 if self.zero_hidden else 1.0

    @property
    def small_range(self) -> float:
        """From the least to the largest count that "fewer than 10" stands for."""
        return self.threshold - 1 - self.least_small


@dataclass(frozen=True, slots=True)
class Relation:
    """What every reader knows: ``low`` ≤ Σ coefficient × cell ≤ ``high``."""

    terms: Mapping[str, float]
    low: float = 0.0
    high: float = 0.0


def ratio_between(
    numerator: Mapping[str, float], denominator: Mapping[str, float], low: float, high: float
) -> tuple[Relation, Relation]:
    """A published ratio that was rounded: ``low`` ≤ numerator ÷ denominator ≤ ``high``.

    Both are sums of cells; the denominator is positive. A known denominator needs no terms here:
    multiply the bounds by it and use a ``Relation``.
    """
    return (
        Relation(_less(numerator, denominator, low), 0.0, np.inf),
        Relation(_less(numerator, denominator, high), -np.inf, 0.0),
    )


def _less(
    numerator: Mapping[str, float], denominator: Mapping[str, float], factor: float
) -> dict[str, float]:
    terms = dict(numerator)
    for name, coefficient in denominator.items():
        terms[name] = terms.get(name, 0.0) - factor * coefficient
    return terms


def small(value: float, threshold: float, zero_hidden: bool = True) -> bool:
    """Whether a count is below its threshold; zero counts as small under the zero rule."""
    return (0 if zero_hidden else 1) <= value < threshold


class Problem:
    """Cells and relations as arrays.

    Raises ValueError where a relation names an unknown cell or does not hold for the true values:
    nothing could be protected by what is not so.
    """

    def __init__(self, cells: Sequence[Cell], relations: Iterable[Relation]) -> None:
        self.cells = tuple(cells)
        self.relations = tuple(relations)
        self.index = {cell.name: i for i, cell in enumerate(self.cells)}
        if len(self.index) < len(self.cells):
            raise ValueError("two cells have the same name")
        self.values: Numbers = np.array([cell.value for cell in self.cells], float)
        self.thresholds: Numbers = np.array([cell.threshold for cell in self.cells], float)
        self.rows = self._rows()
        self.low: Numbers = np.array([relation.low for relation in self.relations], float)
        self.high: Numbers = np.array([relation.high for relation in self.relations], float)
        self._check()

    @property
    def facts(self) -> tuple[object, ...]:
        """All that tells one problem from another."""
        rows = ((tuple(each.terms.items()), each.low, each.high) for each in self.relations)
        return (*self.cells, *rows)

    @property
    def reach(self) -> float:
        """No reader takes a count for more than this: all counts shown here together, and some."""
        return float(self.values.sum() + 10 * self.thresholds.max(initial=1))

    def where(self, *parts: Part) -> np.ndarray:
        """Which cells are of one of these parts."""
        return np.array([cell.part in parts for cell in self.cells], bool)

    @cached_property
    def label_low(self) -> Numbers:
        """The least value that the words printed for a hidden cell allow.

        "Fewer than 10" allows none (or one, where zeros are shown). "Withheld" is printed for what
        is not small, hence at least the threshold, unless small counts are called so too.
        """
        return np.array([_label(cell, self.all_named)[0] for cell in self.cells], float)

    @cached_property
    def label_high(self) -> Numbers:
        """The largest value that the words printed for a hidden cell allow."""
        return np.array([_label(cell, self.all_named)[1] for cell in self.cells], float)

    @cached_property
    def all_named(self) -> bool:
        """Whether every small count is printed as such."""
        return all(cell.named for cell in self.cells if cell.part is Part.PRIMARY)

    def without_names(self, cells: Iterable[int]) -> Problem:
        """The same with these small counts printed as "withheld"."""
        silent = set(cells)
        kept = [replace(c, named=c.named and i not in silent) for i, c in enumerate(self.cells)]
        return Problem(kept, self.relations)

    def _rows(self) -> csr_array:
        places, columns, numbers = [], [], []
        for row, relation in enumerate(self.relations):
            for name, coefficient in relation.terms.items():
                if name not in self.index:
                    raise ValueError(f"a relation names {name!r}, which is no cell")
                places.append(row)
                columns.append(self.index[name])
                numbers.append(float(coefficient))
        shape = (len(self.relations), len(self.cells))
        return csr_array((numbers, (places, columns)), shape=shape)

    def _check(self) -> None:
        sums = self.rows @ self.values if self.relations else np.zeros(0)
        wrong = np.flatnonzero((sums < self.low - SLACK) | (sums > self.high + SLACK))
        if len(wrong):
            terms = dict(self.relations[int(wrong[0])].terms)
            raise ValueError(f"a relation does not hold for the true values: {terms}")
        if np.any(self.values < 0):
            raise ValueError("a count is negative")


def _label(cell: Cell, all_named: bool) -> tuple[float, float]:
    if cell.part is Part.PRIMARY and cell.named:
        return cell.least_small, cell.threshold - 1
    if cell.part is Part.OPEN and all_named:
        return min(cell.threshold, cell.value), np.inf
    return 0.0, np.inf
