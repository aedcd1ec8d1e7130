"""How many people a pack says live in its area."""

from __future__ import annotations

import re

from callover.audit.mentions import elsewhere

_PEOPLE = re.compile(
    r"\bpopulation\b[^.;\d]{0,40}?(?:\b(?:mid-)?20\d\d\b[^.;\d]{0,20}?)?"
    r"\b(?:of|is|was|at|=|:)\s+(?:about |around |some )?(?P<number>\d{1,3}(?:,\d{3})+)(?![\d%])"
    r"|(?<![\d,.])(?P<then>\d{1,3}(?:,\d{3})+)\s+(?:residents|inhabitants|people live)",
    re.IGNORECASE,
)
_QUICK = re.compile(r"population|residents|inhabitants|people live", re.IGNORECASE)
_LEAST = 10_000
"""Fewer are a ward, not a district."""


def people_in(text: str) -> frozenset[int]:
    """The numbers of residents that a text states of its own area."""
    if not _QUICK.search(text):
        return frozenset()
    found = (
        int((each["number"] or each["then"]).replace(",", ""))
        for each in _PEOPLE.finditer(text)
        if not elsewhere(text, each.start())
    )
    return frozenset(people for people in found if people >= _LEAST)
