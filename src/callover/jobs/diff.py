"""Changes between two packs, months or days of knowledge, as records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from callover.analysis.changes import Changed, View


def record(each: Changed) -> dict[str, Any]:
    """A change as a record; field names as in ``docs/command-line.md``."""
    split = each.moved
    return {
        "indicator": each.indicator.id,
        "title": each.indicator.title,
        "unit": each.indicator.unit.value,
        "before": each.before.value if each.before else None,
        "now": each.now.value if each.now else None,
        "source_before": each.before.source if each.before else None,
        "source_now": each.now.source if each.now else None,
        "new_months": split.came if split else None,
        "months_gone": split.went if split else None,
        "revisions": split.revised if split else None,
        "unexplained": split.unexplained if split else None,
        "rate_before": each.rate_before,
        "rate_now": each.rate_now,
        "rate_by_counts": each.rate.counts if each.rate else None,
        "rate_by_denominator": each.rate.denominator if each.rate else None,
        "rating_before": each.rating_before or None,
        "rating_now": each.rating_now or None,
    }


def as_json(before: View, now: View, found: Sequence[Changed], left_out: Sequence[str] = ()) -> str:
    """One object: the two sides, a list of changes, the indicators that one side does not hold."""
    content = {
        "before": before.label,
        "now": now.label,
        "changes": [record(each) for each in found],
        "left_out": list(left_out),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
