"""Options that several commands share, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from callover.domain.errors import UserError
from callover.domain.periods import Month

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", help="Folder of the workspace.", show_default="here")
]
AreaOption = Annotated[str, typer.Option("--area", help="Code, name or id of the partnership.")]
AsKnownAt = Annotated[
    str, typer.Option("--as-known-at", help="Only what was known on this day, as 2016-11-28.")
]
MonthOption = Annotated[str, typer.Option("--month", help="Month of the report, as 2016-09.")]
HERE = Path()
PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None}
"""Help is plain text, as that of ``callover`` itself, without options of the shell."""


def month_of(text: str) -> Month:
    """A month option; raises UserError for anything else."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise UserError(f"--month: {error}.", "For example: --month 2016-09") from error


def listed(given: list[str] | None) -> tuple[str, ...]:
    """Repeated options and commas alike."""
    parts = [part.strip() for text in given or () for part in text.split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def end_of_day(text: str) -> datetime | None:
    """Everything known by the end of a day; None where no day is given."""
    if not text:
        return None
    return datetime.combine(_day(text, "--as-known-at"), time.max, tzinfo=UTC)


def start_of_day(text: str) -> datetime | None:
    """Known from the beginning of a day on; None where no day is given."""
    if not text:
        return None
    day = datetime.combine(_day(text, "--known-from"), time.min, tzinfo=UTC)
    if day > datetime.now(UTC):
        raise UserError(f"--known-from {text} lies in the future.", "Name a day that has been.")
    return day


def counted(number: int, noun: str) -> str:
    """1 finding, 2,345 findings."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{option}: {text!r} is no day.", "Write it as 2016-11-28.") from error
