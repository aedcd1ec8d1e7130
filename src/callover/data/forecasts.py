"""Forecasts beside the store: a file for each key, written whole, read again as it was written.

They can all be made anew from what is stored, so a file that is damaged counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from pathlib import Path
from typing import Any

from callover.data.manifest import ORPHAN_AGE, write_whole

FOLDER = "forecasts"


class ForecastFiles:
    """The folder of forecasts of the store in ``store_root``, which need not be there yet."""

    def __init__(self, store_root: Path) -> None:
        self.root = store_root.parent / FOLDER

    def read(self, key: str) -> dict[str, Any] | None:
        """What is kept under ``key``; None where nothing is, or not as it was written."""
        try:
            held = json.loads(self._path(key).read_bytes())
            content: dict[str, Any] = held["forecast"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return content if held.get("sha256") == _digest(content) else None

    def write(self, key: str, content: dict[str, Any]) -> None:
        """Keep ``content``; of two writers of a key the last one stays, and either is whole."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        held = {"sha256": _digest(content), "forecast": content}
        write_whole(path, json.dumps(held, ensure_ascii=False, allow_nan=False).encode())

    def sweep(self) -> None:
        """Remove what writers that were killed left behind, an hour old or more."""
        limit = time.time() - ORPHAN_AGE
        for path in self.root.glob("*/*.part"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / f"{key}.json"


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
