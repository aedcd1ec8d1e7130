"""What a figure is, in words that tell it from every other figure of the pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from callover.domain.periods import Month
from callover.report import words

_BASES = {
    "month": "in {month}",
    "ytd": "year to date to {month}",
    "rolling12": "12 months to {month}",
    "level": "latest level at {month}",
    "rate": "rate, 12 months to {month}",
    "rate_denominator": "what the rate is divided by, {month}",
    "rank": "rank, 12 months to {month}",
    "rank_from_top": "rank from the highest, 12 months to {month}",
    "average": "average of the group, 12 months to {month}",
    "pooled_average": "average of the group taken together, 12 months to {month}",
    "detection_rate": "detection rate, 12 months to {month}",
    "target_to_date": "target to {month}",
    "progress": "share of the target reached by {month}",
    "needed_per_month": "needed a month after {month}",
    "share": "share of all, 12 months to {month}",
    "baseline": "base year of {month}",
}
_FIGURE = re.compile(r"\b([a-z]\w*) of ([a-z]\w*) at (\d{4}-\d{2})\b")
_PART = re.compile(r"(?<=\d )[a-z]\w*")
_PUBLISHED = re.compile(r"(?<= as )[a-z]\w*(?= published it)")
"""Where a formula has the names of the pack file: ``rolling12 of tno at 2016-09: 17,825``,
``45 robbery_personal + 5 robbery_business``, ``225 as lfb_monthly published it``."""
_COMPARISONS = {
    "_change_pct": "change in per cent",
    "_change": "change",
    "_previous": "a year before",
    "_gap": "gap to the reference",
}


def figure_name(
    record: Mapping[str, Any], titles: Mapping[str, str], sources: Mapping[str, str]
) -> str:
    """``Burglary, 12 months to September 2016, change in per cent, Most similar group, iQuanta``.

    ``titles`` of indicators, series and peer groups; an id without one stands in plain words.
    """
    parts = [_titled(str(record["indicator"]), titles)]
    if record["series"] not in (record["indicator"], ""):
        part = _titled(str(record["series"]), titles)
        parts += [part] if part not in parts else []
    parts += [measure_words(str(record["measure"]), Month.parse(str(record["month"])))]
    if record["peer_group"]:
        parts.append(_titled(str(record["peer_group"]), titles))
    source = str(record["source"])
    return ", ".join([*parts, sources.get(source, _plainly(source))])


def formula_words(formula: str, titles: Mapping[str, str], sources: Mapping[str, str]) -> str:
    """``45 Personal robbery + 5 Business robbery = 50``: a calculation without the file's names.

    Other words behind a number, as in ``6 months left``, have no title and stay.
    """
    formula = _FIGURE.sub(
        lambda m: f"{_titled(m[2], titles)} ({measure_words(m[1], Month.parse(m[3]))})", formula
    )
    formula = _PUBLISHED.sub(lambda m: sources.get(m[0], _plainly(m[0])), formula)
    return _PART.sub(
        lambda m: _titled(m[0], titles) if m[0] in titles or "_" in m[0] else m[0], formula
    )


def measure_words(measure: str, month: Month) -> str:
    """``12 months to September 2016, change in per cent``."""
    if measure in _BASES:
        return _BASES[measure].format(month=month.name)
    for suffix, comparison in _COMPARISONS.items():
        base = measure.removesuffix(suffix)
        if base != measure:
            known = _BASES.get(base, f"{_plainly(base)} at {{month}}").format(month=month.name)
            return f"{known}, {comparison}"
    return f"{words.capitalised(_plainly(measure))} at {month.name}"


def _titled(name: str, titles: Mapping[str, str]) -> str:
    return titles.get(name, words.capitalised(_plainly(name)))


def _plainly(name: str) -> str:
    return name.replace("_", " ")
