"""Bringing into the workspace's files what is on record and did not get there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from callover.catalogue.new import NewIndicator
from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.domain.targets import TargetKind
from callover.jobs import indicators
from callover.jobs.lists import Standing, put_in_list
from callover.jobs.overrides import override_rating, signed, withdraw_override
from callover.jobs.targets import NewTarget, set_target
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Partnership
from callover.web.journal.record import record
from callover.web.snapshots.build import told as told_of
from callover.web.writing.models import Change, Kind, Revision
from callover.web.writing.words import Place, settle_words


def settle(partnership: Partnership) -> None:
    """Write every version and make every change of a partnership that waits for its file."""
    waiting = Revision.objects.filter(partnership=partnership, written__isnull=True)
    for month, indicator in waiting.order_by().values_list("month", "indicator").distinct():
        settle_words(Place(partnership, Month.parse(month), indicator))
    open_ = Change.objects.filter(partnership=partnership, done__isnull=True, refused="")
    for number in open_.order_by("at").values_list("pk", flat=True):
        settle_change(number)


def settle_change(number: int) -> Change:
    """Make one change in the files, once; what the files do not take is noted with its reason.

    Definitions are everybody's: one at a time changes them. No row is held while they are read,
    which takes seconds.
    """
    with changing_definitions(settings.WORKSPACE):
        change = Change.objects.select_related("by", "partnership").get(pk=number)
        if change.done or change.refused:
            return change
        try:
            _MADE[Kind(change.kind)](change)
        except UserError as error:
            _refuse(change, told_of(error).replace(f"{settings.WORKSPACE}/", ""))
        except ValueError as error:  # values that can be typed and that no definition holds
            _refuse(change, f"The definitions do not take it: {error}.")
        else:
            change.done = timezone.now()
            change.save(update_fields=["done"])
        return change


@transaction.atomic
def _refuse(change: Change, why: str) -> None:
    """Note why; a change left open would be tried again at every page and stop them all."""
    change.refused = why
    change.save(update_fields=["refused"])
    record("refuse change", by=None, partnership=change.partnership_id, subject=str(change))


def _override(change: Change) -> None:
    told, month = change.told, Month.parse(change.month)
    on = timezone.localtime(change.at).date()
    given = signed(told["rating"], told["reason"], change.post, on)
    override_rating(settings.WORKSPACE, change.partnership_id, change.indicator, month, given)


def _withdraw(change: Change) -> None:
    month = Month.parse(change.month)
    withdraw_override(settings.WORKSPACE, change.partnership_id, change.indicator, month)


def _target(change: Change) -> None:
    told: dict[str, Any] = {**change.told, "kind": TargetKind(change.told["kind"])}
    new = NewTarget(change.indicator, Month.parse(change.month), **told)
    set_target(settings.WORKSPACE, change.partnership_id, new)


def _add(change: Change) -> None:
    told: dict[str, Any] = {**change.told, "peer_groups": tuple(change.told["peer_groups"])}
    new = NewIndicator(id=change.indicator, from_month=Month.parse(change.month), **told)
    catalogue = indicators.load_set(settings.WORKSPACE, _set_of(change))
    held = catalogue.indicators.get(change.indicator)
    if held is None or held.title != new.title:
        indicators.add(settings.WORKSPACE, new, _set_of(change))


def _retire(change: Change) -> None:
    first = Month.parse(change.month)
    catalogue = indicators.load_set(settings.WORKSPACE, _set_of(change))
    held = catalogue.indicators.get(change.indicator)
    if held is None or held.valid_to != first - 1:
        indicators.retire(
            settings.WORKSPACE, change.indicator, first, change.told["reason"],
            change.told["decided_by"], _set_of(change),
        )  # fmt: skip


def _list(change: Change) -> None:
    standing = Standing(change.told["where"], change.told["reason"])
    month = Month.parse(change.month)
    put_in_list(settings.WORKSPACE, change.partnership_id, change.indicator, month, standing)


def _set_of(change: Change) -> str:
    return Workspace.open(settings.WORKSPACE).partnership(change.partnership_id).set_id


_MADE: Mapping[Kind, Callable[[Change], None]] = {
    Kind.OVERRIDE: _override, Kind.WITHDRAW: _withdraw, Kind.TARGET: _target, Kind.ADD: _add,
    Kind.RETIRE: _retire, Kind.LIST: _list,
}  # fmt: skip
