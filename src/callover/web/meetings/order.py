"""The order in which a call-over goes through the indicators: exceptions first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callover.web.performance.audience import View
from callover.web.snapshots.index import Page

LISTS = (("improvement", "For improvement"), ("monitoring", "Watched"), ("success", "Going well"))
"""Sections of the pack that list indicators, as the analyst left them."""
REST = "All others"
_LINK = re.compile(r'href="\.\./([a-z0-9_-]+)/"')
_LETTERS = {"R": 0, "A": 1}


@dataclass(frozen=True)
class Stop:
    """An indicator's screen, and the list that put it there."""

    page: Page
    why: str


def stops(view: View) -> tuple[Stop, ...]:
    """Every indicator once: those for improvement, watched ones, successes, then the rest by
    rating."""
    pages = {page.slug: page for page in view.index.indicators}
    found: dict[str, Stop] = {}
    for section, why in LISTS:
        for name in _listed(view, section):
            if name in pages:
                found.setdefault(name, Stop(pages[name], why))
    rest = sorted((p for name, p in pages.items() if name not in found), key=_weight)
    return (*found.values(), *(Stop(page, REST) for page in rest))


def _listed(view: View, section: str) -> list[str]:
    if section not in view.index.by_slug:
        return []
    return _LINK.findall(view.page(section))


def _weight(page: Page) -> int:
    """Red before amber before all others; the pack's order stands within each."""
    return _LETTERS.get(page.rating.letter if page.rating else "", 2)


_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)


def chart_of(fragment: str) -> str:
    """The first chart of an indicator's page with its table; empty where it has none."""
    found = _FIGURE.search(fragment)
    return found[0] if found else ""
