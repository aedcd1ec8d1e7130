"""Rates and what they are compared with: ranks, averages, gaps (BEN-01 to BEN-13)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from callover.analysis import compare
from callover.analysis.arrays import Numbers
from callover.analysis.counts import compared, count, scalar, weaker
from callover.analysis.held import number
from callover.analysis.levels import level
from callover.analysis.measures import change
from callover.analysis.questions import (
    POINTS_UNIT,
    RANK_UNIT,
    Answer,
    Question,
    nothing,
    published,
)
from callover.analysis.subjects import Subject
from callover.domain.figures import RATE_UNIT
from callover.domain.indicators import SeriesKind
from callover.domain.peers import PeerGroup, RankOrder
from callover.domain.states import State


def rate_unit(subject: Subject) -> str:
    """``per 1,000``; the series' own unit where areas are compared by a percentage or level."""
    return RATE_UNIT.format(per=subject.rate.per) if subject.rate else subject.series.unit.value


def rate(q: Question) -> Answer:
    """Rolling 12 months per so many residents (MEA-09 to MEA-14); else as published."""
    unit = rate_unit(q.subject)
    if q.subject.rate is None:
        return nothing(unit, "the indicator has no rate", State.NOT_APPLICABLE)
    counted = count(q.ask(measure="rolling12", peer_group=""))
    values, month = q.held.rate(q.subject, q.source), q.held.cube.month_index(q.month)
    column = q.held.cube.area_index.get(q.area)
    if values is not None and month is not None and column is not None:
        value = number(values[month, column])
        if value is not None:
            return _divided(q, value, counted, unit)
    found = published(q.ask(peer_group=""), "rate", unit)
    if found is not None:
        return found
    if counted.given:
        kind = q.subject.rate.denominator
        reason = f"no {kind.replace('_', ' ')} of this area is held for {q.month.name}"
        return nothing(unit, reason)
    return nothing(unit, counted.reason, counted.state)


def _divided(q: Question, value: float, counted: Answer, unit: str) -> Answer:
    """A rate is no surer than what it divides by: made with an estimate, it is one."""
    base = rate_denominator(q)
    if base.state is not State.ESTIMATED:
        return Answer(value, counted.state, unit, known=counted.known)
    reason = f"made with an estimate: {base.reason}"
    return Answer(value, weaker(counted, base), unit, reason=reason, known=counted.known)


def rate_previous(q: Question) -> Answer:
    """The rate of a year before, on the denominator of its own time."""
    return rate(q.ask(month=q.month - 12))


def rate_change(q: Question) -> Answer:
    """Difference of the rate against a year before."""
    return compared(rate(q), rate_previous(q), "change", rate_unit(q.subject))


def rate_denominator(q: Question) -> Answer:
    """The number that the rate divides by, with its day in the reason."""
    if q.subject.rate is None:
        return nothing("people", "the indicator has no rate", State.NOT_APPLICABLE)
    kind = q.subject.rate.denominator
    unit = q.held.catalogue.series[kind].unit.value if kind in q.held.catalogue.series else "people"
    point = q.held.denominators.chosen(kind, q.subject.id, q.area, q.month)
    if point is None:
        return nothing(unit, f"no {kind.replace('_', ' ')} of this area is held")
    reason = f"{kind.replace('_', ' ')} on {point.end.isoformat()}, {_given_by(q, point.source)}"
    return Answer(point.value, point.state, unit, point.kind, reason, known=point.known)


def _given_by(q: Question, source: str) -> str:
    """A source's title and owner; its id where no register holds it."""
    known = q.held.catalogue.sources.get(source)
    return f"{known.title}, {known.owner}" if known else source


def compared_values(q: Question) -> tuple[tuple[str, ...], Numbers] | None:
    """Codes and values of the group's members: rates; percentages and levels where no rate is.

    None where no member has a value.
    """
    group = q.held.catalogue.peer_groups[q.peer_group]
    members = q.held.members(group, q.area, q.month)
    values = _member_values(q, members)
    return None if np.isnan(values).all() else (members, values)


