"""Every measure once more, in plain Python over lists, to hold the system's arrays against.

Slow and simple on purpose: no NumPy, nothing from ``callover.analysis``. Months are integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

TRUST = ("month", "quarter", "year_to_date", "financial_year", "months", "rolling12")
STATES = (
    "final", "provisional", "derived", "estimated", "suppressed", "not_due", "late",
    "not_supplied", "not_applicable",
)  # fmt: skip
WITH_VALUE = STATES[:4]


@dataclass(frozen=True)
class Stored:
    """A stored count over the months from ``first`` up to, not including, ``after``."""

    source: str
    series: str
    area: str
    kind: str
    first: int
    after: int
    value: float | None
    state: str = "final"


@dataclass
class World:
    """Stored counts, sums and ratios of series, and residents by area."""

    rows: Sequence[Stored]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ratios: dict[str, tuple[str, str]] = field(default_factory=dict)
    residents: dict[str, float] = field(default_factory=dict)

    def rows_of(self, source: str, series: str, area: str) -> list[Stored]:
        """What a source says about a series in an area."""
        return [r for r in self.rows if (r.source, r.series, r.area) == (source, series, area)]

    def count(self, source: str, series: str, area: str, first: int, after: int) -> float | None:
        """The count over months, None where it is not known."""
        if series in self.ratios:
            top, below = (self.count(source, s, area, first, after) for s in self.ratios[series])
            return None if top is None or not below else 100.0 * top / below
        found = chained(self.rows_of(source, series, area), first, after)
        if found is None and series in self.parts:
            counts = [self.count(source, p, area, first, after) for p in self.parts[series]]
            known = [c for c in counts if c is not None]
            return sum(known) if len(known) == len(counts) else None
        return found

    def state(self, source: str, series: str, area: str, first: int, after: int) -> str:
        """State of a count that is known."""
        rows = self.rows_of(source, series, area)
        for row in rows:
            if (row.first, row.after) == (first, after) and agrees(rows, row):
                return row.state
        months = [self._month_state(rows, m) for m in range(first, after)]
        if all(state in WITH_VALUE for state in months):
            return weakest(months)
        return weakest(["derived", *(r.state for r in rows if r.state in WITH_VALUE)])

    def _month_state(self, rows: list[Stored], month: int) -> str:
        for row in rows:
            if row.kind == "month" and row.first == month and row.value is not None:
                return row.state
        if chained(rows, month, month + 1) is not None:
            return weakest(["derived", *(r.state for r in rows if r.state in WITH_VALUE)])
        return "not_supplied"

    def stretch(self, measure: str, month: int) -> tuple[int, int]:
        """First month of a count's stretch, and the month after its last."""
        if measure == "ytd":
            return april(month), month + 1
        return month + 1 - {"month": 1, "rolling12": 12}[measure], month + 1

    def measure(self, name: str, source: str, series: str, area: str, month: int) -> float | None:
        """A count or its comparison with the year before."""
        base, _, comparison = name.partition("_")
        now = self.count(source, series, area, *self.stretch(base, month))
        before = self.count(source, series, area, *self.stretch(base, month - 12))
        if not comparison:
            return now
        if comparison == "previous":
            return before
        if comparison == "change_pct" and series in self.ratios:
            return None
        return change(now, before) if comparison == "change" else change_pct(now, before)

    def rate(self, source: str, series: str, area: str, month: int, per: float) -> float | None:
        """Twelve months per so many residents."""
        count = self.count(source, series, area, month - 11, month + 1)
        residents = self.residents.get(area)
        return None if count is None or not residents else count / residents * per

    def share(self, source: str, series: str, total: str, area: str, month: int) -> float | None:
        """Per cent of the total."""
        part = self.count(source, series, area, month - 11, month + 1)
        whole = self.count(source, total, area, month - 11, month + 1)
        return None if part is None or not whole else 100.0 * part / whole


def agrees(rows: Iterable[Stored], row: Stored) -> bool:
    """Whether a printed sum is what the more trusted sums say."""
    implied = chained(rows, row.first, row.after)
    return row.value is not None and implied is not None and abs(implied - row.value) <= 1e-6


def chained(rows: Iterable[Stored], first: int, after: int) -> float | None:
    """What printed sums say of a stretch, the most trusted first; contradictions are passed by."""
    level: dict[int, float] = {}
    chain: dict[int, int] = {}
    usable = [r for r in rows if r.value is not None]
    for row in sorted(usable, key=lambda r: (TRUST.index(r.kind), r.first, r.after)):
        for node in (row.first, row.after):
            level.setdefault(node, 0.0)
            chain.setdefault(node, node)
        kept, joined = chain[row.first], chain[row.after]
        if kept == joined:
            continue
        shift = level[row.first] + (row.value or 0.0) - level[row.after]
        for node in [node for node, name in chain.items() if name == joined]:
            chain[node], level[node] = kept, level[node] + shift
    if first not in chain or chain[first] != chain.get(after):
        return None
    return level[after] - level[first]


def april(month: int) -> int:
    """The April that begins the financial year of ``month``."""
    return month - (month - 3) % 12


def weakest(states: Iterable[str]) -> str:
    """The weakest of states."""
    return max(states, key=STATES.index)


def change(now: float | None, before: float | None) -> float | None:
    """Difference."""
    return None if now is None or before is None else now - before


def change_pct(now: float | None, before: float | None) -> float | None:
    """Difference in per cent of the base, none on a base of 0."""
    return None if now is None or not before else 100.0 * (now - before) / before


def rank(values: Sequence[float | None], place: int, lowest_first: bool = True) -> int | None:
    """One more than the number of members that stand before; equal values share."""
    mine = values[place]
    if mine is None:
        return None
    others = [v for v in values if v is not None]
    return 1 + sum(v < mine if lowest_first else v > mine for v in others)


def average(values: Sequence[float | None]) -> float | None:
    """Mean of those that are known."""
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def pooled(
    counts: Sequence[float | None], residents: Sequence[float | None], per: float
) -> float | None:
    """Rate of all together, over members known on both sides."""
    both = [(c, r) for c, r in zip(counts, residents, strict=True) if c is not None and r]
    whole = sum(r for _, r in both)
    return sum(c for c, _ in both) / whole * per if whole else None


def group_change_pct(now: Sequence[float | None], before: Sequence[float | None]) -> float | None:
    """Change of all members together, over those known in both years."""
    both = [(n, b) for n, b in zip(now, before, strict=True) if n is not None and b is not None]
    return change_pct(sum(n for n, _ in both), sum(b for _, b in both)) if len(both) > 1 else None
