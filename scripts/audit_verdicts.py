"""Writes the verdicts on the audit's findings in the reference pack into ``docs/benchmarks.md``.

``python scripts/audit_verdicts.py``: from ``tests/golden/audit_verdicts.csv``, where a person
judged each finding; a test holds that file to what the audit finds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERDICTS = ROOT / "tests" / "golden" / "audit_verdicts.csv"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- verdicts: written by scripts/audit_verdicts.py -->", "<!-- end of verdicts -->"


def page() -> str:
    """The part of the page: how many are true, and a line a finding, by rule."""
    rows = list(csv.DictReader(VERDICTS.read_text(encoding="utf-8").splitlines()))
    true = sum(row["verdict"] == "true" for row in rows)
    head = f"{true} of {len(rows)} are true ({100 * true / len(rows):.0f} %).\n"
    table = "\n".join(("| rule | line: what follows | verdict |", "|---|---|---|", *_lines(rows)))
    return f"{BEGIN}\n{head}\n{table}\n{END}"


def _lines(rows: list[dict[str, str]]) -> Iterator[str]:
    ordered = sorted(rows, key=lambda row: (row["rule"], row["verdict"], row["why"]))
    for (rule, verdict, why), group in groupby(
        ordered, key=lambda row: (row["rule"], row["verdict"], row["why"])
    ):
        places = "; ".join(f"{row['line']}: {row['follows']}{_sample(row)}" for row in group)
        yield f"| {rule} | {places} | {verdict}: {why} |"


def _sample(row: dict[str, str]) -> str:
    return f" ({row['sample']})" if row["sample"] else ""


def write() -> None:
    """The part of the page in its place."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    PAGE.write_text(before + page() + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    write()
