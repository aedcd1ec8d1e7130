"""Published sums over months as differences of potentials (docs/architecture.md, section 3).

Every sum says how far apart two month boundaries are. Sums that join boundaries form components;
within one, every difference is known. A sum whose ends are already joined is a check: where it
disagrees, the source contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callover.domain.periods import PeriodKind

TRUST = (
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.YEAR_TO_DATE,
    PeriodKind.FINANCIAL_YEAR,
    PeriodKind.MONTHS,
    PeriodKind.ROLLING12,
)
"""Which sums are believed first when a source contradicts itself."""

AGREES = 1e-6


@dataclass(frozen=True, slots=True)
class Edge:
    """A printed sum: boundary ``after`` lies ``value`` above boundary ``first``."""

    first: int
    after: int
    value: float
    kind: PeriodKind
    label: int = -1  # whatever the caller wants to find it by


@dataclass(frozen=True, slots=True)
class Conflict:
    """A printed sum that the more trusted sums contradict."""

    edge: Edge
    implied: float


@dataclass(frozen=True, slots=True)
class Potentials:
    """Per boundary a level and the component within which levels compare; and what disagrees."""

    potential: list[float]
    component: list[int]
    conflicts: tuple[Conflict, ...] = ()

    def between(self, first: int, after: int) -> float | None:
        """The sum over the months between two boundaries, None where it is not implied."""
        if self.component[first] != self.component[after]:
            return None
        return self.potential[after] - self.potential[first]


def solve(edges: Iterable[Edge], nodes: int) -> Potentials:
    """Join ``nodes`` boundaries by the sums, most trusted first; shorter before longer."""
    level = [0.0] * nodes
    chain = list(range(nodes))
    members = {node: [node] for node in range(nodes)}
    conflicts: list[Conflict] = []
    for edge in sorted(edges, key=_trust):
        kept, joined = chain[edge.first], chain[edge.after]
        if kept == joined:
            implied = level[edge.after] - level[edge.first]
            if abs(implied - edge.value) > AGREES:
                conflicts.append(Conflict(edge, implied))
            continue
        if len(members[kept]) < len(members[joined]):
            shift = level[edge.after] - edge.value - level[edge.first]
            kept, joined = joined, kept
        else:
            shift = level[edge.first] + edge.value - level[edge.after]
        for node in members.pop(joined):
            level[node] += shift
            chain[node] = kept
            members[kept].append(node)
    return Potentials(level, chain, tuple(conflicts))


def _trust(edge: Edge) -> tuple[int, int, int]:
    return TRUST.index(edge.kind), edge.first, edge.after
