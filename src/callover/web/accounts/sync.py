"""The partnerships of the workspace, brought into the database."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from callover.domain.errors import UserError
from callover.domain.roles import above
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Partnership


@transaction.atomic
def sync_partnerships() -> None:
    """Make the database say what the workspace's files say; who left the files is not active.

    Raises UserError where one names another over it that is not there, or stands over itself.
    """
    known = Workspace.open(settings.WORKSPACE).partnerships
    over = {each.id: each.within for each in known.values() if each.within}
    for name, parent in over.items():
        if parent not in known:
            what = f"partnerships/{name}.yaml names {parent!r} over it, which is not there."
            raise UserError(what, f"Known: {', '.join(known)}.")
    try:
        for name in known:
            above(name, over)
    except ValueError as error:
        raise UserError(f"Partnerships: {error}.", "Take one of the keys 'within' out.") from error
    for each in known.values():
        fields = {
            "name": each.name, "short_name": each.short_name, "colour": each.colour,
            "area": each.area, "licence": each.licence, "active": True,
        }  # fmt: skip
        Partnership.objects.update_or_create(pk=each.id, defaults=fields)
    for each in known.values():
        Partnership.objects.filter(pk=each.id).update(over=over.get(each.id))
    Partnership.objects.exclude(pk__in=known).update(active=False)
