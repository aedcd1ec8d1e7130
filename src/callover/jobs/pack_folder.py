"""Where a pack lies, and what must not lie there beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from callover.domain.errors import UnknownName, UserError
from callover.domain.periods import Month
from callover.jobs.workspace import Workspace

FORMATS = ("html", "pdf", "docx", "xlsx")
NAME = "callover-pack"
EDITIONS = ("restricted", "public")


def base_name(edition: str) -> str:
    """Name of an edition's files without the ending."""
    return f"{NAME}-public" if edition == "public" else NAME


def pack_folder(workspace: Workspace, area: str, month: Month) -> Path:
    """``packs/MONTH`` for the workspace's first partnership, below it for each of the others."""
    partnership = workspace.partnership(area)
    folder = workspace.path / "packs" / str(month)
    known = workspace.partnerships
    first = workspace.default if workspace.default in known or len(known) != 1 else min(known)
    return folder if partnership.id == first else folder / partnership.id


def check_formats(formats: Sequence[str]) -> None:
    """Raise UnknownName for a format that is none."""
    for name in formats:
        if name not in FORMATS:
            raise UnknownName("format", name, FORMATS)


def refuse_other_pack(out: Path, facts: Mapping[str, Any]) -> None:
    """Raise UserError where ``out`` holds the pack of another partnership, month or selection.

    Which indicators stand in a pack changes with the data, so what was asked for is compared. The
    two editions of a pack lie beside one another.
    """
    for edition in EDITIONS:
        before = _facts_in(out, edition)
        differing = [
            name
            for name in ("area", "month", "selection")
            if name in before and name in facts and before[name] != facts[name]
        ]
        if differing:
            raise UserError(
                f"{out} holds another pack already: {_described(before)}.",
                "Name another folder with --out DIR, or move that pack away.",
            )


def _described(facts: Mapping[str, Any]) -> str:
    """Whose pack it is, of which month, and which part of the report."""
    said = f"{facts.get('organisation', facts.get('area', 'unknown'))}, {facts.get('month', '')}"
    chosen: Mapping[str, Any] = facts.get("selection") or {}
    parts = [f"--{k} {v if isinstance(v, str) else ','.join(v)}" for k, v in chosen.items()]
    return f"{said}, {' '.join(parts) or 'the whole report'}"


def _facts_in(out: Path, edition: str) -> Mapping[str, Any]:
    """What the pack file in a folder says of itself; nothing where there is none to be read."""
    try:
        content = json.loads((out / f"{base_name(edition)}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def remove_outdated(out: Path, content: bytes, base: str = NAME) -> None:
    """Take away the documents of an older pack file: they would say other figures than ours."""
    before = out / f"{base}.json"
    if before.is_file() and before.read_bytes() != content:
        for name in FORMATS:
            (out / f"{base}.{name}").unlink(missing_ok=True)
