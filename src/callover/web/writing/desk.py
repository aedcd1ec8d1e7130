"""What the pages of writing show: an indicator's place, its words in parts, who wrote when."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from callover.domain.errors import Fault, FaultsFound
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.domain.roles import Task
from callover.jobs.commentary_file import earlier_month, latest_month, read_words
from callover.jobs.desk import Desk, Preview, open_desk
from callover.report.commentary import Commentary, front_and_body, parse_commentary
from callover.web.accounts.models import Partnership
from callover.web.accounts.visitor import access_of
from callover.web.config.day import today
from callover.web.snapshots.models import Snapshot
from callover.web.writing.models import Revision
from callover.web.writing.words import Place, current

STALE_DAYS = 90


@dataclass(frozen=True)
class Writing:
    """One indicator's words of a month on the desk."""

    desk: Desk
    indicator: Indicator
    place: Place

    def text(self) -> str:
        """The file as it stands, versions settled."""
        found = current(self.place)
        return found.text if found else ""

    def parts(self, text: str) -> Commentary:
        """Its parts; where the front matter is at fault, the body alone."""
        try:
            return parse_commentary(self.indicator.id, text, "")
        except FaultsFound:
            return Commentary(self.indicator.id, "", front_and_body(text)[1].strip(), text)

    def preview(self, text: str) -> Preview:
        """The words as the pack prints them."""
        name = f"{self.indicator.id}.md"
        return self.desk.preview(self.indicator, self.place.month, text, name)

    def last_quarter(self) -> tuple[Month, str, str] | None:
        """Month, text and printed words of a quarter ago, or of the latest month that has any."""
        name = self.place.partnership.pk
        month = earlier_month(settings.WORKSPACE, name, self.place.month, self.indicator.id)
        if month is None:
            return None
        text = read_words(settings.WORKSPACE, name, month, self.indicator.id)
        return month, text, self.desk.body_html(self.indicator, month, text)


def open_writing(
    request: HttpRequest, partnership: str, month: str, indicator: str = ""
) -> tuple[Desk, Writing | None, Month]:
    """The desk and, of an indicator named, its words; raises Http404 for what is not there.

    Who writes sees figures of the restricted edition, and must be allowed to (SEC-09).
    """
    if not access_of(request).may(Task.SEE_RESTRICTED, partnership):
        raise PermissionDenied
    when = month_of(month)
    desk = open_desk(settings.WORKSPACE, partnership)
    if not indicator:
        return desk, None, when
    if indicator not in desk.catalogue.indicators:
        raise Http404(indicator)
    place = Place(Partnership.objects.get(pk=partnership), when, indicator)
    return desk, Writing(desk, desk.catalogue.indicators[indicator], place), when


def opened_on(request: HttpRequest, partnership: str, month: str, indicator: str) -> Writing:
    """An indicator's words of a month; raises as ``open_writing`` does."""
    _, one, _ = open_writing(request, partnership, month, indicator)
    if one is None:
        raise Http404(indicator)
    return one


def month_of(text: str) -> Month:
    """The month of an address; raises Http404 for what is none."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(text) from error


def months_to_choose(partnership: str) -> tuple[Month, ...]:
    """Months that one may want to write on, the newest first: the next one and half a year back."""
    sealed = Snapshot.objects.filter(partnership=partnership).order_by("-month").first()
    written = latest_month(settings.WORKSPACE, partnership)
    known = [Month.parse(sealed.month)] if sealed else []
    newest = max([*known, *([written] if written else [])], default=_last_month())
    return tuple(newest + back for back in range(1, -6, -1))


def _last_month() -> Month:
    return Month.containing(timezone.localdate()) - 1


@dataclass(frozen=True)
class Line:
    """An indicator in the list: who wrote when, and what to look at."""

    indicator: Indicator
    revision: Revision | None
    updated: date | None
    carried: Month | None
    stale: bool
    faults: int
    overdue: int
    actions: int

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return self.revision is None or not self.revision.text.strip()


def lines(desk: Desk, partnership: Partnership, month: Month) -> list[Line]:
    """Every indicator of the month's set."""
    return [
        _line(desk, each, Place(partnership, month, each.id)) for each in desk.indicators(month)
    ]


def _line(desk: Desk, indicator: Indicator, place: Place) -> Line:
    revision, day = current(place), today()
    text = revision.text if revision else ""
    writing, faults = Writing(desk, indicator, place), 0
    parts = writing.parts(text)
    if text:
        faults = len(writing.preview(text).faults)
    stale = parts.updated is not None and (place.month.last_day - parts.updated).days > STALE_DAYS
    late = sum(bool(each.overdue_days(day)) for each in parts.actions)
    return Line(
        indicator, revision, parts.updated, parts.carried_from, stale, faults, late,
        len(parts.actions),
    )  # fmt: skip


def body_faults(text: str, faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """Where each fault lies for somebody who sees the body alone (``Line 3``), and what it is."""
    front, body = front_and_body(text)
    above = (front.count("\n") + 2 if front or body != text else 0) + _blank_lines(body)
    return [(_place(each.line, above), _said(each)) for each in faults]


def _blank_lines(body: str) -> int:
    return len(body) - len(body.lstrip("\n"))


def _place(line: int | None, above: int) -> str:
    if line is None:
        return "The text"
    return f"Line {line - above}" if line > above else "The decision asked, or an action"


def _said(fault: Fault) -> str:
    shown = f"{fault.text} " if fault.text else ""
    return f"{shown}{fault.reason} {fault.remedy}".strip()


@dataclass(frozen=True)
class Changed:
    """A line of a comparison: ``same``, ``added`` or ``gone``."""

    kind: str
    text: str


def compared(before: str, now: str) -> list[Changed]:
    """Two texts, line by line."""
    kinds = {"+": "added", "-": "gone", " ": "same"}
    found = difflib.ndiff(before.splitlines(), now.splitlines())
    return [Changed(kinds[each[0]], each[2:]) for each in found if each[0] in kinds]
