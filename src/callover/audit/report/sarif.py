"""The audit as SARIF 2.1.0, which code hosts and editors show beside the file."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from callover import __version__
from callover.audit.baseline import Acceptance
from callover.audit.findings import Finding, Spot
from callover.audit.identity import Identity, identity
from callover.audit.pack import Place
from callover.audit.report.result import Result
from callover.audit.report.words import place_words, plain
from callover.audit.rules.rule import Rule
from callover.data.hidden import column_of
from callover.domain.errors import Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {
    Severity.WRONG: "error",
    Severity.SUSPICIOUS: "warning",
    Severity.EXPLAINABLE: "note",
}
_COLUMN = re.compile(r"!([A-Z]{1,3})\d+$")
FINGERPRINT = "calloverFinding/v1"


def as_sarif(results: Sequence[Result]) -> str:
    """One log with a run for each pack; the same findings give the same text."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(each) for each in results]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(result: Result) -> dict[str, Any]:
    rules = {rule.id: place for place, rule in enumerate(result.rules)}
    seen: Counter[Identity] = Counter()
    found: list[dict[str, Any]] = []
    for finding, by in _all(result):
        same = identity(finding)
        seen[same] += 1
        entry = _result(finding, _uri(result.file), rules, result.title_of(finding.rule))
        entry["partialFingerprints"] = {FINGERPRINT: _fingerprint(same, seen[same])}
        found.append(entry if by is None else {**entry, "suppressions": [_suppression(by)]})
    return {
        "tool": {"driver": _driver(result.rules)},
        "artifacts": [{"location": {"uri": _uri(result.file)}, "roles": ["analysisTarget"]}],
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result)],
        "results": found,
        "properties": {
            "claimsRead": result.audit.claims_read,
            "claimsChecked": result.audit.claims_checked,
        },
    }


def _all(result: Result) -> Iterable[tuple[Finding, Acceptance | None]]:
    yield from ((each, None) for each in result.standing)
    yield from ((each.finding, each.by) for each in result.settled.accepted)


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "name": "Callover audit",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    about = [rule.looks_for, f"Example: {rule.example}", f"What to do: {rule.remedy}"]
    if rule.may_be_right:
        about.append(f"When it may be right: {rule.may_be_right}")
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.looks_for},
        "help": {"text": "\n".join(about), "markdown": "\n\n".join(about)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _invocation(result: Result) -> dict[str, Any]:
    told = [{"message": {"text": note}, "level": "note"} for note in result.notes]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _result(finding: Finding, uri: str, rules: dict[str, int], title: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": _message(finding, title)},
        "locations": [_location(finding.spot, uri)],
        "properties": {"confidence": finding.confidence, "indicator": finding.indicator},
    }
    if finding.rule in rules:
        entry["ruleIndex"] = rules[finding.rule]
    if finding.other is not None:
        said = {"text": f"Against this: {plain(finding.other.printed)}"}
        entry["relatedLocations"] = [{"id": 1, "message": said, **_location(finding.other, uri)}]
    return entry


def _message(finding: Finding, title: str) -> str:
    """One sentence; a link to the other place where there is one."""
    said = f"{title}: printed “{plain(finding.spot.printed)}”, follows {plain(finding.follows)}"
    said += f" ({plain(finding.arithmetic)})."
    place = finding.spot.place
    if place.page or place.in_sheet or place.paragraph:  # no region says these
        said += f" Place: {place_words(place)}."
    # square brackets are SARIF's links: those of the pack are words
    said = said.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    if finding.other is None:
        return said
    return f"{said} Against [{place_words(finding.other.place) or 'another place'}](1)."


def _location(spot: Spot, uri: str) -> dict[str, Any]:
    where: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "index": 0},
            "region": {**_region(spot.place), "snippet": {"text": spot.printed}},
        },
        "properties": {"page": spot.place.page, "spot": spot.place.spot},
    }
    if spot.section:
        where["logicalLocations"] = [{"name": plain(spot.section), "kind": "section"}]
    return where


def _region(place: Place) -> dict[str, int]:
    """The line, or what comes nearest to one, for SARIF's viewers show nothing without: the number
    of a paragraph; row and column of a cell."""
    found = _COLUMN.search(place.spot) if place.in_sheet else None
    region = {"startLine": place.nearest_line or 1}
    return {**region, "startColumn": column_of(found[1])} if found else region


def _suppression(by: Acceptance) -> dict[str, Any]:
    said = f"{by.reason} ({by.accepted_by}, {by.day.isoformat()})"
    return {"kind": "external", "status": "accepted", "justification": said}


def _fingerprint(same: Identity, nth: int) -> str:
    """Stays when pages and lines shift; ``nth`` tells those apart that are alike otherwise."""
    return hashlib.sha256("\0".join((*same, str(nth))).encode()).hexdigest()[:32]


def _uri(file: str) -> str:
    """The path from where the command ran; only the name of a file from elsewhere."""
    path = PurePath(file)
    outside = path.is_absolute() or ".." in path.parts
    return quote(os.fsencode(path.name if outside else path.as_posix()))
