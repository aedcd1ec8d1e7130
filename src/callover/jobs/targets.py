"""A target that a partnership agrees from a month on, with the reason and who decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from callover.catalogue.edit import append_entry, holds_entry, restore_on_fault
from callover.domain.errors import UnknownName, UserError
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.domain.targets import Target, TargetKind, in_force
from callover.jobs.indicators import AMENDMENTS, CHANGE_LOG, load_set, log_once
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import Workspace

NEEDS_VALUE = (
    TargetKind.PERCENT_DECREASE, TargetKind.CEILING, TargetKind.COUNT, TargetKind.LEVEL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What was agreed; ``tolerance`` as definitions write it (``5 points``), empty for no amber."""

    indicator: str
    from_month: Month
    kind: TargetKind
    reason: str
    decided_by: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.decided_by.strip():
            raise ValueError("a target needs a reason and who decided")


def set_target(workspace: Path, partnership: str, new: NewTarget) -> Target | None:
    """Write a target for the partnership's area, for the rest of the financial year of its month.

    The same twice is written once. Raises UnknownName for an indicator that is not there,
    FaultsFound for numbers that do not fit; the files are then as they were.
    """
    opened = Workspace.open(workspace)
    one = opened.partnership(partnership)
    if new.indicator not in opened.catalogue(one.set_id).indicators:
        raise UnknownName("indicator", new.indicator, sorted(opened.catalogue().indicators))
    amendments = workspace / "definitions" / one.set_id / AMENDMENTS
    log = workspace / "definitions" / CHANGE_LOG
    entry = {"id": new.indicator, "targets": [_entry(new, one.area)]}
    with changing_definitions(workspace), restore_on_fault((amendments, log)):
        log_once(workspace / "definitions", "changed", new.indicator, new.from_month, new.reason,
                 new.decided_by)  # fmt: skip
        if not holds_entry(amendments, "amend", entry):
            append_entry(amendments, "amend", entry)
        return _standing(load_set(workspace, one.set_id), new, one.area)


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator's target in a month, None for none, and every target of the area so far."""

    indicator: str
    title: str
    target: Target | None
    every: tuple[Target, ...]


def targets_of(workspace: Path, partnership: str, month: Month) -> tuple[Standing, ...]:
    """The targets of every indicator that a partnership counts in a month, in its set's order."""
    opened = Workspace.open(workspace)
    one = opened.partnership(partnership)
    return tuple(
        Standing(
            each.id, each.title, in_force(each.targets, month, one.area),
            tuple(t for t in each.targets if t.area in ("", one.area)),
        )
        for each in opened.catalogue_of(one).indicators.values() if each.valid_in(month)
    )  # fmt: skip


def _standing(catalogue: Catalogue, new: NewTarget, area: str) -> Target:
    """The target that now holds in its first month; raises UserError where it is another one."""
    held = in_force(catalogue.indicators[new.indicator].targets, new.from_month, area)
    if held is None or held.from_month != new.from_month or held.kind is not new.kind:
        raise UserError(
            f"Another target of {new.indicator} goes before the new one in {new.from_month.name}.",
            "Choose another month, or change the definitions by hand.",
        )
    return held


def _entry(new: NewTarget, area: str) -> dict[str, object]:
    said = {
        "year": str(new.from_month.financial_year), "area": area, "from": str(new.from_month),
        "kind": new.kind.value, "value": new.value, "low": new.low, "high": new.high,
        "tolerance": new.tolerance, "reason": new.reason, "decided_by": new.decided_by,
    }  # fmt: skip
    return {key: _number(value) for key, value in said.items() if value not in (None, "")}


def _number(value: object) -> object:
    """A whole number without its point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