def _member_values(q: Question, members: tuple[str, ...]) -> Numbers:
    """One number for every member, NaN where there is none."""
    if q.subject.series.kind in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        found = [level(q.ask(area=area, peer_group="", measure="level")).value for area in members]
        return np.array([np.nan if v is None else v for v in found], dtype=np.float64)
    row = _month_row(q)
    index = q.held.cube.area_index
    if row is None:
        return np.full(len(members), np.nan)
    return np.array([row[index[a]] if a in index else np.nan for a in members], dtype=np.float64)


def _month_row(q: Question) -> Numbers | None:
    """All areas' rates, or percentages, of one month."""
    month = q.held.cube.month_index(q.month)
    if month is None:
        return None
    if q.subject.rate is not None:
        values = q.held.rate(q.subject, q.source)
        return None if values is None else values[month]
    key = q.held.cube.key_index.get((q.source, q.series))
    if key is None or q.subject.series.kind is not SeriesKind.RATIO:
        return None
    return np.asarray(q.held.measured.values("rolling12")[key, month])


def rank(q: Question) -> Answer:
    """Place in the peer group, rank 1 at the group's own end; else the published rank."""
    group = q.held.catalogue.peer_groups[q.peer_group]
    return _rank(q, group, group.rank_order)


def rank_from_top(q: Question) -> Answer:
    """The same place counted from the other end: "3rd highest" beside "13th lowest of 15"."""
    group = q.held.catalogue.peer_groups[q.peer_group]
    other = {
        RankOrder.LOWEST_FIRST: RankOrder.HIGHEST_FIRST,
        RankOrder.HIGHEST_FIRST: RankOrder.LOWEST_FIRST,
    }[group.rank_order]
    return _rank(q, group, other)


def _rank(q: Question, group: PeerGroup, order: RankOrder) -> Answer:
    """Computed where two or more members are held, else as published."""
    found = compared_values(q)
    if found is not None and np.count_nonzero(~np.isnan(found[1])) > 1 and q.area in found[0]:
        members, values = found
        place = number(compare.rank(values, order)[members.index(q.area)])
        size = int(compare.members_with_data(values))
        if place is not None:
            return Answer(place, State.FINAL, RANK_UNIT, reason=_few(size, group), of=size,
                          known=_known(q))  # fmt: skip
    printed = _published(q, "rank", RANK_UNIT)
    if printed is None or printed.value is None:
        return printed or nothing(RANK_UNIT, _no_peers(q))
    said = group.size or None
    value = printed.value
    if order is not group.rank_order:
        if said is None:
            return nothing(RANK_UNIT, "the size of the group is not published")
        value = said + 1 - value
    return replace(printed, value=value, reason="as published", of=said)


def _few(size: int, group: PeerGroup) -> str:
    """Says when members are missing from a rank."""
    return f"{size} of {group.size} members have data" if group.size > size else ""


def _no_peers(q: Question) -> str:
    """Why there is no benchmark (BEN-13)."""
    indicator = q.subject.indicator
    if indicator is not None and indicator.no_benchmark_reason:
        return indicator.no_benchmark_reason
    return "no member's figures are held and none were published"


def _known(q: Question) -> int:
    """When the latest of all members' values became known."""
    month = q.held.cube.month_index(q.month)
    key = q.held.cube.key_index.get((q.source, q.series))
    return 0 if month is None or key is None else int(q.held.cube.known[key, month].max())


def _published(q: Question, measure: str, unit: str) -> Answer | None:
    """As the source printed it; beside a cohort or window, at that one's own end."""
    if q.subject.series.kind not in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        return published(q, measure, unit)
    month = level(q.ask(measure="level", peer_group="")).month or q.month
    found = published(q.ask(month=month), measure, unit)
    return None if found is None else replace(found, month=month)


