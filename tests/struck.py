"""A served site held still at a moment, so that it can be killed just there.

The server is gunicorn as in service; a configuration of the test's own, which gunicorn reads from
its environment, puts a stop before or behind one function of the site in every process.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from callover.web.operations.server import free_port
from site_process import Site, answers, await_

STOP = """
import time
from importlib import import_module
from pathlib import Path

def post_fork(server, worker):
    place = import_module({module!r})
    real = getattr(place, {name!r})
    def struck(*given, **named):
        done = None if {before!r} else real(*given, **named)
        Path({mark!r}).touch()
        time.sleep(600)
        return done
    setattr(place, {name!r}, struck)
"""


@dataclass(frozen=True)
class Moment:
    """Before or behind a function, as the module that calls it knows it."""

    module: str
    name: str
    before: bool = True


@contextmanager
def served(site: Site, *more: str, stop: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The site served without a worker, and ended whatever happens."""
    held = {"GUNICORN_CMD_ARGS": f"--config {stop}"} if stop else {}
    port = site.environment["CALLOVER_URL"].rpartition(":")[2]
    server = site.start(
        "serve", "--port", port, "--processes", "1", *(more or ("--no-worker",)), group=True, **held
    )
    try:
        await_(lambda: answers(int(port)))
        yield server
    finally:
        kill_all(server)


def kill_all(server: subprocess.Popen[bytes]) -> None:
    """``kill -9`` of the server and of every process that it started."""
    try:
        os.killpg(server.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        server.wait()


def stop_at(moment: Moment, folder: Path) -> tuple[Path, Path]:
    """The configuration that stops there, and the file that tells once it is reached."""
    mark, config = folder / "reached", folder / "stop.conf.py"
    told = {"module": moment.module, "name": moment.name, "before": moment.before}
    config.write_text(STOP.format(mark=str(mark), **told))
    return config, mark


def own_address(**environment: str) -> dict[str, str]:
    """The environment of a site that is reached under a free port."""
    return {"CALLOVER_URL": f"http://127.0.0.1:{free_port()}", "CALLOVER_REQUIRE_MFA": "0",
            **environment}  # fmt: skip
