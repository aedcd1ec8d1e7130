"""What the public has already: counts that an earlier public edition showed, or that leaked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from callover.analysis.figures import Figures
from callover.analysis.suppress.behind import Count, counts_behind
from callover.analysis.suppress.problem import small
from callover.analysis.suppress.values import known_value
from callover.domain.disclosure import Rule
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


@dataclass(frozen=True)
class AlreadyPublic:
    """What no edition can take back, with its values as known now: counts that were shown, and
    those that were called "fewer than 10" and still are; what of it is not known."""

    shown: Mapping[Count, float]
    called: Mapping[Count, float]
    warnings: tuple[str, ...]


def already_public(
    workspace: Workspace, ctx: PackContext, figures: Figures, anew: Path | None = None
) -> AlreadyPublic:
    """What other public packs tell, of this month too, and what leaked. The one in the folder
    ``anew``, which is being built again, is not counted."""
    total = figures.held.total
    shown: set[Count] = set()
    called: set[Count] = set()
    warnings = []
    for path, content in _packs(workspace, ctx.partnership.area, "public"):
        if anew is not None and path.parent.resolve() == anew.resolve():
            continue
        for record in content.get("figures", ()):
            if record.get("value") is not None:
                shown.update(counts_behind(ctx.catalogue, total, _figure(record)))
        called.update(_counts_named(content.get("called_small", ())))
        if "called_small" not in content:
            warnings.append(
                f"The public edition of {content.get('month')} does not list what it calls small, "
                "so its words are not reckoned with: build it anew."
            )
    for leak in ctx.partnership.leaked:
        shown.update(counts_behind(ctx.catalogue, total, _leaked(leak, ctx, figures)))
    small_still = {
        count: value
        for count, value in _values(figures, called).items()
        if _is_small(ctx.catalogue, count, value)
    }
    return AlreadyPublic(_values(figures, shown), small_still, tuple(warnings))


def _values(figures: Figures, counts: Iterable[Count]) -> dict[Count, float]:
    """Those that are known, as known now."""
    known = ((c, known_value(figures, c)) for c in counts if c.series in figures.catalogue.series)
    return {count: value for count, value in known if value is not None}


def _is_small(catalogue: Catalogue, count: Count, value: float) -> bool:
    source = catalogue.sources.get(count.source)
    rule = source.disclosure if source is not None else Rule(threshold=0)
    return small(value, rule.threshold, rule.zero_hidden)


def _counts_named(names: Iterable[str]) -> Iterator[Count]:
    """The counts; a name written by hand, or by another version, is none that we print."""
    for name in names:
        with suppress(ValueError):
            yield Count.named(name)


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
