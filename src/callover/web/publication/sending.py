"""Handing a file that a program sent on to where submissions are taken in."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from callover.web.accounts.models import Partnership
from callover.web.journal.record import record
from callover.web.publication.api_records import Receipt
from callover.web.publication.models import Token
from callover.web.publication.tokens import note_use

_TAKES_IN = "callover.web.submissions.intake"


class SendingClosed(RuntimeError):
    """This installation takes in no files by its API."""


@transaction.atomic
def send_in(
    token: Token, partnership: Partnership, source: str, file: UploadedFile[bytes]
) -> Receipt:
    """Take in a file in the name of whoever made the token. Raises SendingClosed, and what the
    taking in raises."""
    take_in = taker()
    made = take_in(
        by=token.by, partnership=partnership, source=source, name=file.name or "file",
        chunks=file.chunks(),
    )  # fmt: skip
    note_use(token)
    record(
        "use token", by=token.by, partnership=partnership.pk, subject=str(token.pk),
        source=source, submission=str(made.pk), sha256=made.sha256,
    )  # fmt: skip
    return Receipt(number=str(made.pk), sha256=made.sha256, received=timezone.now())


def taker() -> Any:
    """What takes a file in; raises SendingClosed where there is none."""
    try:
        return import_module(_TAKES_IN).take_in
    except (ImportError, AttributeError) as error:
        raise SendingClosed("Files are taken in on the site's pages alone.") from error
