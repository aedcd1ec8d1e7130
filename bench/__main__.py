"""``python -m bench [NAME …]``: run the benchmarks, print the ratios, write ``build/bench.json``.

Exit code 1 where a goal is missed. A benchmark is a module of this package with
``run(folder, said) -> list[Result]``.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench.results import Result, table, write

BENCHMARKS = ("cube", "commands", "packs", "signals", "forecast", "audits", "site")
REPORT = Path("build/bench.json")


def main(names: list[str]) -> int:
    """Run the benchmarks named, all without any."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="callover-bench-") as folder:
        for name in names or BENCHMARKS:
            _say(f"== {name}")
            results += import_module(f"bench.{name}").run(Path(folder), _say)
            write(results, REPORT)  # what is measured is kept, whatever becomes of the next
    sys.stdout.write(f"\n{table(results)}\n\nWritten to {REPORT}\n")
    return 0 if all(result.met for result in results) else 1


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
