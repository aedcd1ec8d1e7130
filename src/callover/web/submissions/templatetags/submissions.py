"""Words of submissions in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from callover.domain.agreements import Review
from callover.web.submissions.models import State, Submission

register = template.Library()

_COLOURS = {
    State.FAULTY: "red", State.FAILED: "red", State.RETURNED: "orange", State.CHECKED: "blue",
    State.ACCEPTED: "green", State.WITHDRAWN: "grey", State.REPLACED: "grey",
}  # fmt: skip


@register.simple_tag
def standing(submission: Submission) -> SafeString:
    """Where a submission stands, as a tag that says it in words."""
    state = State(submission.state)
    colour = _COLOURS.get(state, "yellow")
    words = str(state.label)
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words[:1].upper() + words[1:]
    )


@register.simple_tag
def title_of(titles: Mapping[str, str], source: str) -> str:
    """The title of a source; its id where none is known."""
    return titles.get(source, source)


@register.filter
def of_source(reviews: Mapping[str, Review], source: str) -> Review | None:
    """The review of a source's agreement; none where none is recorded."""
    return reviews.get(source)


@register.filter
def figure(value: float | None) -> str:
    """A number with its thousands marked; a dash where there is none."""
    return "–" if value is None else f"{value:,.10g}"
