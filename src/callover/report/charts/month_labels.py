"""What is written in a chart of months, above all marks and kept apart."""

from __future__ import annotations

from callover.report import words
from callover.report.charts.labels import Label, kept_apart, side_of_rule, width_of
from callover.report.charts.look import ACCENT, INK, QUIET
from callover.report.charts.plot import PLOT_WIDTH, Plot, middle
from callover.report.charts.points import Gap, break_places, gaps, known


def latest(plot: Plot) -> list[Label]:
    """The latest value, above its bar and above the line that may cross it."""
    for place, value in known(plot.points)[-1:]:
        line = plot.previous[place].value if place < len(plot.previous) else None
        shown = words.number(value, plot.decimals)
        return [_above(plot, place, max(value, line or 0), shown)]
    return []


def _above(plot: Plot, place: int, height: float, shown: str) -> Label:
    """Words above a month; above the last one they end with the plot, clear of the names."""
    if place == len(plot.points) - 1:
        return Label(shown, 1, height, ACCENT, bold=True, align="right", dy=-9)
    return Label(shown, middle(plot, place), height, ACCENT, bold=True, dy=-9)


def gap_labels(plot: Plot) -> list[Label]:
    """Why months have no mark, written once where their marks would stand."""
    return [_gap_label(plot, gap) for gap in gaps(plot.points)]


def _gap_label(plot: Plot, gap: Gap) -> Label:
    across = middle(plot, gap.first + (gap.count - 1) / 2)
    room = PLOT_WIDTH * gap.count / len(plot.points)
    if width_of(gap.reason) <= room:
        return Label(gap.reason, across, plot.bottom, QUIET, dy=-8)
    return Label(gap.reason, across, plot.bottom, QUIET, align="left", dx=4, angle=270)


def break_labels(plot: Plot) -> list[Label]:
    """The word beside each such line, above all marks."""
    labels = []
    for across, word in break_places(plot.extras.breaks, plot.points):
        side, dx = side_of_rule(word, across, PLOT_WIDTH)
        labels.append(Label(word, across, plot.top, QUIET, align=side, dx=dx, dy=6))
    return labels


def direct(plot: Plot) -> list[Label]:
    """Names beside what they name, at the right edge."""
    labels = []
    for _, value in known(plot.points)[-1:]:
        labels.append(edge_label("this year", value, ACCENT, bold=True))
    for _, value in known(plot.previous[: len(plot.points)])[-1:]:
        labels.append(edge_label("last year", value))
    labels += band_label(plot)
    if any(plot.extras.special):
        labels.append(edge_label("not chance", plot.bottom + plot.letter_height / 2, QUIET))
    for value in [value for value in plot.extras.target if value is not None][-1:]:
        labels.append(edge_label("target", value, QUIET))
    if len(labels) == 1:
        return []
    return kept_apart(labels, plot.letter_height, plot.top, plot.bottom)


def band_label(plot: Plot) -> list[Label]:
    """The name of the usual range, at its middle."""
    for _, low, high in plot.extras.ranges(len(plot.points))[-1:]:
        return [edge_label(plot.extras.range_name, (low + high) / 2, QUIET)]
    return []


def edge_label(name: str, value: float, colour: str = INK, bold: bool = False) -> Label:
    """A name to the right of the plot."""
    return Label(name, 1, value, colour, bold, align="left", dx=4)
