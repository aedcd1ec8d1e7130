"""Forms: files, a small source's month, reasons and messages."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.html import escape

from callover.jobs.small_form import SmallForm, field_name
from callover.web.design.forms import DayField, Plain
from callover.web.submissions.handlers import MOST_FILES
from callover.web.submissions.uploads import TooLarge, clean_name

_LONGEST = 2_000
_LONGEST_NUMBER = 40


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or several; each within the limit."""

    widget = ManyFiles(attrs={"class": "govuk-file-upload"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; raises ValidationError for one that is empty or too large."""
        given = data if isinstance(data, (list, tuple)) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files at once.")
        files = [super(Files, self).clean(each, initial) for each in given or [None]]
        for each in files:
            if (each.size or 0) > _limit():
                error = TooLarge(clean_name(each.name))
                raise forms.ValidationError(f"{error.what} {error.remedy}")
        return files


def _limit() -> int:
    return int(settings.UPLOAD_LIMIT)


class ReviewForm(Plain):
    """That a sharing agreement was reviewed."""

    on = DayField(
        label="When was it reviewed?", help_text="For example, 15 1 2017"
    )  # fmt: skip
    next_review = DayField(
        label="When is it to be reviewed next?", help_text="For example, 31 3 2018"
    )  # fmt: skip
    note = forms.CharField(
        label="What came of it? (optional)", max_length=500, required=False,
        help_text="For example, where the agreement is kept. Name no person.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    missing: ClassVar = {
        "on": "Enter the day on which it was reviewed",
        "next_review": "Enter the day of the next review",
    }

    def clean(self) -> dict[str, Any]:
        """A review lies behind, the next one ahead of it."""
        given = super().clean() or self.cleaned_data
        on, following = given.get("on"), given.get("next_review")
        if on and on > timezone.localdate():
            self.add_error("on", "The day on which it was reviewed must not lie ahead")
        if on and following and following <= on:
            self.add_error("next_review", "The next review must come after this one")
        return given


class SendFiles(Plain):
    """Send in files."""

    chosen = Files(
        label="Which files do you want to send in?",
        help_text="The filled-in template, or your own workbook where a mapping of it is saved. "
        "CSV or XLSX; you can choose several at once.",
        error_messages={
            "required": "Choose a file to send in.", "empty": "The file you chose is empty.",
        },
    )  # fmt: skip


class Reason(Plain):
    """Why faults or findings are right as they are."""

    reason = forms.CharField(
        label="Why are the figures right as they are?", max_length=_LONGEST,
        help_text="For example: the survey was not sent out in August. The analyst reads this.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "govuk-textarea"}),
        error_messages={"required": "Write why the figures are right as they are."},
    )  # fmt: skip


class Message(Plain):
    """What the sender is asked to put right."""

    message = forms.CharField(
        label="What should the sender put right?", max_length=_LONGEST,
        help_text="It goes to the sender by e-mail and stands on the page of the submission.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "govuk-textarea"}),
        error_messages={"required": "Write what the sender should put right."},
    )  # fmt: skip


class MonthOfSource(Plain):
    """A month of a small source: a number for each series; what stays empty is not supplied."""

    def __init__(self, asked: SmallForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(asked.questions):
            for column in question.columns:
                self.fields[field_name(place, column)] = _number(question.title, column)
        self.fields["note"] = forms.CharField(
            label="Is there anything that a reader should know?", required=False,
            max_length=300, widget=forms.TextInput(attrs={"class": "govuk-input"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Say where nothing at all was written."""
        given = super().clean() or self.cleaned_data
        if not any(value for name, value in given.items() if name != "note"):
            self.add_error(next(iter(self.fields)), "Write at least one number. Write 0 for none.")
        return given


def _number(title: str, column: str) -> forms.CharField:
    asked = {
        "value": title, "numerator": f"{title}: how many?", "denominator": f"{title}: of how many?"
    }  # fmt: skip
    return forms.CharField(
        label=escape(asked[column]), required=False, max_length=_LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-10"}
        ),
    )  # fmt: skip
