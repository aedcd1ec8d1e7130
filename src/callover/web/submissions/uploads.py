"""Files as they came, each under a name of ours where nobody is served them as what they claim."""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from callover.domain.errors import UserError
from callover.web.submissions.models import Submission

_ODD = re.compile(r"[^A-Za-z0-9 ._()-]+")
_LONGEST_NAME = 100
_DAY = 24 * 60 * 60


class TooLarge(UserError):
    """A file beyond the limit."""

    def __init__(self, name: str) -> None:
        megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
        super().__init__(
            f"{name} is larger than {megabytes} MB.", "Split it by month, or send it as CSV."
        )


@dataclass(frozen=True)
class Kept:
    """A file that lies in its place."""

    stored: uuid.UUID
    name: str
    size: int
    sha256: str


def place(stored: uuid.UUID) -> Path:
    """Where a file lies."""
    folder: Path = settings.UPLOADS
    return folder / str(stored)


def keep(name: str, chunks: Iterable[bytes]) -> Kept:
    """Write a file that its owner alone can read; it is on the disk when this returns.

    Raises TooLarge, and leaves nothing then.
    """
    stored, shown = uuid.uuid4(), clean_name(name)
    path = place(stored)
    path.parent.mkdir(mode=0o700, exist_ok=True)  # never the site's own folder anew
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.UPLOAD_LIMIT:
                    raise TooLarge(shown)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(stored, shown, size, digest.hexdigest())


def discard(stored: uuid.UUID) -> None:
    """Remove a file of which nothing was noted."""
    place(stored).unlink(missing_ok=True)


def clean_name(name: str) -> str:
    """The last part of a name, of plain letters; never a path, never hidden."""
    last = re.split(r"[\\/]", name)[-1]
    plain = _ODD.sub("_", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not stem:
        return plain[:_LONGEST_NAME] or "file"
    return f"{stem[: _LONGEST_NAME - len(ending[:10])]}{dot}{ending[:10]}"


def sweep() -> int:
    """Remove files older than a day that no submission names; gives how many.

    They are what a server leaves that was stopped before it could note what it had received.
    """
    folder: Path = settings.UPLOADS
    gone = 0
    for path in folder.glob("????????-*") if folder.is_dir() else ():
        old = path.stat().st_mtime < time.time() - _DAY
        if old and not Submission.objects.filter(stored=uuid.UUID(path.name)).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
