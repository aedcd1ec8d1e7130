"""Pages on which a person decides: another rating, a target, the set from a month on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from callover.domain.roles import Task
from callover.domain.targets import in_force
from callover.jobs.lists import standing_of
from callover.jobs.overrides import override_of
from callover.web.accounts.access import needs
from callover.web.accounts.models import Partnership
from callover.web.accounts.second_step import surely
from callover.web.accounts.visitor import access_of, person_of
from callover.web.design.forms import sent
from callover.web.writing.actions import change_definitions
from callover.web.writing.cannot import explained
from callover.web.writing.desk import months_to_choose, open_writing, opened_on
from callover.web.writing.forms import (
    ListForm,
    NewIndicatorForm,
    OverrideForm,
    RetireForm,
    TargetForm,
)
from callover.web.writing.models import Change, Kind
from callover.web.writing.shared import not_for_all, sharing, where_not_allowed


def _change(request: HttpRequest, form: forms.Form, partnership: str, **what: Any) -> Change | None:
    """The change made; None, with the form saying why, where the files do not take it."""
    here = Partnership.objects.get(pk=partnership)
    made = change_definitions(by=person_of(request), partnership=here, **what)
    if made.refused:
        form.add_error(None, made.refused)
        return None
    messages.success(request, f"Signed. {made}.")
    return made


@needs(Task.OVERRIDE)
@surely
@require_http_methods(["GET", "POST"])
@explained
def rating(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """Give an indicator another rating for a month, or take that back."""
    one = opened_on(request, partnership, month, indicator)
    computed = one.desk.service.rating(indicator, one.desk.partnership.area, one.place.month)
    held = override_of(settings.WORKSPACE, partnership, indicator, one.place.month)
    withdraws = "withdraw" in request.POST
    form = OverrideForm(request.POST if request.method == "POST" and not withdraws else None)
    shown = {"one": one, "form": form, "computed": computed, "held": held,
             "month": one.place.month, "indicator": one.indicator}  # fmt: skip
    if withdraws or form.is_valid():
        told = {} if withdraws else form.cleaned_data
        kind = Kind.WITHDRAW if withdraws else Kind.OVERRIDE
        made = _change(request, form, partnership, kind=kind, indicator=indicator,
                       month=one.place.month, told=told)  # fmt: skip
        if made is not None:
            return redirect("rating", partnership, month, indicator)
    return render(request, "writing/rating.html", shown)


@needs(Task.WRITE)
@require_http_methods(["GET", "POST"])
@explained
def place(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """Put an indicator into another of the report's lists, or leave it to the rule."""
    one = opened_on(request, partnership, month, indicator)
    held = standing_of(settings.WORKSPACE, partnership, indicator, one.place.month)
    form = ListForm(sent(request), initial={"where": held.where, "reason": held.reason})
    if request.method == "POST" and form.is_valid():
        made = _change(request, form, partnership, kind=Kind.LIST, indicator=indicator,
                       month=one.place.month, told=form.cleaned_data)  # fmt: skip
        if made is not None:
            return redirect("place", partnership, month, indicator)
    shown = {"one": one, "form": form, "month": one.place.month, "indicator": one.indicator}
    return render(request, "writing/place.html", shown)


@needs(Task.SET_TARGETS)
@surely
@require_http_methods(["GET", "POST"])
@explained
def target(request: HttpRequest, partnership: str, month: str, indicator: str) -> HttpResponse:
    """Set a target for the partnership's area from a month on."""
    one = opened_on(request, partnership, month, indicator)
    form = TargetForm(sent(request))
    area = one.desk.partnership.area
    shown = {"one": one, "form": form, "month": one.place.month, "indicator": one.indicator,
             "held": in_force(one.indicator.targets, one.place.month, area),
             "targets": [t for t in one.indicator.targets if t.area in ("", area)]}  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        made = _change(request, form, partnership, kind=Kind.TARGET, indicator=indicator,
                       month=told.pop("from_month"), told=told)  # fmt: skip
        if made is not None:
            return redirect("target", partnership, month, indicator)
    return render(request, "writing/target.html", shown)


@needs(Task.SET_TARGETS)
@require_GET
@explained
def indicator_set(request: HttpRequest, partnership: str) -> HttpResponse:
    """The indicators of the set, with what is to come and what has ended."""
    month = str(months_to_choose(partnership)[1])
    desk, _, when = open_writing(request, partnership, month)
    access = access_of(request)
    shown = {"desk": desk, "month": when, "indicators": desk.catalogue.indicators.values(),
             "missing": where_not_allowed(access, partnership),
             "log": desk.catalogue.change_log, "sharing": sharing(access, partnership)}  # fmt: skip
    return render(request, "writing/set.html", shown)


@needs(Task.SET_TARGETS)
@surely
@require_http_methods(["GET", "POST"])
@explained
def add_indicator(request: HttpRequest, partnership: str) -> HttpResponse:
    """Add an indicator from a month on."""
    month = str(months_to_choose(partnership)[1])
    desk, _, _ = open_writing(request, partnership, month)
    if (refused := not_for_all(request, partnership)) is not None:
        return refused
    form = NewIndicatorForm(sent(request), catalogue=desk.catalogue)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "peer_groups": []}
        made = _change(request, form, partnership, kind=Kind.ADD, indicator=told.pop("id"),
                       month=told.pop("from_month"), told=told)  # fmt: skip
        if made is not None:
            return redirect("set", partnership)
    return render(request, "writing/add.html", {"form": form, "desk": desk})


@needs(Task.SET_TARGETS)
@surely
@require_http_methods(["GET", "POST"])
@explained
def retire_indicator(request: HttpRequest, partnership: str, indicator: str) -> HttpResponse:
    """End an indicator from a month on; packs of earlier months keep it."""
    month = str(months_to_choose(partnership)[1])
    one = opened_on(request, partnership, month, indicator)
    if (refused := not_for_all(request, partnership)) is not None:
        return refused
    form = RetireForm(sent(request))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        made = _change(request, form, partnership, kind=Kind.RETIRE, indicator=indicator,
                       month=told.pop("from_month"), told=told)  # fmt: skip
        if made is not None:
            return redirect("set", partnership)
    return render(request, "writing/retire.html", {"form": form, "indicator": one.indicator})
