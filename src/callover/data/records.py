"""What the store notes of every import, and the texts behind its integer keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from callover.data.intact import read_json
from callover.data.manifest import Manifest

KEY_KINDS = ("series", "area", "source", "peer_group", "member")


@dataclass(frozen=True)
class ImportRecord:
    """One file that was added: what it was, when it became known, what it did."""

    source: str
    file: str
    sha256: str
    size: int
    received: str  # ISO moment of storing
    known_from: str  # ISO moment from which its values hold
    backdated: bool = False
    id: int = -1
    rows: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    rejected: int = 0
    first: str = ""  # earliest month of its values
    last: str = ""  # latest month of its values
    summary: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    rejects: tuple[str, ...] = ()
    mapping: str = ""  # SHA-256 of the saved mapping that it was read by, if one was
    members: dict[str, str] = field(default_factory=dict)  # SHA-256 by file of a folder
    again: bool = False  # stored anew after later files had superseded it


def read_imports(root: Path, manifest: Manifest) -> tuple[ImportRecord, ...]:
    """Everything that was ever added, in order."""
    return tuple(
        ImportRecord(
            **item | {"summary": tuple(item["summary"]), "rejects": tuple(item["rejects"])}
        )
        for item in read_list(root, manifest, "imports")
    )


def read_list(root: Path, manifest: Manifest, name: str) -> list[dict[str, Any]]:
    """The entries of one of a state's lists; none where it has no such list."""
    file = manifest.files.get(name)
    return list(read_json(root, file)) if file else []


def read_keys(root: Path, manifest: Manifest) -> dict[str, list[str]]:
    """The texts behind the integer keys of a state, by kind."""
    file = manifest.files.get("keys")
    if file is None:
        return {kind: [""] if kind == "peer_group" else [] for kind in KEY_KINDS}
    loaded: dict[str, list[str]] = read_json(root, file)
    return {kind: [] for kind in KEY_KINDS} | loaded


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
