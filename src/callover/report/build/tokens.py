"""Prints the figure tokens of the commentary, and checks numbers that were typed instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callover.analysis.questions import POINTS_UNIT
from callover.catalogue.entries import nearest
from callover.domain.errors import Fault, FaultsFound, UnknownName
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Span
from callover.report.build.context import PackContext
from callover.report.commentary import FigureToken, Resolve, placed_tokens

STYLES = ("", "number", "words", "value")


def check_tokens(ctx: PackContext) -> None:
    """Raise FaultsFound for every token that names no figure: file, line and the nearest names."""
    faults = [
        fault
        for written in ctx.commentary.values()
        for line, said, token in placed_tokens(written)
        if (fault := _fault(ctx, written.place, line, said, token)) is not None
    ]
    if faults:
        raise FaultsFound("The commentary names figures that do not exist.", faults)


def _fault(
    ctx: PackContext, place: str, line: int, said: str, token: FigureToken | None
) -> Fault | None:
    """What is wrong with a token, the part nearest to its front first."""
    if token is None:
        remedy = "Write it as {{ measure }}, {{ indicator.measure }} or {{ rank@group }}."
        return Fault(place, line, "", said, "is no figure token.", remedy)
    if token.indicator not in ctx.catalogue.indicators:
        known = nearest(token.indicator, ctx.catalogue.indicators)
        return Fault(place, line, "", said, f"{token.indicator!r} is no indicator.", known)
    if token.style not in STYLES:
        known = nearest(token.style, STYLES[1:])
        return Fault(place, line, "", said, f"{token.style!r} is no style.", known)
    try:
        ctx.figure(token.indicator, token.measure, peer_group=token.peer_group)
    except UnknownName as error:
        known = nearest(error.name, error.available)
        reason = f"{error.name!r} is no {error.kind}." if error.name else f"needs a {error.kind}."
        return Fault(place, line, "", said, reason, known)
    return None


def hidden_in(ctx: PackContext) -> Callable[[FigureToken], bool]:
    """Whether a token's figure is one of those that this edition does not print."""

    def hidden(token: FigureToken) -> bool:
        if token.indicator not in ctx.catalogue.indicators:
            return False
        figure = ctx.figure(token.indicator, token.measure, peer_group=token.peer_group)
        return words.is_withheld(figure)

    return hidden


def resolver(ctx: PackContext, indicator: Indicator) -> Resolve:
    """What prints a token in this indicator's commentary (see ``check_tokens``).

    A figure without a value is printed as its state and warned about: the month may simply not
    have come yet.
    """

    def resolve(token: FigureToken) -> Span:
        subject = ctx.catalogue.indicators[token.indicator]
        figure = ctx.figure(subject, token.measure, peer_group=token.peer_group)
        if not figure.known:
            missing = words.no_value(figure)
            ctx.warnings.append(f"{indicator.title}: {_named(token)} has no value: {missing}.")
            return Span(f"({missing})")
        return Span(printed(figure, subject, token.style), figure=figure.key)

    return resolve


def _named(token: FigureToken) -> str:
    group = f"@{token.peer_group}" if token.peer_group else ""
    return f"{{{{ {token.indicator}.{token.measure}{group} }}}}"


def printed(figure: Figure, indicator: Indicator, style: str = "") -> str:
    """A figure as a token prints it: signed changes, counts with commas, ranks as ordinals.

    Styles: ``number`` drops the sign, ``words`` says a change in words, ``value`` drops the unit.
    """
    if figure.value is None:
        return figure.text
    value = abs(figure.value) if style == "number" else figure.value
    decimals = words.telling(value, _decimals(figure, indicator))
    if style == "value":
        return words.number(value, decimals)
    if figure.measure == "rank":
        return words.rank_of(value, figure.of)
    if figure.measure.endswith("_pct"):
        if style == "words":
            return words.up_or_down(value)
        return words.percent(value, decimals) if style == "number" else words.signed_percent(value)
    if figure.measure.endswith(("_change", "_gap")):
        return _difference(figure, indicator, value, decimals, style)
    if figure.unit == Unit.PERCENTAGE:
        return words.percent(value, decimals)
    return words.number(value, decimals)


def _difference(
    figure: Figure, indicator: Indicator, value: float, decimals: int, style: str
) -> str:
    """A change or gap: points of percentages, else counts or rates; signed unless asked not."""
    if figure.unit in (Unit.PERCENTAGE.value, POINTS_UNIT) or indicator.unit is Unit.PERCENTAGE:
        return words.points(value) if style == "number" else f"{words.signed(value, 1)} points"
    if style == "words" and not decimals:
        return words.counted_change(value, indicator.unit)
    return words.number(value, decimals) if style == "number" else words.signed(value, decimals)


_RATES = ("rate", "rate_previous", "rate_change", "rate_gap", "average", "pooled_average")


def _decimals(figure: Figure, indicator: Indicator) -> int:
    """Those of a rate or of the indicator's own percentage; of counts and changes none."""
    if figure.measure in _RATES and indicator.rate is not None:
        return indicator.rate.decimals
    if figure.measure.endswith("_change_pct"):
        return 0
    return indicator.decimals if figure.unit == Unit.PERCENTAGE else 0


def printed_forms(figures: Iterable[Figure]) -> set[str]:
    """Every way in which a figure may be typed: whole, or to one or two decimals."""
    forms: set[str] = set()
    for figure in figures:
        if figure.value is not None:
            for decimals in (0, 1, 2):
                forms.add(words.number(abs(figure.value), decimals))
            if figure.of is not None:
                forms.add(str(figure.of))
    return forms
