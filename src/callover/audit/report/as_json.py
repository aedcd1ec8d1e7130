"""The audit as one JSON object for other programs; fields as in ``docs/command-line.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from callover.audit.baseline import Accepted
from callover.audit.findings import Finding, Spot
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
    return {
        "section": spot.section,
        "page": spot.place.page or None,
        "line": spot.place.line or None,
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


def content(result: Result) -> dict[str, Any]:
    """The object of one pack."""
    return {
        "pack": result.pack.name,
        "format": result.pack.format.value,
        "pages": result.pack.pages or None,
        "claims_read": result.audit.claims_read,
        "claims_checked": result.audit.claims_checked,
        "findings": [record(each) for each in result.standing],
        "accepted": [_accepted(each) for each in result.settled.accepted],
        "notes": list(result.notes),
    }


def as_json(results: Sequence[Result]) -> str:
    """One object; of several packs a list of them, in the order in which they were named."""
    found = [content(each) for each in results]
    whole = found[0] if len(found) == 1 else found
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
