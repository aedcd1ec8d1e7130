"""A new indicator as a person describes it, and the entries that it becomes in a file."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.indicators import Catalogue
from callover.domain.periods import Month


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """What a person says of an indicator to be added.

    A series of the same id is made where ``series`` names none that exists. Texts left empty are
    filled with a plain sentence, to be improved in the file.
    """

    id: str
    title: str
    group: str
    unit: str
    direction: str
    source: str
    from_month: Month
    reason: str
    decided_by: str
    definition: str
    series: str = ""
    number: int | None = None
    count_basis: str = ""
    denominator: str = ""
    per: int = 1000
    how_it_works: str = ""
    what_good_looks_like: str = ""
    why_it_matters: str = ""
    peer_groups: tuple[str, ...] = ()


def series_entry(new: NewIndicator, series: str) -> dict[str, object]:
    """The entry of the series that comes with a new indicator."""
    return {"id": series, "title": new.title, "unit": new.unit}


def indicator_entry(new: NewIndicator, series: str, catalogue: Catalogue) -> dict[str, object]:
    """The entry as it will stand in the file."""
    numbers = (one.number for one in catalogue.indicators.values())
    entry: dict[str, object] = {
        "id": new.id,
        "number": new.number or max(numbers, default=0) + 1,
        "title": new.title,
        "group": new.group,
        "series": series,
        "unit": new.unit,
        "count_basis": new.count_basis or f"{new.unit.capitalize()} as the source counts them",
        "direction": new.direction,
        "rating_measure": "rolling12_change_pct",
        "change_sources": [new.source],
        "rate_sources": [new.source],
        "valid_from": str(new.from_month),
    }
    if new.denominator:
        entry["rate"] = {"denominator": new.denominator, "per": new.per}
    if new.peer_groups:
        entry["peer_groups"] = list(new.peer_groups)
    else:
        entry["no_benchmark_reason"] = "New; no figures of other areas are held."
    entry["texts"] = _texts(new, catalogue)
    return entry


_GOOD = {
    "lower": "A lower figure than in the year before is good.",
    "higher": "A higher figure than in the year before is good.",
    "band": "A figure within the agreed band is good.",
    "monitor": "The figure is watched and given no colour.",
}


def _texts(new: NewIndicator, catalogue: Catalogue) -> dict[str, str]:
    source = catalogue.sources[new.source].title
    return {
        "definition": new.definition,
        "how_it_works": new.how_it_works or f"It is taken from: {source}.",
        "what_good_looks_like": new.what_good_looks_like or _GOOD[new.direction],
        "why_it_matters": new.why_it_matters or new.reason,
    }
