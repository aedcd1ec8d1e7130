"""What the evidence says of an indicator, beside its rating: chip, sentence, change, trend."""

from __future__ import annotations

from callover.analysis.differences import LEAST_BASE
from callover.analysis.exceptions import Judged
from callover.domain.indicators import Indicator
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Cell
from callover.report.build.chips import change_chip
from callover.report.build.context import PackContext
from callover.report.build.summary import change_cell, headline_figure
from callover.report.signal_words import why


def evidence(judged: Judged) -> str:
    """Why the verdict is what it is, in a sentence or two."""
    return words.kept_together(why(judged.signal))


def careful_change(ctx: PackContext, indicator: Indicator) -> Cell:
    """The change; where the year before has fewer than 50, the number without its per cent."""
    shown = change_cell(ctx, indicator)
    figure = headline_figure(ctx, indicator)
    if shown.value is None or figure.value is None or indicator.unit is Unit.PERCENTAGE:
        return shown
    if not shown.figure or figure.value - shown.value >= LEAST_BASE:
        return shown
    said = words.signed(shown.value) if shown.value else "no change"
    return Cell(said, shown.value, change_chip(shown.value), shown.figure)
