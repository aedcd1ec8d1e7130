"""Taking in what a request brings: kept on the disk first, then noted; or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from callover.domain.roles import Task
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.permission import permitted
from callover.web.submissions import uploads
from callover.web.submissions.actions import submit
from callover.web.submissions.models import Kind, Submission


@permitted(Task.SUBMIT)
def take_in(
    *, by: Person, partnership: Partnership, source: str, name: str, chunks: Iterable[bytes],
    kind: Kind = Kind.FILE, corrects: Submission | None = None,
    noted: Callable[[Submission], None] | None = None,
) -> Submission:  # fmt: skip
    """The submission of a file: a new one, or the one on its way with the same bytes.

    The file lies on the disk before anything is locked. ``noted`` is called in the transaction
    that notes it. Raises TooLarge and QueueFull, and leaves nothing then.
    """
    kept = uploads.keep(name, chunks)
    try:
        with transaction.atomic():
            submission, new = submit(
                by=by, partnership=partnership, source=source, kept=kept, kind=kind,
                corrects=corrects,
            )  # fmt: skip
            if noted is not None:
                noted(submission)
    except BaseException:
        uploads.discard(kept.stored)
        raise
    if not new:
        uploads.discard(kept.stored)
    return submission
