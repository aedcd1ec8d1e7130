"""What a mapping can say, and what it may not: change a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from callover.data.reading import read_number
from callover.domain.errors import UserError

KEYS = (
    "sheet", "header_row", "fill_down", "columns", "months_across", "ignore", "fixed", "values",
    "states",
)  # fmt: skip


FIGURES = ("value", "numerator", "denominator")
"""Our columns that hold figures: no mapping may change one."""


def check_mapping(mapping: Mapping[str, Any]) -> None:
    """Raise UserError for a mapping that says something else than it can."""
    kinds = {
        "columns": dict,
        "fixed": dict,
        "values": dict,
        "states": dict,
        "fill_down": list,
        "ignore": list,
    }
    wrong = [f"{key} is no word of a mapping" for key in mapping if key not in KEYS]
    wrong += [
        f"{key} is no {'list' if kind is list else 'table'}"
        for key, kind in kinds.items()
        if mapping.get(key) is not None and not isinstance(mapping[key], kind)
    ]
    if not wrong:
        wrong += [*_said_twice(mapping), *_figures_rewritten(mapping)]
    row = mapping.get("header_row", 1)
    if isinstance(row, bool) or not isinstance(row, int) or row < 1:
        wrong.append("header_row is no line number")
    if wrong:
        raise UserError(f"The mapping is wrong: {'; '.join(wrong)}.", f"Known: {', '.join(KEYS)}.")


def _said_twice(mapping: Mapping[str, Any]) -> list[str]:
    """Our columns that more than one of theirs, or a fixed value as well, would fill."""
    ours = [*(mapping.get("columns") or {}).values(), *(mapping.get("fixed") or {})]
    ours += ["end", "value"] if mapping.get("months_across") else []
    return [f"{name} is filled twice" for name, n in Counter(map(str, ours)).items() if n > 1]


def _figures_rewritten(mapping: Mapping[str, Any]) -> list[str]:
    """Words for figures that would make another figure of one, or one of a word."""
    return [
        f"values of {column} make {theirs!r} into {our!r}: a mapping changes words, never figures"
        for column in FIGURES
        for theirs, our in ((mapping.get("values") or {}).get(column) or {}).items()
        if _is_number(our)
        and (_is_number(theirs) or read_number(str(our)) != 0)
        and str(theirs) != str(our)
    ]


def _is_number(text: object) -> bool:
    return isinstance(read_number(str(text)), float)
