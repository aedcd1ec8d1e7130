"""One piece of work of the audit, run and timed: ``-m bench.audit_work FILE …``.

The modules are loaded before the clock starts, nothing else is warm. The pages of a large PDF are
read by two processes; the peak is that of this one, which holds the pack.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from bench.cost import report
from callover.jobs.audit import AuditRequest, audit_file


def audited(files: list[Path]) -> None:
    """Read and audit each file."""
    for path in files:
        audit_file(AuditRequest(path, date(2016, 11, 30)))


if __name__ == "__main__":
    report(lambda: audited([Path(name) for name in sys.argv[1:]]))
