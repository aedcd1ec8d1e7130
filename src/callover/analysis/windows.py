"""Stretches of months on a cube: which boundaries they run between, their sums and their states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis.arrays import NOT_PRINTED, Index, Nodes, Numbers, States
from callover.domain.periods import Month
from callover.domain.states import State


@dataclass(frozen=True, slots=True)
class Window:
    """For every month of a cube, the boundaries its stretch runs from and to.

    ``start`` may be negative: the stretch begins before the cube.
    """

    start: Index
    after: Index

    @classmethod
    def last(cls, months: int, length: int) -> Window:
        """The latest ``length`` months, for each of ``months`` months."""
        after = np.arange(1, months + 1)
        return cls(after - length, after)

    @classmethod
    def year_to_date(cls, first: Month, months: int) -> Window:
        """From April on, for each of ``months`` months from ``first``."""
        after = np.arange(1, months + 1)
        position = (first.index + np.arange(months) - 3) % 12 + 1
        return cls(after - position, after)


def total(potential: Numbers, component: Nodes, window: Window) -> Numbers:
    """P(after) − P(start) where both lie in one component, else NaN; … × month × area."""
    start = np.maximum(window.start, 0)
    result: Numbers = potential.take(window.after, axis=-2)
    result -= potential.take(start, axis=-2)
    joined = component.take(window.after, axis=-2) == component.take(start, axis=-2)
    joined &= (window.start >= 0)[:, None]
    result[~joined] = np.nan
    return result


def year_before(values: Numbers) -> Numbers:
    """Each month's value of twelve months earlier; NaN in the first year."""
    result = np.full_like(values, np.nan)
    result[..., 12:, :] = values[..., :-12, :]
    return result


def states(
    state: States, printed: States, weakest: States, window: Window, values: Numbers
) -> States:
    """State of each stretch, whose sums are ``values``.

    As printed where the stretch was printed as such; the weakest of the months where all of them
    were printed; otherwise derived, or weaker where an estimate went into it. Where there is no
    value, what the source printed instead, else the weakest reason among its months.
    """
    had = state <= State.ESTIMATED.code
    counted = np.zeros((*state.shape[:-2], state.shape[-2] + 1, state.shape[-1]), dtype=np.int32)
    np.cumsum(had, axis=-2, out=counted[..., 1:, :])
    start = np.maximum(window.start, 0)
    length = (window.after - window.start)[:, None]
    whole = counted.take(window.after, axis=-2) - counted.take(start, axis=-2) == length
    months = _weakest(state, window)
    derived = np.maximum(weakest, State.DERIVED.code)[..., None, :]
    known = np.where(whole, months, derived)
    known = np.where(printed == NOT_PRINTED, known, printed)
    unknown = np.where(months <= State.ESTIMATED.code, State.NOT_SUPPLIED.code, months)
    withheld = (printed != NOT_PRINTED) & (printed > State.ESTIMATED.code)
    unknown = np.where(withheld, printed, unknown)
    result: States = np.where(np.isnan(values), unknown, known).astype(np.uint8)
    return result


def _weakest(state: States, window: Window) -> States:
    """The largest state code among the months of each stretch."""
    result = state.copy()
    longest = int((window.after - window.start).max(initial=1))
    for back in range(1, longest):
        inside = (window.after - window.start > back)[back:, None]
        earlier = np.where(inside, state[..., :-back, :], 0)
        np.maximum(result[..., back:, :], earlier, out=result[..., back:, :])
    return result
