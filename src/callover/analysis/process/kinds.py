"""Which chart suits a series, and why: from its unit and its level (methods 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import chdtri

from callover.analysis.arrays import Numbers
from callover.domain.units import Unit

RARE = 1.0
"""Mean a month below which months with none are the rule."""
FEW = 10.0
"""Below this many a month chance is lopsided, and ranges between months judge it badly."""
ONLY_CHANCE = 0.01
"""A spread that chance alone gives in fewer than one series in a hundred is more than chance."""
STEADY = 1.10
"""A denominator whose largest value is within this factor of its smallest is as good as fixed."""


class Kind(StrEnum):
    """The charts, by their usual letters."""

    XMR = "XmR"
    C = "c"
    P = "p"
    P_PRIME = "p′"
    U = "u"
    U_PRIME = "u′"
    G = "g"
    T = "t"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chart with the reason for it, a sentence for the method notes."""

    kind: Kind
    why: str


def kind_for(
    unit: Unit, values: Numbers, wholes: Numbers | None = None, expected: Numbers | None = None,
    dated: bool = False,
) -> Choice:  # fmt: skip
    """The chart of ``values``, all measured; of ``values ÷ wholes`` where wholes are given.

    ``expected`` is what level and season alone would give; ``dated``: the days of the events are
    known, not only their months.
    """
    if unit is Unit.PERCENTAGE:
        return _share(values, wholes)
    if unit is Unit.MONEY or np.any(values != np.floor(values)):
        return Choice(Kind.XMR, "Amounts are not counts: limits come from month-to-month ranges.")
    if wholes is not None and wholes.max() > STEADY * wholes.min():
        return _rate(values, wholes)
    mean = float(values.mean())
    if mean < RARE:
        return _rare(dated)
    if mean >= FEW:
        return Choice(Kind.XMR, "Enough a month for limits from the ranges between months.")
    spread = dispersion(values, np.full(len(values), mean) if expected is None else expected)
    if spread.more_than_chance:
        return Choice(
            Kind.XMR,
            "The counts vary more than chance alone would make them: limits come from the ranges"
            " between months.",
        )
    return Choice(Kind.C, "The counts vary as chance makes rare events vary: limits are Poisson's.")


def _share(values: Numbers, wholes: Numbers | None) -> Choice:
    if wholes is None:
        return Choice(
            Kind.XMR, "Only the percentage is known: limits come from the ranges between months."
        )
    share = values.sum() / wholes.sum()
    variance = wholes * share * (1 - share)
    if _dispersion(values, wholes * share, variance).more_than_chance:
        return Choice(
            Kind.P_PRIME,
            "A share of a known whole that varies more than chance alone: limits follow the size of"
            " the whole, widened by the ranges between months.",
        )
    return Choice(Kind.P, "A share of a known whole: limits follow the size of the whole.")


def _rate(values: Numbers, exposed: Numbers) -> Choice:
    expected = exposed * values.sum() / exposed.sum()
    if dispersion(values, expected).more_than_chance:
        return Choice(
            Kind.U_PRIME,
            "A rate whose denominator changes, and which varies more than chance alone: limits"
            " follow the denominator, widened by the ranges between months.",
        )
    return Choice(Kind.U, "A rate whose denominator changes: limits follow the denominator.")


def _rare(dated: bool) -> Choice:
    if dated:
        return Choice(Kind.T, "Fewer than one a month: the days between events are judged.")
    return Choice(Kind.G, "Fewer than one a month: the months between events are judged.")


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Variance over what chance gives, and whether that is more than chance."""

    ratio: float
    more_than_chance: bool


def dispersion(values: Numbers, expected: Numbers) -> Dispersion:
    """Pearson's chi-square of counts against ``expected``, over its degrees of freedom."""
    return _dispersion(values, expected, expected)


def _dispersion(values: Numbers, expected: Numbers, variance: Numbers) -> Dispersion:
    freedom = max(1, len(values) - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(variance > 0, (values - expected) ** 2 / variance, 0.0)
    chi_square = float(parts.sum())
    return Dispersion(chi_square / freedom, chi_square > float(chdtri(freedom, ONLY_CHANCE)))
