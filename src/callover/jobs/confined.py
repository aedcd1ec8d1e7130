"""Work on a file from outside, in a process of its own that can do little harm.

The process has bounds on memory, time, files and their size, no network where the system lets it
have none, no secret in its environment, and ends with whoever started it. What it finds comes back
as JSON; that it hung, crashed or grew beyond its bounds comes back as a fault that people can read.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from callover.domain.errors import UserError

_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ")
"""Of the environment; everything else, passwords included, stays outside."""

COMMAND = (sys.executable, "-P", "-m", "callover.jobs.confined_work")
"""``-P``: nothing that lies in a folder of files is ever taken for a module."""

_MOST_ANSWER = 20 * 1024 * 1024
_REMEDY = "Send the figures in the template, in fewer rows, or ask the analyst."


@dataclass(frozen=True)
class Bounds:
    """What the process may use: bytes of memory and of any file, seconds, open files."""

    memory: int = 3 * 1024**3
    file_size: int = 512 * 1024**2
    cpu_seconds: int = 120
    seconds: int = 180
    open_files: int = 256


class Unreadable(UserError):
    """The process came to no answer: it hung, crashed, or needed more than it may have."""


def run_confined(
    work: str, file: Path, name: str, bounds: Bounds | None = None, **given: Any
) -> dict[str, Any]:
    """Do ``work`` (``check`` or ``store``, ``jobs.confined_work``) on ``file``, shown as ``name``.

    Raises UserError as the work itself does, Unreadable where it came to no answer, and OSError
    where that is not the file's fault but the machine's.
    """
    bounds = bounds or Bounds()
    with tempfile.TemporaryDirectory(prefix="callover-") as folder:
        shown, answer = Path(folder) / "given" / name, Path(folder) / "answer.json"
        shown.parent.mkdir()
        shown.symlink_to(file.resolve())
        request = {"work": work, "file": str(shown), "answer": str(answer),
                   "bounds": asdict(bounds), **given}  # fmt: skip
        ended = _run(json.dumps(request).encode(), folder, bounds)
        return _answer(answer, ended, bounds)


def _run(request: bytes, folder: str, bounds: Bounds) -> int | None:
    """The exit code, None where the time was up; its children end with it."""
    with subprocess.Popen(  # noqa: S603 - ours
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd="/", env=_environment(os.environ, folder), start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.communicate(request, timeout=bounds.seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process.pid)
    return process.returncode


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(own: Mapping[str, str], folder: str) -> dict[str, str]:
    kept = {name: own[name] for name in _KEPT if name in own}
    return {**kept, "HOME": folder, "TMPDIR": folder, "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1"}  # fmt: skip


def _answer(path: Path, ended: int | None, bounds: Bounds) -> dict[str, Any]:
    if ended is None or ended == -signal.SIGXCPU:
        what = f"Reading the file took more than {bounds.cpu_seconds} seconds and was stopped."
        raise Unreadable(what, _REMEDY)
    if ended == 0 and path.is_file() and path.stat().st_size <= _MOST_ANSWER:
        content: dict[str, Any] = json.loads(path.read_bytes())
        if "error" in content:
            raise UserError(content["error"], content["remedy"])
        return content
    if ended == NO_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if ended in (OUT_OF_MEMORY, -signal.SIGKILL, -signal.SIGABRT):
        raise Unreadable("Reading the file took more memory than figures need.", _REMEDY)
    raise Unreadable("The file could not be read: reading it broke off.", _REMEDY)


OUT_OF_MEMORY, NO_SPACE = 77, 78
"""Exit codes of a process that said so itself."""


@cache
def network_can_be_shut() -> bool:
    """Whether the system lets such a process have no network; the health page tells."""
    probe = (
        "from callover.jobs.confined_work import shut_network; raise SystemExit(not shut_network())"
    )
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-P", "-c", probe], env=_environment(os.environ, "/"), check=False,
        capture_output=True, timeout=30,
    )  # fmt: skip
    return done.returncode == 0


def set_bounds(bounds: Bounds) -> None:
    """Bound this process and those that it starts."""
    soon = 5  # between the signal that says why, and the end without a word
    for what, most, hard in (
        (resource.RLIMIT_AS, bounds.memory, bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.file_size, bounds.file_size),
        (resource.RLIMIT_CPU, bounds.cpu_seconds, bounds.cpu_seconds + soon),
        (resource.RLIMIT_NOFILE, bounds.open_files, bounds.open_files),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, given = resource.getrlimit(what)
        ceiling = hard if given == resource.RLIM_INFINITY else min(hard, given)
        resource.setrlimit(what, (min(most, ceiling), ceiling))
