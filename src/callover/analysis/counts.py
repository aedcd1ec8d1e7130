"""Counts over months and their comparisons with a year before; shares; the baseline; the trend."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from callover.analysis import measures
from callover.analysis.compare import group_change_pct
from callover.analysis.held import number
from callover.analysis.questions import (
    CHANGE_UNIT,
    KINDS,
    POINTS_UNIT,
    Answer,
    Question,
    nothing,
    published,
)
from callover.analysis.subjects import Subject, is_percentage
from callover.data.potentials import AGREES
from callover.domain.indicators import Catalogue, Series, SeriesKind
from callover.domain.periods import PeriodKind
from callover.domain.states import State, weakest


def count(q: Question) -> Answer:
    """``month``, ``ytd``, ``rolling12`` and their ``_previous``, ``_change``, ``_change_pct``.

    With a peer group, the change is that of the group as a whole.
    """
    base, _, comparison = q.measure.partition("_")
    if q.peer_group:
        return _group_change(q, base, comparison)
    answer = _from_cube(q, base, comparison)
    if answer is not None and answer.given:
        return answer
    if is_percentage(q.subject.series):
        return _percentage(q, base, comparison, answer)
    return answer or nothing(_unit(q, comparison), _why_none(q, base), kind=KINDS[base][0])


def _from_cube(q: Question, base: str, comparison: str) -> Answer | None:
    """The value in the cube; None where the source has nothing for series and area there."""
    place, month = q.held.place(q.source, q.series, q.area), q.held.cube.month_index(q.month)
    if month is None and comparison == "previous":  # the year before may be held all the same
        return _from_cube(q.ask(measure=base, month=q.month - 12), base, "")
    if place is None or month is None:
        return None
    row, column = place
    value = number(q.held.measured.values(q.measure)[row, month, column])
    state = State.from_code(int(q.held.measured.states(q.measure)[row, month, column]))
    known = int(q.held.cube.known[row, month, column])
    reason = _carried(q, base, comparison, value)
    if value is None:
        state, reason = _no_value(q, base, comparison, state)
    kind = KINDS[base][0]
    return Answer(value, state, _unit(q, comparison), kind, reason, known=known)


def _carried(q: Question, base: str, comparison: str, value: float | None) -> str:
    """How a later correction moved a published sum, where the figure is that sum."""
    if comparison not in ("", "previous"):
        return ""
    month = q.month - 12 if comparison else q.month
    for each in q.held.carried.get((q.source, q.series, q.area), ()):
        same = each.period.kind in KINDS[base] and each.period.last_month == month
        if same and value is not None and abs(each.value - value) <= AGREES:
            return each.reason
    return ""


def _no_value(q: Question, base: str, comparison: str, state: State) -> tuple[State, str]:
    """State and reason of an empty place of the cube."""
    if comparison == "change_pct" and is_percentage(q.subject.series):
        return State.NOT_APPLICABLE, "a change between two percentages is in points"
    before = q.ask(measure=f"{base}_previous")
    if comparison == "change_pct" and count(before).value == 0:
        return State.NOT_APPLICABLE, "the year before is 0, so there is no per cent"
    if state.has_value:
        state = State.NOT_SUPPLIED
    if comparison and count(q.ask(measure=base)).given:
        return state, "the year before is not known"
    return state, _why_none(q, base)


def _why_none(q: Question, base: str) -> str:
    """Why a count is not known, in words."""
    if base == "month":
        return f"no figure for {q.month.name}"
    stretch = "the year to date" if base == "ytd" else "the twelve months"
    return f"not every month of {stretch} to {q.month.name} is known"


def _unit(q: Question, comparison: str) -> str:
    """Unit of a count or of its comparison."""
    if comparison == "change_pct":
        return CHANGE_UNIT
    if comparison == "change" and is_percentage(q.subject.series):
        return POINTS_UNIT
    return q.subject.series.unit.value


def _percentage(q: Question, base: str, comparison: str, first: Answer | None) -> Answer:
    """A percentage without its parts: as published, or compared with the one published before."""
    if comparison == "change_pct":
        reason = "a change between two percentages is in points"
        return nothing(CHANGE_UNIT, reason, State.NOT_APPLICABLE, KINDS[base][0])
    if comparison == "change":
        return _points_change(q, base)
    month = q.month - 12 if comparison == "previous" else q.month
    unit = q.subject.series.unit.value
    if base == "ytd" and q.subject.series.kind is SeriesKind.COUNTED:
        reason = "a percentage without its parts is never added up over months"
        return nothing(unit, reason, State.NOT_APPLICABLE, PeriodKind.YEAR_TO_DATE)
    found = published(q.ask(month=month, peer_group=""), "value", unit, KINDS[base])
    missing = nothing(unit, "the parts of the percentage are not known", kind=KINDS[base][0])
    return found or first or missing


def _points_change(q: Question, base: str) -> Answer:
    """Difference of two percentages, in points."""
    now, before = count(q.ask(measure=base)), count(q.ask(measure=f"{base}_previous"))
    if now.value is None or before.value is None:
        reason = "the percentage of the year before is not known"
        return nothing(POINTS_UNIT, reason, kind=KINDS[base][0])
    return Answer(
        now.value - before.value,
        weaker(now, before),
        POINTS_UNIT,
        KINDS[base][0],
        published=now.published or before.published,
        known=max(now.known, before.known),
    )


def _group_change(q: Question, base: str, comparison: str) -> Answer:
    """A group's change as a whole: of its members' counts, else as published (BEN-06)."""
    if comparison not in ("change", "change_pct"):
        reason = "a group has a change, not a count, of its own"
        return nothing(_unit(q, comparison), reason, State.NOT_APPLICABLE, KINDS[base][0])
    computed = _members_change_pct(q, base) if comparison == "change_pct" else None
    if computed is not None:
        return computed
    found = published(q, comparison, _unit(q, comparison), KINDS[base])
    reason = "neither the group's members nor a published change are held"
    return found or nothing(_unit(q, comparison), reason, kind=KINDS[base][0])


def _members_change_pct(q: Question, base: str) -> Answer | None:
    """The members' change, None unless two or more are held in both years."""
    row = q.held.cube.key_index.get((q.source, q.series))
    month = q.held.cube.month_index(q.month)
    group = q.held.catalogue.peer_groups[q.peer_group]
    if row is None or month is None or is_percentage(q.subject.series):
        return None
    index = q.held.cube.area_index
    columns = [index[a] for a in q.held.members(group, q.area, q.month) if a in index]
    now = q.held.measured.values(base)[row, month, columns]
    before = q.held.measured.values(f"{base}_previous")[row, month, columns]
    both = int((~np.isnan(now) & ~np.isnan(before)).sum())
    if both < 2:
        return None
    value = number(float(group_change_pct(now, before)))
    known = int(q.held.cube.known[row, month, columns].max())
    return Answer(value, State.FINAL, CHANGE_UNIT, KINDS[base][0], of=both, known=known)


