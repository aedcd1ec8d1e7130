"""Questions and issues on an indicator's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.utils.safestring import SafeString

from callover.web.design.templatetags.design import sign
from callover.web.meetings.models import Escalation, Question

register = template.Library()


@register.inclusion_tag("meetings/on_page.html", takes_context=True)
def questions_on(context: dict[str, Any], page: str) -> dict[str, Any]:
    """``{% questions_on page.slug %}``: what was asked on a page, and links to ask and send up.

    Needs ``here``, ``view`` and ``tasks`` in the context.
    """
    here = context["here"]
    return {
        "here": here,
        "view": context["view"],
        "tasks": context["tasks"],
        "slug": page,
        "questions": Question.objects.filter(partnership=here.pk, page=page),
        "escalations": Escalation.objects.filter(partnership=here.pk, page=page),
    }


@register.filter
def colour(sign: Any) -> str:
    """The first word of a rating: ``Red``."""
    return str(sign.words).partition(":")[0]


@register.filter
def because(sign: Any) -> str:
    """The reason behind a rating, without its colour."""
    return str(sign.words).partition(":")[2].strip()


@register.simple_tag
def short_sign(one: Any) -> SafeString:
    """A rating with its colour's name alone; the reason stands elsewhere."""
    return sign(replace(one, words=colour(one)))
