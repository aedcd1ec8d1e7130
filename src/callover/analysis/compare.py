"""Areas set beside each other: ranks from both ends, mean of rates, pooled rate.

Members lie on the last axis; NaN is "no data": not ranked and not counted.
"""

from __future__ import annotations

import numpy as np

from callover.analysis.arrays import Numbers
from callover.analysis.measures import without_zero
from callover.domain.peers import RankOrder


def rank(values: Numbers, order: RankOrder = RankOrder.LOWEST_FIRST) -> Numbers:
    """Rank 1 to n along the last axis; equal values share the better rank (BEN-01 to BEN-03).

    NaN where there is no value. A value is equal to another only if it is the same number.
    """
    keyed = values if order is RankOrder.LOWEST_FIRST else -values
    some = ~np.isnan(values).all(axis=-1)  # sorting takes longest: months without rates are many
    result = np.full(values.shape, np.nan)
    result[some] = _ranked(keyed[some])
    return result


def _ranked(keyed: Numbers) -> Numbers:
    """Rank along the last axis, lowest first."""
    unknown = np.isnan(keyed)
    last = np.where(unknown, np.inf, keyed)  # NumPy sorts rows with NaN several times slower
    places = np.argsort(last, axis=-1)
    ordered = np.take_along_axis(last, places, axis=-1)
    first_of_ties = np.zeros(ordered.shape, dtype=np.int32)
    counter = np.arange(1, ordered.shape[-1], dtype=np.int32)
    first_of_ties[..., 1:] = np.where(ordered[..., 1:] != ordered[..., :-1], counter, 0)
    np.maximum.accumulate(first_of_ties, axis=-1, out=first_of_ties)
    result = np.empty(keyed.shape)
    np.put_along_axis(result, places, first_of_ties + 1.0, axis=-1)
    result[unknown] = np.nan
    return result


def members_with_data(values: Numbers) -> Numbers:
    """How many members a rank is "of"."""
    return np.asarray(np.count_nonzero(~np.isnan(values), axis=-1), dtype=np.float64)


def average(values: Numbers) -> Numbers:
    """Unweighted mean of the members' rates, as publishers give it (methods 4.6); BEN-05."""
    return np.asarray(np.nansum(values, axis=-1) / without_zero(members_with_data(values)))


def pooled(count: Numbers, denominator: Numbers, per: float) -> Numbers:
    """Rate of all members together, over members that have both numbers."""
    both = ~np.isnan(count) & ~np.isnan(denominator)
    counted = np.where(both, count, 0.0).sum(axis=-1)
    lived = np.where(both, denominator, 0.0).sum(axis=-1)
    return np.asarray(counted / without_zero(lived) * per)


def group_change_pct(now: Numbers, before: Numbers) -> Numbers:
    """Change of all members together, over members known in both periods (BEN-06)."""
    both = ~np.isnan(now) & ~np.isnan(before)
    sum_now = np.where(both, now, 0.0).sum(axis=-1)
    sum_before = np.where(both, before, 0.0).sum(axis=-1)
    return np.asarray(100.0 * (sum_now - sum_before) / without_zero(sum_before))
