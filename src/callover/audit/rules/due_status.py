"""Actions whose status is not what their due date makes them on the day of the pack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Cell, Row, Table
from callover.audit.quoted import in_a_row
from callover.audit.reading.months import days_in
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.due_dates import dates_of
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

DUE_STATUS = Rule(
    "status-and-due-date",
    "A status does not agree with the due date",
    Severity.SUSPICIOUS,
    "An action is overdue when its due date has passed, and on track while it has not.",
    "Due on 10 January 2025, on track in a pack of 17 January 2025 that calls others slipped.",
    "Correct the status, or agree a new date and print it.",
    "A status can be of an earlier day than the pack; then say which.",
)
_AS_AT = re.compile(r"\bas (?:at|of)\s*$", re.IGNORECASE)
_DUE = re.compile(r"\bdue\b|\bdeadline\b|\bby when\b|\btarget date\b|\bcompletion date\b", re.I)
_STATUS = re.compile(r"\bstatus\b|\bprogress\b|\bposition\b|\brag\b", re.IGNORECASE)
_PASSED = re.compile(r"overdue|slipped|late|missed|past due", re.IGNORECASE)
_TO_COME = re.compile(r"on (?:track|target|schedule|course)|not (?:yet )?due", re.IGNORECASE)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Action:
    """A row with a due date: its cell of the status, and whether that says the date has passed."""

    due: date
    passed: bool
    cell: Cell
    row: Row

    def agrees(self, first: date, last: date) -> bool:
        """Whether the status may be right on a day from ``first`` to ``last``."""
        return self.due < last if self.passed else self.due >= first


def due_statuses(claims: Claims, book: Book) -> Iterator[Finding]:
    """Statuses that the others of their table contradict: three of four agree with their dates."""
    days = _days(claims)
    for section in claims.sections if days else ():
        for table in section.tables:
            yield from _of_table(section, list(_actions(table)), (min(days), max(days)), book)


def _days(claims: Claims) -> list[date]:
    """The day that the pack says its position is as at, and that of the meeting."""
    found = Counter(
        day.day
        for section in claims.sections
        for text, _ in claims.texts_of(section)
        for day in days_in(plain(text))
        if day.day and day.year_said and _AS_AT.search(plain(text)[: day.start])
    )
    said = [day for day, _ in found.most_common(1)]
    return said + ([claims.meeting] if claims.meeting else [])


def _actions(table: Table) -> Iterator[_Action]:
    due = status = -1
    for row in table.rows:
        texts = [plain(cell.text).strip() for cell in row]
        dates = dates_of(row)
        if not dates:
            named = [next((i for i, t in enumerate(texts) if len(t) < 40 and pattern.search(t)), -1)
                     for pattern in (_DUE, _STATUS)]  # fmt: skip
            due, status = named if min(named) >= 0 else (due, status)
        elif due in dates and 0 <= status < len(row):
            passed, to_come = (each.fullmatch(texts[status]) for each in (_PASSED, _TO_COME))
            if passed or to_come:
                yield _Action(dates[due], bool(passed), row[status], row)


def _of_table(
    section: Section, actions: Sequence[_Action], days: tuple[date, date], book: Book
) -> Iterator[Finding]:
    wrong = [action for action in actions if not action.agrees(*days)]
    right = len(actions) - len(wrong)
    if right < max(_LEAST, 3 * len(wrong)):
        return
    for action in actions:
        book.note(action.cell.place, action.cell.text)
    for action in wrong:
        excerpt = in_a_row(action.row)
        due = f"{action.due.day} {action.due:%B %Y}"
        day = days[1] if action.passed else days[0]
        yield finding(
            DUE_STATUS, Spot(section.title, action.cell.place, action.cell.text.strip(), excerpt),
            "a status for a date to come" if action.passed else "a status for a date that is past",
            f"due {due}, in a pack of {day.day} {day:%B %Y}; {right} other rows agree",
            None, "", None, 0.8,
        )  # fmt: skip


CHECKS = (Check(DUE_STATUS, due_statuses),)
