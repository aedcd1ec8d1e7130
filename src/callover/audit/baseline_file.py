"""The baseline as a YAML file: read with every fault at its line, written to be filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import yaml

from callover.audit.baseline import Acceptance, Settled
from callover.audit.baseline_entry import NULL, BaselineEntry, Faults, acceptance
from callover.audit.findings import Finding
from callover.audit.report.words import counted, cut, plain, where
from callover.catalogue.files import NOT_YAML, composed, trouble
from callover.domain.errors import Fault, FaultsFound

LIST = "accepted"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]|\A%PDF-")
_REMEDY = "Correct the file, or make it anew: callover audit FILE --write-baseline OTHER.yaml"
_ENTRY = "An entry begins with '- rule:' and has section, printed, reason, accepted_by and date."
_NOTHING = f"Write '{LIST}: []' where nothing is accepted, or let --write-baseline make the file."
_SPELLING = (
    "See that lines are indented alike, put a text with a colon or a # in quotes, and save the file"
    " as UTF-8."
)

_HEAD = """\
# Known findings of {name} that may stand.
# Each needs a reason and the post that answers for it; take out what is to be put right instead.
# Optional: "until: 2027-03-31", the last day on which it holds.
{list}
"""


def read_baseline(
    content: bytes, name: str, rules: Collection[str], today: date
) -> tuple[Acceptance, ...]:
    """The entries of a baseline file; raises FaultsFound with all that is wrong with any."""
    faults = Faults(name)
    found = [
        acceptance(BaselineEntry(node, faults), rules, today) for node in _entries(content, faults)
    ]
    if faults.found:
        raise FaultsFound(
            f"The baseline {name} is refused: {counted(len(faults.found), 'place')} to put right.",
            sorted(faults.found, key=lambda each: each.line or 0),
            _REMEDY,
        )
    return tuple(found)


def _entries(content: bytes, faults: Faults) -> Iterator[yaml.MappingNode]:
    """The entries of the list; whatever stands in their place is a fault."""
    root = _root(content, faults)
    for key, value in root.value if root is not None else ():
        if key.value != LIST:
            reason, remedy = f"'{key.value}:' does not belong here.", f"Did you mean '{LIST}:'?"
            faults.note(key, "", reason, remedy)
        elif isinstance(value, yaml.SequenceNode):
            yield from _mappings(value, faults)
        elif value.tag != NULL:
            faults.note(value, "", f"'{LIST}:' has no list of entries below it.", _ENTRY)
    if root is not None and not root.value:
        faults.note(None, "", f"There is no list '{LIST}:' in it.", _NOTHING)


def _mappings(entries: yaml.SequenceNode, faults: Faults) -> Iterator[yaml.MappingNode]:
    for each in entries.value:
        if isinstance(each, yaml.MappingNode):
            yield each
        else:
            text = str(each.value) if isinstance(each, yaml.ScalarNode) else ""
            faults.note(each, text, "is no entry.", _ENTRY)


def _root(content: bytes, faults: Faults) -> yaml.MappingNode | None:
    """The whole of a file; None, with a fault, for what is no baseline."""
    if _BINARY.search(content):
        reason = "This is no text file but something like a PDF, a workbook or a picture."
        faults.note(None, "", reason, "Name the baseline that --write-baseline made.")
        return None
    try:
        root = composed(content, faults.file)
    except NOT_YAML as error:
        line, problem = trouble(error, content)
        reason = f"From here on the file cannot be read ({problem})."
        faults.found.append(Fault(faults.file, line, "", "", reason, _SPELLING))
        return None
    if root is None:
        faults.note(None, "", "The file is empty, or has comments only.", _NOTHING)
    elif not isinstance(root, yaml.MappingNode):
        faults.note(root, "", f"The file does not begin with the line '{LIST}:'.", _NOTHING)
    return root if isinstance(root, yaml.MappingNode) else None


def as_baseline(settled: Settled, name: str, today: date) -> str:
    """A baseline of what was found: accepted before as it was, the rest to be filled in.

    Entries that match nothing any more are left out.
    """
    kept = dict.fromkeys(each.by for each in settled.accepted)
    entries = [_yaml(_record_of(entry)) for entry in kept]
    entries += [_about(finding) + _yaml(_blank(finding, today)) for finding in settled.standing]
    return _HEAD.format(name=plain(name), list=f"{LIST}:" if entries else f"{LIST}: []") + "".join(
        entries
    )


def _about(finding: Finding) -> str:
    """A comment for who fills it in: where it stands, and what is wrong with it."""
    return f"\n# {cut(where(finding.spot), 90)}\n# {cut(finding.arithmetic, 90)}\n"


def _blank(finding: Finding, today: date) -> dict[str, Any]:
    spot = finding.spot
    said = {"rule": finding.rule, "section": spot.section, "printed": spot.printed}
    return {**said, "reason": "", "accepted_by": "", "date": today}


def _record_of(entry: Acceptance) -> dict[str, Any]:
    record: dict[str, Any] = {
        "rule": entry.rule,
        "section": entry.section,
        "printed": entry.printed,
        "reason": entry.reason,
        "accepted_by": entry.accepted_by,
        "date": entry.day,
    }
    if entry.until is not None:
        record["until"] = entry.until
    return record if entry.times == 1 else {**record, "times": entry.times}


def _yaml(record: dict[str, Any]) -> str:
    return yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=100)
