"""Commands that a message offers: they can be pasted as they stand."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callover.domain.errors import UserError

if TYPE_CHECKING:
    from callover.jobs.workspace import Workspace

HERE = Path()
"""The workspace that commands mean unless told."""


def command(workspace: Path, *words: str) -> str:
    """A command that names the workspace unless that is here."""
    where = [] if workspace == HERE else ["--workspace", str(workspace)]
    return shlex.join(["callover", *words, *where])


def newest_known(workspace: Workspace) -> datetime:
    """When the newest value became known; raises UserError where nothing is stored yet."""
    newest = workspace.store.last_known()
    if newest is None:
        raise UserError(
            f"Nothing is stored in {workspace.path} yet.",
            f"Add a file: {command(workspace.path, 'add', 'FILE')}",
        )
    return newest
