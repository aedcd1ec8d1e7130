"""What a snapshot holds, told to whoever signs it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from callover.web.meetings.models import Escalation, Question
from callover.web.snapshots.models import Signature, Snapshot
from callover.web.snapshots.seal import broken
from callover.web.snapshots.serving import PACK_FILES, PUBLIC, RESTRICTED


@dataclass(frozen=True)
class Statement:
    """Seal, contents, and what is left open."""

    broken: tuple[str, ...]
    indicators: int
    ratings: tuple[tuple[str, int], ...]
    written: int
    warnings: tuple[str, ...]
    findings: tuple[str, ...]
    questions: tuple[Question, ...]
    escalations: tuple[Escalation, ...]
    signature: Signature | None
    newer: Snapshot | None


def statement_of(snapshot: Snapshot, restricted: bool) -> Statement:
    """Read from the sealed files, after the seal was held against them.

    Warnings and contradictions are those of the edition that the reader may see.
    """
    faults = broken(snapshot.folder, snapshot.seal)
    pack = {} if faults else _pack(snapshot, restricted)
    held = {"partnership": snapshot.partnership_id, "month": snapshot.month}
    return Statement(
        faults, len(pack.get("indicators", ())),
        tuple(Counter(pack.get("ratings", {}).values()).most_common()),
        len(pack.get("commentary", {})), tuple(pack.get("warnings", ())),
        tuple(each["message"] for each in pack.get("findings", ())
              if each["severity"] != "explainable"),
        tuple(Question.objects.filter(**held, answered__isnull=True)),
        tuple(Escalation.objects.filter(**held)),
        Signature.objects.filter(snapshot=snapshot).first(), _newer(snapshot),
    )  # fmt: skip


def _pack(snapshot: Snapshot, restricted: bool) -> dict[str, Any]:
    if not restricted and not snapshot.has_public:
        return {}
    name = PACK_FILES[RESTRICTED if restricted else PUBLIC]
    found: dict[str, Any] = json.loads((snapshot.folder / f"{name}.json").read_bytes())
    return found


def _newer(snapshot: Snapshot) -> Snapshot | None:
    """A later snapshot of the same month, which the signer may rather want."""
    return Snapshot.objects.filter(
        partnership=snapshot.partnership_id, month=snapshot.month, number__gt=snapshot.number
    ).order_by("-number").first()  # fmt: skip
