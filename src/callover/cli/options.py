"""Options that several commands share, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from callover.domain.errors import UnknownName, UserError
from callover.domain.periods import Month
from callover.jobs import hints

HERE, command = hints.HERE, hints.command

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", help="Folder of the workspace.", show_default="here")
]
AreaOption = Annotated[str, typer.Option("--area", help="Code, name or id of the partnership.")]
AsKnownAt = Annotated[
    str, typer.Option("--as-known-at", help="Only what was known on this day, as 2016-11-28.")
]
MonthOption = Annotated[str, typer.Option("--month", help="Month of the report, as 2016-09.")]
PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None}
"""Help is plain text, as that of ``callover`` itself, without options of the shell."""


_EARLIEST, _LATEST = Month.of(1910, 1), Month.of(2190, 12)
"""Months that leave room for the years a report looks back and ahead."""


def month_of(text: str) -> Month:
    """A month option; raises UserError for anything else."""
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise UserError(f"--month: {error}.", "For example: --month 2016-09") from error
    if not _EARLIEST <= month <= _LATEST:
        raise UserError(f"--month: {text} is not from {_EARLIEST} to {_LATEST}.", "Is it right?")
    return month


TABLE_OR_JSON = ("table", "json")
TableOrJson = Annotated[str, typer.Option("--format", help="table or json.")]


def check_table_or_json(text: str) -> None:
    """Raise UnknownName for another format."""
    if text not in TABLE_OR_JSON:
        raise UnknownName("format", text, TABLE_OR_JSON)


def months_of(text: str) -> tuple[Month, Month]:
    """A month, or the first and last of a range such as 2016-04..2016-09."""
    start, dots, end = (part.strip() for part in text.partition(".."))
    first, last = month_of(start), month_of(end if dots else start)
    if last < first:
        raise UserError(f"--month: {text} runs backwards.", f"Write it as {last}..{first}")
    return first, last


def listed(given: list[str] | None) -> tuple[str, ...]:
    """Repeated options and commas alike."""
    parts = [part.strip() for text in given or () for part in text.split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def end_of_day(text: str) -> datetime | None:
    """Everything known by the end of a day; None where no day is given."""
    if not text:
        return None
    day = _day(text, "--as-known-at")
    if not _EARLIEST.year <= day.year <= _LATEST.year:
        what = f"--as-known-at: {text} is not from {_EARLIEST.year} to {_LATEST.year}."
        raise UserError(what, "Is the year right?")
    return datetime.combine(day, time.max, tzinfo=UTC)


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
