"""Commands that a message offers: they can be pasted as they stand."""

from __future__ import annotations

import shlex
from pathlib import Path

HERE = Path()
"""The workspace that commands mean unless told."""


def command(workspace: Path, *words: str) -> str:
    """A command that names the workspace unless that is here."""
    where = [] if workspace == HERE else ["--workspace", str(workspace)]
    return shlex.join(["callover", *words, *where])
