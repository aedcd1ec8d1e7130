"""Sentences for what changed since another pack, and what made it."""

from __future__ import annotations

from callover.analysis.changes import Changed
from callover.domain.rounding import half_up
from callover.domain.units import Unit
from callover.report import words


def sentences(each: Changed, whom: str = "residents") -> list[str]:
    """What was and is; what made it; the rate, per so many of ``whom``; the colour."""
    said = [_values(each)]
    if each.moved is not None and each.moved.change:
        said.append(_made(each))
    if each.rate is not None and abs(each.rate.total) >= _LEAST:
        said.append(_rate(each, whom))
    if each.rating_before != each.rating_now and each.rating_before and each.rating_now:
        said.append(f"{each.rating_before} then, {words.within(each.rating_now)} now.")
    return [one for one in said if one]


_LEAST = 0.005
"""A rate that moved by less prints as it was."""


def _values(each: Changed) -> str:
    unit = each.indicator.unit
    if each.now is None and each.before is None:
        return ""
    if each.now is None and each.before is not None:
        return f"{_shown(each.before.value, unit)} then; nothing is known now."
    if each.before is None and each.now is not None:
        return f"{_shown(each.now.value, unit)} now; nothing was known then."
    if each.now is None or each.before is None:
        return ""
    change = each.now.value - each.before.value
    told = f"{_shown(each.before.value, unit)} then, {_shown(each.now.value, unit)} now"
    if each.now.source != each.before.source:
        return f"{told}, from different sources: they are not alike."
    return f"{told}: {_change(change, unit)}."


def _made(each: Changed) -> str:
    split = each.moved
    if split is None:
        return ""
    parts = [
        f"new months {words.number(split.came)}" if split.came or split.went else "",
        f"months that dropped out {words.signed(-split.went)}" if split.went else "",
        f"revisions {words.signed(split.revised)}" if split.revised else "",
        f"not explained by months {words.signed(split.unexplained)}"
        if abs(split.unexplained) >= 1 else "",
    ]  # fmt: skip
    kept = [part for part in parts if part]
    return f"Made of {words.joined(kept)}." if kept else ""


def _rate(each: Changed, whom: str) -> str:
    split, rate = each.rate, each.indicator.rate
    if split is None or rate is None or each.rate_before is None or each.rate_now is None:
        return ""
    moved = f"The rate went from {words.number(each.rate_before, 2)} to "
    moved += f"{words.number(each.rate_now, 2)} {words.per_words(rate.per, whom)}"
    if abs(split.denominator) < _LEAST:
        return f"{moved}, all of it by the count."
    people = half_up(split.denominator, 2)
    whole = half_up(each.rate_now, 2) - half_up(each.rate_before, 2)
    counts = words.signed(whole - people, 2)  # what is printed adds up
    return f"{moved}: {counts} by the count, {words.signed(people, 2)} by another number of {whom}."


def _shown(value: float, unit: Unit) -> str:
    return words.percent(value, 1) if unit is Unit.PERCENTAGE else words.number(value)


def _change(change: float, unit: Unit) -> str:
    if not change:
        return "no change"
    if unit is Unit.PERCENTAGE:
        return f"{words.signed(change, 1)} points"
    return words.signed(change)
