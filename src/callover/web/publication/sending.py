"""Handing a file that a program sent on to where submissions are taken in."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from callover.web.accounts.models import Partnership
from callover.web.journal.record import record
from callover.web.publication.api_records import Receipt
from callover.web.publication.models import Token
from callover.web.publication.tokens import note_use
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import Submission


def send_in(
    token: Token, partnership: Partnership, source: str, file: UploadedFile[bytes]
) -> Receipt:
    """Take in a file in the name of whoever made the token. Raises what the taking in raises."""

    def noted(made: Submission) -> None:
        note_use(token)
        record(
            "use token", by=token.by, partnership=partnership.pk, subject=str(token.pk),
            source=source, submission=str(made.pk), sha256=made.sha256,
        )  # fmt: skip

    made = take_in(
        by=token.by, partnership=partnership, source=source, name=file.name or "file",
        chunks=file.chunks(), noted=noted,
    )  # fmt: skip
    return Receipt(number=str(made.pk), sha256=made.sha256, received=timezone.now())
