"""Keeping what was published where later packs look for it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from callover.jobs.pack_folder import EDITIONS, FORMATS, base_name
from callover.jobs.workspace import Workspace
from callover.report.wards import wards_name

PUBLISHED = "published"


def published_folder(workspace: Workspace, partnership: str, month: str, number: int) -> Path:
    """``packs/published/PARTNERSHIP/MONTH-NUMBER``."""
    return workspace.path / "packs" / PUBLISHED / partnership / f"{month}-{number}"


def keep_published(
    workspace: Workspace, files: Path, partnership: str, month: str, number: int
) -> Path:
    """Lay both editions of a snapshot beside the workspace's packs; gives the folder.

    What suppression must reckon with and "since last time" compares is then read from there like
    any other pack. Files are linked, or copied to another disk; a second run finds its work done.
    """
    place = published_folder(workspace, partnership, month, number)
    if place.is_dir():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    # not below packs/ while it is half there: whoever builds a pack reads every file under it
    with tempfile.TemporaryDirectory(prefix=".publishing-", dir=workspace.path) as beside:
        made = Path(beside) / place.name
        made.mkdir()
        for path in _files(files):
            _link(path, made / path.name)
        _move(made, place)
    return place


def _files(folder: Path) -> list[Path]:
    names = [f"{base_name(e)}.{ending}" for e in EDITIONS for ending in ("json", *FORMATS)]
    names += [wards_name(edition) for edition in EDITIONS]
    return [folder / name for name in names if (folder / name).is_file()]


def _link(path: Path, target: Path) -> None:
    try:
        target.hardlink_to(path)
    except OSError:  # another file system
        shutil.copy2(path, target)


def _move(made: Path, place: Path) -> None:
    """Into its place at once; where another process was first, its folder stays."""
    try:
        made.rename(place)
    except OSError:
        if not place.is_dir():
            raise
