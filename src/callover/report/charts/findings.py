"""What a chart shows, in one sentence: its title, and the words for those who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from callover.domain.units import Unit
from callover.report import words
from callover.report.charts.points import OUTSIDE, Extras, MonthPoint, gaps
from callover.report.charts.targets import target_words

Levels = Sequence[tuple[str, float | None]]


def month_finding(
    points: Sequence[MonthPoint], previous: Sequence[MonthPoint] = (), decimals: int = 0
) -> str:
    """``Above the year before in 4 of 6 months``; without a year before, the highest and latest."""
    pairs = _pairs(points, previous)
    if len(pairs) >= 2:
        above = sum(now > before for now, before in pairs)
        below = sum(now < before for now, before in pairs)
        if not above and not below:
            return f"The same as the year before in {_share(len(pairs), len(pairs))}"
        if above == below:
            return f"Above the year before in {_share(above, len(pairs))}, below in {below}"
        word, count = ("Above", above) if above > below else ("Below", below)
        return f"{word} the year before in {_share(count, len(pairs))}"
    known = [p for p in points if p.value is not None]
    if not known:
        return "No month has a value"
    high, last = max(known, key=_value), known[-1]
    if high is last:
        return f"Highest in the latest month, {last.month.name}"
    now = words.number(_value(last), decimals)
    when = "" if last is points[-1] else f" in {last.month.name}"
    return f"{_highest(high, decimals)}, latest {now}{when}"


def _highest(high: MonthPoint, decimals: int) -> str:
    return f"Highest in {high.month.name} ({words.number(_value(high), decimals)})"


def _share(count: int, whole: int) -> str:
    return f"all {whole} months" if count == whole else f"{count} of {whole} months"


def _value(point: MonthPoint) -> float:
    return point.value or 0.0


def _pairs(
    points: Sequence[MonthPoint], previous: Sequence[MonthPoint]
) -> list[tuple[float, float]]:
    before = {p.month.index + 12: p.value for p in previous if p.value is not None}
    return [
        (p.value, before[p.month.index])
        for p in points
        if p.value is not None and p.month.index in before
    ]


def month_alt(
    title: str,
    points: Sequence[MonthPoint],
    previous: Sequence[MonthPoint],
    unit: str,
    decimals: int = 0,
    extras: Extras | None = None,
) -> str:
    """The latest month, the year before it, the range of the months, the target, what is unusual
    or missing."""
    known = [p for p in points if p.value is not None]
    if not known:
        return f"{title}: no month has a value."
    last = known[-1]
    before = next((p.value for p in previous if p.month + 12 == last.month), None)
    said = f"{_opening(title, points, previous, decimals)} {_counted(last, unit, decimals)}"
    if before is not None:
        said += f", against {words.number(before, decimals)} a year before"
    low, high = min(map(_value, known)), max(map(_value, known))
    said += f"; the months shown lie between {words.number(low, decimals)} and "
    said += words.number(high, decimals)
    asked = target_words(points, extras, decimals) if extras else ""
    said += f"; {asked}" if asked else ""
    return f"{said}{_unusual(points, extras)}{_missing(points)}."


def _opening(
    title: str, points: Sequence[MonthPoint], previous: Sequence[MonthPoint], decimals: int
) -> str:
    """The title and the latest month, once where the title is the finding that names it."""
    known = [p for p in points if p.value is not None]
    high, last = max(known, key=_value), known[-1]
    if len(_pairs(points, previous)) >= 2 or title != month_finding(points, previous, decimals):
        return f"{title}. {last.month.name}:"
    if high is last:
        return f"{title}:"
    return f"{_highest(high, decimals)}; {last.month.name}, the latest:"


def _counted(point: MonthPoint, unit: str, decimals: int) -> str:
    """``373 offences``, ``1 person``; what is no unit of ours is said as it is."""
    ours = next((each for each in Unit if each.value == unit), None)
    noun = unit if ours is None else words.noun(_value(point), ours, decimals)
    return f"{words.number(_value(point), decimals)} {noun}"


def _unusual(points: Sequence[MonthPoint], extras: Extras | None) -> str:
    """Months outside the usual range, then those within it that are no chance either, in the
    table's terms; nothing without a range."""
    if extras is None or not extras.is_usual:
        return ""
    terms = extras.special_terms(len(points))
    parts = (("outside the usual range", [t for t in terms if t in OUTSIDE]),
             ("within it but not chance", [t for t in terms if t not in OUTSIDE]))  # fmt: skip
    said = ""
    for lead, chosen in parts:
        named = [f"{term} in {_named(points, terms[term])}" for term in chosen]
        said += f"; {lead}: {'; '.join(named)}" if named else ""
    if any(term in OUTSIDE for term in terms):
        return said
    return f"; none is outside the usual range{said}"


