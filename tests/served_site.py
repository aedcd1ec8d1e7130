"""A site served as people serve it, in a folder of its own, for real browsers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTNERSHIP = (
    "id: harrowmere\narea: E07000998\nname: Harrowmere Community Safety Partnership\n"
    "short_name: Harrowmere\nset: street\n"
)


class ServedSite:
    """Commands on the workspace, and the address of the site."""

    def __init__(self, workspace: Path, address: str) -> None:
        self.workspace = workspace
        self.address = address

    def run(self, program: str) -> None:
        """Run a program of the tests beside the site, in an environment like its own."""
        environment = _environment()
        environment["PYTHONPATH"] += f":{Path(__file__).parent}"
        subprocess.run([sys.executable, "-c", program], check=True, env=environment)

    def invite(self, email: str, role: str) -> str:
        """Invite from the command line; gives the link on this site."""
        told = _callover(
            "invite", email, "--post", role.title(), "--role", role,
            "--partnership", "harrowmere", "--workspace", str(self.workspace),
        )  # fmt: skip
        return self.address + told.strip()[len("http://127.0.0.1:8000") :]


def _environment() -> dict[str, str]:
    """Without settings of the tests' own site."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CALLOVER_", "DJANGO_"))}
    source = Path(__file__).parents[1] / "src"
    return {**kept, "PYTHONPATH": str(source), "PYTHONUNBUFFERED": "1", "CALLOVER_EMAIL": "file"}


def _callover(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "callover", *arguments],
        check=True, capture_output=True, text=True, env=_environment(),
    ).stdout  # fmt: skip


@contextmanager
def served(workspace: Path) -> Iterator[ServedSite]:
    """Serve a small workspace; ``localhost``, because passkeys belong to a name."""
    for name in ("partnerships", "definitions", "commentary", "data", "packs"):
        (workspace / name).mkdir(parents=True)
    settings = "callover: 1\nset: street\npartnership: harrowmere\n"
    (workspace / "workspace.yaml").write_text(settings)
    (workspace / "partnerships" / "harrowmere.yaml").write_text(PARTNERSHIP)
    command = [sys.executable, "-m", "callover", "serve", "--workspace", str(workspace),
               "--port", "0", "--processes", "1"]  # fmt: skip
    with (workspace / "log").open("w") as log, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=log, text=True, env=_environment()
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "Serving" in line, (workspace / "log").read_text()
            port = line.split("127.0.0.1:")[1].split("/")[0]
            yield ServedSite(workspace, f"http://localhost:{port}")
        finally:
            process.terminate()


def code(secret: str, steps: int = 0) -> str:
    """The six digits of RFC 6238 that an app shows now, or some half minutes later."""
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
