"""The sources of a partnership, from its catalogue in the workspace."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Partnership


def sources_of(partnership: Partnership) -> dict[str, str]:
    """Id and title of each source that a partnership's catalogue knows, by title."""
    stamp = _stamp(settings.WORKSPACE)
    return dict(_read(settings.WORKSPACE, partnership.pk, stamp))


@lru_cache(maxsize=32)
def _read(workspace: Path, partnership: str, stamp: int) -> tuple[tuple[str, str], ...]:
    """The sources as the files say them; ``stamp`` changes with the files."""
    del stamp
    opened = Workspace.open(workspace)
    known = opened.partnerships[partnership]
    found = opened.catalogue_of(known).sources
    return tuple(sorted(((k, v.title) for k, v in found.items()), key=lambda each: each[1]))


def _stamp(workspace: Path) -> int:
    """When a definition or a partnership's file was last changed, in nanoseconds."""
    folders = (workspace / "definitions", workspace / "partnerships")
    files = (path for folder in folders for path in folder.rglob("*.yaml"))
    return max((path.stat().st_mtime_ns for path in files), default=0)
