"""The dense cube: (source, series) × month × area, with potentials on the month boundaries.

A potential P(m) is the total of everything up to the start of month m, known within a component;
every count over months is a difference of two potentials (docs/adr/0004). Missing stays NaN with a
state that says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from callover.analysis.arrays import NOT_PRINTED, Nodes, Numbers, States
from callover.domain.periods import Month
from callover.domain.states import State

Key = tuple[str, str]
"""A source and a series."""


@dataclass(frozen=True)
class Cube:
    """All arrays are laid out key × month × area; potential and component have a month more.

    ``printed_ytd`` and ``printed_year`` hold the state of a year to date, or of twelve months,
    that the source printed as such and that agrees with the potentials; else ``NOT_PRINTED``.
    ``weakest`` is the weakest state used in a key's potentials for an area; ``known`` the moment
    (seconds since 1970) by which everything up to the month had become known, 0 where nothing.
    """

    keys: tuple[Key, ...]
    first: Month
    areas: tuple[str, ...]
    value: Numbers
    state: States
    potential: Numbers
    component: Nodes
    printed_ytd: States
    printed_year: States
    weakest: States  # key × area
    known: np.ndarray[tuple[int, ...], np.dtype[np.int64]]

    @property
    def months(self) -> int:
        """How many months it spans."""
        return int(self.value.shape[1])

    @property
    def last(self) -> Month:
        """Its last month."""
        return self.first + (self.months - 1)

    @cached_property
    def key_index(self) -> dict[Key, int]:
        """Place of each (source, series)."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def area_index(self) -> dict[str, int]:
        """Place of each area."""
        return {area: i for i, area in enumerate(self.areas)}

    def month_index(self, month: Month) -> int | None:
        """Place of a month, None outside the cube."""
        place = month.index - self.first.index
        return place if 0 <= place < self.months else None


def running(value: Numbers) -> tuple[Numbers, Nodes]:
    """Potential and component of dense months: a running sum, cut at each gap.

    ``value`` is … × month × area; both results have one month more.
    """
    gap = np.isnan(value)
    shape = (*value.shape[:-2], value.shape[-2] + 1, value.shape[-1])
    potential = np.zeros(shape)
    np.cumsum(np.where(gap, 0.0, value), axis=-2, out=potential[..., 1:, :])
    component = np.zeros(shape, dtype=np.int32)
    np.cumsum(gap, axis=-2, dtype=np.int32, out=component[..., 1:, :])
    return potential, component


def empty_cube(keys: tuple[Key, ...], first: Month, months: int, areas: tuple[str, ...]) -> Cube:
    """A cube in which nothing was supplied."""
    shape = (len(keys), months, len(areas))
    value = np.full(shape, np.nan)
    potential, component = running(value)
    return Cube(
        keys=keys,
        first=first,
        areas=areas,
        value=value,
        state=np.full(shape, State.NOT_SUPPLIED.code, dtype=np.uint8),
        potential=potential,
        component=component,
        printed_ytd=np.full(shape, NOT_PRINTED, dtype=np.uint8),
        printed_year=np.full(shape, NOT_PRINTED, dtype=np.uint8),
        weakest=np.zeros((shape[0], shape[2]), dtype=np.uint8),
        known=np.zeros(shape, dtype=np.int64),
    )
