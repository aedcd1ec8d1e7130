"""Findings that tell of one slip: the most serious stands for all that are about its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from callover.audit.findings import Finding, Spot
from callover.audit.pack import Place
from callover.audit.report.marked import SEPARATORS, whole
from callover.audit.report.words import plain


@dataclass(frozen=True, slots=True)
class Fold:
    """A finding with those that it stands for: each is about a place that it names itself."""

    main: Finding
    also: tuple[Finding, ...] = ()


def folded(findings: Iterable[Finding]) -> tuple[Fold, ...]:
    """Every finding once, as a main one or beneath one; the most serious and surest first.

    Beneath a main finding stand those of the same printed place, those of the place that it is
    held against, and those that are held against its own place. It goes no further: two findings
    that are only held against one third place are two slips.
    """
    ordered = sorted(findings, key=lambda each: each.order)
    of_place = _where(ordered, _own)
    against = _where(ordered, _other)
    taken: set[int] = set()
    folds: list[Fold] = []
    for at, main in enumerate(ordered):
        if at not in taken:
            own, other = _own(main), _other(main)
            tied = {*of_place[own], *of_place[other], *against[own]} - taken - {at}
            taken |= {at, *tied}
            folds.append(Fold(main, tuple(ordered[each] for each in sorted(tied))))
    return tuple(folds)


_Printed = tuple[Place, str, str]
"""A printed place: where, the words, and what follows instead where they stand there twice."""


def _own(finding: Finding) -> _Printed | None:
    spot = finding.spot
    return _printed(spot, "" if _stands_once(spot) else plain(finding.follows))


def _other(finding: Finding) -> _Printed | None:
    spot = finding.other
    return None if spot is None or not _stands_once(spot) else _printed(spot, "")


def _printed(spot: Spot, instead: str) -> _Printed | None:
    known = (spot.place.line or spot.place.spot) and plain(spot.printed)
    return (spot.place, plain(spot.printed), instead) if known else None


def _stands_once(spot: Spot) -> bool:
    """Whether place and words name one spot: a line of a text may hold a number twice, a cell that
    has a mark of its own does not."""
    in_row = any(divider in spot.excerpt for divider in SEPARATORS)
    pattern = whole(spot.printed)
    own_cell = bool(spot.place.spot) and in_row
    return own_cell or pattern is None or len(pattern.findall(spot.excerpt)) <= 1


def _where(
    findings: Sequence[Finding], place_of: Callable[[Finding], _Printed | None]
) -> defaultdict[_Printed | None, list[int]]:
    """Which findings have each printed place; none has the unknown one."""
    found: defaultdict[_Printed | None, list[int]] = defaultdict(list)
    for at, each in enumerate(findings):
        place = place_of(each)
        if place is not None:
            found[place].append(at)
    return found
