"""The state of a value. Missing is a state with a name; none of them is zero."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """Why a value is as it is, or why there is none."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    DERIVED = "derived"
    ESTIMATED = "estimated"
    SUPPRESSED = "suppressed"
    NOT_DUE = "not_due"
    LATE = "late"
    NOT_SUPPLIED = "not_supplied"
    NOT_APPLICABLE = "not_applicable"

    @property
    def has_value(self) -> bool:
        """Whether a value stands behind this state."""
        return self in _ORDER[:4]

    @property
    def is_awaited(self) -> bool:
        """Whether it has not come yet: not due, or late."""
        return self in (State.NOT_DUE, State.LATE)

    @property
    def words(self) -> str:
        """For readers: ``not supplied``."""
        return self.value.replace("_", " ")

    @property
    def code(self) -> int:
        """Small integer used in Parquet and in cubes; larger is weaker."""
        return _ORDER.index(self)

    @classmethod
    def from_code(cls, code: int) -> State:
        """The state with that code."""
        return _ORDER[code]


_ORDER = (
    State.FINAL,
    State.PROVISIONAL,
    State.DERIVED,
    State.ESTIMATED,
    State.SUPPRESSED,
    State.NOT_DUE,
    State.LATE,
    State.NOT_SUPPLIED,
    State.NOT_APPLICABLE,
)


def weakest(states: Iterable[State]) -> State:
    """The state of a figure made from values of these states: the weakest of them."""
    return max(states, key=lambda state: state.code, default=State.NOT_SUPPLIED)