def ratio_parts(q: Question) -> tuple[float, float] | None:
    """Numerator and denominator of a percentage remade from its parts; None where one is not
    known, the whole is 0, or the part is the larger."""
    series, known = q.subject.series, q.held.catalogue.series
    if series.kind is not SeriesKind.RATIO:
        return None
    part, whole = (
        count(q.ask(subject=q.subject.of_series(known[name]))).value
        for name in (series.numerator, series.denominator)
    )
    return None if part is None or not whole or part > whole else (part, whole)


def share(q: Question) -> Answer:
    """Rolling 12 months as per cent of the set's total (MEA-08)."""
    if not q.held.total:
        return nothing(CHANGE_UNIT, "the set has no total", State.NOT_APPLICABLE)
    part = count(q.ask(measure="rolling12"))
    total = q.subject.of_series(q.held.catalogue.series[q.held.total])
    whole = count(q.ask(measure="rolling12", subject=total))
    if part.value is None or not whole.value:
        return nothing(CHANGE_UNIT, "the part or the total is not known", weaker(part, whole))
    value = scalar(measures.share, part.value, whole.value)
    return Answer(value, weaker(part, whole), CHANGE_UNIT, known=max(part.known, whole.known))


def detection_rate(q: Question) -> Answer:
    """``detection_rate`` and its ``_previous`` and ``_change``: detected as per cent of recorded
    over twelve months (MEA-24), where the set has the ratio."""
    series = detection_series(q.held.catalogue, q.series)
    comparison = q.measure.removeprefix("detection_rate")
    unit = POINTS_UNIT if comparison == "_change" else CHANGE_UNIT
    if series is None:
        return nothing(unit, "the set has no detections of this series", State.NOT_APPLICABLE)
    subject = q.subject.of_series(series)
    return count(q.ask(measure=f"rolling12{comparison}", subject=subject))


