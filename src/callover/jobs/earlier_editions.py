"""What the public has already: counts that an earlier public edition showed, or that leaked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from callover.analysis.figures import Figures
from callover.analysis.suppress.behind import Count, counts_behind
from callover.analysis.suppress.problem import small
from callover.analysis.suppress.values import known_value
from callover.domain.errors import UserError
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Leak
from callover.domain.periods import Month
from callover.domain.states import State
from callover.jobs.pack_folder import base_name
from callover.jobs.workspace import Workspace
from callover.report.build.context import PackContext
from callover.report.pack_view import PackView, pack_view
from callover.report.packfile import read_pack


def counts_outside(workspace: Workspace, ctx: PackContext, figures: Figures) -> dict[Count, float]:
    """Counts that cannot be hidden any more, as known now. The edition being built anew is not
    counted."""
    found: set[Count] = set()
    for record in _published(workspace, ctx):
        found.update(counts_behind(ctx.catalogue, figures.held.total, _figure(record)))
    for leak in ctx.partnership.leaked:
        figure = _leaked(leak, ctx, figures)
        found.update(counts_behind(ctx.catalogue, figures.held.total, figure))
    return {count: value for count in found if (value := known_value(figures, count)) is not None}


def counts_called_small(
    workspace: Workspace, ctx: PackContext, figures: Figures
) -> dict[Count, float]:
    """Counts that public packs of other months print as "fewer than 10", where they still are."""
    found = {}
    for name in _called(workspace, ctx):
        try:
            count = Count.named(name)
        except ValueError:  # written by hand, or by another version: nothing that we print
            continue
        source = ctx.catalogue.sources.get(count.source)
        value = known_value(figures, count) if count.series in ctx.catalogue.series else None
        if source is None or value is None:
            continue
        if small(value, source.disclosure.threshold, source.disclosure.zero_hidden):
            found[count] = value
    return found


def without_list(workspace: Workspace, ctx: PackContext) -> list[str]:
    """Warnings of public packs of other months that an older version made, which does not list what
    it calls small."""
    return [
        f"The public edition of {content.get('month')} does not list what it calls small, so its "
        "words are not reckoned with: build it anew."
        for _, content in _packs(workspace, ctx.partnership.area, "public")
        if content.get("month") != str(ctx.month) and "called_small" not in content
    ]


def last_pack(
    workspace: Workspace, area: str, month: Month, catalogue: Catalogue, edition: str
) -> PackView | None:
    """The newest pack of an earlier month in the workspace's folder of packs; None without one."""
    earlier = [
        (str(content["month"]), path)
        for path, content in _packs(workspace, area, edition)
        if not content.get("selection") and str(content.get("month", month)) < str(month)
    ]
    if not earlier:
        return None
    try:
        return pack_view(read_pack(max(earlier)[1]), catalogue)
    except UserError:  # written by another version: nothing to compare with
        return None


def _published(workspace: Workspace, ctx: PackContext) -> Iterator[Mapping[str, Any]]:
    """The figures of this area's public packs of other months."""
    for _, content in _packs(workspace, ctx.partnership.area, "public"):
        if content.get("month") != str(ctx.month):
            yield from (f for f in content.get("figures", ()) if f.get("value") is not None)


def _called(workspace: Workspace, ctx: PackContext) -> set[str]:
    """Names of the counts that this area's public packs of other months call small."""
    found: set[str] = set()
    for _, content in _packs(workspace, ctx.partnership.area, "public"):
        if content.get("month") != str(ctx.month):
            found.update(content.get("called_small", ()))
    return found


def _packs(
    workspace: Workspace, area: str, edition: str
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The packs of an area in the workspace's folder of packs, those that can be read."""
    for path in sorted((workspace.path / "packs").rglob(f"{base_name(edition)}.json")):
        content = _read(path)
        if content.get("area") == area:
            yield path, content


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
