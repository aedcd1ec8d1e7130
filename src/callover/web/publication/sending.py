"""Handing a file that a program sent on to where submissions are received."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from callover.web.accounts.models import Partnership
from callover.web.publication.api_records import Receipt
from callover.web.publication.models import Token

_RECEIVES = "callover.web.submissions.actions"


class SendingClosed(RuntimeError):
    """This installation receives no files by its API."""


def send_in(
    token: Token, partnership: Partnership, source: str, file: UploadedFile[bytes]
) -> Receipt:
    """Receive a file in the name of whoever made the token. Raises SendingClosed, and what the
    receiving raises."""
    receive = _receiver()
    made = receive(by=token.by, partnership=partnership, source=source, file=file)
    return Receipt(
        number=str(made.number), sha256=made.sha256, received=made.received, address=made.address
    )


def _receiver() -> Any:
    try:
        return import_module(_RECEIVES).receive
    except (ImportError, AttributeError) as error:
        raise SendingClosed("Files are received on the site's pages alone.") from error
