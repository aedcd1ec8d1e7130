"""False alarms: how many a pack of so many indicators raises by chance, and what remains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

SHARE_KEPT = 0.10
"""Of what the list keeps, at most this share is expected to be chance."""

ALARM_SHARES: Mapping[int, float] = {
    13: 0.026, 18: 0.023, 24: 0.046, 36: 0.045, 48: 0.037, 72: 0.031,
}  # fmt: skip
"""Share of steady series whose latest month is called special, by months of history.

By simulation (``scripts/false_alarms.py``: Poisson counts of 5 to 150 a month, with and without a
season and more spread than chance); ``tests/unit/test_alarms.py`` repeats it.
"""


def alarm_share(months: int) -> float:
    """The share for a history of so many months, between those simulated."""
    known = sorted(ALARM_SHARES)
    return float(np.interp(months, known, [ALARM_SHARES[each] for each in known]))


def expected_alarms(histories: Sequence[int]) -> float:
    """How many indicators with histories of so many months are special by chance alone."""
    return sum(alarm_share(months) for months in histories)


def kept(p_values: Mapping[str, float], share: float = SHARE_KEPT) -> tuple[str, ...]:
    """What remains when at most ``share`` of the list may be chance, the smallest p first.

    Benjamini and Hochberg (1995): the largest k with p(k) ≤ k/n × share.
    """
    order = sorted(p_values, key=lambda name: (p_values[name], name))
    count = len(order)
    below = [k for k, name in enumerate(order, 1) if p_values[name] <= k / count * share]
    return tuple(order[: max(below, default=0)])
