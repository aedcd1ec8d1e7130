"""Sealing: every file of a snapshot listed with its hash, the list hashed, the folder closed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

SEAL = "seal.json"


class FilesMissing(FileNotFoundError):
    """A sealed snapshot of which a file is not where it was sealed."""


def write_seal(folder: Path, **told: str) -> str:
    """List every file of ``folder`` in ``seal.json`` beside ``told``; gives the seal, the hash of
    that list. Files are made read-only."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listed = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    content = json.dumps({**told, "files": listed}, indent=1, sort_keys=True).encode()
    (folder / SEAL).write_bytes(content)
    for path in (*files, folder / SEAL):
        path.chmod(0o440)
    return hashlib.sha256(content).hexdigest()


def read_seal(folder: Path) -> tuple[str, dict[str, Any]]:
    """The seal of a folder and what its list tells."""
    content = (folder / SEAL).read_bytes()
    told: dict[str, Any] = json.loads(content)
    return hashlib.sha256(content).hexdigest(), told


def broken(folder: Path, seal: str) -> tuple[str, ...]:
    """What is not as it was sealed, in words; empty where everything is."""
    try:
        content = (folder / SEAL).read_bytes()
    except OSError:
        return ("The snapshot's files are missing.",)
    if hashlib.sha256(content).hexdigest() != seal:
        return ("The list of files is not the one that was sealed.",)
    listed: dict[str, str] = json.loads(content)["files"]
    return tuple(
        f"{name} is not as it was sealed."
        for name, digest in listed.items()
        if not (folder / name).is_file() or _sha256(folder / name) != digest
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
