"""Starting the site: the database brought up to date, gunicorn and a worker, stopped together."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from callover.domain.errors import UserError
from callover.web.config.environment import Environment

SETTINGS = "callover.web.config.settings"
NOT_SERVED = ["*.ttf", "*.md", "*.py", "__pycache__"]
"""Beside static files, and nothing that a browser asks for."""
TIED = (sys.executable, "-m", "callover.web.operations.tied")
_GRACE = 20  # seconds that a worker has to finish what it does
_TRIES = 5  # a process that ends so often in a row is not started again
_LASTS = 60  # seconds after which a process that ends counts as the first again


@dataclass(frozen=True)
class Serving:
    """How to serve: which workspace, where, with how many processes, with a worker or without."""

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    worker: bool = True

    @property
    def url(self) -> str:
        """The address on this machine."""
        return f"http://{self.host}:{self.port}/"


def set_up(
    workspace: Path, environment: Mapping[str, str] | None = None, secret_key: bool = True
) -> None:  # fmt: skip
    """Make Django ready in this process, for a workspace; with a secret key of its own unless
    one is about to be restored."""
    os.environ["CALLOVER_WORKSPACE"] = str(workspace.resolve())
    os.environ.update(environment or {})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if secret_key:
        own = Environment.current()
        own.make_secret_key()
        (own.site / "incoming").mkdir(mode=0o700, exist_ok=True)  # settings name it
    import django

    django.setup()


def prepare() -> None:
    """Migrate the database, take in the workspace's partnerships, gather static files, and remove
    what a server that was killed had received by half."""
    prepare_database()
    incoming = Environment.current().site / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(mode=0o700)
    gather_static()


def prepare_database() -> None:
    """Migrate the database and take in the workspace's partnerships."""
    from django.core.management import call_command

    from callover.web.accounts.sync import sync_partnerships

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    sync_partnerships()


def gather_static() -> None:
    """Static files under names that change with their content; nothing where none changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = (place for finder in get_finders() for place in finder.list(NOT_SERVED))
    told = [(name, storage.size(name), storage.path(name)) for name, storage in found]
    state = hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / ".gathered"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True,
                 ignore_patterns=NOT_SERVED)  # fmt: skip
    stamp.write_text(state, encoding="ascii")


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def check_port(host: str, port: int) -> None:
    """Raise UserError where somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"{host}:{port} cannot be used: {error.strerror}."
            raise UserError(
                what, "Name another: --port 8001, or --port 0 for a free one."
            ) from error


def serve(how: Serving, ready: Callable[[], None]) -> None:
    """Run until told to stop (Ctrl+C or SIGTERM); ``ready`` is called once pages are answered.

    Raises UserError where a process ends again and again.
    """
    commands = {"site": _gunicorn(how)}
    numbers = Environment.current().site / "metrics"
    shutil.rmtree(numbers, ignore_errors=True)
    numbers.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(numbers)
    if how.worker:
        commands["worker"] = [*TIED, "callover", "worker", "--workspace", str(how.workspace)]
    stopping = _Stopping()  # first, so that a signal never ends this process alone
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            running[name] = subprocess.Popen(command)
        _await(how, running["site"], stopping)
        ready()
        _watch(commands, running, stopping)
    finally:
        _stop(running)


class _Stopping:
    """Whether a signal asked to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _gunicorn(how: Serving) -> list[str]:
    return [
        *TIED, "gunicorn", "callover.web.config.wsgi:application",
        "--bind", f"{how.host}:{how.port}", "--workers", str(how.processes), "--threads", "4",
        "--worker-class", "gthread", "--keep-alive", "30", "--timeout", "60",
        "--graceful-timeout", str(_GRACE),
        "--max-requests", "5000", "--max-requests-jitter", "500", "--preload",
        "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def _await(how: Serving, site: subprocess.Popen[bytes], stopping: _Stopping) -> None:
    """Wait until the site accepts connections."""
    while not stopping.asked:
        if site.poll() is not None:
            raise UserError("The site did not start.", "What it printed above says why.")
        try:
            socket.create_connection((how.host, how.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _watch(
    commands: Mapping[str, list[str]],
    running: dict[str, subprocess.Popen[bytes]],
    stopping: _Stopping,
) -> None:
    """Start again what ended by itself."""
    ended = dict.fromkeys(commands, 0)
    begun = dict.fromkeys(commands, time.monotonic())
    while not stopping.asked:
        time.sleep(0.2)
        for name, process in running.items():
            if process.poll() is None:
                continue
            lasted = time.monotonic() - begun[name]
            ended[name], begun[name] = (1 if lasted > _LASTS else ended[name] + 1), time.monotonic()
            if ended[name] > _TRIES:
                raise UserError(f"The {name} ends again and again.", "Look at the log above.")
            running[name] = subprocess.Popen(commands[name])


def _stop(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask once, and who is not done in time a second time: a worker then gives its task back."""
    for process in running.values():
        process.terminate()
    for process in running.values():
        for grace in (_GRACE + 5, 5):
            try:
                process.wait(grace)
            except subprocess.TimeoutExpired:
                process.terminate()
        process.kill()
