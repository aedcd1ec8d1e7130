"""The rating of an indicator in an area and month: which figure, which target, which colour."""

from __future__ import annotations

from callover.analysis.counts import count
from callover.analysis.levels import level
from callover.analysis.questions import Answer, Question
from callover.analysis.rates import average, quartile
from callover.analysis.rating import (
    CHANGE_KINDS,
    COUNT,
    COUNT_TOLERANCE,
    PERCENT_TOLERANCE,
    SHARE,
    Judgement,
    judge_averages,
    judge_band,
    judge_change,
    judge_limit,
    said,
)
from callover.analysis.subjects import is_percentage
from callover.domain.breaks import counted_apart
from callover.domain.indicators import RatingMeasure
from callover.domain.periods import Month
from callover.domain.ratings import Direction, Rating
from callover.domain.targets import Target, TargetKind, Tolerance

NAMES = {
    "rolling12_change_pct": "The change over twelve months",
    "ytd_change_pct": "The change in the year to date",
    "ytd": "The year to date",
    "rolling12": "The twelve months",
    "level": "The latest level",
}


MOST_LAG = {"quarter": 7, "year": 15}
"""Months after which the latest figure of a slow source is too old to be rated on."""


def judge(q: Question) -> tuple[Judgement, Answer | None]:
    """The judgement and the figure that it rests on."""
    measure = measure_looked_at(q)
    found = answer(q, measure)
    if not _anything(q, found):
        reason = f"No data: {found.reason or 'nothing was supplied'}."
        return Judgement(Rating.NO_DATA, reason), None
    direction = q.subject.direction_in(q.month)
    target = target_of(q, direction)
    if target is None or target.kind is TargetKind.NONE:
        return Judgement(Rating.NOT_RATED, _not_rated(direction)), found
    if found.value is None:
        reason = f"Not rated: {found.reason or 'there is no year before to compare with'}."
        return Judgement(Rating.NOT_RATED, reason), None
    unlike = _counted_apart(q, found, measure)
    if unlike:
        return Judgement(Rating.NOT_RATED, unlike), found
    return _by_kind(q, found, measure, target, direction), found


def _counted_apart(q: Question, found: Answer, measure: str) -> str:
    """Why a change between years that were not counted alike gets no colour (DAT-21)."""
    indicator = q.subject.indicator
    if indicator is None or not q.subject.own or not measure.endswith("_change_pct"):
        return ""
    source, month = found.source or q.source, found.month or q.month
    added = (indicator, *q.held.catalogue.added_in(indicator))
    breaks = [each for one in added for each in one.breaks]
    changed = counted_apart(breaks, measure, month, source, q.area)
    if changed is None:
        return ""
    value = said(float(found.value or 0.0))
    what = f"{_what(q, measure, found)} is {value} %"
    return f"Not rated: counting changed on {changed.said}. {what}, between years counted unlike."


def target_of(q: Question, direction: Direction) -> Target | None:
    """The target in force; without one, "no more than last year" where lower is good (AMB-14)."""
    target = q.subject.target(q.month, q.area)
    if target is None and direction is Direction.LOWER:
        return Target(q.month.financial_year, TargetKind.REDUCTION, q.month.financial_year.first)
    return target


def measure_looked_at(q: Question) -> str:
    """What is looked at: a ceiling or count is always the year to date, a fall a change."""
    target = target_of(q, q.subject.direction_in(q.month))
    chosen = q.subject.rating_measure.value
    if target is not None and target.kind in (TargetKind.CEILING, TargetKind.COUNT):
        return chosen if q.subject.rating_measure is RatingMeasure.ROLLING12 else "ytd"
    if target is not None and target.kind in CHANGE_KINDS and not chosen.endswith("_change_pct"):
        return "ytd_change_pct" if chosen == "ytd" else "rolling12_change_pct"
    return chosen


