"""The audit as one JSON object for other programs; fields as in ``docs/command-line.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from callover.audit.baseline import Accepted
from callover.audit.findings import Finding, Spot
from callover.audit.report.folds import folded
from callover.audit.report.result import Result


def record(finding: Finding) -> dict[str, Any]:
    """A finding as a record; a page or line that the format does not say is null."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        **_spot(finding.spot),
        "follows": finding.follows,
        "arithmetic": finding.arithmetic,
        "other": _spot(finding.other) if finding.other else None,
        "indicator": finding.indicator or None,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    place = spot.place
    return {
        "section": spot.section,
        "page": place.page or None,
        "line": place.nearest_line or None,
        "spot": place.spot if place.in_sheet or place.paragraph else None,
        "printed": spot.printed,
    }


def _accepted(accepted: Accepted) -> dict[str, Any]:
    by = accepted.by
    return {
        **record(accepted.finding),
        "reason": by.reason,
        "accepted_by": by.accepted_by,
        "date": by.day.isoformat(),
        "until": by.until.isoformat() if by.until else None,
    }


def _standing(result: Result) -> list[dict[str, Any]]:
    """What stands; ``with`` is the index of the finding that it stands beneath in other reports."""
    order = {id(each): at for at, each in enumerate(result.standing)}
    main = {
        id(also): order[id(fold.main)] for fold in folded(result.standing) for also in fold.also
    }
    return [{**record(each), "with": main.get(id(each))} for each in result.standing]


def content(result: Result) -> dict[str, Any]:
    """The object of one pack."""
    return {
        "pack": result.pack.name,
        "format": result.pack.format.value,
        "pages": result.pack.pages or None,
        "claims_read": result.audit.claims_read,
        "claims_checked": result.audit.claims_checked,
        "findings": _standing(result),
        "accepted": [_accepted(each) for each in result.settled.accepted],
        "notes": list(result.notes),
    }


def as_json(results: Sequence[Result]) -> str:
    """One object; of several packs a list of them, in the order in which they were named."""
    found = [content(each) for each in results]
    whole = found[0] if len(found) == 1 else found
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
