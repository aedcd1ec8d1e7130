"""Headers and footers: the same words at the same height on many pages, digits aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from callover.audit.readers.pdf.lines import Line

_LINES = 3
"""So many lines at the top and at the bottom of a page may be its header and footer."""

_LEAST_PAGES, _LEAST_SHARE = 3, 0.4
"""Headers of left and right pages may differ, so that each stands on half of them."""

_MOST_SEGMENTS = 3
"""A line of more is the heading of a table that goes on."""

_PAGE_NUMBER = re.compile(r"(?:page\s*)?#+(?:\s*(?:of|/)\s*#+)?", re.IGNORECASE)

Pages = Sequence[Sequence[Line]]


def without_edges(pages: Pages) -> list[list[Line]]:
    """The lines of each page without headers and footers, each of which stays once.

    Page numbers go altogether.
    """
    repeated = _repeated(pages)
    seen: set[str] = set()
    kept: list[list[Line]] = []
    for lines in pages:
        kept.append([])
        for line in lines:
            key = _key(line)
            if line not in repeated.get(key, ()):
                kept[-1].append(line)
            elif key not in seen and not _PAGE_NUMBER.fullmatch(key):
                seen.add(key)
                kept[-1].append(line)
    return kept


def _repeated(pages: Pages) -> dict[str, list[Line]]:
    """Lines of headers and footers by their words."""
    found: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in pages:
        for line in {id(each): each for each in (*lines[:_LINES], *lines[-_LINES:])}.values():
            if len(line.segments) <= _MOST_SEGMENTS:
                found[_key(line), round(line.middle / 6)].append(line)
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    repeated: dict[str, list[Line]] = defaultdict(list)
    for (key, _), lines in found.items():
        if len(lines) >= least:
            repeated[key] += lines
    return repeated


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip()
