"""Forms of publishing, subscribing and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from callover.web.design.forms import Plain
from callover.web.publication.checks import LOOK, Check

NOW, LATER = "now", "later"
SHORT = forms.TextInput(attrs={"class": "govuk-input--width-10"})
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


class PublishForm(Plain):
    """When, whether the places were read, and of a correction why."""

    when = forms.ChoiceField(
        label="When do you want to publish it?", choices=[(NOW, "Now"), (LATER, "At a set time")],
        initial=NOW, widget=forms.RadioSelect,
        error_messages={"required": "Choose when to publish it."},
    )  # fmt: skip
    day = forms.DateField(
        label="On which day?", required=False, input_formats=DAYS, widget=SHORT,
        help_text="Only for a set time. For example 29/11/2016.",
        error_messages={"invalid": "Enter a day such as 29/11/2016."},
    )  # fmt: skip
    hour = forms.TimeField(
        label="At what time?", required=False, input_formats=["%H:%M"], initial="09:00",
        widget=SHORT,
        help_text="In 24 hours, as the clock here shows. For example 09:00.",
        error_messages={"invalid": "Enter a time such as 09:00."},
    )  # fmt: skip
    reason = forms.CharField(
        label="What was wrong, and why?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text="The public reads this beside the old and new figures. Name no person.",
        error_messages={"required": "Say what was wrong, and why."},
    )  # fmt: skip
    read = forms.BooleanField(
        label="I have read every place that is listed above",
        error_messages={"required": "Read the places listed under Checks, then confirm it."},
    )

    def __init__(self, *args: Any, found: Sequence[Check], correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["reason"]
        if not any(each.state == LOOK for each in found):
            del self.fields["read"]

    def clean(self) -> dict[str, Any]:
        """A set time needs its day and hour, and lies ahead."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("when") != LATER or self.errors:
            return given
        for name, words in (("day", "Enter the day."), ("hour", "Enter the time.")):
            if not given.get(name):
                self.add_error(name, words)
        at = self.at
        if at is not None and at <= timezone.now():
            self.add_error("day", "Enter a day and time that lie ahead, or choose Now.")
        return given

    @property
    def at(self) -> datetime | None:
        """The set time; None for now."""
        given = getattr(self, "cleaned_data", {})
        day, hour = given.get("day"), given.get("hour")
        if given.get("when") != LATER or not isinstance(day, date) or not isinstance(hour, time):
            return None
        return timezone.make_aware(datetime.combine(day, hour))


class SubscribeForm(Plain):
    """An address."""

    email = forms.EmailField(
        label="What is your e-mail address?", max_length=254,
        help_text="We keep it to send you news of what is published, and for nothing else.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Enter your e-mail address.",
                        "invalid": "Enter an e-mail address such as name@example.org."},
    )  # fmt: skip


LONGEST = timedelta(days=400)


class TokenForm(Plain):
    """What a token is for."""

    name = forms.CharField(
        label="What sends the figures?", max_length=80,
        help_text="For example: nightly export of the case system.",
        error_messages={"required": "Say what sends the figures."},
    )  # fmt: skip
    sources = forms.MultipleChoiceField(
        label="For which sources?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one source."},
    )
    ends = forms.DateField(
        label="Until which day does it work?", input_formats=DAYS, widget=SHORT,
        help_text="At most 400 days from now. For example 31/03/2017.",
        error_messages={"required": "Enter the last day.",
                        "invalid": "Enter a day such as 31/03/2017."},
    )  # fmt: skip

    def __init__(self, *args: Any, sources: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sources"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(sources)

    def clean_ends(self) -> date:
        """Ahead, and not for ever."""
        day: date = self.cleaned_data["ends"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST:
            raise ValidationError("Enter a day after today, at most 400 days ahead.")
        return day
