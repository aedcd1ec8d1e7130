"""In which of the report's three lists an indicator stands, where a person decided it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from callover.catalogue.edit import changed_text, write_whole
from callover.domain.errors import UnknownName
from callover.domain.periods import Month
from callover.jobs.commentary import read_selection, selection_path
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import Workspace
from callover.report.selection import SECTIONS, parse_selection

BY_RULE, NOWHERE = "rule", "nowhere"
WHERE = (BY_RULE, *SECTIONS, NOWHERE)
"""What a person may decide: as the rule has it, one of the lists, or none of them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody put an indicator, one of ``WHERE``, and their reason."""

    where: str
    reason: str = ""


def standing_of(
    workspace: Path, partnership: str, indicator: str, month: Month
) -> Standing:  # fmt: skip
    """What the month's ``selection.yaml`` says of an indicator."""
    opened = Workspace.open(workspace)
    here = opened.partnership(partnership)
    held = read_selection(opened, here, opened.catalogue_of(here), month)
    for section, edits in held.items():
        if indicator in edits.add:
            return Standing(section, edits.add[indicator])
    reasons = [edits.remove[indicator] for edits in held.values() if indicator in edits.remove]
    return Standing(NOWHERE, reasons[0]) if reasons else Standing(BY_RULE)


def put_in_list(
    workspace: Path, partnership: str, indicator: str, month: Month, standing: Standing
) -> None:
    """Write into the month's ``selection.yaml`` where an indicator stands; the same twice changes
    nothing, and what else the file says stays.

    Raises UnknownName for a partnership, an indicator or a list that is not there, ValueError
    without a reason; FaultsFound, with the file as it was, where it has faults.
    """
    opened = Workspace.open(workspace)
    here = opened.partnership(partnership)
    known = opened.catalogue_of(here).indicators
    if indicator not in known:
        raise UnknownName("indicator", indicator, sorted(known))
    if standing.where not in WHERE:
        raise UnknownName("list", standing.where, WHERE)
    if standing.where != BY_RULE and not standing.reason.strip():
        raise ValueError("another list needs a reason")
    path = selection_path(opened, here, month)
    with changing_definitions(workspace):
        before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        after = changed_text(before, lambda document: _put(document, indicator, standing))
        parse_selection(after.encode(), str(path), known)
        if after:
            write_whole(path, after)
        else:
            path.unlink(missing_ok=True)


def _put(document: CommentedMap, indicator: str, standing: Standing) -> None:
    for section in list(document):
        for change in list(document[section] or ()):
            (document[section][change] or {}).pop(indicator, None)
            if not document[section][change]:
                del document[section][change]
        if not document[section]:
            del document[section]
    if standing.where == NOWHERE:
        for section in SECTIONS:
            _say(document, section, "remove", indicator, standing.reason)
    elif standing.where in SECTIONS:
        _say(document, standing.where, "add", indicator, standing.reason)


def _say(document: CommentedMap, section: str, change: str, indicator: str, reason: str) -> None:
    below = document.setdefault(section, CommentedMap()).setdefault(change, CommentedMap())
    below[indicator] = " ".join(reason.split())
