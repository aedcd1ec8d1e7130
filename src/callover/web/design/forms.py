"""How every form of the site is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What was filled in; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


class DayField(DateInputField):
    """A day in three boxes; the library's own answers numbers beyond all days with an error."""

    def compress(self, data_list: Sequence[str]) -> date | None:
        """The day; raises ValidationError for one that no calendar has."""
        try:
            found: date | None = super().compress(data_list)
        except (OverflowError, ValidationError) as error:
            raise ValidationError("Enter a day that there is, such as 15 1 2017") from error
        return found


class Plain(forms.Form):
    """A form with our words, an error summary, and nothing that browsers check before we do.

    ``words`` gives a field its label, a question, and its hint; ``missing`` what is said where it
    was left empty.
    """

    words: ClassVar[Mapping[str, tuple[str, str]]] = {}
    missing: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
        for name, said in self.missing.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = said
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def helper(self) -> Any:
        """What the tags of the templates ask."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