def _named(points: Sequence[MonthPoint], places: Sequence[int]) -> str:
    """``April 2016 and June to September 2016``: months in a row as one."""
    in_a_row = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    rows = [[place for _, place in row] for _, row in in_a_row]
    ends = [(row[0], row[-1]) for row in rows]
    return words.joined([words.months(points[a].month, points[b].month) for a, b in ends])


def _missing(points: Sequence[MonthPoint]) -> str:
    """``; without a value: 8 months not supplied and 1 month late``; each reason once."""
    months: Counter[str] = Counter()
    for gap in gaps(points):
        months[gap.reason] += gap.count
    said = [f"{count} month{'s' if count > 1 else ''} {why}" for why, count in months.items()]
    return f"; without a value: {words.joined(said)}" if said else ""


def level_finding(levels: Levels, decimals: int = 0) -> str:
    """``Down from 18,825 in 2011/12 to 17,428 in 2015/16``; the first and the last known.

    Where a period between was lower or higher than both, from that turn instead: ``17,428 in
    2015/16, up from a low of 16,062 in 2013/14``.
    """
    known = [(name, value) for name, value in levels if value is not None]
    if not known:
        return "No period has a value"
    (first, begin), (last, end) = known[0], known[-1]
    now, before = words.number(end, decimals), words.number(begin, decimals)
    if len(known) == 1:
        return f"{now} {_when(last)}"
    turn = _turn(known)
    if turn is not None:
        name, value = turn
        way = "up from a low" if value < end else "down from a high"
        return f"{now} {_when(last)}, {way} of {words.number(value, decimals)} {_when(name)}"
    if now == before:
        return f"{now} {_when(last)}, the same as {_when(first).strip('()')}"
    way = "Up" if end > begin else "Down"
    return f"{way} from {before} {_when(first)} to {now} {_when(last)}"


def _when(period: str) -> str:
    """``in 2015/16``; a period that is named by a word stands in brackets: ``(latest)``."""
    return f"in {period}" if period[:1].isdigit() else f"({period})"


def _turn(known: Sequence[tuple[str, float]]) -> tuple[str, float] | None:
    """The latest period that is lower, or higher, than the first and the last."""
    begin, end = known[0][1], known[-1][1]
    between = known[1:-1]
    lows = [each for each in between if each[1] < min(begin, end)]
    highs = [each for each in between if each[1] > max(begin, end)]
    turns = [min(lows, key=lambda e: e[1])] if lows else []
    turns += [max(highs, key=lambda e: e[1])] if highs else []
    return max(turns, key=known.index, default=None)


def level_alt(title: str, levels: Levels, unit: str, decimals: int = 0) -> str:
    """The finding, then every level by name: periods, or ours and those it is compared with."""
    if all(value is None for _, value in levels):
        return f"{title}: no period has a value."
    said = [
        f"{name} {words.number(value, decimals) if value is not None else 'not available'}"
        for name, value in levels
    ]
    return f"{title}. {words.capitalised(unit)}: {'; '.join(said)}."