def average(q: Question) -> Answer:
    """Mean of the members' rates, the area itself included (BEN-05); else as published."""
    found = compared_values(q)
    if found is not None and np.count_nonzero(~np.isnan(found[1])) > 1:
        value = number(float(compare.average(found[1])))
        size = int(compare.members_with_data(found[1]))
        return Answer(value, State.FINAL, rate_unit(q.subject), of=size, known=_known(q))
    printed = _published(q, "average", rate_unit(q.subject))
    return printed or nothing(rate_unit(q.subject), _no_peers(q))


def pooled_average(q: Question) -> Answer:
    """Rate of all members together: big areas weigh more."""
    unit = rate_unit(q.subject)
    key = q.held.cube.key_index.get((q.source, q.series))
    month = q.held.cube.month_index(q.month)
    if q.subject.rate is None or key is None or month is None:
        return nothing(unit, "there is no rate to pool", State.NOT_APPLICABLE)
    group = q.held.catalogue.peer_groups[q.peer_group]
    index = q.held.cube.area_index
    columns = [index[a] for a in q.held.members(group, q.area, q.month) if a in index]
    counts = q.held.measured.values("rolling12")[key, month, columns]
    residents = q.held.residents(q.subject)[month, columns]
    size = int(np.count_nonzero(~np.isnan(counts) & ~np.isnan(residents)))
    if size < 2:
        return nothing(unit, "fewer than two members have data")
    value = number(float(compare.pooled(counts, residents, q.subject.rate.per)))
    return Answer(value, State.FINAL, unit, of=size, known=_known(q))


def rate_gap(q: Question) -> Answer:
    """Our rate (or percentage) less the group's average."""
    ours = _own(q)
    theirs = average(q)
    if ours.value is None or theirs.value is None:
        reason = "our rate or the group's average is not known"
        return nothing(rate_unit(q.subject), reason, weaker(ours, theirs))
    value = scalar(change, ours.value, theirs.value)
    known = max(ours.known, theirs.known)
    return Answer(value, weaker(ours, theirs), rate_unit(q.subject), known=known)


def _own(q: Question) -> Answer:
    """What we are compared by."""
    alone = q.ask(peer_group="")
    if q.subject.rate is not None:
        return rate(alone)
    if q.subject.series.kind in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        return level(alone.ask(measure="level"))
    return count(alone.ask(measure="rolling12"))


def change_gap(q: Question) -> Answer:
    """Our change in per cent less the group's, in points (MEA-19).

    Where the source of the group's change does not hold ours, ours is that of the headline: two
    changes may stand side by side, while no count of one source is ever set against the other's.
    """
    measure = q.measure.removesuffix("_gap") + "_change_pct"
    theirs = count(q.ask(measure=measure))
    source, ours = _our_change(q.ask(measure=measure, peer_group=""))
    if ours.value is None or theirs.value is None:
        return nothing(POINTS_UNIT, "our change or the group's is not known", weaker(ours, theirs))
    value = scalar(change, ours.value, theirs.value)
    found = Answer(
        value, weaker(ours, theirs), POINTS_UNIT, ours.kind, known=max(ours.known, theirs.known)
    )
    if source == q.source:
        return found
    reason = f"our change from {source}, the group's from {q.source}"
    return replace(found, reason=reason, source=f"{source}+{q.source}")


def _our_change(q: Question) -> tuple[str, Answer]:
    """Our own change from the same source as the group's, else from the change source."""
    found = count(q)
    for source in () if found.given else q.subject.change_sources:
        other = count(q.ask(source=source))
        if other.given:
            return source, other
    return q.source, found


def quartile(q: Question) -> Answer:
    """An end of the comparators' top-quartile range, as published (BEN-10)."""
    unit = q.subject.series.unit.value
    found = _published(q, q.measure, unit)
    return found or nothing(unit, "no quartile range was published")