def detection_series(catalogue: Catalogue, recorded: str) -> Series | None:
    """The ratio of detected to ``recorded`` offences, None where the set has none."""
    for series in catalogue.series.values():
        if series.denominator == recorded and series.id.endswith("detection_rate"):
            return series
    return None


def detection_sources(catalogue: Catalogue, subject: Subject) -> tuple[str, ...]:
    """The subject's sources, then any other that gives its detection rate."""
    series = detection_series(catalogue, subject.series.id)
    wanted = {series.id, series.numerator} if series else set()
    others = [name for name, source in catalogue.sources.items() if wanted & set(source.series)]
    return tuple(dict.fromkeys((*subject.sources, *others)))


def baseline(q: Question) -> Answer:
    """``baseline`` and its ``_change`` and ``_change_pct``: against a fixed year (MEA-20)."""
    year = q.subject.baseline
    comparison = q.measure.partition("_")[2]
    if year is None:
        reason = "the indicator has no baseline year"
        return nothing(_unit(q, comparison), reason, State.NOT_APPLICABLE)
    before = count(q.ask(measure="rolling12", month=year.last))
    if not comparison:
        return before
    now = count(q.ask(measure="rolling12"))
    return compared(now, before, comparison, _unit(q, comparison))


def compared(now: Answer, before: Answer, comparison: str, unit: str) -> Answer:
    """``change`` or ``change_pct`` between two answers."""
    state = weaker(now, before)
    if now.value is None or before.value is None:
        return nothing(unit, now.reason or before.reason or "one of the two is not known", state)
    how = measures.change if comparison == "change" else measures.change_pct
    value = scalar(how, now.value, before.value)
    if value is None:
        return nothing(unit, "the base is 0, so there is no per cent", State.NOT_APPLICABLE)
    return Answer(value, state, unit, now.kind, known=max(now.known, before.known))


def trend(q: Question) -> Answer:
    """Rolling 12 months against last financial year's total: up, down, level (RAG-14)."""
    now = count(q.ask(measure="rolling12"))
    before = count(q.ask(measure="rolling12", month=q.month.financial_year.first - 1))
    if now.value is None or before.value is None:
        return nothing("", "the rolling 12 months or last year's total is not known")
    word = "level"
    if now.value != before.value:
        word = "up" if now.value > before.value else "down"
    reason = f"{now.value:g} in twelve months against {before.value:g} last year"
    known = max(now.known, before.known)
    return Answer(None, weaker(now, before), "", text=word, reason=reason, known=known)


def scalar(measure: Callable[..., object], *values: float) -> float | None:
    """A measure of single numbers: the same function that works on cubes."""
    return number(float(np.asarray(measure(*(np.float64(v) for v in values)))))


def weaker(*answers: Answer) -> State:
    """The weakest state among answers."""
    return weakest(answer.state for answer in answers)
