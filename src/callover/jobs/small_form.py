"""A form for a small source: one month of its template as questions, and the answers as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from callover.data.sources.template import COLUMNS
from callover.domain.units import Unit
from callover.jobs.template import make_template
from callover.jobs.workspace import Workspace

MOST_QUESTIONS = 20
"""Series of a source that a person fills in on a page; more are for a template."""


@dataclass(frozen=True)
class Question:
    """One row of the template: what is asked, and in which columns the answer goes."""

    title: str
    columns: tuple[str, ...]
    row: tuple[str, ...]


@dataclass(frozen=True)
class SmallForm:
    """What a source is asked for one month; ``months`` are all that are due."""

    source: str
    month: str
    months: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def is_small(self) -> bool:
        """Whether a person would fill it in by hand."""
        return 0 < len(self.questions) <= MOST_QUESTIONS


def small_form(
    workspace: Workspace, source: str, partnership: str, month: str = "", today: date | None = None
) -> SmallForm:
    """The questions of a month that is due, the first such unless another is named.

    Raises UnknownName for a source that is not in the register.
    """
    template = make_template(workspace, source, partnership, today=today)
    end, start = COLUMNS.index("end"), COLUMNS.index("series")
    months = tuple(dict.fromkeys(row[end] for row in template.rows))
    chosen = month if month in months else (months[0] if months else "")
    catalogue = workspace.catalogue_of(workspace.partnership(partnership))
    questions = []
    for row in template.rows:
        if row[end] == chosen:
            series = catalogue.series[row[start]]
            parts = series.unit is Unit.PERCENTAGE
            columns = ("numerator", "denominator") if parts else ("value",)
            questions.append(Question(series.title, columns, row))
    return SmallForm(source, chosen, months, tuple(questions))


def filled(form: SmallForm, answers: Mapping[str, str], note: str = "") -> bytes:
    """The template with the answers (by ``field_name``); what was left empty is not supplied."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, question in enumerate(form.questions):
        row: dict[str, Any] = dict(zip(COLUMNS, question.row, strict=True))
        for column in question.columns:
            row[column] = answers.get(field_name(place, column), "").strip()
        row["note"] = note.strip()
        writer.writerow([row[name] for name in COLUMNS])
    return out.getvalue().encode()


def field_name(place: int, column: str) -> str:
    """The name of a field: ``value-0`` is the value of the first question."""
    return f"{column}-{place}"
