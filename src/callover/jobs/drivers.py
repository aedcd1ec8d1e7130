"""What made an indicator's change, as records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from callover.analysis.driven import By, Driven, driven
from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.domain.errors import UnknownName
from callover.domain.periods import Month
from callover.jobs.hints import newest_known
from callover.jobs.workspace import Workspace


@dataclass(frozen=True)
class DriversRequest:
    """Which change: of an indicator, split by parts, months or areas."""

    indicator: str
    month: Month
    by: str = By.PARTS.value
    area: str = ""
    peers: str = ""
    as_known_at: datetime | None = None


def drivers(workspace: Workspace, request: DriversRequest) -> tuple[str, Driven]:
    """The area, and the change with what made it.

    Raises UnknownName, UserError where nothing is stored.
    """
    ways = [each.value for each in By]
    if request.by not in ways:
        raise UnknownName("split", request.by, ways)
    newest_known(workspace)
    partnership = workspace.partnership(request.area)
    catalogue = workspace.catalogue_of(partnership)
    held = held_from(workspace.store, catalogue, request.as_known_at, areas=[partnership.area])
    figures = Figures(held, partnership)
    area, by = partnership.area, By(request.by)
    return area, driven(figures, request.indicator, area, request.month, by, request.peers)


def record(request: DriversRequest, area: str, found: Driven) -> dict[str, Any]:
    """The change as a record; field names as in ``docs/command-line.md``."""
    return {
        "indicator": request.indicator,
        "area": area,
        "month": str(request.month),
        "by": found.by.value,
        "group": found.group or None,
        "source": found.source or None,
        "before": found.before if found.parts else None,
        "now": found.now if found.parts else None,
        "change": found.change if found.parts else None,
        "parts": [
            {"name": part.name, "before": part.before, "now": part.now, "change": part.change,
             "share": part.share} for part in found.parts
        ],
        "why_not": found.why_not or None,
    }  # fmt: skip


def as_json(request: DriversRequest, area: str, found: Driven) -> str:
    """One object."""
    return json.dumps(record(request, area, found), ensure_ascii=False, indent=1) + "\n"
