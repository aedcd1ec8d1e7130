"""Sources by their titles, where a role or a token names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from callover.web.accounts.catalogue import sources_of

register = template.Library()


@register.simple_tag(takes_context=True)
def titles(context: Mapping[str, Any], sources: Iterable[str]) -> str:
    """The titles of sources of the page's partnership; its id for one that ended since."""
    known = sources_of(context["here"])
    return ", ".join(known.get(each, each) for each in sources)
