"""What a benchmark says, and how it is printed and written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One comparison. ``ratio`` is ours ÷ peer; met where it is at most ``goal``.

    Against an absolute limit the peer is that limit and the goal 1.
    """

    name: str
    ours: float
    peer: float
    unit: str
    ratio: float
    goal: float

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal


def against(name: str, ours: float, peer: float, unit: str, goal: float) -> Result:
    """A comparison with another way of doing the same work."""
    return Result(name, round(ours, 3), round(peer, 3), unit, round(ours / peer, 3), goal)


def within(name: str, ours: float, limit: float, unit: str) -> Result:
    """A comparison with an absolute limit."""
    return against(name, ours, limit, unit, 1.0)


def table(results: Sequence[Result]) -> str:
    """The results in columns."""
    heading = ("", "ours", "peer", "unit", "ratio", "goal", "")
    rows = [heading]
    for r in results:
        verdict = "met" if r.met else "MISSED"
        rows.append((r.name, f"{r.ours:g}", f"{r.peer:g}", r.unit, f"{r.ratio:g}", f"{r.goal:g}",
                     verdict))  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(heading))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def write(results: Sequence[Result], path: Path) -> None:
    """``build/bench.json``: a list of name, ours, peer, unit, ratio, goal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(r) for r in results], indent=1) + "\n", encoding="utf-8")
