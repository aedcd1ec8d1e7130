"""The shared folder beside the clone, for tests that read real open data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[1].parent / "shared"


def shared(*parts: str) -> Path:
    """A file of the shared folder; skips the test where it is absent."""
    path = Path(os.environ.get("CALLOVER_SHARED", _BESIDE), *parts)
    if not path.exists():
        pytest.skip(f"needs {'/'.join(parts)} of the shared folder (set CALLOVER_SHARED)")
    return path
