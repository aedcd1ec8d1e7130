"""The audit of a pack that was just written: none leaves the house that contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from callover.audit.findings import Finding
from callover.domain.errors import Fault, FaultsFound, Severity
from callover.jobs.audit import AuditRequest, audit_file

REMEDY = (
    "Nothing was written. Most often a sentence of the commentary kept an older figure: correct "
    "it, or accept the finding with a reason and --baseline FILE (docs/audit.md)."
)


@dataclass(frozen=True, slots=True)
class OwnAudit:
    """How a pack is audited before it is put in its place; ``baseline`` is None for no exceptions.

    ``today`` is the day on which an exception of the baseline must still hold.
    """

    today: date
    baseline: Path | None = None


def refuse_contradictions(documents: Sequence[Path], how: OwnAudit) -> tuple[str, ...]:
    """Raise FaultsFound where a document holds something wrong that nobody has accepted.

    Gives what a person should look at besides, a line a document.
    """
    faults: list[Fault] = []
    notes: list[str] = []
    for path in documents:
        settled = audit_file(AuditRequest(path, how.today, baseline=how.baseline)).settled
        wrong = [each for each in settled.standing if each.severity is Severity.WRONG]
        faults += [_fault(path.name, each) for each in wrong]
        others = sum(each.severity is Severity.SUSPICIOUS for each in settled.standing)
        if others:
            noun = "finding" if others == 1 else "findings"
            notes.append(f"{path.name}: {others} suspicious {noun} (callover audit {path.name})")
    if faults:
        raise FaultsFound("The pack contradicts itself.", faults, REMEDY, every=True)
    return tuple(notes)


def _fault(name: str, found: Finding) -> Fault:
    spot = found.spot
    place = f"page {spot.place.page}" if spot.place.page else spot.place.spot
    column = ", ".join(part for part in (spot.section, place) if part)
    return Fault(name, None, column, spot.printed, f"{found.arithmetic} ({found.rule}).",
                 f"It follows: {found.follows}.")  # fmt: skip
