"""The analyst's changes to the three lists of the report: ``selection.yaml`` beside the month's
commentary. A rule chooses the lists; a person may put an indicator in or take one out, and says
why::

    improvement:
      add:
        knife_crime: Three stabbings after the month closed
      remove:
        robbery: The rise belongs to last winter
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from callover.catalogue.entries import Entry, Ledger, as_entries, nearest
from callover.catalogue.files import compose
from callover.domain.errors import FaultsFound

SECTIONS = ("improvement", "success", "monitoring")


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes to one list: indicator id and the analyst's reason."""

    add: Mapping[str, str] = field(default_factory=dict)
    remove: Mapping[str, str] = field(default_factory=dict)


Selection = Mapping[str, Edits]
"""Edits by section; a section that nobody edited is absent."""


def parse_selection(content: bytes, place: str, indicators: Collection[str]) -> Selection:
    """The edits of one file; raises FaultsFound with every fault, each with its line."""
    ledger = Ledger()
    root = compose(content, place, ledger)
    found: dict[str, Edits] = {}
    if root is not None:
        whole = Entry(root, ledger)
        for key, node in root.value:
            if key.value not in SECTIONS:
                known = nearest(str(key.value), SECTIONS)
                ledger.note(key, "", str(key.value), "is no list of the report.", known)
                continue
            for entry in as_entries([node], str(key.value), ledger):
                found[str(key.value)] = _edits(entry, str(key.value), indicators)
        _check_one_place(found, whole)
    if ledger.faults:
        raise FaultsFound(f"{place} has faults.", ledger.faults)
    return found


def _edits(entry: Entry, section: str, indicators: Collection[str]) -> Edits:
    lists: dict[str, dict[str, str]] = {"add": {}, "remove": {}}
    for key in entry.keys:
        if key not in lists:
            entry.fault(key, key, f"is nothing to do with {section!r}.", "Write add or remove.")
            continue
        for below in entry.entries(key):
            lists[key] = _reasons(below, indicators)
    for name in lists["add"].keys() & lists["remove"].keys():
        entry.fault("remove", name, "is both added and removed.", "Keep one of the two.")
    return Edits(lists["add"], lists["remove"])


def _reasons(entry: Entry, indicators: Collection[str]) -> dict[str, str]:
    """Indicator and reason; an edit without a reason is a fault, for the board will ask."""
    found: dict[str, str] = {}
    for name in entry.keys:
        if name not in indicators:
            entry.fault(name, name, "is no indicator.", nearest(name, indicators))
        elif not entry.peek(name):
            entry.fault(name, name, "needs a reason.", "Write it after the colon.")
        else:
            found[name] = entry.text(name)
    return found


def _check_one_place(found: Selection, whole: Entry) -> None:
    """An indicator that is added to two lists would be read twice."""
    seen: dict[str, str] = {}
    for section, edits in found.items():
        for name in edits.add:
            if name in seen:
                reason = f"is added to {seen[name]!r} and to {section!r}."
                whole.fault(section, name, reason, "Keep one of the two.")
            seen[name] = section
