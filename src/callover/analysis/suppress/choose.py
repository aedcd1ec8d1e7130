"""Which cells to hide beside the small ones: as few as protect them all, nearly so in large pieces.

Cutting planes (Fischetti and Salazar 2000): a choice that leaves a hidden count too narrow an
interval is cut off by the dual of the programme that found it, until none is left. The integer
programme is HiGHS's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.suppress.attack import TOLERANCE, quiet_solver
from callover.analysis.suppress.components import components
from callover.analysis.suppress.demands import Demands, Shortfall
from callover.analysis.suppress.problem import Part, Problem


class _WordsSayTooMuch(ValueError):
    """Hiding everything that may be hidden leaves "fewer than 10" too narrow for these cells."""

    def __init__(self, cells: Sequence[int]) -> None:
        self.cells = tuple(cells)
        super().__init__()


class CannotProtect(ValueError):
    """Hiding everything that may be hidden does not protect these cells."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        named = ", ".join(cells[:5])
        super().__init__(f"what must stay published gives away: {named}")


@dataclass(frozen=True)
class Choice:
    """Names of the cells to hide, those below their threshold first; whether no choice costs less.

    ``unnamed`` are small cells that must be printed as "withheld" like the others: "fewer than 10"
    beside what else is known would give them away.
    """

    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    fewest: bool = True
    unnamed: frozenset[str] = frozenset()

    @property
    def hidden(self) -> frozenset[str]:
        """All that is hidden."""
        return frozenset((*self.primary, *self.secondary))


LARGE = 100
"""Cells of a component for which a choice within ``NEAR`` of the least weight is good enough."""
NEAR = 0.15
"""Large components of the example packs end at the least weight all the same; proving that it is
the least takes seven times as long."""

Solved = tuple[Numbers, bool, Problem]
"""What to hide, whether nothing costs less, which small cells may be named as such."""
Key = tuple[object, ...]


def choose(
    problem: Problem,
    by_words: bool = True,
    seconds: float = 60.0,
    solved: dict[Key, Solved] | None = None,
) -> Choice:
    """The fewest cells (by weight; nearly, see ``NEAR``) that keep every hidden count wide enough.

    ``by_words``: also against a reader who uses the words printed in hidden cells. After
    ``seconds`` of a component's search the best safe choice found stands. ``solved`` keeps what
    was found for each component, for a problem that differs little from the one before.
    Raises CannotProtect.
    """
    hidden: set[str] = set()
    unnamed: set[str] = set()
    fewest = True
    solved = {} if solved is None else solved
    for piece in components(problem):
        key = (by_words, *piece.facts)
        if key not in solved:
            solved[key] = _solved(piece, by_words, seconds)
        found, best, called = solved[key]
        hidden |= {piece.cells[i].name for i in np.flatnonzero(found)}
        fewest &= best
        unnamed |= {cell.name for cell in called.cells if not cell.named}
    primary = [c.name for c in problem.cells if c.part is Part.PRIMARY]
    secondary = [c.name for c in problem.cells if c.name in hidden and c.part is Part.OPEN]
    return Choice(tuple(primary), tuple(secondary), fewest, frozenset(unnamed))


def _solved(piece: Problem, by_words: bool, seconds: float) -> Solved:
    """Named are all small cells whose words leave open what they say, whatever else is hidden."""
    while True:
        try:
            return (*_Search(piece, by_words).run(seconds), piece)
        except _WordsSayTooMuch as error:
            piece = piece.without_names(error.cells)


