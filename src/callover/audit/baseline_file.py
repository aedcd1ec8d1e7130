"""The baseline as a YAML file: read with every fault at its line, written to be filled in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import yaml

from callover.audit.baseline import Acceptance, Settled
from callover.audit.findings import Finding
from callover.audit.report.words import cut, plain, where
from callover.catalogue.entries import Entry, Ledger, nearest
from callover.catalogue.files import compose
from callover.domain.errors import FaultsFound

LIST = "accepted"

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
    ledger = Ledger()
    root = compose(content, name, ledger)
    found: list[Acceptance | None] = []
    if root is not None:
        top = Entry(root, ledger)
        top.build(lambda entry: found.extend(_entries(entry, rules, today)))
    if ledger.faults:
        raise FaultsFound(
            f"The baseline {name} is refused: {len(ledger.faults)} to put right.",
            ledger.faults,
            "An entry needs rule, section, printed, reason, accepted_by and date.",
        )
    return tuple(entry for entry in found if entry is not None)


def _entries(top: Entry, rules: Collection[str], today: date) -> list[Acceptance | None]:
    entries = top.entries(LIST)
    return [entry.build(lambda each: _acceptance(each, rules, today)) for entry in entries]


def _acceptance(entry: Entry, rules: Collection[str], today: date) -> Acceptance:
    rule = entry.text("rule")
    if rule and rule not in rules:
        entry.fault("rule", rule, "There is no such rule.", nearest(rule, rules))
    day, until = entry.day("date"), entry.maybe_day("until")
    if day > today:
        entry.fault("date", str(day), "This day lies in the future.", "When was it accepted?")
    if until is not None and until < today:
        entry.fault("until", str(until), "This day is past.", "Accept it again, or put it right.")
    return Acceptance(
        rule=rule,
        section=entry.text("section", ""),
        printed=_printed(entry),
        reason=entry.text("reason"),
        accepted_by=entry.text("accepted_by"),
        day=day,
        until=until,
        times=entry.integer("times", 1),
    )


def _printed(entry: Entry) -> str:
    """The words; they may be none, of what is not there at all."""
    if not entry.has("printed"):
        entry.fault("printed", "", "This key is missing.", "Add 'printed'.")
    return entry.text("printed", "")


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
