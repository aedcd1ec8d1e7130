"""The process that ``jobs.confined`` starts: ``python -m``, a request on standard input.

It shuts the network and sets its bounds before it loads anything, for a process with threads can
no longer change its namespaces, and before it touches the file.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from callover.domain.errors import UserError
from callover.jobs.confined import NO_SPACE, OUT_OF_MEMORY, Bounds, set_bounds
from callover.jobs.trouble import FULL

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DIE_WITH_PARENT = 1


def shut_network() -> bool:
    """Leave this process with an empty network; whether the system permitted it."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    # without a map new files would belong to nobody, and the system refuses to make them
    for name, text in (
        ("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1"),
    ):  # fmt: skip
        (Path("/proc/self") / name).write_text(text, encoding="ascii")
    return True


def die_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """End when whoever started this process ends, so that nobody stores behind the queue's back."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, how)


def main() -> int:
    """Do what standard input asks for; gives the exit code."""
    parent = os.getppid()
    die_with_parent()
    if os.getppid() != parent:
        return 1
    request: dict[str, Any] = json.load(sys.stdin)
    shut_network()
    os.umask(0o077 if request["work"] == "check" else os.umask(0))
    set_bounds(Bounds(**request["bounds"]))
    try:
        _do(request)
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno not in FULL:
            raise
        return NO_SPACE
    return 0


def _do(request: dict[str, Any]) -> None:
    """Do the work and write its answer, or why a person's file does not take it."""
    answer: dict[str, Any]
    try:
        answer = _work(request)
    except UserError as error:
        answer = {"error": error.what, "remedy": error.remedy}
    Path(request["answer"]).write_text(json.dumps(storable(answer)), encoding="utf-8")


def storable(value: Any) -> Any:
    """The same as every database takes it: no NaN, no NUL, no half of a character."""
    if isinstance(value, dict):
        return {name: storable(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return value


def _work(request: dict[str, Any]) -> dict[str, Any]:
    from callover.jobs.submitted import Submitted, check_submitted, store_submitted  # noqa: PLC0415

    given = Submitted(
        Path(request["workspace"]), Path(request["file"]), request["source"],
        request["partnership"], tuple(request["refused"]),
    )  # fmt: skip
    if request["work"] == "check":
        return check_submitted(given)
    since = datetime.fromisoformat(request["since"])
    return store_submitted(given, since, request["good_rows"])


if __name__ == "__main__":
    sys.exit(main())
