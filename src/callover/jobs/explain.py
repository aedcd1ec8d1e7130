"""Where a figure comes from: formula, numbers, files, rows, and when each became known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callover.analysis.figures import Figures
from callover.analysis.lineage import Lineage, Tracer
from callover.analysis.member_lineage import Member, members_of
from callover.analysis.stored import held_from
from callover.analysis.vocabulary import NEEDS_PEERS
from callover.domain.errors import UnknownName
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.jobs.workspace import Workspace


@dataclass(frozen=True)
class ExplainRequest:
    """Which figure to explain."""

    indicator: str
    measure: str
    month: Month
    area: str = ""
    peers: str = ""
    source: str = ""
    series: str = ""
    as_known_at: datetime | None = None


@dataclass(frozen=True)
class Explained:
    """A figure, where it comes from, and behind a comparison the members of its group."""

    figure: Figure
    lineage: Lineage
    members: tuple[Member, ...] = ()


def explain(workspace: Workspace, request: ExplainRequest) -> list[Explained]:
    """The figure under each source that speaks, with its lineage.

    Raises UnknownName for an area, indicator, measure, series or group that does not exist.
    """
    partnership = workspace.partnership(request.area)
    catalogue = workspace.catalogue_of(partnership)
    held = held_from(workspace.store, catalogue, request.as_known_at, areas=[partnership.area])
    service = Figures(held, partnership)
    tracer = Tracer(service)
    found: list[Figure] = []
    for group in _groups(service, request):
        if request.source or request.series:
            found.append(
                service.figure(
                    request.indicator, request.measure, partnership.area, request.month, group,
                    request.source, request.series,
                )
            )  # fmt: skip
        else:
            found += service.figures(
                request.indicator, request.measure, partnership.area, request.month, group
            )
    return [
        Explained(figure, tracer.trace(figure), members_of(service, tracer, figure))
        for figure in found
    ]


def _groups(service: Figures, request: ExplainRequest) -> tuple[str, ...]:
    """The group asked for; for a rank or average without one, each of the indicator's."""
    if request.peers or request.measure not in NEEDS_PEERS:
        return (request.peers,)
    groups = service.groups_of(request.indicator)
    if not groups:
        known = tuple(service.catalogue.peer_groups)
        raise UnknownName(f"peer group of {request.indicator}", "", known)
    return groups
