"""What stands in the way on this machine, in words: a full disk, a damaged or missing file.

Each names place, cause and remedy. What was noted stays noted; nothing is kept by half.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from typing import ClassVar

from callover.domain.errors import UserError, WorkspaceError

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_DISK_FULL_STATE = "53100"  # PostgreSQL's


class Trouble(UserError):
    """Something that only who looks after the machine can put right; ``place`` is where."""

    said: ClassVar[str] = "The server cannot do this now{at}."
    cure: ClassVar[str] = "Who looks after the site finds the reason in its log."

    def __init__(self, place: str = "") -> None:
        super().__init__(self.said.format(at=f" ({place})" if place else ""), self.cure)


class DiskFull(Trouble):
    """No space is left."""

    said = "The server's disk is full{at}, so nothing more can be kept."
    cure = "Who looks after the site frees space; then do it again."


class NotWritable(Trouble):
    """A folder or file that may not be changed."""

    said = "The server may not write to its folder{at}."
    cure = "Who looks after the site gives its user the right to write there; then do it again."


class Gone(Trouble):
    """The workspace's folder, or the database in it, is not where it was."""

    said = "The site's files are not where they were{at}."
    cure = "Who looks after the site puts the folder back, or starts the site where it is now."


class Damaged(Trouble):
    """A database file that cannot be read."""

    said = "The site's database is damaged{at}."
    cure = (
        "Who looks after the site stops it, keeps the file as it is, and puts the last backup into "
        "an empty folder: callover restore FILE --workspace DIR"
    )


_SAID = {
    "database or disk is full": DiskFull,
    "readonly database": NotWritable,
    "unable to open database file": Gone,
    "malformed": Damaged,
    "file is not a database": Damaged,
    "disk i/o error": Damaged,
}
"""How SQLite says it."""


def trouble(error: BaseException | None, database: str = "") -> Trouble | None:
    """What an error tells of this machine, None where it is about something else.

    ``database`` is the file of the database, where its place is to be told.
    """
    for each in _chain(error):
        if isinstance(each, Trouble):
            return each
        if isinstance(each, WorkspaceError):
            return Gone()
        if isinstance(each, sqlite3.Error):
            said = str(each).lower()
            kind = next((kind for words, kind in _SAID.items() if words in said), None)
            return kind(database) if kind else None
        if getattr(each, "sqlstate", "") == _DISK_FULL_STATE:
            return DiskFull()
        if isinstance(each, OSError) and (found := _of_system(each)) is not None:
            return found
    return None


def _of_system(error: OSError) -> Trouble | None:
    place = str(error.filename or "")
    if error.errno in FULL:
        return DiskFull(place)
    if error.errno in CLOSED:
        return NotWritable(place)
    return Gone(place) if error.errno == errno.ENOENT else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__
