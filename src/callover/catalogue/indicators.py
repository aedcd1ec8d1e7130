"""Indicators as definitions write them."""

from __future__ import annotations

from collections.abc import Mapping

from callover.catalogue.entries import Entry
from callover.catalogue.targets import read_component_targets, read_targets
from callover.domain.breaks import PracticeBreak, Reach
from callover.domain.indicators import (
    DirectionChange,
    Indicator,
    IndicatorTexts,
    RateBasis,
    RatingMeasure,
)
from callover.domain.ratings import Direction
from callover.domain.units import Unit

_NO_TEXTS = IndicatorTexts("", "", "", "")
_OWN_NUMBER = 0


def read_indicator(entry: Entry, numbers: Mapping[str, int], headline: bool = False) -> Indicator:
    """An indicator of the set. A part takes its parent's number; a headline sum has none."""
    part_of = entry.reference("part_of", "indicators", "")
    shares = entry.reference("shares_page_of", "indicators", "")
    number = _OWN_NUMBER if headline else _number(entry, part_of, numbers)
    return Indicator(
        id=entry.text("id"),
        number=number,
        title=entry.text("title"),
        group=entry.reference("group", "groups", "" if headline else None),
        series=entry.reference("series", "series"),
        unit=entry.word("unit", Unit),
        count_basis=entry.text("count_basis"),
        direction=entry.word("direction", Direction),
        rating_measure=entry.word("rating_measure", RatingMeasure),
        change_sources=entry.references("change_sources", "sources", needed=True),
        rate_sources=entry.references("rate_sources", "sources"),
        texts=_texts(entry),
        part_of=part_of,
        shares_page_of=shares,
        rate=_rate(entry),
        peer_groups=entry.references("peer_groups", "peer_groups"),
        no_benchmark_reason=entry.text("no_benchmark_reason", ""),
        targets=read_targets(entry),
        component_targets=read_component_targets(entry),
        strategic_groups=entry.references("strategic_groups", "strategic_groups"),
        portfolio=entry.text("portfolio", ""),
        forums=entry.texts("forums"),
        breakdown=entry.references("breakdown", "series"),
        breaks=_breaks(entry),
        direction_changes=_direction_changes(entry),
        baseline_year=entry.year("baseline_year") if entry.has("baseline_year") else None,
        valid_from=entry.maybe_month("valid_from"),
        valid_to=entry.maybe_month("valid_to"),
        decimals=entry.integer("decimals", 0),
        place=entry.place,
    )


def _number(entry: Entry, part_of: str, numbers: Mapping[str, int]) -> int:
    if part_of and not entry.has("number"):
        return numbers.get(part_of, 0)
    return entry.integer("number")


def _texts(entry: Entry) -> IndicatorTexts:
    inner = entry.entry("texts")
    if inner is None:
        entry.fault("texts", "", "This key is missing.", "Add 'texts' with its four texts.")
        return _NO_TEXTS
    return inner.build(_read_texts) or _NO_TEXTS


def _read_texts(entry: Entry) -> IndicatorTexts:
    return IndicatorTexts(
        definition=entry.text("definition"),
        how_it_works=entry.text("how_it_works"),
        what_good_looks_like=entry.text("what_good_looks_like"),
        why_it_matters=entry.text("why_it_matters"),
        issues=entry.text("issues", ""),
        lag_note=entry.text("lag_note", ""),
    )


def _rate(entry: Entry) -> RateBasis | None:
    inner = entry.entry("rate")
    return inner.build(_read_rate) if inner else None


def _read_rate(entry: Entry) -> RateBasis:
    basis = RateBasis(
        denominator=entry.reference("denominator", "series"),
        per=entry.integer("per"),
        decimals=entry.integer("decimals", 2),
    )
    if basis.per <= 0:
        entry.fault("per", str(basis.per), "A rate is per a number above zero, such as 1000.")
    return basis


def _breaks(entry: Entry) -> tuple[PracticeBreak, ...]:
    built = (inner.build(_read_break) for inner in entry.entries("breaks"))
    return tuple(sorted((b for b in built if b), key=lambda b: b.on))


def _read_break(entry: Entry) -> PracticeBreak:
    return PracticeBreak(
        on=entry.day("on"),
        word=entry.text("word"),
        note=entry.text("note"),
        area=entry.text("area", ""),
        sources=entry.references("sources", "sources"),
        series=entry.references("series", "series"),
        reach=entry.word("reach", Reach, Reach.COUNTS),
    )


def _direction_changes(entry: Entry) -> tuple[DirectionChange, ...]:
    built = (inner.build(_read_direction) for inner in entry.entries("direction_changes"))
    return tuple(change for change in built if change)


def _read_direction(entry: Entry) -> DirectionChange:
    return DirectionChange(
        from_month=entry.month("from"),
        direction=entry.word("direction", Direction),
        reason=entry.text("reason"),
        decided_by=entry.text("decided_by"),
    )
