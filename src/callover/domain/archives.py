"""ZIP archives that depend on nothing but their content: fixed order, times and attributes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

FIRST = ("[Content_Types].xml", "_rels/.rels", "mimetype")
_REGULAR_FILE = 0o100644 << 16
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # ZIP knows no earlier time


def moment_of(text: str) -> datetime:
    """A document's ``moment`` (ISO date, or date and time) in UTC; raises ValueError otherwise."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(text: str) -> date:
    """The day that a document's ``moment`` names, as written there."""
    return datetime.fromisoformat(text).date()


def normalised(archive: bytes, moment: str) -> bytes:
    """The same entries in a fixed order (content types first), all stamped with ``moment``."""
    stamp = max(moment_of(moment), _EARLIEST).timetuple()[:6]
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in sorted(source.namelist(), key=_place):
            target.writestr(_entry(name, stamp), source.read(name))
    return out.getvalue()


def _place(name: str) -> tuple[int, str]:
    """Readers look for the content types first."""
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _entry(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    """An entry's record without traces of the machine it was written on."""
    year, month, day, hour, minute, second = stamp
    info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = _REGULAR_FILE
    return info
