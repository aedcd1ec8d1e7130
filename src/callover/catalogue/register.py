"""Series, offence tree, peer groups, sources, denominators and tables as definitions write them."""

from __future__ import annotations

import re

from callover.catalogue.entries import Entry
from callover.catalogue.targets import read_target
from callover.domain.denominators import RULES
from callover.domain.disclosure import THRESHOLD, Rule
from callover.domain.indicators import (
    CountTable,
    DenominatorUse,
    MeasureTable,
    OffenceType,
    Series,
    SeriesKind,
    SourceDefinition,
    TableRow,
)
from callover.domain.peers import COMPUTED_KINDS, Membership, PeerGroup, RankOrder
from callover.domain.ratings import Direction
from callover.domain.units import Unit

FREQUENCIES = ("month", "quarter", "year", "once")
PEER_KINDS = (
    "force",
    "most_similar",
    "youth_justice_family",
    "quartile_comparators",
    "national",
    "set",
    *COMPUTED_KINDS,
)
_VINTAGE = re.compile(r"\d{4}(-\d{2}-\d{2})?")


def read_series(entry: Entry) -> Series:
    """A series; its parts, numerator and denominator are looked up later."""
    kind = entry.word("kind", SeriesKind, SeriesKind.COUNTED)
    series = Series(
        id=entry.text("id"),
        title=entry.text("title"),
        unit=entry.word("unit", Unit),
        kind=kind,
        parts=entry.references("parts", "series", needed=kind is SeriesKind.SUM),
        numerator=_part_of_ratio(entry, "numerator", kind),
        denominator=_part_of_ratio(entry, "denominator", kind),
        overlapping=entry.flag("overlapping"),
        contains=entry.references("contains", "series"),
        note=entry.text("note", ""),
    )
    if series.id in series.contains:
        entry.fault("contains", series.id, "A series is no part of itself.")
    return series


def _part_of_ratio(entry: Entry, key: str, kind: SeriesKind) -> str:
    return entry.reference(key, "series", None if kind is SeriesKind.RATIO else "")


def read_offence(entry: Entry, titles: dict[str, str]) -> OffenceType:
    """A node of the offence tree; its title is the series' own unless another stands here."""
    series = entry.reference("series", "series")
    return OffenceType(
        series=series,
        title=entry.text("title", titles.get(series, series)),
        parent=entry.reference("parent", "offences", ""),
        mopac7=entry.flag("mopac7"),
    )


def read_peer_group(entry: Entry) -> PeerGroup:
    """A group to compare with: members with their dates, or only its size."""
    kind = entry.choice("kind", PEER_KINDS)
    members = tuple(m for inner in entry.entries("members") for m in inner.build(_members) or ())
    size = entry.integer("size", 0 if kind in (*COMPUTED_KINDS, "national") else None)
    group = PeerGroup(
        id=entry.text("id"),
        title=entry.text("title"),
        short_title=entry.text("short_title"),
        kind=kind,
        size=size,
        rank_order=entry.word("rank_order", RankOrder),
        members=members,
        note=entry.text("note", ""),
    )
    _check_members(entry, group)
    return group


def _members(entry: Entry) -> tuple[Membership, ...]:
    start, end = entry.day("from"), entry.maybe_day("until")
    if end is not None and end <= start:
        entry.fault("until", str(end), f"The membership ends before it starts on {start}.")
    return tuple(Membership(area, start, end) for area in entry.texts("areas", needed=True))


def _check_members(entry: Entry, group: PeerGroup) -> None:
    """The group is as large as it says on every day on which its membership changes."""
    if group.computed and group.members:
        reason = f"Members of a {group.kind} group follow from lookups."
        entry.fault("members", "", reason, "Leave them out.")
    if not group.members:
        return
    areas = [member.area for member in group.members if member.valid_to is None]
    twice = sorted({area for area in areas if areas.count(area) > 1})
    if twice:
        entry.fault("members", ", ".join(twice), "These areas stand twice.", "Keep one of each.")
    newest = max(member.valid_from for member in group.members)
    found = len(group.members_on(newest))
    if found != group.size and not twice:
        entry.fault("size", str(group.size), f"The group has {found} members on {newest}.")


