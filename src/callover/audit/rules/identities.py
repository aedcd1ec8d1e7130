"""Identities of the columns of a table, and which of them its figures prove.

A rule proposes what a column may be ("this is that less that"); it counts where at least twice as
many lines prove it as break it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callover.audit.grids import Grid, Line
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import least
from callover.audit.rules.sums import NO_SUM


@dataclass(frozen=True, slots=True)
class Step:
    """What an identity says of one line: the values that may stand there, and how they come."""

    line: Line
    low: float
    high: float
    arithmetic: str
    percent: bool = False

    def holds(self, column: int) -> bool:
        """Whether the number printed in ``column`` may be one of them."""
        return self.printed(column).may_be(self.low, self.high)

    def printed(self, column: int) -> Printed:
        """The number in ``column``; a per cent without decimals may be rounded."""
        number = self.line.numbers[column]
        return number.rounded() if self.percent else number


Identity = Callable[[Line], Step | None]


@dataclass(frozen=True, slots=True)
class Proof:
    """An identity as the lines of a grid bear it out."""

    right: tuple[Step, ...]
    wrong: tuple[Step, ...]

    @property
    def is_proof(self) -> bool:
        """Whether at least twice as many lines bear it out as break it."""
        return len(self.right) >= max(2, 2 * len(self.wrong))

    @property
    def bears_out(self) -> bool:
        """Whether it confirms what the headings say already: as many lines as break it."""
        return len(self.right) >= max(1, len(self.wrong))


def proof_of(grid: Grid, column: int, identity: Identity) -> Proof:
    """The lines that bear an identity of ``column`` out, and those that break it.

    Left off where so many break it that it is none.
    """
    percent = grid.is_percent(column)
    lines = [x for x in grid.lines if column in x.numbers]
    right: list[Step] = []
    wrong: list[Step] = []
    for line in lines:
        step = identity(line) if percent or not line.numbers[column].percent else None
        if step is not None:
            (right if step.holds(column) else wrong).append(step)
        if 2 * len(wrong) > len(lines):
            return Proof((), tuple(wrong))
    return Proof(tuple(right), tuple(wrong))


def best_proof(
    grid: Grid, column: int, identities: Sequence[Identity], stated: bool = False
) -> Proof | None:  # fmt: skip
    """What most lines bear out; None where nothing is proven or two are equally likely.

    ``stated`` says that the headings leave no other identity.
    """
    proofs = [proof_of(grid, column, identity) for identity in identities]
    proven = sorted(
        (p for p in proofs if p.is_proof or (stated and p.bears_out)),
        key=lambda p: (-len(p.right), len(p.wrong)),
    )
    if not proven:
        return None
    first = proven[0]
    doubtful = [
        p for p in proven[1:] if len(p.right) == len(first.right) and p.wrong != first.wrong
    ]
    return None if doubtful and first.wrong else first


# Identities


def difference_of(one: int, other: int) -> Identity:
    """The first column less the second."""

    def told(line: Line) -> Step | None:
        now, was = line.numbers.get(one), line.numbers.get(other)
        if now is None or was is None:
            return None
        rise = now.value - was.value
        return Step(line, now.low - was.high, now.high - was.low,
                    f"{now.text} - {was.text} = {least(rise)}")  # fmt: skip

    return told


def change_of(one: int, other: int) -> Identity:
    """The first column over the second, as a change in per cent."""

    def told(line: Line) -> Step | None:
        now, was = line.numbers.get(one), line.numbers.get(other)
        if now is None or was is None or was.low <= 0 or now.low < 0:
            return None
        low, high = 100 * (now.low / was.high - 1), 100 * (now.high / was.low - 1)
        return Step(line, low, high, f"({now.text} - {was.text}) / {was.text} = "
                    f"{100 * (now.value / was.value - 1):+.1f} %", True)  # fmt: skip

    return told


def share_of(one: int, other: int) -> Identity:
    """The first column as a share of the second, in per cent."""

    def told(line: Line) -> Step | None:
        part, whole = line.numbers.get(one), line.numbers.get(other)
        if part is None or whole is None:
            return None
        return _of(line, part, whole)

    return told


def _of(line: Line, part: Printed, whole: Printed) -> Step | None:
    if whole.low <= 0 or part.low < 0:
        return None
    low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
    share = 100 * part.value / whole.value
    return Step(line, low, high, f"{part.text} / {whole.text} = {share:.1f} %", True)


def share_of_all(grid: Grid, column: int) -> Identity:
    """A column as a share of its line of totals, in per cent."""
    total = next((line for line in reversed(grid.lines) if line.is_total), None)

    def told(line: Line) -> Step | None:
        part = line.numbers.get(column)
        whole = total.numbers.get(column) if total else None
        return _of(line, part, whole) if part and whole and line is not total else None

    return told


def share_of_sum(grid: Grid, column: int) -> Identity:
    """A column as a share of the sum of its lines, in per cent."""
    known = [line.numbers[column] for line in grid.parts if column in line.numbers]
    value = sum(number.value for number in known)
    whole = Printed(least(value), value, sum(number.half for number in known))

    def told(line: Line) -> Step | None:
        part = line.numbers.get(column)
        return _of(line, part, whole) if part else None

    return told


def sum_of(first: int, last: int) -> Identity:
    """The sum of neighbouring columns of counts."""
    columns = range(first, last + 1)

    def told(line: Line) -> Step | None:
        if NO_SUM.search(line.name.lower()):
            return None
        numbers = [line.numbers.get(column) for column in columns]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or any(number.percent for number in known):
            return None
        if sum(number.value != 0 for number in known) < 2:
            return None
        added = " + ".join(number.text for number in known)
        total = sum(number.value for number in known)
        return Step(line, sum(number.low for number in known),
                    sum(number.high for number in known), f"{added} = {least(total)}")  # fmt: skip

    return told


def mean_of(first: int, last: int) -> Identity:
    """The mean of neighbouring columns of counts."""
    columns = range(first, last + 1)

    def told(line: Line) -> Step | None:
        known = [line.numbers[column] for column in columns if column in line.numbers]
        if len(known) < len(columns) or any(number.percent for number in known):
            return None
        low, high, mean = (
            sum(getattr(number, side) for number in known) / len(known)
            for side in ("low", "high", "value")
        )
        added = " + ".join(number.text for number in known)
        return Step(line, low, high, f"({added}) / {len(known)} = {least(round(mean, 2))}", True)

    return told


def quotient_of(one: int, other: int, per: int) -> Identity:
    """The first column over the second, times ``per``."""

    def told(line: Line) -> Step | None:
        whole, number = line.numbers.get(one), line.numbers.get(other)
        if whole is None or number is None or number.low <= 0 or whole.low < 0:
            return None
        value = per * whole.value / number.value
        times = f" x {per:,}" if per > 1 else ""
        shown = f"{whole.text} / {number.text}{times} = {least(round(value, 2))}"
        return Step(line, per * whole.low / number.high, per * whole.high / number.low,
                    shown, True)  # fmt: skip

    return told


def product_of(one: int, other: int) -> Identity:
    """The first column times the second."""

    def told(line: Line) -> Step | None:
        first, second = line.numbers.get(one), line.numbers.get(other)
        if first is None or second is None or first.value < 2 or second.value < 2:
            return None
        shown = f"{first.text} x {second.text} = {least(first.value * second.value)}"
        return Step(line, first.low * second.low, first.high * second.high, shown, True)

    return told
