"""Deterministic scatter without any random state: the same name always gives the same draw."""

from __future__ import annotations

import hashlib
import math
from statistics import NormalDist

_NORMAL = NormalDist()


def share(*name: object) -> float:
    """A number strictly between 0 and 1 that depends on ``name`` alone."""
    digest = hashlib.sha256("|".join(map(str, name)).encode()).digest()
    return (int.from_bytes(digest[:6]) + 0.5) / 2**48


def count(mean: float, *name: object) -> int:
    """A count around ``mean`` with the spread of a Poisson count; exact for small means.

    Below 30 the Poisson distribution is inverted term by term, above it the normal limit serves.
    """
    if mean <= 0:
        return 0
    level = share(*name)
    if mean >= 30:
        return max(0, round(mean + math.sqrt(mean) * _NORMAL.inv_cdf(level)))
    term = total = math.exp(-mean)
    k = 0
    while total < level and k < 200:
        k += 1
        term *= mean / k
        total += term
    return k


def part(whole: int, probability: float, *name: object) -> int:
    """How many of ``whole`` have a property of this probability (normal limit, capped)."""
    spread = math.sqrt(whole * probability * (1 - probability))
    drawn = round(whole * probability + spread * _NORMAL.inv_cdf(share(*name)))
    return min(whole, max(0, drawn))
