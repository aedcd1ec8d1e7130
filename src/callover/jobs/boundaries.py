"""The boundaries of a workspace: added from a publisher's file, found again by the areas' names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from callover.data.boundary_files import read_boundaries
from callover.domain.boundaries import Boundaries, Outline
from callover.jobs.workspace import Workspace

FOLDER = "boundaries"
_LEAST = 3
"""A map of fewer areas than that tells nothing that a sentence does not."""


def add_boundaries(workspace: Workspace, path: Path, attribution: str = "") -> Boundaries:
    """Read a file of boundaries and keep what a map needs of it; a file of that name is replaced.

    Raises UserError where it cannot be used; nothing is kept then.
    """
    found = read_boundaries(path, attribution)
    keep_boundaries(workspace.path, found)
    return found


def keep_boundaries(folder: Path, boundaries: Boundaries) -> None:
    """Write boundaries into a workspace's folder, at once or not at all."""
    target = folder / FOLDER / f"{boundaries.id}.json"
    target.parent.mkdir(exist_ok=True)
    beside = target.with_name(f".{target.name}")
    text = json.dumps(asdict(boundaries), ensure_ascii=False, separators=(",", ":"))
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)


def boundaries_for(workspace: Path, names: Iterable[str]) -> Boundaries | None:
    """The map that draws most of the areas named; None where none draws three."""
    wanted = list(names)
    known = _known(workspace)
    best = max(known, key=lambda each: (each.covering(wanted), -len(each.outlines)), default=None)
    return best if best is not None and best.covering(wanted) >= _LEAST else None


def boundaries_of(workspace: Path, codes: Iterable[str]) -> Boundaries | None:
    """The map of the areas of these codes alone; None where no outlines of three were added.

    Names would not do: many a borough has a ward called Abbey.
    """
    wanted = frozenset(codes)
    known = _known(workspace)
    best = max(known, key=lambda each: (each.drawing(wanted), -len(each.outlines)), default=None)
    return best.only(wanted) if best is not None and best.drawing(wanted) >= _LEAST else None


def _known(workspace: Path) -> list[Boundaries]:
    """Every map that was added."""
    paths = (workspace / FOLDER).glob("[!.]*.json")
    return [_read(path, path.stat().st_mtime_ns) for path in paths]


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Boundaries:
    held = json.loads(path.read_bytes())
    outlines = tuple(
        Outline(o["code"], o["name"], tuple(tuple(map(tuple, ring)) for ring in o["rings"]))
        for o in held.pop("outlines")
    )
    return Boundaries(outlines=outlines, **held)
