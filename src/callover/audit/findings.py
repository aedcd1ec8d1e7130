"""What an audit finds: two places that cannot both be true, and the line that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from callover.audit.pack import Place
from callover.domain.errors import Severity

SEVERITIES = (Severity.WRONG, Severity.SUSPICIOUS, Severity.EXPLAINABLE)
"""In order of seriousness."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something printed: in which section, where, and the words or cells around it.

    ``excerpt`` is enough to find it on the page: a sentence, or a row of a table with its heading.
    """

    section: str
    place: Place
    printed: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction. ``rule`` is the id of a rule; ``confidence`` runs from 0 to 1.

    ``follows`` is what the rest of the pack implies instead, ``arithmetic`` the one line that shows
    it; ``other`` is the place that contradicts ``spot``, None where it contradicts itself.
    ``indicator`` is what the finding is about, "" where it belongs to none.
    """

    rule: str
    severity: Severity
    confidence: float
    spot: Spot
    follows: str
    arithmetic: str
    other: Spot | None = None
    indicator: str = ""

    @property
    def order(self) -> tuple[int, float, Place]:
        """The most serious first, then the surest, then as the pack runs."""
        return SEVERITIES.index(self.severity), -self.confidence, self.spot.place


@dataclass(frozen=True, slots=True)
class Audit:
    """All findings of a pack, and how much was read and checked, so that silence means something.

    ``claims_read`` counts figures, dates and words of judgement that were understood,
    ``claims_checked`` those of them that some rule compared with another.
    """

    findings: tuple[Finding, ...]
    claims_read: int
    claims_checked: int

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """Those that cannot be true."""
        return tuple(each for each in self.findings if each.severity is Severity.WRONG)
