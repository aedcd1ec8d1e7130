"""Forms of the call-over and of signing."""

from __future__ import annotations

from typing import Any

from django import forms

from callover.web.design.forms import DayField, Plain
from callover.web.meetings.models import Standing


class AskForm(Plain):
    """What a member wants to know."""

    text = forms.CharField(
        label="What more do you want to know?", max_length=1000,
        help_text="Every member reads this. Name no person.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your question"},
    )  # fmt: skip
    owner = forms.CharField(
        label="Which post should answer? (optional)", max_length=120, required=False
    )
    due = DayField(
        label="By when? (optional)", help_text="For example, 15 1 2017", required=False,
        require_all_fields=False,
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AssignForm(Plain):
    """Who owes the answer."""

    owner = forms.CharField(
        label="Which post owes the answer?", max_length=120,
        error_messages={"required": "Name the post that owes the answer"},
    )  # fmt: skip
    due = DayField(
        label="By when? (optional)", help_text="For example, 15 1 2017", required=False,
        require_all_fields=False,
    )  # fmt: skip


class AnswerForm(Plain):
    """The answer, for the record."""

    answer = forms.CharField(
        label="What is the answer?", max_length=4000,
        help_text="Every member reads this. Name no person.",
        widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": "Write the answer"},
    )  # fmt: skip


class EscalateForm(Plain):
    """Why the board should take it up."""

    reason = forms.CharField(
        label="What should the board take up, and why?", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the board should take up"},
    )  # fmt: skip


class MoveForm(Plain):
    """Where an issue stands."""

    standing = forms.ChoiceField(
        label="Where does it stand?", widget=forms.RadioSelect,
        choices=[(each.value, each.label[:1].upper() + each.label[1:]) for each in Standing],
    )  # fmt: skip
    outcome = forms.CharField(
        label="What did the board decide? (optional until it has)", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A decision needs its words."""
        found = super().clean() or {}
        if found.get("standing") == Standing.DECIDED and not found.get("outcome"):
            self.add_error("outcome", "Write what the board decided")
        return found


class SignForm(Plain):
    """The chair's word."""

    read = forms.BooleanField(
        label="I have read what this snapshot holds, and the partnership stands by it",
        error_messages={"required": "Say that you have read it"},
    )  # fmt: skip
    statement = forms.CharField(
        label="Anything to be kept with the signature? (optional)", max_length=1000,
        required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
