"""Behind a rank or a group's average: what each member was compared with, and its files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from callover.analysis import rates
from callover.analysis.figures import Figures
from callover.analysis.lineage import Tracer
from callover.analysis.vocabulary import NEEDS_PEERS
from callover.domain.figures import Figure
from callover.domain.indicators import SeriesKind


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group: its value, and the files whose rows it is made of, with their count."""

    area: str
    name: str
    value: float | None
    files: tuple[tuple[str, int], ...]


def members_of(figures: Figures, tracer: Tracer, figure: Figure) -> tuple[Member, ...]:
    """Every member behind a figure that compares; none for one that was published."""
    if figure.measure not in NEEDS_PEERS or not figure.known or figure.published:
        return ()
    question = figures.question(figure)
    question = question.ask(source=figure.source.rpartition("+")[2])
    found = rates.compared_values(question)
    if found is None or np.count_nonzero(~np.isnan(found[1])) < 2:
        return ()
    measure = _measure(question.subject.series.kind, question.subject.rate is not None)
    members = []
    for area, value in zip(*found, strict=True):
        own = figures.figure(
            figure.indicator, measure, area, figure.month, "", question.source, figure.series
        )
        known = None if np.isnan(value) else float(value)
        name = figures.held.names.get(area, area)
        members.append(Member(area, name, known, _files(tracer, own)))
    return tuple(members)


def _measure(kind: SeriesKind, rated: bool) -> str:
    """What members of a group are compared by."""
    if kind in (SeriesKind.SNAPSHOT, SeriesKind.WINDOW):
        return "level"
    return "rate" if rated else "rolling12"


def _files(tracer: Tracer, figure: Figure) -> tuple[tuple[str, int], ...]:
    """Files of a figure's rows in order of first use, each with how many rows it gave."""
    counts: dict[str, int] = {}
    for row in tracer.inputs(figure):
        counts[row.file] = counts.get(row.file, 0) + 1
    return tuple(counts.items())
