"""Files of a folder or a ZIP archive, read one by one without unpacking to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from callover.data.encoded import MOST_BYTES, bytes_of, read_bounded
from callover.domain.errors import UserError

MOST_MEMBERS = 20_000
HIGHEST_RATIO = 200
"""Text of figures shrinks to a tenth; what shrinks to less than a two hundredth is a trap."""

ZIP_START = b"PK\x03\x04"


class LockedArchive(UserError):
    """An archive with a file that only its password opens."""


class BrokenArchive(UserError):
    """An archive that breaks off, or a file of one that cannot be unpacked."""


@dataclass(frozen=True)
class Member:
    """One file: its path within the folder or archive, for messages, and its bytes on demand."""

    name: str
    size: int
    read: Callable[[], bytes]


@contextmanager
def opened(path: Path, in_lines: bool = True) -> Iterator[list[Member]]:
    """The files of a folder (all levels), of a ZIP archive, or the one file itself, by name.

    ``in_lines`` says that files of an archive are text in lines, none of them beyond all measure.
    They can be read until the block ends. Raises UserError for an archive that is broken, locked
    with a password, or a trap.
    """
    if path.is_dir() or not zipfile.is_zipfile(path):
        yield _of_folder(path) if path.is_dir() else [_member_of_disk(path, path.name)]
        return
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        what = f"{path.name} is a broken archive: {error}."
        raise BrokenArchive(what, "Fetch it again.") from error
    with archive:
        yield _of_archive(path, archive, in_lines)


def _of_folder(path: Path) -> list[Member]:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return [_member_of_disk(file, file.relative_to(path).as_posix()) for file in files]


def _member_of_disk(file: Path, name: str) -> Member:
    def read() -> bytes:
        return bytes_of(file)

    return Member(name, file.stat().st_size, read)


def _of_archive(path: Path, archive: zipfile.ZipFile, in_lines: bool) -> list[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise UserError(
            f"{path.name} holds {len(infos):,} files; at most {MOST_MEMBERS:,} are read.",
            "Unpack it and add the folders one by one.",
        )
    infos.sort(key=lambda info: info.filename)
    return [_member(path, archive, info, in_lines) for info in infos]


def _member(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, in_lines: bool) -> Member:
    """One file of an archive, read only when asked for."""

    def read() -> bytes:
        _refuse_traps(path, info)
        try:
            with archive.open(info) as stream:
                return read_bounded(stream, f"{path.name}: {info.filename}", in_lines)
        except (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise BrokenArchive(
                f"{path.name}: {info.filename} is damaged and cannot be unpacked: {error}.",
                "Fetch it again.",
            ) from error

    return Member(info.filename, info.file_size, read)


def is_locked(info: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive is encrypted."""
    return bool(info.flag_bits & 1)


def _refuse_traps(path: Path, info: zipfile.ZipInfo) -> None:
    """Raise UserError for a locked file, a file too large, or one packed beyond all measure."""
    if is_locked(info):
        raise LockedArchive(
            f"{path.name}: {info.filename} is locked with a password.",
            "Unlock it and add it again.",
        )
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > MOST_BYTES or (info.file_size > 1_000_000 and ratio > HIGHEST_RATIO):
        raise UserError(
            f"{path.name}: {info.filename} unpacks to {info.file_size / 1e6:,.0f} MB from "
            f"{info.compress_size / 1e6:,.1f} MB: that is no table of figures.",
            "Ask where it comes from before you open it.",
        )
