"""Districts that data know by name only, matched to their published codes."""

from __future__ import annotations

from collections import Counter, defaultdict

import pyarrow as pa

from callover.domain.areas import AreaKind


def district_aliases(areas: pa.Table, links: pa.Table) -> dict[str, str]:
    """``name:Leicester`` → ``E06000016``, for every district by name whose code can be told.

    By the small areas they share, where the links hold some (most small areas win: names differ
    between publishers, "Bristol" and "Bristol, City of"); else by the same name, if just one
    district bears it.
    """
    codes = _districts(areas)
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, name in codes.items():
        if not code.startswith("name:"):
            by_name[name.casefold()].append(code)
    shared = _shared_children(links, set(codes))
    aliases = {}
    for place, name in codes.items():
        if not place.startswith("name:"):
            continue
        most = shared[place].most_common(1)
        same = by_name[name.casefold()]
        if most:
            aliases[place] = most[0][0]
        elif len(same) == 1:
            aliases[place] = same[0]
    return aliases


def _districts(areas: pa.Table) -> dict[str, str]:
    rows = zip(*(areas.column(c).to_pylist() for c in ("code", "name", "kind")), strict=True)
    return {code: name for code, name, kind in rows if kind == AreaKind.DISTRICT}


def _shared_children(links: pa.Table, districts: set[str]) -> dict[str, Counter[str]]:
    """For each district by name, how many children it shares with each district by code."""
    parents: dict[str, list[str]] = defaultdict(list)
    pairs = zip(links.column("child").to_pylist(), links.column("parent").to_pylist(), strict=True)
    for child, parent in pairs:
        if parent in districts:
            parents[child].append(parent)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for held in parents.values():
        named = [p for p in held if p.startswith("name:")]
        coded = [p for p in held if not p.startswith("name:")]
        for place in named:
            shared[place].update(coded)
    return shared
