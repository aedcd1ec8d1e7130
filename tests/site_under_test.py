"""The site under test: people of every role, small packs, sealed snapshots."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from callover.domain.roles import Task
from callover.report.blocks import Document, Paragraph, Section, text
from callover.report.packfile import Pack
from callover.web.accounts.models import Membership, Person
from callover.web.accounts.roles import ROLES
from callover.web.snapshots.build import finish
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.seal import write_seal
from sample_document import sample

MARKER = "words that only restricted readers may see"
"""Stands in the restricted edition of every small pack here, and nowhere else."""

SENTENCE = "quiet harbour sings at nine"
"""The password of people in tests."""

AsRole = Callable[..., Client]
"""Gives a client signed in with a role: ``as_role("analyst", "harrowmere", sources=())``."""


def person(
    role: str = "", partnership: str = "harrowmere", sources: tuple[str, ...] = ()
) -> Person:
    """Somebody with a role, or with none."""
    made, new = Person.objects.get_or_create(
        email=f"{role or 'nobody'}@{partnership}.test", defaults={"post": role or "Nobody"}
    )
    if role and new:
        held = list(sources or ("police",)) if ROLES[role].of_sources else []
        Membership.objects.create(person=made, partnership_id=partnership, role=role, sources=held)
    return made


def just_shown(client: Client) -> Client:
    """The client of somebody who showed a moment ago who they are: they may sign."""
    shown = {"method": "password", "at": time.time(), "reauthenticated": True}
    session = client.session
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def refuse(monkeypatch: pytest.MonkeyPatch, address: str) -> list[str]:
    """Let the mail server refuse an address; gives each time that it did."""
    send, refused = EmailMessage.send, list[str]()

    def sent(message: EmailMessage, fail_silently: bool = False) -> int:
        if address in message.to:
            refused.append(address)
            raise SMTPRecipientsRefused({address: (550, b"nobody here")})
        return send(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", sent)
    return refused


def roles_with(task: Task) -> list[str]:
    return [role.id for role in ROLES.values() if task in role.may]


def small_pack(edition: str, month: str = "2016-09") -> Pack:
    document: Document = sample()
    if edition == "restricted":
        document = replace(document, subtitle=MARKER, sections=_with_secret(document))
    pages = [s.id.removeprefix("page-") for s in document.sections if s.kind == "indicator"]
    facts = {
        "partnership": "harrowmere", "area": "E07000998", "month": month, "edition": edition,
        "known_at": "2016-11-20T00:00:00+00:00", "marking": document.marking, "rows": [],
        "sources": [], "titles": {}, "indicators": pages,
        "kinds": {p: {"title": p, "number": n, "group": "Crime", "strategic": ["Prevention"]}
                  for n, p in enumerate(pages, 1)},
    }  # fmt: skip
    return Pack(document, facts)


def _with_secret(document: Document) -> tuple[Section, ...]:
    """The sections with a sentence on every indicator's page that the public must not see."""
    said = Paragraph(text(MARKER))
    return tuple(
        replace(s, blocks=(*s.blocks, said)) if s.kind == "indicator" else s
        for s in document.sections
    )


def seal_one(
    files: Path, partnership: str = "harrowmere", month: str = "2016-09", number: int = 1,
    public_refused: str = "",
) -> Snapshot:  # fmt: skip
    made = Snapshot.objects.create(
        partnership_id=partnership, month=month, number=number,
        known_at=datetime(2016, 11, 20, tzinfo=UTC),
    )  # fmt: skip
    made.folder.mkdir(parents=True)
    for path in files.rglob("*"):
        target = made.folder / path.relative_to(files)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    write_seal(
        made.folder, partnership=partnership, month=month, known_at="2016-11-20T00:00:00+00:00",
        public_refused=public_refused,
    )  # fmt: skip
    finish(made)
    return Snapshot.objects.get(pk=made.pk)
