"""The folder of vectors: ``CALLOVER_VECTORS``, else ``vectors`` in the shared folder."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from shared_data import shared


def vector_file(name: str) -> Path:
    """The file of that name; the test is skipped with a message where there is no folder."""
    given = os.environ.get("CALLOVER_VECTORS")
    folder = Path(given) if given else shared("vectors")
    if not folder.is_dir():
        pytest.skip(f"no vectors: {folder} is not there (set CALLOVER_VECTORS)")
    return folder / name


def json_cases(name: str) -> list[dict[str, Any]]:
    """The cases of a JSON file."""
    cases: list[dict[str, Any]] = json.loads(vector_file(name).read_text())["cases"]
    assert cases, f"{name} has no cases"
    return cases


def csv_cases(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with vector_file(name).open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert rows, f"{name} has no rows"
    return rows


def number(text: str) -> float:
    """A cell as a number; an empty one is NaN."""
    return float(text) if text else float("nan")
