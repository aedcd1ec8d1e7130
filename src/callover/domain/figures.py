"""A figure: one number with everything needed to say, check and trace it."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.periods import Month, Period
from callover.domain.states import State


@dataclass(frozen=True, slots=True)
class Input:
    """One stored value behind a figure: file, line and the moment it became known."""

    file: str
    row: int | None
    period: Period
    measure: str
    value: float | None
    known_from: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed (or published) number. ``value`` is full precision; None where ``state`` has none.

    ``text`` holds the value of a figure that is a word (a rating). ``reason`` says in words why
    there is no value, or how a rating came about.
    """

    indicator: str
    series: str
    area: str
    period_kind: str
    month: Month
    measure: str
    peer_group: str
    value: float | None
    unit: str
    state: State
    source: str
    known_at: str
    text: str = ""
    reason: str = ""
    published: bool = False  # taken over as published, not computed here
    of: int | None = None  # size of the group a rank is in

    @property
    def key(self) -> str:
        """Stable name: ``indicator[.series]:measure[:peer_group]@month:source``.

        The series is named where it is not called like the indicator: a line of the offence
        breakdown, of the fire brigade's table, a part of an indicator.
        """
        part = f".{self.series}" if self.series != self.indicator else ""
        group = f":{self.peer_group}" if self.peer_group else ""
        return f"{self.indicator}{part}:{self.measure}{group}@{self.month}:{self.source}"

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None or bool(self.text)

    @property
    def why_awaited(self) -> str:
        """``September 2016 is not due until 20 October 2016``; empty for what is not awaited."""
        return f"{self.month.name} {self.reason}" if self.state.is_awaited else ""

    def record(self) -> dict[str, object]:
        """The published record of this figure, field names as in ``docs/command-line.md``."""
        return {
            "indicator": self.indicator,
            "series": self.series,
            "area": self.area,
            "period_kind": self.period_kind,
            "month": str(self.month),
            "measure": self.measure,
            "peer_group": self.peer_group or None,
            "value": self.text or self.value,
            "unit": self.unit,
            "state": self.state.value,
            "source": self.source,
            "known_at": self.known_at,
        }


RATE_UNIT = "per {per:,}"
