"""What made a change: its parts, months, denominator and revisions. Every split adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part's change and its share of the whole change (None where the whole stayed)."""

    name: str
    before: float
    now: float
    share: float | None
    rest: bool = False  # what no part explains, or several small ones together

    @property
    def change(self) -> float:
        """Now less before."""
        return self.now - self.before


def contributions(
    before: Mapping[str, float], now: Mapping[str, float], rest: str = "",
    whole: tuple[float, float] | None = None,
) -> list[Contribution]:  # fmt: skip
    """The change of each part, the largest first; parts known on one side only are left out.

    With the ``whole`` (before, now), what no part explains is a line called ``rest``: the lines add
    up to the change of the whole.
    """
    names = [name for name in now if name in before]
    pairs = {name: (before[name], now[name]) for name in names}
    if whole is not None:
        left = [whole[i] - sum(pair[i] for pair in pairs.values()) for i in (0, 1)]
        if any(abs(each) > 1e-9 for each in left):
            pairs[rest] = (left[0], left[1])
    total = sum(b - a for a, b in pairs.values())
    found = [
        Contribution(name, a, b, (b - a) / total if total else None, bool(rest) and name == rest)
        for name, (a, b) in pairs.items()
    ]
    return sorted(found, key=lambda each: (-abs(each.change), each.name))


def shortened(
    parts: Sequence[Contribution], most: int, own: str = "", rest: str = "all others"
) -> list[Contribution]:
    """The ``most`` lines that moved furthest, ``own`` among them, from rise to fall; what is left
    in one line."""
    ranked = sorted(parts, key=lambda part: (part.name != own, -abs(part.change), part.name))
    if len(ranked) > most:
        kept, left = ranked[: most - 1], ranked[most - 1 :]
    else:
        kept, left = ranked, []
    found = sorted(kept, key=lambda part: (-part.change, part.name))
    if left:
        before, now = sum(part.before for part in left), sum(part.now for part in left)
        shares = [part.share for part in left if part.share is not None]
        found.append(Contribution(rest, before, now, sum(shares) if shares else None, rest=True))
    return found


@dataclass(frozen=True, slots=True)
class RateSplit:
    """A change of rate: what the counts made of it and what the denominator did."""

    counts: float
    denominator: float

    @property
    def total(self) -> float:
        """The whole change of the rate."""
        return self.counts + self.denominator


def rate_split(
    count_before: float, count_now: float, people_before: float, people_now: float, per: float
) -> RateSplit | None:
    """Each effect averaged over both orders (Das Gupta 1993), so that they add up exactly.

    None where a denominator is 0.
    """
    if people_before <= 0 or people_now <= 0:
        return None
    inverse_before, inverse_now = per / people_before, per / people_now
    return RateSplit(
        (count_now - count_before) * (inverse_before + inverse_now) / 2,
        (inverse_now - inverse_before) * (count_before + count_now) / 2,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A sum of months that moved on: what came, what went, what was revised in between.

    ``unexplained`` is what the months do not account for: sums that were published as such.
    """

    before: float
    now: float
    came: float
    went: float
    revised: float

    @property
    def change(self) -> float:
        """Now less before."""
        return self.now - self.before

    @property
    def unexplained(self) -> float:
        """The rest of the change."""
        return self.change - (self.came - self.went + self.revised)


def moved(
    before: tuple[float, Sequence[int]], now: tuple[float, Sequence[int]],
    then: Mapping[int, float], known: Mapping[int, float],
) -> Moved | None:  # fmt: skip
    """How a sum over months became another: each side is its value and its months (by index).

    ``then`` holds the months as they were known for the first sum, ``known`` as for the second.
    None unless every month that came or went is known on its side, and one that stayed on both;
    those that stayed and are known as a sum only may be behind what is unexplained.
    """
    old, new = set(before[1]), set(now[1])
    came, went, both = new - old, old - new, old & new
    stayed = both & known.keys() & then.keys()
    if not (came <= known.keys() and went <= then.keys() and (stayed or not both)):
        return None
    return Moved(
        before[0],
        now[0],
        sum(known[m] for m in came),
        sum(then[m] for m in went),
        sum(known[m] - then[m] for m in stayed),
    )
