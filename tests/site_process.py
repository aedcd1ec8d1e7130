"""The site in processes of its own: a real database, a real worker, a real server."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

TESTS = str(Path(__file__).parent)
SETUP = """
import json, sys
from pathlib import Path
sys.path.append({tests!r})
from callover.web.operations.server import set_up, prepare
set_up(Path({workspace!r}))
{body}
"""


class Site:
    """A site on a workspace, on SQLite in its folder unless a database is named."""

    def __init__(self, workspace: Path, **environment: str) -> None:
        self.workspace = workspace
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CALLOVER_", "DJANGO_"))}
        self.environment = {**kept, "CALLOVER_SECRET_KEY": "x" * 60, "CALLOVER_LEASE_SECONDS": "2",
                            "CALLOVER_EMAIL": "file", **environment}  # fmt: skip

    def run(self, body: str) -> Any:
        """What a piece of Python prints as JSON, run with the site set up."""
        code = SETUP.format(workspace=str(self.workspace), tests=TESTS, body=body)
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, check=True, stdout=subprocess.PIPE
        )
        return json.loads(done.stdout or b"null")

    def start(
        self, *command: str, group: bool = False, **environment: str
    ) -> subprocess.Popen[bytes]:  # fmt: skip
        """``callover`` with a command, on the workspace; as the head of a ``group`` of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "callover", *command, "--workspace", str(self.workspace)],
            env={**self.environment, **environment}, start_new_session=group,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    """What ``kill -9`` does."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def runs(process: int) -> bool:
    """Whether a process is at work, not only waiting for somebody to note its end."""
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def await_(found: Callable[[], bool], seconds: float = 120, pause: float = 0.05) -> None:
    ends = time.monotonic() + seconds
    while not found():
        if time.monotonic() > ends:
            raise TimeoutError("it did not come")
        time.sleep(pause)


def answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asked:
        try:
            asked.request("GET", "/health/live/")
            return asked.getresponse().status == 200
        except OSError:
            return False
