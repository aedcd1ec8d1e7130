"""A rating that a person gives an indicator for a month, kept in the partnership's settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from callover.catalogue.edit import remove_entries, replace_entry, restore_on_fault
from callover.catalogue.partnership import load_partnership
from callover.domain.errors import UnknownName
from callover.domain.periods import Month
from callover.domain.ratings import Rating, RatingOverride
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import Workspace

GIVEN = (Rating.GREEN, Rating.AMBER, Rating.RED)
"""What a person may give."""


def override_rating(
    workspace: Path, partnership: str, indicator: str, month: Month, override: RatingOverride
) -> None:
    """Write an override in the place of the one that the month has; the same twice changes nothing.

    Raises UnknownName for a partnership or an indicator that is not there; faults leave the file
    as it was.
    """
    path, known = _file_of(workspace, partnership)
    if indicator not in known:
        raise UnknownName("indicator", indicator, sorted(known))
    entry = {
        "indicator": indicator, "month": str(month), "rating": override.rating.words.lower(),
        "reason": override.reason.strip(), "signed_by": override.signed_by, "on": override.on,
    }  # fmt: skip
    with changing_definitions(workspace), restore_on_fault([path]):
        replace_entry(path, "overrides", entry, "indicator", "month")
        load_partnership(path, known)


def withdraw_override(workspace: Path, partnership: str, indicator: str, month: Month) -> None:
    """Take the month's override out, if there is one; the computed rating stands again."""
    path, _ = _file_of(workspace, partnership)
    with changing_definitions(workspace):
        remove_entries(path, "overrides", indicator=indicator, month=str(month))


def override_of(
    workspace: Path, partnership: str, indicator: str, month: Month
) -> RatingOverride | None:
    """The override that the settings hold for the month."""
    held = Workspace.open(workspace).partnership(partnership).overrides
    return next((o for name, when, o in held if (name, when) == (indicator, month)), None)


def signed(rating: str, reason: str, signed_by: str, on: date) -> RatingOverride:
    """An override from its words; raises ValueError for a rating that nobody may give."""
    return RatingOverride(_rating(rating), reason, signed_by, on)


def _rating(word: str) -> Rating:
    found = next((each for each in GIVEN if each.words.lower() == word.lower()), None)
    if found is None:
        raise ValueError(f"{word} is not a rating that a person gives")
    return found


def _file_of(workspace: Path, partnership: str) -> tuple[Path, frozenset[str]]:
    """The settings of a partnership, and the indicators of its set."""
    opened = Workspace.open(workspace)
    paths = {each.id: path for path, each in opened.partnership_files.items()}
    if partnership not in paths:
        raise UnknownName("partnership", partnership, sorted(paths))
    known = opened.catalogue(opened.partnerships[partnership].set_id).indicators
    return paths[partnership], frozenset(known)
