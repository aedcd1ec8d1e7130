"""What must stay possible for each hidden count, and which of it a choice of cells fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import Index, Numbers
from callover.analysis.suppress.attack import TOLERANCE, Attacker, Cut
from callover.analysis.suppress.problem import Part, Problem


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A cell whose interval is narrower than it must be, and the bound that shows it."""

    cell: int
    width: float
    needed: float
    cut: Cut
    always: bool  # whether the demand holds even if the cell is shown (it never is)
    by_words: bool  # whether it takes the printed words to narrow it so far


class Demands:
    """Every hidden count spans its threshold; a small one all that "fewer than 10" says.

    The second demand is for a reader who also uses the printed words of all hidden cells: "fewer
    than 10" is already less than a threshold wide, and other words must not make it narrower. It
    holds for small counts that are printed as "withheld" too. ``by_words`` False leaves it out.
    """

    def __init__(self, problem: Problem, by_words: bool = True) -> None:
        self.problem = problem
        self._plain = Attacker(problem)
        self._reader = Attacker(problem, by_words=True) if by_words else None
        self._whole = Attacker(problem, whole=True)
        self._whole_reader = Attacker(problem, by_words=True, whole=True) if by_words else None
        self.extra_by_words: Numbers = np.zeros(len(problem.cells))
        self.extra: Numbers = np.zeros(len(problem.cells))  # wider, for a reader of whole numbers
        self._said: Numbers = np.array([cell.small_range for cell in problem.cells], float)
        self._primary = problem.where(Part.PRIMARY)
        self._derived = problem.where(Part.DERIVED)

    def shortfalls(self, hidden: Numbers) -> Iterator[Shortfall]:
        """What ``hidden`` fails; between 0 and 1 a demand counts in proportion."""
        self._plain.show(hidden)
        chosen = np.flatnonzero(hidden > TOLERANCE)
        for cell in self._protected(hidden):
            needed = float(self.problem.thresholds[cell] + self.extra[cell])
            yield from self._short(self._plain, int(cell), needed, hidden)
        if self._reader is None:
            return
        self._reader.show(hidden)
        for cell in chosen[self._primary[chosen]]:
            needed = float(self._said[cell] + self.extra_by_words[cell])
            yield from self._short(self._reader, int(cell), needed, hidden)

    def met(self, hidden: Numbers) -> bool:
        """Whether a whole choice fails nothing."""
        return next(self.shortfalls(hidden), None) is None and not self.narrowed(hidden)

    def narrowed(self, hidden: Numbers) -> bool:
        """Whether being a whole number makes a count too narrow; then more is asked for it."""
        plain, by_words = self.too_narrow(hidden)
        for cell, short in plain.items():
            self.extra[cell] += short
        for cell, short in by_words.items():
            self.extra_by_words[cell] += short
        return bool(plain or by_words)

    def forgo(self, cell: int, width: float) -> None:
        """Ask so much less of what the words of a small count leave open."""
        self._said[cell] -= width

    def _protected(self, hidden: Numbers) -> Index:
        """The cells that are hidden, and the small ones that are never printed."""
        return np.flatnonzero((hidden > TOLERANCE) | self._derived)

    def too_narrow(self, hidden: Numbers) -> tuple[dict[int, float], dict[int, float]]:
        """By how much whole numbers lack the demanded width: by sums alone, and by words too."""
        chosen = np.flatnonzero(hidden > TOLERANCE)
        self._whole.show(hidden)
        plain = _lacking(self._whole, self._protected(hidden), self.problem.thresholds)
        if self._whole_reader is None:
            return plain, {}
        self._whole_reader.show(hidden)
        return plain, _lacking(self._whole_reader, chosen[self._primary[chosen]], self._said)

    def _short(
        self, attacker: Attacker, cell: int, needed: float, hidden: Numbers
    ) -> Iterator[Shortfall]:
        always = bool(self._primary[cell] or self._derived[cell])
        least = needed * (1.0 if always else hidden[cell])
        if attacker.spans(cell, least):
            return
        width, cut = attacker.width(cell)
        if width < least - TOLERANCE:
            yield Shortfall(cell, width, needed, cut, always, attacker is self._reader)


def _lacking(attacker: Attacker, cells: Iterable[int], needed: Numbers) -> dict[int, float]:
    """The cells whose intervals are narrower than needed, and by how much."""
    found = {}
    for cell in cells:
        if attacker.spans(cell, float(needed[cell])):
            continue
        short = float(needed[cell]) - attacker.interval(int(cell)).width
        if short > TOLERANCE:
            found[int(cell)] = short
    return found
