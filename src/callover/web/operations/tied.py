"""A process of the site that ends with ``callover serve``: ``python -m … MODULE ARGUMENT…``.

Without this a ``kill -9`` of the one would leave the others behind: they would hold the address,
and the site could not be started again.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys

from callover.jobs.confined_work import die_with_parent


def main() -> None:
    """Tie this process to whoever started it, then be the module that is named."""
    parent = os.getppid()
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        return
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
