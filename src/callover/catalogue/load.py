"""Definitions to a checked catalogue: every fault at once, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from callover.catalogue import checks, register
from callover.catalogue.entries import Entry
from callover.catalogue.files import COMMON, SHIPPED, Shelf, gather
from callover.catalogue.indicators import read_indicator
from callover.domain.errors import FaultsFound, UnknownName
from callover.domain.indicators import Catalogue, Indicator

T = TypeVar("T")


def known_sets() -> tuple[str, ...]:
    """Ids of the indicator sets that ship with the package."""
    folders = (path.parent.name for path in SHIPPED.glob("*/set.yaml"))
    return tuple(sorted(name for name in folders if name != COMMON))


def load_catalogue(set_id: str, overlays: Sequence[Path] = ()) -> Catalogue:
    """The catalogue of a set, with the definitions of ``overlays`` (a workspace's) over it.

    Raises UnknownName for a set that does not ship, FaultsFound with every fault otherwise.
    """
    if set_id not in known_sets():
        raise UnknownName("indicator set", set_id, known_sets())
    shelf = gather(set_id, overlays)
    catalogue = _build(set_id, shelf)
    faults = sorted(shelf.ledger.faults, key=lambda fault: (fault.file, fault.line or 0))
    if faults:
        number = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
        raise FaultsFound(
            f"The definitions of the {set_id!r} set have {number}.",
            faults,
            "Put right each place listed, then run 'callover indicators check'.",
        )
    return catalogue


def _build(set_id: str, shelf: Shelf) -> Catalogue:
    series = _each(shelf, "series", register.read_series)
    titles = {name: one.title for name, one in series.items()}
    offences = _each(shelf, "offences", lambda entry: register.read_offence(entry, titles))
    indicators = _indicators(shelf)
    headlines = _each(shelf, "headlines", lambda entry: read_indicator(entry, {}, headline=True))
    title, groups, strategic = _headings(set_id, shelf)
    catalogue = Catalogue(
        set_id=set_id,
        title=title,
        groups=groups,
        strategic_groups=strategic,
        indicators=indicators,
        series=series,
        offences=tuple(offences.values()),
        peer_groups=_each(shelf, "peer_groups", register.read_peer_group),
        sources=_each(shelf, "sources", register.read_source),
        denominator_uses=tuple(_each(shelf, "denominators", register.read_denominator).values()),
        terms=dict(sorted(shelf.terms.items(), key=lambda pair: pair[0].casefold())),
        change_log=tuple(_each(shelf, "change_log", _log_line).values()),
        content_hash=shelf.digest,
        headlines=headlines,
        tables=_each(shelf, "tables", register.read_table),
        count_tables=_each(shelf, "count_tables", register.read_count_table),
    )
    _check(catalogue, shelf)
    return catalogue


def _each(shelf: Shelf, section: str, make: Callable[[Entry], T]) -> dict[str, T]:
    """What a section's entries build, by id, without those at fault."""
    built = ((name, entry.build(make)) for name, entry in shelf.section(section).items())
    return {name: made for name, made in built if made is not None}


def _indicators(shelf: Shelf) -> dict[str, Indicator]:
    """Indicators in the order of their numbers, parts after the indicator they belong to."""
    entries = shelf.section("indicators")
    numbers = {name: _whole(entry.peek("number")) for name, entry in entries.items()}
    built = _each(shelf, "indicators", lambda entry: read_indicator(entry, numbers))
    order = sorted(built.values(), key=lambda one: (one.number, bool(one.part_of)))
    return {one.id: one for one in order}


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _headings(
    set_id: str, shelf: Shelf
) -> tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Title of the set, its groups and its strategic groups with their titles."""
    titles = _each(shelf, "set", _titled)
    groups = tuple(_each(shelf, "groups", _titled).values())
    strategic = tuple(_each(shelf, "strategic_groups", _titled).values())
    return titles.get(set_id, (set_id, set_id))[1], groups, strategic


def _titled(entry: Entry) -> tuple[str, str]:
    return entry.text("id"), entry.text("title")


def _log_line(entry: Entry) -> str:
    """A change to the set in a sentence."""
    month, action = entry.month("month"), entry.choice("action", ("added", "retired", "changed"))
    name = entry.text("indicator")
    reason, decided_by = entry.text("reason"), entry.text("decided_by")
    return f"{month}: {name} {action}. {reason.rstrip('.')}. Decided by {decided_by.rstrip('.')}."


def _check(catalogue: Catalogue, shelf: Shelf) -> None:
    known = {name: shelf.section(name) for name in (
        "series", "sources", "peer_groups", "groups", "strategic_groups", "indicators", "offences"
    )}  # fmt: skip
    checks.check_references(shelf.ledger, known)
    checks.check_numbers(shelf.section("indicators"))
    checks.check_series(catalogue.series, shelf.section("series"))
    checks.check_count_tables(
        catalogue.count_tables.values(), catalogue.series, shelf.section("count_tables")
    )
    checks.check_offences(catalogue.offences, shelf.section("offences"))
    for section, found in (
        ("indicators", catalogue.indicators),
        ("headlines", catalogue.headlines),
    ):
        for name, one in found.items():
            checks.check_indicator(one, catalogue.series, shelf.section(section)[name])
