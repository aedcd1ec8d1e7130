"""Checking and changing a workspace's indicator set; every change is written to its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from callover.catalogue import load_catalogue, load_partnership
from callover.catalogue.edit import append_entry, holds_entry, restore_on_fault, set_value
from callover.catalogue.new import NewIndicator, indicator_entry, series_entry
from callover.domain.errors import Fault, FaultsFound, UnknownName, UserError, WorkspaceError
from callover.domain.indicators import Catalogue, Indicator
from callover.domain.periods import Month
from callover.domain.ratings import Direction
from callover.domain.units import Unit
from callover.jobs.turns import changing_definitions

CHANGE_LOG = "change-log.yaml"
OWN = "indicators.yaml"
AMENDMENTS = "amendments.yaml"


@dataclass(frozen=True, slots=True)
class CheckedSet:
    """A set that a workspace uses, found without fault."""

    set_id: str
    title: str
    indicators: int
    pages: int
    series: int
    sources: int
    content_hash: str
    change_log: tuple[str, ...] = ()


def sets_of(workspace: Path) -> tuple[str, ...]:
    """Ids of the indicator sets that the workspace's partnerships use.

    Raises WorkspaceError where there is no partnership, FaultsFound for settings at fault.
    """
    found: set[str] = set()
    faults: list[Fault] = []
    for path in sorted((workspace / "partnerships").glob("*.yaml")):
        try:
            found.add(load_partnership(path).set_id)
        except FaultsFound as error:
            faults.extend(error.faults)
    if faults:
        raise FaultsFound(f"Partnerships in {workspace} are at fault.", faults)
    if not found:
        raise WorkspaceError(
            f"{workspace} holds no partnership (partnerships/*.yaml).",
            "Name a workspace with --workspace DIR, or make one with 'callover init'.",
        )
    return tuple(sorted(found))


def load_set(workspace: Path, set_id: str) -> Catalogue:
    """A set as the workspace has it: shipped definitions with its own over them."""
    return load_catalogue(set_id, (workspace / "definitions",))


def check(workspace: Path) -> tuple[CheckedSet, ...]:
    """Load every set that the workspace uses; raises FaultsFound with the faults of all of them."""
    checked: list[CheckedSet] = []
    faults: list[Fault] = []
    for set_id in sets_of(workspace):
        try:
            checked.append(_summary(load_set(workspace, set_id)))
        except FaultsFound as error:
            faults.extend(error.faults)
    faults.extend(_unknown_indicators(workspace) if not faults else ())
    if faults:
        raise FaultsFound(f"The definitions used by {workspace} are at fault.", faults)
    return tuple(checked)


def _summary(catalogue: Catalogue) -> CheckedSet:
    return CheckedSet(
        set_id=catalogue.set_id,
        title=catalogue.title,
        indicators=sum(not one.part_of for one in catalogue.indicators.values()),
        pages=len(catalogue.pages()),
        series=len(catalogue.series),
        sources=len(catalogue.sources),
        content_hash=catalogue.content_hash,
        change_log=catalogue.change_log,
    )


def _unknown_indicators(workspace: Path) -> Iterable[Fault]:
    """Faults of partnerships that name indicators their set does not have."""
    for path in sorted((workspace / "partnerships").glob("*.yaml")):
        known = load_set(workspace, load_partnership(path).set_id).indicators
        try:
            load_partnership(path, frozenset(known))
        except FaultsFound as error:
            yield from error.faults


def add(workspace: Path, new: NewIndicator, set_id: str = "") -> Indicator:
    """Add an indicator to the workspace's own definitions, and a line to the change log.

    Raises UnknownName for a group, unit, direction or source that does not exist, UserError where
    the id is taken, FaultsFound where the result would not load; the files are then left as before.
    """
    with changing_definitions(workspace):
        return _added(workspace, new, _the_set(workspace, set_id))


def _added(workspace: Path, new: NewIndicator, set_id: str) -> Indicator:
    catalogue = load_set(workspace, set_id)
    _check_new(new, catalogue)
    folder = workspace / "definitions"
    own = folder / set_id / OWN

    def write() -> None:
        log_once(folder, "added", new.id, new.from_month, new.reason, new.decided_by)
        series = new.series or new.id
        if series not in catalogue.series:
            append_entry(own, "series", series_entry(new, series))
        append_entry(own, "indicators", indicator_entry(new, series, catalogue))

    return _changed(workspace, set_id, (own, folder / CHANGE_LOG), write).indicators[new.id]


def retire(
    workspace: Path,
    indicator: str,
    from_month: Month,
    reason: str,
    decided_by: str,
    set_id: str = "",
) -> Indicator:
    """Take an indicator out of the set from a month on; earlier packs keep it.

    Raises UnknownName for an id that does not exist, UserError where it is retired already or other
    indicators stand on its page.
    """
    with changing_definitions(workspace):
        set_id = _the_set(workspace, set_id)
        return _retired(workspace, indicator, from_month, reason, decided_by, set_id)


def _retired(
    workspace: Path, indicator: str, from_month: Month, reason: str, decided_by: str, set_id: str
) -> Indicator:
    catalogue = load_set(workspace, set_id)
    _check_retired(indicator, catalogue)
    folder = workspace / "definitions"
    own, amendments = folder / set_id / OWN, folder / set_id / AMENDMENTS
    last = str(from_month - 1)

    def write() -> None:
        log_once(folder, "retired", indicator, from_month, reason, decided_by)
        if not set_value(own, "indicators", indicator, "valid_to", last):
            append_entry(amendments, "amend", {"id": indicator, "valid_to": last})

    paths = (own, amendments, folder / CHANGE_LOG)
    return _changed(workspace, set_id, paths, write).indicators[indicator]


def _the_set(workspace: Path, set_id: str) -> str:
    """The set that is meant: the one named, or the only one in use."""
    used = sets_of(workspace)
    if set_id:
        if set_id not in used:
            raise UnknownName("indicator set in this workspace", set_id, used)
        return set_id
    if len(used) > 1:
        raise UserError(
            f"The workspace uses {len(used)} sets: {', '.join(used)}.", "Say which with --set."
        )
    return used[0]


def _check_new(new: NewIndicator, catalogue: Catalogue) -> None:
    if new.id in catalogue.indicators:
        place = catalogue.indicators[new.id].place
        raise UserError(f"The id {new.id!r} is taken ({place}).", "Choose another id.")
    named = (
        ("group", new.group, tuple(name for name, _ in catalogue.groups)),
        ("unit", new.unit, tuple(Unit)),
        ("direction", new.direction, tuple(Direction)),
        ("source", new.source, tuple(catalogue.sources)),
    )
    for kind, name, known in named:
        if name not in known:
            raise UnknownName(kind, name, tuple(str(one) for one in known))


def _check_retired(name: str, catalogue: Catalogue) -> None:
    if name not in catalogue.indicators:
        raise UnknownName("indicator", name, tuple(catalogue.indicators))
    one = catalogue.indicators[name]
    if one.valid_to is not None:
        raise UserError(f"{name!r} is retired already: its last month is {one.valid_to}.")
    standing = [
        other.id
        for other in catalogue.indicators.values()
        if name in (other.part_of, other.shares_page_of) and other.valid_to is None
    ]
    if standing:
        raise UserError(
            f"{', '.join(standing)} belong to {name!r}.", "Retire them first, in the same month."
        )


def log_once(
    folder: Path, action: str, indicator: str, month: Month, reason: str, decided_by: str
) -> None:
    """Write a line into the change log of ``folder``, before the change itself.

    Whoever is stopped between the two does the change again, and finds its line written.
    """
    entry = {
        "month": str(month), "action": action, "indicator": indicator, "reason": reason,
        "decided_by": decided_by,
    }  # fmt: skip
    if not holds_entry(folder / CHANGE_LOG, "change_log", entry):
        append_entry(folder / CHANGE_LOG, "change_log", entry)


def _changed(
    workspace: Path, set_id: str, paths: tuple[Path, ...], write: Callable[[], None]
) -> Catalogue:
    """Write, then load: definitions that do not load are put back as they were."""
    with restore_on_fault(paths):
        write()
        return load_set(workspace, set_id)
