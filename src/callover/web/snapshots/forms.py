"""Forms for asking for a snapshot."""

from __future__ import annotations

from typing import Any

from django import forms

from callover.domain.periods import Month


class RequestForm(forms.Form):
    """Which month to seal."""

    month = forms.ChoiceField(label="Which month?")

    def __init__(self, *args: Any, months: tuple[Month, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["month"]
        shown.choices = [(str(each), each.name) for each in months]


class ReleaseForm(forms.Form):
    """A post's word that the public may read what was held back."""

    read = forms.BooleanField(
        label="I have read every place listed above, and the public may read it",
        error_messages={"required": "Say that you have read every place"},
    )  # fmt: skip
