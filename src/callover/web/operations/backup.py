"""Backup and restore: the database first, then every file that it may name, with their hashes.

Files are never changed once written and rows name only files that lie there, so a copy of the
database followed by a copy of the files is whole although people go on working.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from callover import __version__
from callover.domain.errors import UserError
from callover.web.operations import dump

LIST, DATABASE = "backup.json", "database"
LEFT_OUT = ("static", "serving", "metrics", "incoming", "secret-key")
"""Of the site's folder: what the program makes again by itself or has not whole, and the key that
seals what lies in the database: who has the backup shall not have both."""


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: how many files, how many bytes it takes."""

    path: Path
    files: int
    size: int


def back_up(out: Path) -> BackedUp:
    """Write database, workspace and the site's files into a new archive that only its owner reads.

    Raises UserError where ``out`` exists or the database cannot be copied.
    """
    if out.exists():
        raise UserError(f"{out} exists.", "Name a new file: a backup replaces nothing.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as folder:
        beside, copied = Path(folder) / "archive", Path(folder) / DATABASE
        beside.touch(mode=0o600)
        dump.write(copied)
        hashes: dict[str, str] = {}
        with tarfile.open(beside, "w:gz", compresslevel=3) as tar:
            _add(tar, copied, DATABASE, hashes)
            for name, path in _files():
                _add(tar, path, name, hashes)
            _add_list(tar, {"callover": __version__, "database": dump.kind(), "files": hashes})
        beside.replace(out)
    return BackedUp(out, len(hashes), out.stat().st_size)


def _files() -> Iterator[tuple[str, Path]]:
    """Every file to keep, under its name in the archive."""
    workspace, site = settings.WORKSPACE, settings.SITE
    for path in _under(workspace):
        if site not in path.parents:
            yield f"workspace/{path.relative_to(workspace)}", path
    for path in _under(site):
        name = path.relative_to(site)
        if name.parts[0] not in LEFT_OUT and not name.name.startswith(dump.sqlite_name()):
            yield f"site/{name}", path


def _under(folder: Path) -> Iterator[Path]:
    """Files below a folder in order; what is being written beside (a name with a dot) is not."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _add(tar: tarfile.TarFile, path: Path, name: str, hashes: dict[str, str]) -> None:
    """A file with its hash, both of the same bytes, some at a time; one that was swept meanwhile is
    left out."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        found, read = os.fstat(file.fileno()), _Hashed(file)
        info = tarfile.TarInfo(name)
        info.size, info.mode = found.st_size, found.st_mode & 0o777
        tar.addfile(info, read)
        hashes[name] = read.digest.hexdigest()


class _Hashed(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self._file.read(size)
        self.digest.update(part)
        return part


def _add_list(tar: tarfile.TarFile, told: dict[str, Any]) -> None:
    content = json.dumps(told, indent=1, sort_keys=True).encode()
    info = tarfile.TarInfo(LIST)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def restore(archive: Path) -> int:
    """Put a backup into an empty workspace and an empty database; gives how many files.

    Everything is unpacked beside and held against its hash before anything is put in its place.
    Raises UserError for what is no backup, is damaged, or would replace something.
    """
    workspace, site = settings.WORKSPACE, settings.SITE
    _refuse_to_replace(workspace, site)
    workspace.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=workspace) as folder:
        unpacked = Path(folder)
        told = _unpack(archive, unpacked)
        dump.read(unpacked / DATABASE, told["database"])
        for name in sorted(told["files"]):
            root, _, rest = name.partition("/")
            if rest:
                target = (workspace if root == "workspace" else site) / rest
                target.parent.mkdir(parents=True, exist_ok=True)
                (unpacked / name).replace(target)
    return len(told["files"])


def _refuse_to_replace(workspace: Path, site: Path) -> None:
    held = [p for p in workspace.iterdir() if p != site] if workspace.is_dir() else []
    held += [p for p in site.iterdir() if p.name != "secret-key"] if site.is_dir() else []
    if held:
        raise UserError(
            f"{workspace} is not empty: it holds {held[0].name}.",
            "Restore into an empty folder, look at it, then move it into place.",
        )
    if not dump.is_empty():
        raise UserError("The database is not empty.", "Name a new one with CALLOVER_DATABASE_URL.")


def _unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack and check; gives what the list tells."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        told: dict[str, Any] = json.loads((folder / LIST).read_bytes())
    except (OSError, EOFError, ValueError, tarfile.TarError) as error:
        what = f"{archive} is no backup, or not all of it: {error}."
        raise UserError(what, "Make one with: callover backup --out FILE") from error
    for name, digest in told["files"].items():
        path = folder / name
        if not path.is_file() or _sha256(path) != digest:
            raise UserError(f"{archive} is damaged: {name}.", "Take an earlier backup.")
    return told


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
