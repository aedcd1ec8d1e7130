"""Files of the store that are still as they were written: their name is the hash of their bytes.

A flipped bit in a Parquet file otherwise reads as another figure, without a word.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from callover.domain.errors import DamagedStore

NAME_LENGTH = 32
"""How much of the SHA-256 of its content a file's name holds."""


def intact(root: Path, file: str) -> Path:
    """Where a file of the store lies; raises DamagedStore where it is not as it was written."""
    path = root / file
    try:
        found = path.stat()
        digest = _digest(path, found.st_mtime_ns, found.st_size)
    except OSError as error:
        raise DamagedStore(str(path), error.strerror or "it cannot be read") from error
    if digest[:NAME_LENGTH] != path.stem:
        raise DamagedStore(str(path), "its content is not what was written")
    return path


@lru_cache(maxsize=4096)
def _digest(path: Path, _changed: int, _size: int) -> str:
    """SHA-256 of a file, read once for as long as it stays the same."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_json(root: Path, file: str) -> Any:
    """What a JSON file of the store holds."""
    path = intact(root, file)
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DamagedStore(str(path), "it is no JSON") from error
