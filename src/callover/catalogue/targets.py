"""Targets as definitions write them: for a year or a span of years, tolerance with its unit."""

from __future__ import annotations

from callover.catalogue.entries import Entry
from callover.domain.indicators import ComponentTarget
from callover.domain.periods import FinancialYear
from callover.domain.rounding import TargetRounding
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit


def read_targets(indicator: Entry) -> tuple[Target, ...]:
    """All targets of an indicator; an entry with ``years`` gives one for each of them.

    A span is a default: a target written for one year and the same area takes that year's place.
    """
    single: list[Target] = []
    spans: list[Target] = []
    for entry in indicator.entries("targets"):
        (spans if entry.has("years") else single).extend(entry.build(_targets) or ())
    taken = {(target.from_month, target.area) for target in single}
    kept = [target for target in spans if (target.from_month, target.area) not in taken]
    return tuple(sorted((*kept, *single), key=lambda target: target.from_month))


def read_component_targets(indicator: Entry) -> tuple[ComponentTarget, ...]:
    """Targets on the series behind an indicator."""
    found: list[ComponentTarget] = []
    for entry in indicator.entries("component_targets"):
        found.extend(entry.build(_components) or ())
    return tuple(found)


def read_target(entry: Entry) -> Target | None:
    """The one target of a table row."""
    targets = entry.build(_targets)
    return targets[0] if targets else None


def _components(entry: Entry) -> tuple[ComponentTarget, ...]:
    series = entry.reference("series", "series")
    title = entry.text("title", "")
    return tuple(ComponentTarget(series, target, title) for target in _targets(entry))


def _targets(entry: Entry) -> tuple[Target, ...]:
    years = _years(entry)
    kind = entry.word("kind", TargetKind)
    value, low, high = (entry.maybe_number(key) for key in ("value", "low", "high"))
    tolerance = _tolerance(entry)
    profile = entry.numbers("profile")
    rounding = entry.word("rounding", TargetRounding, TargetRounding.HALF_UP)
    reason, decided_by = entry.text("reason", ""), entry.text("decided_by", "")
    start = entry.maybe_month("from")
    area = entry.text("area", "")
    if start is not None and start.financial_year not in years:
        entry.fault("from", str(start), "This month is outside the target's year.")
    return tuple(
        Target(
            year=year,
            kind=kind,
            from_month=start or year.first,
            value=value,
            low=low,
            high=high,
            tolerance=tolerance,
            profile=profile,
            rounding=rounding,
            reason=reason,
            decided_by=decided_by,
            area=area,
        )
        for year in years
    )


def _years(entry: Entry) -> tuple[FinancialYear, ...]:
    """The year, or every year from the first to the last of ``years``."""
    if not entry.has("years"):
        return (entry.year("year"),)
    words = entry.texts("years")
    try:
        first, last = (FinancialYear.parse(word) for word in words)
    except ValueError:
        reason = "Expected the first and the last financial year, such as [2010/11, 2019/20]."
        entry.fault("years", ", ".join(words), reason)
        return (FinancialYear(2000),)
    return tuple(FinancialYear(start) for start in range(first.start, last.start + 1))


def _tolerance(entry: Entry) -> Tolerance | None:
    """``5 points`` or ``10 relative``; None where there is no amber."""
    if not entry.has("tolerance"):
        return None
    text = entry.text("tolerance")
    try:
        number, unit = text.split()
        return Tolerance(float(number), ToleranceUnit(unit))
    except ValueError:
        entry.fault(
            "tolerance", text, "Expected a number from 0 to 100 and 'points' or 'relative'."
        )
        return None
