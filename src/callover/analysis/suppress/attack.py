"""The reader who reckons: how far relations, signs and printed words narrow each hidden count.

An interval is exact: the least and the largest value of a linear programme over everything that is
known (Fischetti and Salazar 2000, "Models and algorithms for optimizing cell suppression").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.suppress.problem import Part, Problem

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """A bound on a width that holds whatever is hidden: width ≤ ``constant`` + Σ gain × hidden."""

    gains: Numbers
    constant: float


@dataclass(frozen=True, slots=True)
class Interval:
    """What a hidden count can be, in whole numbers."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """From the least to the largest."""
        return self.high - self.low


class Attacker:
    """One linear programme, solved again and again from where it stood.

    Its variables are the distances from the true values, so that a cell is shown by holding its
    distance at 0. ``by_words``: it also knows what the words printed for a hidden cell mean.
    ``whole``: it also knows that counts are whole numbers; slower, and seldom narrower.
    """

    def __init__(self, problem: Problem, by_words: bool = False, whole: bool = False) -> None:
        self.problem = problem
        low = problem.label_low if by_words else np.zeros(len(problem.cells))
        high = problem.label_high if by_words else np.full(len(problem.cells), np.inf)
        self.down: Numbers = np.maximum(problem.values - low, 0)
        self.up: Numbers = np.maximum(np.minimum(high, problem.reach) - problem.values, 0)
        self._solver = _programme(problem, whole=False)
        self._whole = _programme(problem, whole=True) if whole else None
        self._latent = problem.where(Part.LATENT, Part.DERIVED)
        self._duals = highspy.HighsSolution()
        self._found: list[Numbers] = []  # distances that the programmes ended at
        self.show(np.zeros(len(problem.cells)))

    def show(self, hidden: Numbers) -> None:
        """What is hidden from now on: 1 hidden, 0 shown, between for a relaxed choice."""
        free = np.where(self._latent, 1.0, hidden)
        self._low, self._high = -self.down * free, self.up * free
        _bound(self._solver, self._low, self._high)
        if self._whole is not None:
            _bound(self._whole, self._low, self._high)
        self._recall()

    def _recall(self) -> None:
        """What was found before and is still possible tells how wide an interval is at least."""
        self._least: Numbers = np.zeros(len(self.down))
        self._most: Numbers = np.zeros(len(self.down))
        self._found = [each for each in self._found if self._possible(each)]
        for each in self._found:
            self._remember(each)

    def _possible(self, found: Numbers) -> bool:
        above = found >= self._low - TOLERANCE
        return bool(np.all(above & (found <= self._high + TOLERANCE)))

    def _remember(self, found: Numbers) -> None:
        self._least = np.minimum(self._least, found)
        self._most = np.maximum(self._most, found)

    def spans(self, cell: int, needed: float) -> bool:
        """Whether what is known already shows that the cell's interval is so wide."""
        return bool(self._most[cell] - self._least[cell] >= needed - TOLERANCE)

    def interval(self, cell: int) -> Interval:
        """What the cell can be."""
        low, high = self._extreme(cell, 1.0), self._extreme(cell, -1.0)
        value = float(self.problem.values[cell])
        return Interval(value + low, value - high)

    def width(self, cell: int) -> tuple[float, Cut]:
        """Width of the cell's interval, and the bound on it that follows from the duals."""
        low = self._extreme(cell, 1.0)
        first = self._cut()
        high = self._extreme(cell, -1.0)
        second = self._cut()
        cut = Cut(first.gains + second.gains, first.constant + second.constant)
        return -low - high, cut

    def _extreme(self, cell: int, sign: float) -> float:
        """The least of sign × distance. A solution in whole numbers needs no search for one."""
        least, found = self._solved(self._solver, cell, sign)
        if self._whole is not None and np.any(np.abs(found - np.round(found)) > TOLERANCE):
            least, found = self._solved(self._whole, cell, sign)
        self._found.append(found)
        self._remember(found)
        return least

    def _solved(self, solver: highspy.Highs, cell: int, sign: float) -> tuple[float, Numbers]:
        solver.changeColCost(cell, sign)
        solver.run()
        status = solver.getModelStatus()
        least = float(solver.getInfo().objective_function_value)
        self._duals = solver.getSolution()
        found: Numbers = np.array(self._duals.col_value)
        solver.changeColCost(cell, 0.0)  # forgets the solution
        if status != highspy.HighsModelStatus.kOptimal:
            name = self.problem.cells[cell].name
            raise RuntimeError(f"the solver gave up on {name}: {status}")
        return least, found

    def _cut(self) -> Cut:
        """The last optimum by its dual values: a sum over what is hidden, and a constant."""
        reduced = np.asarray(self._duals.col_dual)
        rows = np.asarray(self._duals.row_dual)
        gains = np.where(reduced > 0, reduced * self.down, -reduced * self.up)
        gains[self._latent] = 0
        reach = np.where(reduced > 0, reduced * self.down, -reduced * self.up)
        problem = self.problem
        sums = problem.rows @ problem.values if len(rows) else np.zeros(0)
        bound = np.where(rows > 0, problem.low - sums, problem.high - sums)
        used = np.abs(rows) > TOLERANCE
        constant = -float(np.sum(rows[used] * bound[used])) + float(reach[self._latent].sum())
        return Cut(np.where(gains > TOLERANCE, gains, 0.0), constant)


def intervals(
    problem: Problem, hidden: Sequence[int], by_words: bool = False, whole: bool = False
) -> dict[str, Interval]:
    """The interval of every hidden cell by name, with ``hidden`` and nothing else withheld."""
    attacker = Attacker(problem, by_words, whole)
    shown = np.zeros(len(problem.cells))
    shown[list(hidden)] = 1
    attacker.show(shown)
    return {problem.cells[i].name: attacker.interval(i) for i in hidden}


def _bound(solver: highspy.Highs, low: Numbers, high: Numbers) -> None:
    solver.changeColsBounds(len(low), np.arange(len(low), dtype=np.int32), low, high)


def _programme(problem: Problem, whole: bool) -> highspy.Highs:
    count, rows = len(problem.cells), len(problem.relations)
    sums = problem.rows @ problem.values if rows else np.zeros(0)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = count, rows
    programme.col_cost_ = np.zeros(count)
    programme.col_lower_ = programme.col_upper_ = np.zeros(count)
    programme.row_lower_ = problem.low - sums
    programme.row_upper_ = problem.high - sums
    by_row = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.format_ = by_row
    programme.a_matrix_.start_ = problem.rows.indptr.astype(np.int32)
    programme.a_matrix_.index_ = problem.rows.indices.astype(np.int32)
    programme.a_matrix_.value_ = problem.rows.data
    if whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = quiet_solver()
    solver.passModel(programme)
    return solver


class _Quiet(highspy.Highs):  # type: ignore[misc]
    """HiGHS that says nothing: making one switches callbacks on, which prints a line."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Silence first."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


def quiet_solver() -> highspy.Highs:
    """HiGHS on one thread, the same every time."""
    solver = _Quiet()
    for option, value in (("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver
