"""Targets that are spread over the year: what was due by now, what was reached, what a month needs
(MEA-16 to MEA-18)."""

from __future__ import annotations

from callover.domain.figures import Figure
from callover.domain.indicators import ComponentTarget, Indicator
from callover.domain.ratings import Rating
from callover.domain.targets import Target, TargetKind, in_force
from callover.report import words
from callover.report.blocks import Cell, Column, Row, Span, Table, Text, text
from callover.report.build.chips import rating_chip
from callover.report.build.context import PackContext


def pace_sentence(ctx: PackContext, indicator: Indicator) -> list[Text]:
    """Where the indicator's own target stands at the month; nothing where none is spread."""
    due, now = ctx.figure(indicator, "target_to_date"), ctx.figure(indicator, "ytd")
    if due.value is None or now.value is None or not indicator.unit.adds:
        return []
    gap = now.value - due.value
    side = "on it" if gap == 0 else f"{words.number(abs(gap))} {'above' if gap > 0 else 'below'} it"
    reached = ctx.figure(indicator, "progress")
    spans = [
        Span(f"The target to {ctx.month.name} is "),
        Span(words.number(due.value), figure=due.key),
        Span(f"; the year so far is {side}"),
    ]
    if reached.value is not None:
        spans += [
            Span(" ("),
            Span(words.percent(reached.value), figure=reached.key),
            Span(" of it)"),
        ]
    return [(*spans, Span("."), *_to_the_year_end(ctx, indicator))]


def _to_the_year_end(ctx: PackContext, indicator: Indicator) -> tuple[Span, ...]:
    """What the months to March need, or may have; that nothing is left of it is said as such."""
    needed, target = ctx.figure(indicator, "needed_per_month"), ctx.target(indicator)
    if needed.value is None or target is None:
        return ()
    if needed.value == 0:
        return _nothing_left(ctx, indicator, target)
    last = ctx.month.financial_year.last.name
    is_count = target.kind is TargetKind.COUNT
    said = " a month are needed." if is_count else " a month would end the year on it."
    number = Span(words.number(needed.value, 1), figure=needed.key)
    return (Span(" To "), Span(f"{last} "), number, Span(said))


def _nothing_left(ctx: PackContext, indicator: Indicator, target: Target) -> tuple[Span, ...]:
    """That target or ceiling of the year is reached, or passed, before the year is over."""
    whole = target.to_date(ctx.month.financial_year.last) or 0.0
    year = f"{words.number(whole)} for {ctx.month.financial_year}"
    if target.kind is TargetKind.COUNT:
        return (Span(f" The target of {year} is reached already."),)
    over = (ctx.value(indicator, "ytd") or 0.0) > whole
    return (Span(f" The ceiling of {year} is {'passed' if over else 'reached'} already."),)


def component_table(ctx: PackContext, indicator: Indicator) -> Table | None:
    """The targets on starts and successes behind a rate; None where none holds this year."""
    targets = _components(ctx, indicator)
    if not targets:
        return None
    when = ctx.month.name
    return Table(
        id=f"components-{indicator.id}",
        caption=f"Targets behind {words.within(indicator.title)}, at {when}",
        columns=(
            Column("Count", width=3),
            Column(f"Target {ctx.month.financial_year}", numeric=True, width=1.3),
            Column(f"Due by {ctx.month.short_name}", numeric=True, width=1.3),
            Column("Reached", numeric=True, width=1.1),
            Column("Reached of due", numeric=True, width=1.2),
            Column("Needed a month to March", numeric=True, width=1.5),
            Column("Rating", width=1.3),
        ),
        rows=tuple(_row(ctx, indicator, each, target) for each, target in targets),
        notes=tuple(
            text(f"{each.title}: {target.reason.rstrip('.')}.")
            for each, target in targets
            if target.reason
        ),
        sheet=f"{indicator.number} targets",
        compact=True,
    )


def _components(ctx: PackContext, indicator: Indicator) -> list[tuple[ComponentTarget, Target]]:
    """Each component with the target in force this month; the same series stands once."""
    found = {}
    for each in indicator.component_targets:
        same = tuple(c.target for c in indicator.component_targets if c.series == each.series)
        target = in_force(same, ctx.month, ctx.partnership.area)
        if target is each.target:
            found[each.series] = (each, target)
    return list(found.values())


def _row(ctx: PackContext, indicator: Indicator, each: ComponentTarget, target: Target) -> Row:
    def ask(measure: str) -> Figure:
        return ctx.figure(indicator, measure, series=each.series)

    rating = Rating(ask("rating").text or Rating.NO_DATA)
    return Row(
        (
            Cell(each.title or ctx.catalogue.series[each.series].title),
            Cell(words.number(target.value or 0), value=target.value),
            _number(ask("target_to_date")),
            _number(ask("ytd")),
            _percent(ask("progress")),
            _number(ask("needed_per_month"), 1),
            Cell(rating.words, chip=rating_chip(rating)),
        )
    )


def _number(figure: Figure, decimals: int = 0) -> Cell:
    if figure.value is None:
        return Cell(words.no_value(figure))
    return Cell(words.number(figure.value, decimals), value=figure.value, figure=figure.key)


def _percent(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(words.no_value(figure))
    return Cell(words.percent(figure.value), value=figure.value, figure=figure.key)
