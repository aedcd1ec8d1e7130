"""The template that a source fills in: its series, the partnership's area, the months due."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from callover.data.contracts import MEASURES
from callover.data.coverage import coverage, period_ends
from callover.data.sources.template import COLUMNS
from callover.domain.errors import UnknownName, UserError
from callover.domain.indicators import Catalogue, Partnership, Series, SeriesKind, SourceDefinition
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State
from callover.jobs.status import source_states
from callover.jobs.workspace import Workspace

MOST_MONTHS = 24

EXPLAINED = {
    "series": "What is counted. Leave the ids as they are.",
    "area": "Published code of the area, such as E09000002.",
    "period": f"One of: {', '.join(kind.value for kind in PeriodKind)}.",
    "start": "First day or month; may be empty where the kind of period tells it.",
    "end": "Last day or month: 2016-09 or 2016-09-30.",
    "measure": f"Empty for a plain value; else one of: {', '.join(MEASURES)}.",
    "peer_group": "For a published rank, average or change: the group it is about.",
    "value": "The number. Write 0 for none. Leave it empty where there is no number.",
    "numerator": "For a percentage: the part.",
    "denominator": "For a percentage: the whole.",
    "state": f"Empty means final. Others: {', '.join(s.value for s in list(State)[1:])}.",
    "as_at": "Day on which your system was read.",
    "released": "Day on which the figure was published.",
    "note": "Anything a reader should know.",
}


@dataclass(frozen=True)
class Template:
    """A template ready to be written."""

    source: SourceDefinition
    rows: tuple[tuple[str, ...], ...]
    titles: tuple[tuple[str, str], ...]


def make_template(
    workspace: Workspace, source: str, area: str = "", month: Month | None = None,
    today: date | None = None,
) -> Template:  # fmt: skip
    """One row for each series of the source and each month due (to ``month``, else to today); of
    a quarterly or yearly source the months that end a period.

    Raises UnknownName for a source that is not in the register.
    """
    partnership = workspace.partnership(area)
    catalogue = workspace.catalogue_of(partnership)
    if source not in catalogue.sources:
        raise UnknownName("source", source, sorted(catalogue.sources))
    definition = catalogue.sources[source]
    due = _months_due(workspace, catalogue, partnership, source, month, today)
    months = [each for each in due if _ends_period(definition, each)] or due[-1:]
    series = _series(catalogue, definition)
    rows = tuple(_row(one, partnership.area, each) for each in months for one in series)
    return Template(definition, rows, tuple((one.id, one.title) for one in series))


def _series(catalogue: Catalogue, source: SourceDefinition) -> list[Series]:
    """What the source itself counts: sums and ratios follow from their parts."""
    known = [catalogue.series[name] for name in source.series if name in catalogue.series]
    counted = [one for one in known if one.kind not in (SeriesKind.SUM, SeriesKind.RATIO)]
    return counted or known


def _ends_period(source: SourceDefinition, month: Month) -> bool:
    """Whether the source has a figure for the month: of a quarter or a year only for its last."""
    return period_ends(source, month) == month


def _months_due(
    workspace: Workspace, catalogue: Catalogue, partnership: Partnership, source: str,
    month: Month | None, today: date | None,
) -> list[Month]:  # fmt: skip
    """From the month after the partnership's latest to the month wanted or due."""
    moment = workspace.store.last_known()
    latest = None
    if moment is not None:
        states = source_states(workspace, catalogue, partnership, None, moment)
        latest = next((state.latest for state in states if state.source == source), None)
    today = today or datetime.now(UTC).date()
    last = month or coverage(catalogue.sources[source], latest, today).expected
    last = last or Month.containing(today)
    first = latest + 1 if latest is not None and latest < last else last
    first = max(first, last - (MOST_MONTHS - 1))
    return [first + i for i in range(last.index - first.index + 1)]


def _row(series: Series, area: str, month: Month) -> tuple[str, ...]:
    kind = PeriodKind.MONTH
    start = ""
    if series.kind is SeriesKind.SNAPSHOT:
        kind = PeriodKind.SNAPSHOT
    elif series.kind is SeriesKind.WINDOW:
        kind, start = PeriodKind.WINDOW, str(month - 11)
    values = {
        "series": series.id, "area": area, "period": kind.value, "start": start,
        "end": str(month), "state": State.NOT_SUPPLIED.value,
    }  # fmt: skip
    return tuple(values.get(name, "") for name in COLUMNS)


def write_template(template: Template, path: Path) -> None:
    """Write as CSV or as a workbook, by its name; never over a file that is there."""
    check_out(path)
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(_workbook(template))
    else:
        path.write_text(template_text(template), encoding="utf-8")


def check_out(path: Path) -> None:
    """Raise UserError for a name under which no template can be written."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UserError(
            f"{path}: a template is written as .csv or .xlsx.",
            "Name it so with --out, or write --out - for CSV on the screen.",
        )
    if path.exists():
        raise UserError(f"{path} is there already.", "Choose another name with --out.")


def template_text(template: Template) -> str:
    """The template as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(template.rows)
    return out.getvalue()


def _workbook(template: Template) -> bytes:
    """The values first, then what each column means and what each series counts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Values")
    for down, row in enumerate((COLUMNS, *template.rows)):
        for across, value in enumerate(row):
            sheet.write_string(down, across, value, bold if down == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(COLUMNS) - 1, 13)
    help_sheet = book.add_worksheet("How to fill in")
    help_sheet.set_column(0, 0, 30)
    help_sheet.set_column(1, 1, 90)
    lines = [("Column", "What goes in"), *EXPLAINED.items(), ("", ""), ("Series", "What it counts"),
             *template.titles]  # fmt: skip
    for down, (name, words) in enumerate(lines):
        heading = name in ("Column", "Series")
        help_sheet.write_string(down, 0, name, bold if heading else None)
        help_sheet.write_string(down, 1, words, bold if heading else None)
    book.close()
    return out.getvalue()
