"""A small site served as people serve it, in a folder of its own, for real browsers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callover.web.operations.server import free_port
from site_process import Site, answers, await_

PARTNERSHIP = (
    "id: harrowmere\narea: E07000998\nname: Harrowmere Community Safety Partnership\n"
    "short_name: Harrowmere\nset: street\n"
)


class ServedSite(Site):
    """Under ``localhost``, because passkeys belong to a name."""

    def __init__(self, workspace: Path, port: int) -> None:
        self.address = f"http://localhost:{port}"
        super().__init__(workspace, CALLOVER_URL=self.address)

    def invite(self, email: str, role: str) -> str:
        """Invite from the command line; gives the link."""
        command = [sys.executable, "-m", "callover", "invite", email, "--post", role.title(),
                   "--role", role, "--partnership", "harrowmere",
                   "--workspace", str(self.workspace)]  # fmt: skip
        told = subprocess.run(
            command, check=True, capture_output=True, text=True, env=self.environment
        )
        return told.stdout.strip()


@contextmanager
def served(workspace: Path) -> Iterator[ServedSite]:
    """Serve a small workspace."""
    for name in ("partnerships", "definitions", "commentary", "data", "packs"):
        (workspace / name).mkdir(parents=True)
    settings = "callover: 1\nset: street\npartnership: harrowmere\n"
    (workspace / "workspace.yaml").write_text(settings)
    (workspace / "partnerships" / "harrowmere.yaml").write_text(PARTNERSHIP)
    port = free_port()
    site = ServedSite(workspace, port)
    server = site.start("serve", "--port", str(port), "--processes", "1")
    try:
        await_(lambda: answers(port), pause=0.2)
        yield site
    finally:
        server.terminate()
        server.wait(60)


def code(secret: str, steps: int = 0) -> str:
    """The six digits of RFC 6238 that an app shows now, or some half minutes later."""
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