def answer(q: Question, measure: str) -> Answer:
    """The figure at the month; of a source that does not report monthly, the latest of a year."""
    if measure == "level":
        return level(q.ask(measure="level"))
    now = count(q.ask(measure=measure))
    source = q.held.catalogue.sources.get(q.source)
    if now.given or source is None or source.frequency == "month":
        return now
    for back in range(1, MOST_LAG.get(source.frequency, 12)):
        earlier = count(q.ask(measure=measure, month=q.month - back))
        if earlier.given:
            return Answer(
                earlier.value, earlier.state, earlier.unit, earlier.kind, "", earlier.published,
                known=earlier.known, month=q.month - back,
            )  # fmt: skip
    return now


def _anything(q: Question, found: Answer) -> bool:
    """Whether any figure of the month is known, so that "no data" would be wrong."""
    if found.given:
        return True
    return any(count(q.ask(measure=m)).given for m in ("month", "ytd", "rolling12"))


def _not_rated(direction: Direction) -> str:
    if direction is Direction.MONITOR:
        return "Not rated: watched only, for more or fewer can both be good news."
    return "Not rated: no target is set."


def _what(q: Question, measure: str, found: Answer) -> str:
    """The subject of the sentence, with its month where that is not the one asked for."""
    when = found.month or q.month
    name = NAMES[measure]
    return f"{name} to {when.name}" if measure != "level" else f"{name} ({_dates(found, when)})"


def _dates(found: Answer, when: Month) -> str:
    return found.reason or when.name


def _by_kind(
    q: Question,
    found: Answer,
    measure: str,
    target: Target,
    direction: Direction,
) -> Judgement:
    """The rule of the target's kind applied."""
    value, what = float(found.value or 0.0), _what(q, measure, found)
    lower = direction is Direction.LOWER
    tolerance = target.tolerance or _usual(q)
    unit, ends = (" %", SHARE) if is_percentage(q.subject.series) else ("", COUNT)
    match target.kind:
        case TargetKind.REDUCTION | TargetKind.PERCENT_DECREASE:
            return judge_change(value, target, direction, what)
        case TargetKind.CEILING | TargetKind.COUNT:
            due = target.value if measure == "rolling12" else target.to_date(q.month)
            ceiling = target.kind is TargetKind.CEILING
            return judge_limit(value, due or 0.0, ceiling, tolerance, what, unit, ends)
        case TargetKind.LEVEL:
            limit = target.value or 0.0
            return judge_limit(value, limit, lower, tolerance, what, unit, ends)
        case TargetKind.BAND:
            low, high = target.low or 0.0, target.high or 0.0
            return judge_band(value, low, high, tolerance, what, unit)
        case TargetKind.TOP_QUARTILE:
            return _quartile(q, value, target, direction, what)
        case _:
            return _benchmark(q, value, target, lower, what)


def _usual(q: Question) -> Tolerance:
    return PERCENT_TOLERANCE if is_percentage(q.subject.series) else COUNT_TOLERANCE


def _quartile(
    q: Question, value: float, target: Target, direction: Direction, what: str
) -> Judgement:
    """Within or better than the top quartile of comparators (RAG-11)."""
    low, high = target.low, target.high
    for group in q.subject.peer_groups:
        ends = [quartile(q.ask(measure=f"quartile_{end}", peer_group=group)).value
                for end in ("low", "high")]  # fmt: skip
        if None not in ends:
            low, high = ends
            break
    if low is None or high is None:
        return Judgement(Rating.NOT_RATED, "Not rated: no quartile range was published.")
    tolerance = target.tolerance or PERCENT_TOLERANCE
    lower = direction is Direction.LOWER
    limit = high if lower else low
    judged = judge_limit(value, limit, lower, tolerance, what, " %", SHARE)
    reason = f"{judged.reason} The top quartile runs from {low:g} to {high:g} %."
    return Judgement(judged.rating, reason)


def _benchmark(q: Question, value: float, target: Target, lower: bool, what: str) -> Judgement:
    """Better than the averages of the groups compared with (RAG-10)."""
    averages = {}
    for group in q.subject.peer_groups:
        found = average(q.ask(measure="average", peer_group=group)).value
        if found is not None:
            averages[q.held.catalogue.peer_groups[group].short_title] = found
    if not averages:
        return Judgement(Rating.NOT_RATED, "Not rated: no average to compare with was published.")
    return judge_averages(value, averages, lower, target.tolerance or PERCENT_TOLERANCE, what)
