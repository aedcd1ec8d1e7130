"""A correction: which published figures and pages differ from the edition before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from callover.report.blocks import Section
from callover.report.packfile import Pack
from callover.report.render.figure_names import figure_name
from callover.report.render.fragments import slug
from callover.report.words import number

Records = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure whose printed value or state differs: what it is, as it was, as it is."""

    key: str
    indicator: str
    name: str
    unit: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What differs between two editions of a month: figures, and the pages on which anything
    differs, words and charts included."""

    figures: tuple[ChangedFigure, ...]
    pages: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """As plain values."""
        return {"figures": [asdict(each) for each in self.figures], "pages": list(self.pages)}


def correction(before: Pack, now: Pack) -> Correction:
    """Compare two packs of one edition, of one month."""
    return Correction(tuple(_figures(before, now)), tuple(_pages(before, now)))


def still_uncorrected(found: Iterable[ChangedFigure], before: Pack, other: Pack) -> int:
    """How many of the corrected figures another pack still prints as they were."""
    old, held = by_key(before), by_key(other)
    return sum(
        each.key in held and each.key in old and held[each.key]["value"] == old[each.key]["value"]
        for each in found
    )


def by_key(pack: Pack) -> Records:
    """The figures of a pack by their key."""
    return {str(record["key"]): record for record in pack.figures}


def _figures(before: Pack, now: Pack) -> Iterator[ChangedFigure]:
    old, new = by_key(before), by_key(now)
    titles = {**before.facts.get("titles", {}), **now.facts.get("titles", {})}
    sources = {str(s["source"]): str(s["title"]) for s in now.facts.get("sources", ())}
    for key in dict.fromkeys((*new, *old)):
        was, is_now = old.get(key), new.get(key)
        record = is_now or was or {}
        if _said(was) != _said(is_now):
            yield ChangedFigure(
                key, str(record["indicator"]), figure_name(record, titles, sources),
                str(record.get("unit", "")), _said(was), _said(is_now),
            )  # fmt: skip


def _said(record: Mapping[str, Any] | None) -> str:
    """A value as it is printed; of none, why."""
    if record is None:
        return "not shown"
    value = record["value"]
    if value is None:
        return str(record.get("state", "")).replace("_", " ")
    return value if isinstance(value, str) else number(value, 0 if float(value).is_integer() else 2)


def _pages(before: Pack, now: Pack) -> Iterator[str]:
    """Sections that one of the two lacks or that differ, in the new pack's order."""
    old, new = _sections(before), _sections(now)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            yield slug(name)


def _sections(pack: Pack) -> dict[str, Section]:
    return {section.id: section for section in pack.document.sections}
