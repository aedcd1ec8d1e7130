"""A finished pack as one side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callover.analysis.changes import Seen
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.report import words
from callover.report.packfile import Pack


@dataclass(frozen=True)
class PackView:
    """A pack as it was written."""

    label: str
    month: Month
    area: str = ""
    records: Mapping[tuple[str, str, str], list[Mapping[str, Any]]] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] | None = None  # of a pack of some indicators, which

    def holds(self, indicator: str) -> bool:
        """Whether it was among those that the pack was built for; a whole pack is for all."""
        return self.only is None or indicator in self.only

    def seen(self, indicator: str, measure: str, month: Month, source: str = "") -> Seen | None:
        """As printed or used in the pack."""
        for record in self.records.get((indicator, measure, str(month)), ()):
            if source in ("", record["source"]) and isinstance(record["value"], int | float):
                return Seen(float(record["value"]), str(record["source"]))
        return None

    def rating(self, indicator: str) -> str:
        """The colour that the pack shows."""
        return self.ratings.get(indicator, "")


def pack_view(pack: Pack, catalogue: Catalogue) -> PackView:
    """The pack as one side of a comparison: each indicator's own series."""
    records: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for record in pack.figures:
        own = catalogue.indicators.get(record["indicator"])
        if own is not None and own.series == record["series"] and not record["peer_group"]:
            key = (record["indicator"], record["measure"], record["month"])
            records.setdefault(key, []).append(record)
    for (name, _, _), held in records.items():
        own = catalogue.indicators[name]
        order = [*own.change_sources, *own.rate_sources]
        held.sort(key=lambda each: order.index(each["source"]) if each["source"] in order else 99)
    month = Month.parse(str(pack.facts["month"]))
    known = datetime.fromisoformat(str(pack.facts["known_at"]))
    label = f"the pack of {month.name} (as known on {words.day(known.date())})"
    only = frozenset(pack.facts["indicators"]) if pack.facts.get("selection") else None
    area = str(pack.facts["area"])
    return PackView(label, month, area, records, pack.facts.get("ratings", {}), only)
