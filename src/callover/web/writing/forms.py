"""Forms for words, actions, ratings, targets and the set."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from callover.domain.indicators import Catalogue
from callover.domain.periods import MONTH_NAMES, Month
from callover.domain.ratings import Direction
from callover.domain.targets import TargetKind
from callover.domain.units import Unit
from callover.jobs.lists import BY_RULE, NOWHERE
from callover.jobs.overrides import GIVEN
from callover.jobs.targets import NEEDS_VALUE
from callover.web.design.forms import DayField, Plain

STATUSES = (("open", "Open"), ("done", "Done"), ("closed", "Closed without being done"))
_LONGEST = 20_000
EARLIEST, LATEST = Month.of(1901, 4), Month.of(2198, 3)
"""Months of which the one before, the one after and the whole financial year exist too."""


def _number() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})


class MonthField(forms.CharField):
    """A month as ``2016-10`` or ``October 2016``; gives a ``Month``."""

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError for anything else."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return ""
        word, _, year = text.partition(" ")
        if word.capitalize() in MONTH_NAMES and year.strip().isdigit():
            text = f"{year.strip()}-{MONTH_NAMES.index(word.capitalize()) + 1:02}"
        try:
            found = Month.parse(text)
        except ValueError as error:
            raise ValidationError("Enter a month, such as October 2016 or 2016-10") from error
        if not EARLIEST <= found <= LATEST:
            raise ValidationError(f"Enter a month from {EARLIEST.name} to {LATEST.name}")
        return found


class WordsForm(Plain):
    """The words of an indicator and what the board is asked."""

    body = forms.CharField(
        label="What happened, and why?", required=False, max_length=_LONGEST, strip=False,
        help_text="Plain text; an empty line begins a paragraph, a line that begins with - is an "
        "item of a list. Figures stand as tokens, such as {{ rolling12 }}.",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
    )  # fmt: skip
    ask = forms.CharField(
        label="What decision do you ask of the board? (optional)", required=False, max_length=600,
        help_text="One sentence. It stands in the chair’s brief and may hold tokens.",
    )  # fmt: skip
    opened = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ActionForm(Plain):
    """Something that is being done, by which post, by when."""

    action = forms.CharField(
        label="What is being done?", max_length=400,
        error_messages={"required": "Say what is being done"},
    )  # fmt: skip
    owner = forms.CharField(
        label="Which post owns it?", max_length=120,
        help_text="A post, never a person’s name. For example: Police, neighbourhood inspector",
        error_messages={"required": "Name the post that owns it"},
    )  # fmt: skip
    due = DayField(
        label="When is it due? (optional)", help_text="For example, 15 1 2017", required=False,
        require_all_fields=False,
    )  # fmt: skip
    status = forms.ChoiceField(
        label="How does it stand?", choices=STATUSES, initial="open", widget=forms.RadioSelect
    )
    opened = forms.CharField(widget=forms.HiddenInput, max_length=64)


class OverrideForm(Plain):
    """Another rating, with the reason that the pack prints."""

    rating = forms.ChoiceField(
        label="Which rating should the page show?", widget=forms.RadioSelect,
        choices=[(each.words.lower(), each.words) for each in GIVEN],
        error_messages={"required": "Choose a rating"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The pack prints this beside the rating, and the computed rating with it.",
        error_messages={"required": "Give the reason"},
    )  # fmt: skip


_LISTS = (
    (BY_RULE, "As the rule has it"), ("improvement", "Areas for improvement"),
    ("success", "Areas of success"), ("monitoring", "Areas for monitoring"),
    (NOWHERE, "In none of the lists"),
)  # fmt: skip


class ListForm(Plain):
    """Another place among the report's lists, with the reason that the pack prints."""

    where = forms.ChoiceField(
        label="Where should it stand?", choices=_LISTS, widget=forms.RadioSelect,
        help_text="By the rule red indicators are areas for improvement, green ones areas of "
        "success, amber and watched ones are for monitoring.",
        error_messages={"required": "Choose where it stands"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=300, required=False,
        help_text="The pack prints this. Not needed where the rule decides.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Another place needs its reason."""
        found = super().clean() or {}
        if found.get("where", BY_RULE) != BY_RULE and not found.get("reason"):
            self.add_error("reason", "Give the reason: the board will ask")
        return found


class Decided(Plain):
    """What every change of targets and of the set tells: from when, why, who decided."""

    from_month = MonthField(
        label="From which month?", help_text="For example, October 2016",
        error_messages={"required": "Enter the month from which it holds"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason"},
    )  # fmt: skip
    decided_by = forms.CharField(
        label="Who decided?", max_length=200,
        help_text="A board and its date, or a post. For example: Board, 6 December 2016",
        error_messages={"required": "Say who decided"},
    )  # fmt: skip


_KINDS: dict[TargetKind, str] = {
    TargetKind.REDUCTION: "No more than the year before",
    TargetKind.PERCENT_DECREASE: "A fall of so many per cent on the year before",
    TargetKind.CEILING: "At most so many in the year",
    TargetKind.COUNT: "At least so many in the year",
    TargetKind.LEVEL: "A level to reach",
    TargetKind.BAND: "Between two levels",
    TargetKind.BENCHMARK: "Better than the published averages",
    TargetKind.NONE: "Watched and not rated",
}


class TargetForm(Decided):
    """A target from a month to the end of its financial year."""

    kind = forms.ChoiceField(
        label="What kind of target?", choices=[(k.value, v) for k, v in _KINDS.items()],
        widget=forms.RadioSelect, error_messages={"required": "Choose a kind"},
    )  # fmt: skip
    value = forms.FloatField(
        label="Number (optional)", required=False, help_text="Per cent, count or level.",
        widget=_number(),
    )  # fmt: skip
    low = forms.FloatField(
        label="Lower level of a band (optional)", required=False, widget=_number()
    )
    high = forms.FloatField(
        label="Upper level of a band (optional)", required=False, widget=_number()
    )
    tolerance = forms.RegexField(
        r"^\d+(\.\d+)? (points|relative)$", required=False,
        label="How far off is amber? (optional)",
        help_text="In percentage points, such as 5 points, or per cent of the target, such as 10 "
        "relative.",
        error_messages={"invalid": "Write it as 5 points or 10 relative"},
    )  # fmt: skip
    field_order = ("from_month", "kind", "value", "low", "high", "tolerance")

    def clean(self) -> dict[str, Any]:
        """Kinds ask for their numbers."""
        found = super().clean() or {}
        kind = TargetKind(found["kind"]) if found.get("kind") else None
        if kind in NEEDS_VALUE and found.get("value") is None:
            self.add_error("value", "Enter the number that this kind of target needs")
        for end in ("low", "high"):
            if kind is TargetKind.BAND and found.get(end) is None:
                self.add_error(end, "Enter both levels of the band")
        return found


class RetireForm(Decided):
    """An indicator that ends."""


class NewIndicatorForm(Decided):
    """An indicator that joins the set."""

    id = forms.RegexField(
        r"^[a-z][a-z0-9_]*$", max_length=60, label="Short name for addresses and tokens",
        help_text="Small letters, digits and underscores. For example: shop_theft",
        error_messages={"required": "Enter a short name",
                        "invalid": "Use small letters, digits and underscores"},
    )  # fmt: skip
    title = forms.CharField(label="What is it called?", max_length=120)
    definition = forms.CharField(
        label="What does it count, in a plain sentence?", max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    group = forms.ChoiceField(label="In which group does it stand?")
    unit = forms.ChoiceField(
        label="What is counted?", choices=[(each.value, each.value) for each in Unit]
    )
    direction = forms.ChoiceField(
        label="What is good?",
        choices=[(Direction.LOWER.value, "A lower figure"),
                 (Direction.HIGHER.value, "A higher figure"),
                 (Direction.MONITOR.value, "Neither: it is watched")],
    )  # fmt: skip
    source = forms.ChoiceField(label="Which source gives the figures?")
    field_order = (
        "title", "id", "definition", "group", "unit", "direction", "source", "from_month",
    )  # fmt: skip

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        source: Any = self.fields["source"]
        group.choices = list(catalogue.groups)
        source.choices = [(key, each.title) for key, each in catalogue.sources.items()]
