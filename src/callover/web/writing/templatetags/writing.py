"""What templates of writing say of actions and targets."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html

from callover.report.front_matter import Action

register = template.Library()


@register.simple_tag
def overdue(action: Action, today: date) -> str:
    """``Overdue by 12 days`` with a mark, else how the action stands."""
    days = action.overdue_days(today)
    if not days:
        return action.status.capitalize()
    said = f"Overdue by {days:,} day{'' if days == 1 else 's'}"
    return format_html('<strong class="govuk-tag govuk-tag--red">{}</strong>', said)
