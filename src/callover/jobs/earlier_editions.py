"""What the public has already: counts that an earlier public edition showed, or that leaked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from callover.analysis.figures import Figures
from callover.analysis.suppress.behind import Count, counts_behind
from callover.domain.figures import Figure
from callover.domain.indicators import Leak
from callover.domain.periods import Month
from callover.domain.states import State
from callover.jobs.pack_folder import base_name
from callover.jobs.workspace import Workspace
from callover.report.build.context import PackContext


def counts_outside(workspace: Workspace, ctx: PackContext, figures: Figures) -> frozenset[Count]:
    """Counts that cannot be hidden any more. The edition being built anew is not counted."""
    found: set[Count] = set()
    for record in _published(workspace, ctx):
        found.update(counts_behind(ctx.catalogue, figures.held.total, _figure(record)))
    for leak in ctx.partnership.leaked:
        figure = _leaked(leak, ctx, figures)
        found.update(counts_behind(ctx.catalogue, figures.held.total, figure))
    return frozenset(found)


def _published(workspace: Workspace, ctx: PackContext) -> Iterator[Mapping[str, Any]]:
    """The figures of earlier public packs of this area in the workspace's folder of packs."""
    for path in sorted((workspace.path / "packs").rglob(f"{base_name('public')}.json")):
        content = _read(path)
        if content.get("area") != ctx.partnership.area or content.get("month") == str(ctx.month):
            continue
        yield from (f for f in content.get("figures", ()) if f.get("value") is not None)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _figure(record: Mapping[str, Any]) -> Figure:
    return Figure(
        indicator=record["indicator"],
        series=record["series"],
        area=record["area"],
        period_kind=record["period_kind"],
        month=Month.parse(record["month"]),
        measure=record["measure"],
        peer_group=record["peer_group"] or "",
        value=None,
        unit=record["unit"],
        state=State(record["state"]),
        source=record["source"],
        known_at=record["known_at"],
        published=bool(record.get("published")),
    )


def _leaked(leak: Leak, ctx: PackContext, figures: Figures) -> Figure:
    return figures.figure(
        leak.indicator, leak.measure, ctx.partnership.area, leak.month, series=leak.series
    )
