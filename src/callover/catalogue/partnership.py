"""A partnership's settings file in a workspace."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from callover.catalogue.entries import Entry, Ledger, nearest
from callover.catalogue.files import compose
from callover.catalogue.load import known_sets
from callover.domain.agreements import Review, newest
from callover.domain.errors import Fault, FaultsFound, UnknownName, WorkspaceError
from callover.domain.indicators import (
    Catalogue,
    Indicator,
    Leak,
    Partnership,
    PrintedRating,
    Rebase,
    SourceDefinition,
)
from callover.domain.licences import LICENCES
from callover.domain.periods import Month
from callover.domain.ratings import Rating, RatingOverride

_ID = re.compile(r"[a-z0-9-]+")
_AREA = re.compile(r"[A-Z]\d{8}|name:[^/\\]+")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_RATING_WORDS = {
    "green": Rating.GREEN,
    "amber": Rating.AMBER,
    "red": Rating.RED,
    "g": Rating.GREEN,
    "a": Rating.AMBER,
    "r": Rating.RED,
    "not rated": Rating.NOT_RATED,
    "none": Rating.NOT_RATED,
    "no data": Rating.NO_DATA,
}


def load_partnership(path: Path, indicators: frozenset[str] = frozenset()) -> Partnership:
    """The partnership that ``path`` describes.

    With ``indicators`` (the ids of its set) ids in overrides and printed ratings are checked too.
    Raises WorkspaceError where the file cannot be read, FaultsFound with every fault otherwise.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = "Make one with 'callover init'."
        raise WorkspaceError(f"{path} cannot be read: {error.strerror}.", remedy) from error
    ledger = Ledger()
    root = compose(content, str(path), ledger)
    made = Entry(root, ledger).build(_read) if root is not None else None
    _check_ids(ledger, indicators)
    if made is None or ledger.faults:
        raise FaultsFound(f"{path} does not describe a partnership.", ledger.faults, _EXAMPLE)
    return made


_EXAMPLE = "It needs at least: id, area, name, short_name, set."


def _read(entry: Entry) -> Partnership:
    name = entry.text("name")
    return Partnership(
        id=_written(entry, "id", _ID, "Expected small letters, digits and hyphens."),
        area=_written(entry, "area", _AREA, "Expected a code such as E09000002."),
        name=name,
        short_name=entry.text("short_name", name or "-"),
        set_id=entry.choice("set", known_sets()),
        within=_written(entry, "within", _ID, "Expected another partnership's id.")
        if entry.has("within")
        else "",
        force_name=entry.text("force_name", ""),
        colour=_colour(entry),
        marking=entry.text("marking", "OFFICIAL-SENSITIVE"),
        author_post=entry.text("author_post", ""),
        contact=entry.text("contact", ""),
        licence=entry.choice("licence", tuple(LICENCES), ""),
        overrides=tuple(o for e in entry.entries("overrides") if (o := e.build(_override))),
        printed_ratings=tuple(
            p for e in entry.entries("printed_ratings") if (p := e.build(_printed))
        ),
        peer_groups=tuple(
            pair for e in entry.entries("peer_groups") if (pair := e.build(_replaced))
        ),
        rebases=tuple(r for e in entry.entries("rebases") if (r := e.build(_rebase))),
        leaked=tuple(leak for e in entry.entries("leaked") if (leak := e.build(_leak))),
        unaffected=tuple(
            each for e in entry.entries("unaffected_by") if (each := e.build(_unaffected))
        ),
        reviews=tuple(review for e in entry.entries("reviews") if (review := e.build(_review))),
    )


def _written(entry: Entry, key: str, form: re.Pattern[str], reason: str) -> str:
    """Words that name files too: nothing in them may lead to another folder."""
    text = entry.text(key)
    if text and not form.fullmatch(text):
        entry.fault(key, text, reason)
    return text