def read_source(entry: Entry) -> SourceDefinition:
    """A register entry."""
    source = SourceDefinition(
        id=entry.text("id"),
        title=entry.text("title"),
        owner=entry.text("owner"),
        reader=entry.text("reader", "template"),
        frequency=entry.choice("frequency", FREQUENCIES),
        lag_months=entry.integer("lag_months", 0),
        due_day=entry.integer("due_day") if entry.has("due_day") else None,
        year_ends=entry.integer("year_ends", 3),
        series=entry.references("series", "series"),
        licence=entry.text("licence", ""),
        sharing_basis=entry.text("sharing_basis", ""),
        review_date=entry.maybe_day("review_date"),
        marking=entry.text("marking", "OFFICIAL"),
        contact=entry.text("contact", ""),
        note=entry.text("note", ""),
        disclosure=_disclosure(entry),
    )
    _check_source(entry, source)
    return source


def _disclosure(entry: Entry) -> Rule:
    """From which count on the public sees the source's figures; 0 shows every one.

    Who publishes under an open licence has shown every count already: hiding one hides nothing.
    """
    usual = 0 if entry.text("licence", "") else THRESHOLD
    threshold = entry.integer("threshold", usual)
    if threshold < 0 or threshold == 1:
        entry.fault("threshold", str(threshold), "A threshold is 0 (show all), or 2 or more.")
    return Rule(threshold, entry.choice("zero_rule", ("hide", "show"), "hide") == "hide")


def _check_source(entry: Entry, source: SourceDefinition) -> None:
    if source.due_day is not None and not 1 <= source.due_day <= 31:
        entry.fault("due_day", str(source.due_day), "A day of the month is 1 to 31.")
    if not 1 <= source.year_ends <= 12:
        entry.fault("year_ends", str(source.year_ends), "A month is 1 to 12.")
    if source.lag_months < 0:
        entry.fault("lag_months", str(source.lag_months), "A lag is never negative.")
    if source.sharing_basis and source.review_date is None and not source.licence:
        reason = "A sharing basis without a date on which it is reviewed."
        entry.fault("review_date", "", reason, "Add 'review_date'.")


def read_denominator(entry: Entry) -> DenominatorUse:
    """Which vintage holds from when."""
    vintage = entry.text("vintage")
    if vintage not in RULES and not _VINTAGE.fullmatch(vintage):
        reason = f"Expected a year, a day, or one of: {', '.join(RULES)}."
        entry.fault("vintage", vintage, reason)
    return DenominatorUse(
        kind=entry.reference("kind", "series"),
        vintage=vintage,
        from_month=entry.month("from"),
        indicators=entry.references("indicators", "indicators"),
        note=entry.text("note", ""),
        otherwise=entry.choice("otherwise", RULES, ""),
    )


def read_table(entry: Entry) -> MeasureTable:
    """A partner's table of measures."""
    rows = (inner.build(_row) for inner in entry.entries("rows", needed=True))
    return MeasureTable(
        id=entry.text("id"),
        title=entry.text("title"),
        source=entry.reference("source", "sources"),
        rows=tuple(row for row in rows if row),
        note=entry.text("note", ""),
    )


def read_count_table(entry: Entry) -> CountTable:
    """Counts by month behind an indicator."""
    return CountTable(
        id=entry.text("id"),
        title=entry.text("title"),
        indicator=entry.reference("indicator", "indicators"),
        source=entry.reference("source", "sources"),
        rows=entry.references("rows", "series", needed=True),
        total=entry.reference("total", "series"),
        note=entry.text("note", ""),
    )


def _row(entry: Entry) -> TableRow:
    target = entry.entry("target")
    return TableRow(
        series=entry.reference("series", "series"),
        title=entry.text("title"),
        direction=entry.word("direction", Direction),
        target=read_target(target) if target else None,
        rolling=entry.flag("rolling"),
        note=entry.text("note", ""),
    )
