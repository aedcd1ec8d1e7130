"""Tokens with which a program sends in figures: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from callover.domain.roles import Task
from callover.web.accounts.access import Access, check_may
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.journal.record import record
from callover.web.publication.models import Token

PREFIX = "callover_"
_NOTE_EVERY = timedelta(minutes=1)


@permitted(Task.SUBMIT)
@transaction.atomic
def make_token(
    *, by: Person, partnership: Partnership, name: str, sources: Sequence[str], ends: datetime
) -> str:
    """Make a token and give it; nobody can read it again.

    It sends in what its maker may send in: raises PermissionDenied for any other source.
    """
    raw = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        partnership=partnership, name=name, sources=sorted(sources), hash=_hash(raw), by=by,
        ends=ends,
    )  # fmt: skip
    record("make token", by=by, partnership=partnership.pk, subject=str(made.pk), name=name,
           sources=made.sources, ends=ends.isoformat())  # fmt: skip
    return raw


@permitted(Task.SUBMIT, Task.MANAGE_PARTNERSHIP, of="token", any_source=True)
@transaction.atomic
def revoke_token(*, by: Person, token: Token) -> None:
    """End a token of one's own, or any where one manages the partnership; twice is once.

    Raises PermissionDenied.
    """
    if by.pk != token.by_id:
        check_may(by, Task.MANAGE_PARTNERSHIP, token.partnership_id)
    if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()):
        record("revoke token", by=by, partnership=token.partnership_id, subject=str(token.pk))


def token_of(raw: str) -> Token | None:
    """The token that works; None for one that is unknown, revoked or past its day."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    found = Token.objects.select_related("by", "partnership").filter(hash=_hash(raw)).first()
    return found if found is not None and found.works and found.partnership.active else None


def may_send(token: Token, partnership: str, source: str) -> bool:
    """Whether a token is for a source, and whoever made it may still act for it."""
    if token.partnership_id != partnership or source not in token.sources:
        return False
    return source in allowed_sources(Access(token.by), partnership, token.sources)


def allowed_sources(access: Access, partnership: str, among: Sequence[str]) -> list[str]:
    """Of some sources those that a person may make tokens for."""
    return [each for each in among if access.may(Task.SUBMIT, partnership, each)]


def note_use(token: Token) -> None:
    """Remember when it was used last, to the minute."""
    now = timezone.now()
    if token.last_used is None or now - token.last_used > _NOTE_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used=now)


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
