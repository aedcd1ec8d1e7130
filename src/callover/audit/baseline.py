"""Known findings that somebody answers for: which findings they cover, and which are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from callover.audit.findings import Finding
from callover.audit.identity import Identity, identity, identity_of


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of a baseline: a finding that may stand, why, and which post says so.

    It covers ``times`` findings alike and no more: another one with the same words is news.
    """

    rule: str
    section: str
    printed: str
    reason: str
    accepted_by: str
    day: date
    until: date | None = None
    times: int = 1

    def __post_init__(self) -> None:
        if self.times < 1:
            raise ValueError("an entry covers one finding at least")

    @property
    def identity(self) -> Identity:
        """What a finding has to have for this entry to cover it."""
        return identity_of(self.rule, self.section, self.printed)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding with the entry that covers it."""

    finding: Finding
    by: Acceptance


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings that stand, those that are accepted, and entries that match nothing any more."""

    standing: tuple[Finding, ...]
    accepted: tuple[Accepted, ...] = ()
    outdated: tuple[Acceptance, ...] = ()


def settle(findings: Sequence[Finding], acceptances: Sequence[Acceptance] = ()) -> Settled:
    """Every finding to the first entry that covers it and has not covered its number yet."""
    left = Counter({place: entry.times for place, entry in enumerate(acceptances)})
    standing: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        place = _covering(finding, acceptances, left)
        if place is None:
            standing.append(finding)
        else:
            left[place] -= 1
            accepted.append(Accepted(finding, acceptances[place]))
    unused = (entry for place, entry in enumerate(acceptances) if left[place] == entry.times)
    return Settled(tuple(standing), tuple(accepted), tuple(unused))


def _covering(
    finding: Finding, acceptances: Sequence[Acceptance], left: Counter[int]
) -> int | None:
    wanted = identity(finding)
    for place, entry in enumerate(acceptances):
        if left[place] and entry.identity == wanted:
            return place
    return None