class _Search:
    """One component: a relaxed choice first, for its cuts are cheap, then a whole one."""

    def __init__(self, problem: Problem, by_words: bool) -> None:
        self.problem = problem
        self.demands = Demands(problem, by_words)
        self.count = len(problem.cells)
        self.primary = problem.where(Part.PRIMARY)
        self.small = problem.where(Part.PRIMARY, Part.DERIVED)
        self.open = problem.where(Part.OPEN)
        self.gap = NEAR if self.count > LARGE else 0.0

    def run(self, seconds: float) -> tuple[Numbers, bool]:
        """1 for each cell to hide, and whether no smaller choice exists."""
        everything = np.where(self.primary | self.open, 1.0, 0.0)
        self.everything = everything
        self._check(everything)
        self.master = self._master()
        ends = time.monotonic() + seconds
        for whole in (False, True):
            hidden = self._cut_down(whole, ends)
        hidden = np.round(hidden)
        if self.demands.met(hidden):
            return hidden, self.gap == 0 and time.monotonic() < ends
        return self._thinned(everything), False

    def _check(self, everything: Numbers) -> None:
        """Raise where even hiding everything is too little: by sums alone, or by words too.

        What the words of earlier editions give away cannot be asked back: it is asked no more.
        """
        while True:
            plain, words = self._failing(everything)
            if plain:
                raise CannotProtect([self.problem.cells[i].name for i in plain])
            if not words:
                return
            cells = self.problem.cells
            silent = [i for i in words if cells[i].may_be_silent]
            silent = silent or [i for i, cell in enumerate(cells) if cell.may_be_silent]
            if silent:
                raise _WordsSayTooMuch(silent)
            for cell, missing in words.items():
                self.demands.forgo(cell, missing)

    def _failing(self, everything: Numbers) -> tuple[dict[int, float], dict[int, float]]:
        """What each small cell lacks by sums alone, and by words too; in whole numbers last."""
        short = [each for each in self.demands.shortfalls(everything) if each.always]
        if not short:
            by_sums, by_words = self.demands.too_narrow(everything)
            return {i: miss for i, miss in by_sums.items() if self.small[i]}, by_words
        lacking = [
            {each.cell: each.needed - each.width for each in short if each.by_words is by_words}
            for by_words in (False, True)
        ]
        return lacking[0], lacking[1]

    def _cut_down(self, whole: bool, ends: float) -> Numbers:
        """The cheapest choice that no cut forbids, until it fails nothing or the time is up."""
        self._set_whole(whole, max(0.1, ends - time.monotonic()))
        while True:
            hidden = self._solved()
            cuts = list(self.demands.shortfalls(hidden))
            if cuts and self._added(cuts, hidden) and time.monotonic() < ends:
                continue
            if cuts or not whole or not self.demands.narrowed(np.round(hidden)):
                return hidden

    def _thinned(self, hidden: Numbers) -> Numbers:
        """A safe choice with what it does not need shown again, the dearest first."""
        weights = np.array([cell.weight for cell in self.problem.cells])
        for cell in np.argsort(-weights, kind="stable"):
            if self.open[cell]:
                hidden[cell] = 0
                if not self.demands.met(hidden):
                    hidden[cell] = 1
        return hidden

    def _master(self) -> highspy.Highs:
        """Least weight hidden; nothing else is asked yet."""
        solver = quiet_solver()
        solver.setOptionValue("mip_rel_gap", self.gap)
        weights = [cell.weight if cell.part is Part.OPEN else 0.0 for cell in self.problem.cells]
        low = self.primary.astype(float)
        high = (self.primary | self.open).astype(float)
        for weight, least, most in zip(weights, low, high, strict=True):
            solver.addCol(float(weight), float(least), float(most), 0, [], [])
        return solver

    def _set_whole(self, whole: bool, seconds: float) -> None:
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        columns = np.arange(self.count, dtype=np.int32)
        self.master.changeColsIntegrality(self.count, columns, np.full(self.count, kind))
        self.master.setOptionValue("time_limit", self.master.getRunTime() + seconds)

    def _solved(self) -> Numbers:
        self.master.run()
        if self.master.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return self.everything.copy()  # whole numbers ask for more than any choice gives
        hidden = np.asarray(self.master.getSolution().col_value)
        hidden[hidden < TOLERANCE] = 0
        found: Numbers = np.minimum(hidden, 1)
        return found

    def _added(self, cuts: Sequence[Shortfall], hidden: Numbers) -> bool:
        """Add the cuts that this choice breaks; False where none does."""
        new = 0
        for short in cuts:
            gains, least = _row(short)
            if gains @ hidden < least - TOLERANCE:
                columns = np.flatnonzero(gains)
                self.master.addRow(
                    float(least), highspy.kHighsInf, len(columns), columns.astype(np.int32),
                    gains[columns],
                )  # fmt: skip
                new += 1
        return new > 0


def _row(short: Shortfall) -> tuple[Numbers, float]:
    """Σ gain × hidden ≥ needed (× hidden cell, for one that may be shown), made tighter.

    A gain beyond what is needed helps no more than what is needed does: hidden is 0 or 1.
    """
    least = short.needed - short.cut.constant
    gains = np.minimum(short.cut.gains, least)
    if short.always:
        return gains, least
    gains = gains.copy()
    gains[short.cell] -= least
    return gains, 0.0
