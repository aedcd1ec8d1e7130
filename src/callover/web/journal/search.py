"""Finding entries of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from callover.web.design.forms import Plain
from callover.web.journal.models import Entry

_WRONG = {"invalid": "Enter a day such as 28/11/2016."}
_WRITTEN = ["%Y-%m-%d", "%d/%m/%Y"]  # by a browser, and by hand where it has no calendar


def _calendar() -> forms.DateInput:
    look = {"type": "date", "class": "govuk-input govuk-input--width-10"}
    return forms.DateInput(format="%Y-%m-%d", attrs=look)


class Search(Plain):
    """What to look for; what is left empty matches all."""

    action = forms.ChoiceField(required=False)
    post = forms.CharField(required=False, max_length=120)
    subject = forms.CharField(required=False, max_length=200)
    first = forms.DateField(
        required=False, widget=_calendar(), input_formats=_WRITTEN, error_messages=_WRONG
    )
    last = forms.DateField(
        required=False, widget=_calendar(), input_formats=_WRITTEN, error_messages=_WRONG
    )
    words: ClassVar = {
        "action": ("What was done?", ""), "post": ("By which post?", ""),
        "subject": ("To what?", ""), "first": ("From which day?", ""),
        "last": ("To which day?", ""),
    }  # fmt: skip

    def __init__(self, data: Any, partnership: str) -> None:
        super().__init__(data)
        self.entries = Entry.objects.filter(partnership=partnership).order_by("-number")
        actions = self.entries.order_by("action").values_list("action", flat=True).distinct()
        shown: Any = self.fields["action"]
        shown.choices = [("", "anything"), *((each, each) for each in actions)]

    def found(self) -> QuerySet[Entry]:
        """The entries, the newest first; none where the question cannot be understood."""
        if not self.is_valid():
            return self.entries.none()
        asked, entries = self.cleaned_data, self.entries
        if asked["action"]:
            entries = entries.filter(action=asked["action"])
        if asked["post"]:
            entries = entries.filter(post__icontains=asked["post"])
        if asked["subject"]:
            entries = entries.filter(subject__icontains=asked["subject"])
        if asked["first"]:
            entries = entries.filter(at__gte=_midnight(asked["first"]))
        if asked["last"] and asked["last"] < date.max:
            entries = entries.filter(at__lt=_midnight(asked["last"] + timedelta(days=1)))
        return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def as_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """Each entry as a line of JSON, the oldest first, with its hash and the one before."""
    for entry in entries.order_by("number").iterator(chunk_size=1_000):
        told = {
            "number": entry.number, "at": entry.at.astimezone(UTC).isoformat(), "by": entry.by,
            "post": entry.post, "action": entry.action, "partnership": entry.partnership,
            "subject": entry.subject, "detail": entry.detail, "before": entry.before,
            "hash": entry.hash,
        }  # fmt: skip
        yield json.dumps(told, ensure_ascii=False) + "\n"
