"""A PostgreSQL cluster for one test run, from the system's own packages."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

ACCOUNT = "nobody"
"""PostgreSQL refuses to run as root; this account owns the cluster then."""


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A cluster in a folder of its own, on a free port of this machine, gone after ``stop``."""

    def __init__(self) -> None:
        where = programs()
        if where is None:
            raise FileNotFoundError("no PostgreSQL here: apt-get install postgresql")
        self.bin = where
        self.folder = Path(tempfile.mkdtemp(prefix="callover-postgresql-"))
        self.port = _free_port()
        if os.geteuid() == 0:
            owner = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", "data", "-U", "callover", "-A", "trust", "-E", "UTF8",
                  "--no-locale", "--no-sync")  # fmt: skip
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        )
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    @property
    def url(self) -> str:
        return f"postgresql://callover@127.0.0.1:{self.port}/postgres"

    def another(self, name: str) -> str:
        """The address of a new, empty database of the cluster."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "callover", name)
        return f"{self.url.rpartition('/')[0]}/{name}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        user = ACCOUNT if os.geteuid() == 0 else None
        subprocess.run(
            [self.bin / program, *arguments], cwd=self.folder, check=True, user=user,
            stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )  # fmt: skip


def serve_this_run() -> None:
    """Start a cluster and name it to this process and its children; nothing where none can be."""
    if programs() is None:
        return
    cluster = Cluster()
    atexit.register(cluster.stop)
    os.environ["CALLOVER_DATABASE_URL"] = cluster.url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
