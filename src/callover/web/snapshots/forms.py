"""Forms for asking for a snapshot."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from callover.domain.periods import Month
from callover.web.design.forms import Plain


class RequestForm(Plain):
    """Which month to seal, as known now or at the end of an earlier day."""

    month = forms.ChoiceField(label="Which month?")
    known_on = forms.DateField(
        label="As known on which day? (optional)", required=False,
        input_formats=["%d %m %Y", "%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"],
        help_text="Leave it out for what is known now. To see what was known then, for example, "
        "20 11 2016",
        error_messages={"invalid": "Write a day such as 20 11 2016"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, *args: Any, months: tuple[Month, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["month"]
        shown.choices = [(str(each), each.name) for each in months]

    def clean_known_on(self) -> datetime | None:
        """The end of the day; nothing for now. Raises ValidationError for a day to come."""
        day = self.cleaned_data["known_on"]
        if day is None or day == timezone.localdate():
            return None
        if day > timezone.localdate():
            raise forms.ValidationError("Nobody knows yet what will be known on that day")
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class ReleaseForm(Plain):
    """A post's word that the public may read what was held back."""

    read = forms.BooleanField(
        label="I have read every place listed above, and the public may read it",
        error_messages={"required": "Say that you have read every place"},
    )  # fmt: skip
