"""Lists over all sources: what is due, completeness, sharing agreements, what is to be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.domain.agreements import newest
from callover.domain.periods import FinancialYear, Month
from callover.domain.roles import Task
from callover.jobs.completeness import Arrival
from callover.jobs.workspace import Workspace
from callover.web.accounts.access import needs
from callover.web.accounts.visitor import access_of
from callover.web.config.day import today
from callover.web.submissions.agreements import WHO
from callover.web.submissions.models import SourceState, State, Submission
from callover.web.submissions.visible import states

REVIEW_AHEAD = timedelta(days=90)
"""How long before its review date an agreement counts as due for review."""

_DECIDED = 20


@needs(Task.SEE, Task.SUBMIT)
def due_list(request: HttpRequest, partnership: str) -> HttpResponse:
    """What each source owes, and since when; a provider sees its own."""
    found = sorted(states(request, partnership), key=lambda each: (-each.missed, each.place))
    access = access_of(request)
    may = {s.source for s in found if access.may(Task.SUBMIT, partnership, s.source)}
    told = {
        "late": [s for s in found if s.is_late], "others": [s for s in found if not s.is_late],
        "may": may, "refreshed": found[0].refreshed if found else None,
        "may_map": access.may_any((Task.SUBMIT, Task.CHECK), partnership),
        "sees_all": access.may(Task.SEE, partnership),
    }  # fmt: skip
    return render(request, "submissions/due.html", told)


@dataclass(frozen=True)
class Line:
    """A source's months of a year, each with the state in words; empty where nothing is owed."""

    source: SourceState
    months: tuple[tuple[str, str], ...]


@needs(Task.SEE)
def completeness(request: HttpRequest, partnership: str) -> HttpResponse:
    """Sources against the months of a financial year."""
    found = list(states(request, partnership))
    year = _year(request.GET.get("year", ""))
    months = year.months
    known = sorted({int(name[:4]) for each in found for name in each.months})
    told = {
        "year": year, "months": months, "lines": [_line(each, months) for each in found],
        "before": year.start - 1 if known and known[0] < year.start else None,
        "after": year.start + 1 if year.start < _this_year().start else None,
        "refreshed": found[0].refreshed if found else None, "words": list(Arrival),
    }  # fmt: skip
    return render(request, "submissions/completeness.html", told)


def _line(state: SourceState, months: Iterable[Month]) -> Line:
    given = ((str(month), state.months.get(str(month), "")) for month in months)
    return Line(state, tuple((v, Arrival(v).words if v else "") for _, v in given))


def _this_year() -> FinancialYear:
    return Month.containing(today()).financial_year


def _year(asked: str) -> FinancialYear:
    """The financial year beginning in the year asked for; this one for anything else."""
    if len(asked) == 4 and asked.isascii() and asked.isdecimal() and 1901 <= int(asked) <= 2198:
        return FinancialYear(int(asked))
    return _this_year()


@needs(Task.SEE)
def sharing(request: HttpRequest, partnership: str) -> HttpResponse:
    """On which basis sources share, who answers for them, and which are due for review."""
    found = [each for each in states(request, partnership) if each.sharing_basis]
    soon = today() + REVIEW_AHEAD
    for_review = [s for s in found if s.review_date is None or s.review_date <= soon]
    others = [s for s in found if s not in for_review]
    told = {"for_review": for_review, "others": others, "today": today(),
            "may_review": access_of(request).may_any(WHO, partnership),
            "reviews": newest(Workspace.open(settings.WORKSPACE).partnership(partnership).reviews),
            "refreshed": found[0].refreshed if found else None}  # fmt: skip
    return render(request, "submissions/sharing.html", told)


@needs(Task.CHECK)
def check_list(request: HttpRequest, partnership: str) -> HttpResponse:
    """What waits for the analyst: revised and contradictory first; what is late stands beside."""
    all_of_it = Submission.objects.filter(partnership=partnership).select_related("by")
    waiting = sorted(all_of_it.filter(state=State.CHECKED), key=_weight)
    under_way = (State.RECEIVED, State.CHECKING, State.FAULTY, State.FAILED, State.ACCEPTING)
    decided = (State.ACCEPTED, State.RETURNED)
    known = {each.source: each for each in states(request, partnership)}
    told = {
        "waiting": waiting, "under_way": all_of_it.filter(state__in=under_way).defer("report"),
        "decided": all_of_it.filter(state__in=decided).order_by("-decided")[:_DECIDED],
        "late": [each for each in known.values() if each.is_late],
        "titles": {name: each.title for name, each in known.items()},
    }  # fmt: skip
    return render(request, "submissions/check.html", told)


def _weight(submission: Submission) -> tuple[int, int, int, int]:
    """Faulty, contradictory, revising, then by number."""
    report = submission.report or {}
    return (-submission.fault_count, -int(report.get("finding_count", 0)),
            -int(report.get("revised", 0)), submission.number)  # fmt: skip
