"""Which files make up the store: a numbered list, replaced as a whole or not at all.

Every file is written under the hash of its content and never changed. A commit writes its files,
then links the next manifest to its number; the link fails if another process was first. Whoever is
killed before the link leaves files that nobody names.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from callover.data.intact import NAME_LENGTH
from callover.domain.errors import DamagedStore, StoreBusy

ORPHAN_AGE = 3600.0
"""Seconds after which a file that no manifest names is taken for the rest of a killed commit."""

_NUMBERED = re.compile(r"manifest-[0-9]{8}\.json")
_TRIES = 50
_KEPT = 10  # earlier states whose files stay, for readers that opened one of them


@dataclass(frozen=True)
class Part:
    """A Parquet file of observations: one source, one financial year."""

    source: str
    year: int
    file: str
    rows: int


@dataclass(frozen=True)
class Manifest:
    """One state of the store. ``files`` names the tables beside the observations."""

    version: int = 0
    parts: tuple[Part, ...] = ()
    files: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """As written: what it says, and the hash of that."""
        content = asdict(self) | {"sha256": self._digest()}
        return json.dumps(content, indent=1, sort_keys=True).encode()

    def _digest(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @classmethod
    def from_bytes(cls, content: bytes, place: Path) -> Manifest:
        """As read; raises DamagedStore where the content is no manifest."""
        try:
            data: dict[str, Any] = json.loads(content)
            parts = tuple(Part(**part) for part in data["parts"])
            read = cls(int(data["version"]), parts, dict(data["files"]))
            digest = data.get("sha256", read._digest())  # manifests of before had none
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedStore(str(place), f"it is no list of files ({error})") from error
        if digest != read._digest():
            raise DamagedStore(str(place), "its content is not what was written")
        return read

    def names(self) -> set[str]:
        """Every file that this state needs."""
        return {part.file for part in self.parts} | set(self.files.values())


def latest(root: Path) -> Manifest:
    """The newest state; an empty one where nothing was stored yet."""
    numbers = sorted(int(path.stem.removeprefix("manifest-")) for path in _manifests(root))
    if not numbers:
        return Manifest()
    path = _path(root, numbers[-1])
    return Manifest.from_bytes(path.read_bytes(), path)


def publish(root: Path, build: Callable[[Manifest], Manifest]) -> Manifest:
    """Make ``build(current)`` the new state; built again where another process was first.

    Raises StoreBusy after fifty attempts.
    """
    root.mkdir(parents=True, exist_ok=True)
    for attempt in range(_TRIES):
        current = latest(root)
        proposed = build(current)
        if proposed == current:
            return current
        if _link(root, proposed):
            _sweep(root, proposed)
            return proposed
        time.sleep(0.02 * (attempt + 1))
    raise StoreBusy("Other programs keep writing to this store.", "Try again in a minute.")


def write_file(root: Path, folder: str, suffix: str, content: bytes) -> str:
    """Write ``content`` under its hash; gives the name relative to ``root``."""
    name = f"{folder}/{hashlib.sha256(content).hexdigest()[:NAME_LENGTH]}{suffix}"
    path = root / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    else:
        os.utime(path)  # young again: another process's sweep leaves it alone
    return name


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then rename: readers never see half a file."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    with beside.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def _link(root: Path, manifest: Manifest) -> bool:
    """Put a manifest under its number; False where that number was taken."""
    beside = root / f"manifest-{manifest.version:08d}.{os.getpid()}.part"
    with beside.open("wb") as handle:
        handle.write(manifest.to_bytes())
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(beside, _path(root, manifest.version))
    except FileExistsError:
        return False
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(root)
    return True


def _sync_folder(folder: Path) -> None:
    """Flush a folder's entries, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _manifests(root: Path) -> list[Path]:
    return [path for path in root.glob("manifest-*.json") if _NUMBERED.fullmatch(path.name)]


def _path(root: Path, version: int) -> Path:
    return root / f"manifest-{version:08d}.json"


def _sweep(root: Path, manifest: Manifest) -> None:
    """Remove files older than an hour that none of the latest manifests name.

    Nothing is removed while one of them is damaged: what it names cannot be told, and what was
    stored is stored.
    """
    recent = sorted(_manifests(root))[-_KEPT:]
    kept = manifest.names() | {path.name for path in recent}
    try:
        for path in recent:
            kept |= Manifest.from_bytes(path.read_bytes(), path).names()
    except (DamagedStore, OSError):
        return
    limit = time.time() - ORPHAN_AGE
    for path in root.rglob("*"):
        if path.is_dir() or path.relative_to(root).as_posix() in kept:
            continue
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()