def _colour(entry: Entry) -> str:
    colour = entry.text("colour", "#1d70b8")
    if not _COLOUR.fullmatch(colour):
        entry.fault("colour", colour, "Expected a colour such as '#1d70b8', in quotes.")
    return colour


def _override(entry: Entry) -> tuple[str, Month, RatingOverride]:
    indicator = entry.reference("indicator", "indicators")
    month = entry.month("month")
    rating = _rating(entry)
    reason, signed_by = entry.text("reason"), entry.text("signed_by")
    return indicator, month, RatingOverride(rating, reason, signed_by, entry.day("on"))


def _replaced(entry: Entry) -> tuple[str, str]:
    return entry.text("of"), entry.text("use")


def _rebase(entry: Entry) -> Rebase:
    indicator = entry.reference("indicator", "indicators")
    return Rebase(indicator, entry.month("from"), entry.text("reason"), entry.text("signed_by"))


def _unaffected(entry: Entry) -> tuple[str, date]:
    """A change of recording that the set notes and that did not happen here."""
    entry.text("reason")
    return entry.reference("indicator", "indicators"), entry.day("on")


def _review(entry: Entry) -> Review:
    return Review(
        entry.text("source"), entry.day("on"), entry.day("next_review"), entry.text("signed_by"),
        entry.text("note", ""),
    )  # fmt: skip


def _leak(entry: Entry) -> Leak:
    return Leak(
        entry.reference("indicator", "indicators"),
        entry.text("measure"),
        entry.month("month"),
        entry.text("reason"),
        entry.text("series", ""),
    )


def _printed(entry: Entry) -> PrintedRating:
    return PrintedRating(
        indicator=entry.reference("indicator", "indicators"),
        month=entry.month("month"),
        rating=_rating(entry),
        note=entry.text("note", ""),
    )


def _rating(entry: Entry) -> Rating:
    text = entry.text("rating")
    if text.casefold() not in _RATING_WORDS:
        entry.fault("rating", text, f"Expected one of: {', '.join(_RATING_WORDS)}.")
    return _RATING_WORDS.get(text.casefold(), Rating.NO_DATA)


def _check_ids(ledger: Ledger, known: frozenset[str]) -> None:
    for ref in ledger.references if known else ():
        if ref.id not in known:
            reason = "There is no indicator with this id."
            ledger.faults.append(_fault(ref.file, ref.line, ref.column, ref.id, reason, known))


def _fault(
    file: str, line: int, column: str, text: str, reason: str, known: frozenset[str]
) -> Fault:
    return Fault(file, line, column, text, reason, nearest(text, known))


def for_partnership(catalogue: Catalogue, partnership: Partnership) -> Catalogue:
    """The set as this partnership uses it: with its own peer groups in place of the set's, without
    changes of recording that happened elsewhere, agreements due when its last review said.

    Raises UnknownName for a group that is not defined.
    """
    instead = dict(partnership.peer_groups)
    for name in (*instead, *instead.values()):
        if name not in catalogue.peer_groups:
            raise UnknownName("peer group", name, sorted(catalogue.peer_groups))

    def changed(indicator: Indicator) -> Indicator:
        groups = tuple(instead.get(name, name) for name in indicator.peer_groups)
        breaks = tuple(
            each
            for each in indicator.breaks
            if each.area in ("", partnership.area)
            and (indicator.id, each.on) not in partnership.unaffected
        )
        return replace(indicator, peer_groups=groups, breaks=breaks)

    reviewed = newest(partnership.reviews)

    def due(source: SourceDefinition) -> SourceDefinition:
        last = reviewed.get(source.id)
        return replace(source, review_date=last.next_review) if last else source

    return replace(
        catalogue,
        sources={name: due(one) for name, one in catalogue.sources.items()},
        indicators={name: changed(one) for name, one in catalogue.indicators.items()},
        headlines={name: changed(one) for name, one in catalogue.headlines.items()},
    )
