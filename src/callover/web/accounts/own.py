"""What the site keeps about one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from callover.web.accounts.models import Invitation, Person
from callover.web.journal.models import Entry


def kept_of(person: Person) -> dict[str, Any]:
    """Everything kept about a person, as plain values; secrets are named, not shown."""
    return {
        "email": person.email,
        "post": person.post,
        "joined": _said(person.joined),
        "last_sign_in": _said(person.last_login),
        "roles": [
            {"partnership": m.partnership_id, "role": m.role, "sources": m.sources,
             "since": _said(m.since), "ended": _said(m.ended)}
            for m in person.memberships.order_by("since")
        ],
        "invitations": [
            {"partnership": i.partnership_id, "role": i.role, "invited": _said(i.invited),
             "accepted": _said(i.accepted), "withdrawn": _said(i.withdrawn)}
            for i in Invitation.objects.filter(email__iexact=person.email)
        ],
        "second_steps": [
            {"kind": str(a.type), "added": _said(a.created_at), "used": _said(a.last_used_at)}
            for a in Authenticator.objects.filter(user=person)
        ],
        "sessions": [
            {"begun": _said(s.created_at), "seen": _said(s.last_seen_at), "address": s.ip,
             "browser": s.user_agent}
            for s in UserSession.objects.filter(user=person)
        ],
        "log": list(_entries(person)),
    }  # fmt: skip


def _entries(person: Person) -> Iterator[dict[str, Any]]:
    """What the log tells that the person did."""
    for entry in Entry.objects.filter(by=str(person.pk)).iterator():
        yield {"number": entry.number, "at": _said(entry.at), "action": entry.action,
               "partnership": entry.partnership, "subject": entry.subject}  # fmt: skip


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
