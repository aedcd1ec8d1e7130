"""What should have figures and has none: nothing came, came without a value, or is not due yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.data.coverage import due_date, period_ends
from callover.domain.indicators import Indicator
from callover.domain.ratings import Rating
from callover.domain.states import State
from callover.report import words
from callover.report.build.context import PackContext, Withheld

_STATED = {
    State.SUPPRESSED: "Came, but suppressed because the numbers are small:",
    State.NOT_DUE: "The source says that it is not due yet:",
    State.LATE: "The source says that it will be late:",
    State.NOT_SUPPLIED: "Came without a figure:",
    State.NOT_APPLICABLE: "The source says that there can be none:",
}
"""What a source said of the month instead of giving a value."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An indicator without data, who supplies it, and what is known of why."""

    title: str
    owner: str
    reason: str  # begins the sentence; indicators of one reason stand together
    note: str = ""
    is_owed: bool = True


def missing(ctx: PackContext) -> list[Missing]:
    """Every fed indicator that has no data this month."""
    return [
        _missing(ctx, indicator)
        for indicator in ctx.indicators
        if ctx.rating(indicator).shown is Rating.NO_DATA and ctx.has_history(indicator)
    ]


def sentences(found: Sequence[Missing]) -> str:
    """``Nothing came for April 2017 on arson (fire brigade).``, a sentence for each reason."""
    reasons: dict[str, list[Missing]] = {}
    for each in found:
        reasons.setdefault(each.reason, []).append(each)
    return " ".join(f"{reason} {_listed(those)}." for reason, those in reasons.items())


def _listed(found: Sequence[Missing]) -> str:
    """The titles under the agency that supplies them, with what it wrote about them."""
    owners: dict[str, list[Missing]] = {}
    for each in found:
        owners.setdefault(each.owner, []).append(each)
    return "; ".join(_of_one(owner, owners[owner]) for owner in sorted(owners))


def _of_one(owner: str, found: Sequence[Missing]) -> str:
    titles = words.joined([words.within(each.title) for each in found])
    notes = dict.fromkeys(each.note for each in found if each.note)
    quoted = "".join(f"; \u201c{note}\u201d" for note in notes)
    return f"{titles} ({owner}{quoted})"


def _missing(ctx: PackContext, indicator: Indicator) -> Missing:
    source = _giver(ctx, indicator)
    owner = ctx.catalogue.sources[source].owner
    said = _said(ctx, indicator)
    if said is not None:
        owed = said.state is not State.NOT_DUE
        return Missing(indicator.title, owner, _STATED[said.state], said.note, owed)
    period = period_ends(ctx.catalogue.sources[source], ctx.month)
    due = due_date(ctx.catalogue.sources[source], period)
    if due >= ctx.known_at.date():  # on the day itself it may still come
        reason = f"Not due until {words.day(due)}:"
        return Missing(indicator.title, owner, reason, is_owed=False)
    if _part_came(ctx, indicator):
        reason = f"Only a part came for {ctx.month.name}, too little to make a figure of:"
        return Missing(indicator.title, owner, reason)
    return Missing(indicator.title, owner, f"Nothing came for {ctx.month.name} on")


def _giver(ctx: PackContext, indicator: Indicator) -> str:
    """Who owes the figures: the source that gave them before, first in order."""
    sources = (*indicator.change_sources, *indicator.rate_sources)
    gave = [source for source in sources if ctx.gave(source, indicator)]
    return (gave or sources)[0]


def _said(ctx: PackContext, indicator: Indicator) -> Withheld | None:
    """What the source said of the month instead of a value: of the whole, else of its parts."""
    own = [each for each in ctx.withheld if each.series == indicator.series]
    made_of = ctx.made_of(indicator.series)
    parts = [each for each in ctx.withheld if each.series in made_of]
    return next(iter((*own, *parts)), None)


def _part_came(ctx: PackContext, indicator: Indicator) -> bool:
    """Whether a count that the indicator is made of is known for the month."""
    below = sorted(ctx.made_of(indicator.series) - {indicator.series})
    ask, area, month = ctx.service.figure, ctx.partnership.area, ctx.month
    return any(ask(indicator.id, "month", area, month, series=name).known for name in below)
