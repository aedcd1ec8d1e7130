"""Findings grouped per indicator and page in order of seriousness, numbered as they are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from callover.audit.findings import SEVERITIES, Finding
from callover.audit.report.folds import Fold, folded
from callover.audit.report.words import cut, plain, tally
from callover.audit.titles import is_title
from callover.domain.errors import Severity


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding under its number in the report; ``also`` are those that it stands for."""

    number: int
    finding: Finding
    also: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """It and those beneath it."""
        return self.finding, *self.also


@dataclass(frozen=True, slots=True)
class Group:
    """What is to be put right in one place: of one indicator (or section) on one page."""

    about: str
    page: int
    found: tuple[Numbered, ...]

    @property
    def title(self) -> str:
        """``Burglary, page 12``, cut to a line or two."""
        return self._titled(cut(self.about, 70))

    @property
    def whole_title(self) -> str:
        """The same in full."""
        return self._titled(self.about)

    def _titled(self, about: str) -> str:
        page = f"page {self.page}" if self.page else ""
        said = ", ".join(part for part in (about, page) if part) or "the whole pack"
        return said[:1].upper() + said[1:]

    @property
    def tally(self) -> str:
        """``2 wrong, 1 suspicious``."""
        return tally(finding for each in self.found for finding in each.all)


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """All groups, that of the most serious finding first; numbers run through."""
    places: dict[tuple[str, int], list[Fold]] = {}
    for fold in folded(findings):
        place = _about(fold.main), fold.main.spot.place.page
        places.setdefault(place, []).append(fold)
    groups: list[Group] = []
    number = 0
    for (about, page), found in places.items():
        numbered = (Numbered(number + i, each.main, each.also) for i, each in enumerate(found, 1))
        groups.append(Group(about, page, tuple(numbered)))
        number += len(found)
    return tuple(groups)


def beneath(groups: Iterable[Group]) -> int:
    """How many findings stand beneath another one."""
    return sum(len(each.also) for group in groups for each in group.found)


def _about(finding: Finding) -> str:
    section = plain(finding.spot.section)
    return plain(finding.indicator) or (section if is_title(section) else "")


Height = Callable[[Numbered | Group], int]
"""How many lines of a list a finding takes, or the heading of a group."""


def within(groups: Sequence[Group], lines: int, height: Height) -> tuple[Group, ...]:
    """What of the groups fits into so many lines.

    What is least serious is left out first; of what is wrong, the last groups.
    """
    kept: tuple[Group, ...] = ()
    for last in range(len(SEVERITIES), 0, -1):
        kept = _of(groups, SEVERITIES[:last])
        if sum(_lines(group, height) for group in kept) <= lines:
            return kept
    return _cut(kept, lines, height)


def _of(groups: Sequence[Group], kinds: Collection[Severity]) -> tuple[Group, ...]:
    found = (tuple(n for n in group.found if n.finding.severity in kinds) for group in groups)
    pairs = zip(groups, found, strict=True)
    return tuple(replace(group, found=kept) for group, kept in pairs if kept)


def _lines(group: Group, height: Height) -> int:
    return height(group) + sum(height(each) for each in group.found)


def _cut(groups: Sequence[Group], lines: int, height: Height) -> tuple[Group, ...]:
    """The first of the groups, and of each what still fits."""
    shown: list[Group] = []
    for group in groups:
        lines -= height(group)
        kept: list[Numbered] = []
        for each in group.found:
            lines -= height(each)
            if lines >= 0:
                kept.append(each)
        if kept:
            shown.append(replace(group, found=tuple(kept)))
    return tuple(shown)


def left_out(groups: Sequence[Group], listed: Sequence[Group]) -> tuple[Finding, ...]:
    """What stands in the groups and not in the list."""
    shown = {each.number for group in listed for each in group.found}
    rest = (each for group in groups for each in group.found if each.number not in shown)
    return tuple(finding for each in rest for finding in each.all)
