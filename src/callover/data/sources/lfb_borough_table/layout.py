"""The layout of the borough table: header line, measures, cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callover.data.cells import NO_VALUE
from callover.data.grids import Grid
from callover.data.london import BOROUGH_NAMES, borough_code
from callover.data.reader import ReadContext
from callover.domain.errors import Fault, UserError
from callover.domain.periods import MONTH_NAMES, FinancialYear, Month

TITLE = re.compile(r"borough targets?\s*:\s*(.+)", re.IGNORECASE)
_YEAR_TOTAL = re.compile(r"(\d{4}[/-]\d{2})\s+total", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(%?)")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})[- ](\d{2}|\d{4})", re.IGNORECASE)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")
_SHORT = {name[:3].lower(): i for i, name in enumerate(MONTH_NAMES, 1)}
MONTHLY, TO_DATE, TARGET = "monthly total", "year to date", "target"
P1_VISITS = "fire_p1_visits"
FIRST_MONTH, ROLLING, BEFORE = 2, 14, 15
"""Columns, from 0: April, the rolling 12 months, the total of the year before."""

SERIES: Mapping[str, str] = {
    "dwelling fires primary fires all motives": "fire_dwelling",
    "non domestic building primary fires rro yes all motives": "fire_non_domestic",
    "injuries arising from primary fires": "fire_injuries",
    "care home fires": "fire_care_home",
    "shut in lift releases": "fire_lift_releases",
    "afa in non domestic buildings": "fire_afa",
    "outdoor rubbish fires all motives": "fire_outdoor_rubbish",
    "arson incidents all deliberate fires": "fire_arson",
    "hfsv by lfb staff volume": "fire_safety_visits",
    "p1 hfsvs high risk people places": P1_VISITS,
    "hfsv area risk geographic borough": "fire_area_risk_visits",
    "vehicle arson deliberate and unknown f sf": "fire_vehicle_arson",
    "arson in open land outdoor secondary fires excl rubbish with deliberate or unknown motive": (
        "fire_open_land_arson"
    ),
    "all fires": "fire_all",
    "primary fires": "fire_primary",
    "secondary fires": "fire_secondary",
    "fires in care homes": "fire_in_care_homes",
    "fires in sheltered housing": "fire_sheltered",
}
"""The brigade's words for a measure (letters and digits only, lower case) to its series."""


@dataclass(frozen=True)
class Header:
    """Where the table begins, whose it is, its months (as they are, and as printed), and the year
    of its last column of totals."""

    row: int
    area: str
    name: str
    months: tuple[Month, ...]
    printed: tuple[Month, ...]
    before: FinancialYear


Cells = tuple[float | None, ...]


@dataclass
class Measure:
    """The lines of one measure by their kind, twelve cells each; None where no number stands.

    ``rows`` are their places in the grid, from 0.
    """

    series: str
    row: int
    lines: dict[str, Cells] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    rolling: float | None = None
    before: float | None = None

    @property
    def months(self) -> Cells:
        """The monthly line."""
        return self.lines.get(MONTHLY, (None,) * 12)


def is_header(cells: Sequence[str]) -> bool:
    """Whether the first cell is the table's title and rolling totals stand in their column."""
    return (
        len(cells) > BEFORE
        and TITLE.fullmatch(cells[0]) is not None
        and any(cell.lower().startswith("rolling 12") for cell in cells)
    )


def read_header(grid: Grid, context: ReadContext) -> tuple[Header, list[Fault]]:
    """The header line; UserError where the layout is another."""
    row = next((i for i, cells in enumerate(grid.rows) if is_header(cells)), -1)
    if row < 0:
        raise UserError(
            f"{grid.name} has no header line of the borough table.",
            "Its first cell is BOROUGH TARGETS: and the borough.",
        )
    cells = grid.rows[row]
    months = [month_of(cell) for cell in cells[FIRST_MONTH:ROLLING]]
    known = tuple(month for month in months if month is not None)
    total = _YEAR_TOTAL.fullmatch(cells[BEFORE])
    if len(known) != 12 or known != tuple(known[0] + i for i in range(12)):
        raise _other_layout(grid, row, "columns 3 to 14 are not twelve months in order")
    if known[0].position != 1:
        raise _other_layout(grid, row, f"the months start with {known[0].name}, not in April")
    if not cells[ROLLING].lower().startswith("rolling 12"):
        raise _other_layout(grid, row, "column 15 is not the rolling 12 months")
    if total is None:
        raise _other_layout(grid, row, "column 16 is not a year's total, such as 2015/16 Total")
    return _located(grid, row, known, FinancialYear.parse(total[1]), context)


def _located(
    grid: Grid, row: int, printed: tuple[Month, ...], before: FinancialYear, context: ReadContext
) -> tuple[Header, list[Fault]]:
    """The header with its borough's code, and with the months' true year."""
    match = TITLE.fullmatch(grid.rows[row][0])
    name = match[1].strip() if match else ""
    code = borough_code(name) or context.area_codes.get(name.lower(), "")
    remedy = "Write the name of a London borough after the colon."
    faults = [] if code else [grid.fault(row, "1", name, "is no London borough", remedy)]
    year = FinancialYear(before.start + 1)
    if printed[0].financial_year not in (before, year):
        reason = f"is neither the year of the total, {before}, nor the one after it"
        faults.append(grid.fault(row, "3", grid.rows[row][FIRST_MONTH], reason))
    area = code or f"name:{name}"
    shown = BOROUGH_NAMES.get(code, name)
    return Header(row, area, shown, year.months, printed, before), faults


def _other_layout(grid: Grid, row: int, what: str) -> UserError:
    return UserError(
        f"{grid.name}, line {row + 1}: this is another layout: {what}.",
        "Columns: measure, Total / Target, April to March, Rolling 12 months, total of the year "
        "before, trend.",
    )


def month_of(text: str) -> Month | None:
    """The month of a heading: Apr-16, April 2016, 2016-04 or 2016-04-01; None for others."""
    iso, named = _ISO_MONTH.fullmatch(text), _NAMED_MONTH.fullmatch(text)
    if iso and 1900 <= int(iso[1]) < 2200 and 1 <= int(iso[2]) <= 12:
        return Month.of(int(iso[1]), int(iso[2]))
    number = _SHORT.get(named[1][:3].lower()) if named else None
    if named is None or number is None:
        return None
    year = int(named[2]) + (2000 if len(named[2]) == 2 else 0)
    return Month.of(year, number) if 1900 <= year < 2200 else None


def read_measures(grid: Grid, header: Header) -> tuple[list[Measure], list[Fault]]:
    """All measures below the header, and a fault for each line or cell that fits nothing."""
    measures: list[Measure] = []
    faults: list[Fault] = []
    for row in range(header.row + 1, len(grid.rows)):
        cells = grid.rows[row]
        if not any(cells):
            continue
        kind = cells[1].lower() if len(cells) > 1 else ""
        if kind not in (MONTHLY, TO_DATE, TARGET):
            reason = "is no line of the table: Monthly total, Year to date or TARGET"
            faults.append(grid.fault(row, "2", cells[1] if len(cells) > 1 else cells[0], reason))
            continue
        if kind == MONTHLY:
            measures.append(Measure(_series(grid, row, faults, measures), row))
        if measures:
            _take(grid, row, kind, measures[-1], faults)
        else:
            faults.append(grid.fault(row, "2", cells[1], "stands before any measure"))
    return [measure for measure in measures if measure.series], faults


def _series(grid: Grid, row: int, faults: list[Fault], before: Sequence[Measure]) -> str:
    """The series of a measure's name; a fault and nothing where it is unknown or there twice."""
    label = grid.rows[row][0]
    series = SERIES.get(" ".join(re.findall(r"[a-z0-9]+", label.lower())), "")
    if not series:
        remedy = "A renamed measure needs a line in the reader's table of measures."
        faults.append(grid.fault(row, "1", label, "is no measure of this table", remedy))
    elif any(measure.series == series for measure in before):
        faults.append(grid.fault(row, "1", label, "stands there twice"))
        return ""
    return series


def _take(grid: Grid, row: int, kind: str, measure: Measure, faults: list[Fault]) -> None:
    """Read one line into its measure."""
    cells = (*grid.rows[row], *[""] * (BEFORE + 1))[: BEFORE + 1]
    numbers = [
        _number(grid, row, column, cells[column], measure.series, faults)
        for column in range(FIRST_MONTH, BEFORE + 1)
    ]
    if kind in measure.lines:
        faults.append(grid.fault(row, "2", cells[1], "stands twice for this measure"))
        return
    if len(grid.rows[row]) > BEFORE + 2 and any(grid.rows[row][BEFORE + 2 :]):
        reason = "has more cells than the header"
        faults.append(grid.fault(row, "", "", reason))
    scale = _scale(measure.series, cells[FIRST_MONTH : BEFORE + 1], numbers)
    scaled = [None if number is None else number * scale for number in numbers]
    measure.lines[kind], measure.rows[kind] = tuple(scaled[:12]), row
    if kind == MONTHLY:
        measure.rolling, measure.before = scaled[12], scaled[13]


def _scale(series: str, texts: Sequence[str], numbers: Sequence[float | None]) -> float:
    """100 where a workbook holds percentages as shares of one (no sign, all below ten)."""
    known = [number for number in numbers if number is not None]
    if series != P1_VISITS or not known or any("%" in text for text in texts):
        return 1.0
    return 100.0 if max(known) < 10 else 1.0


def _number(
    grid: Grid, row: int, column: int, text: str, series: str, faults: list[Fault]
) -> float | None:
    """A cell's number; None for a dash or blank, and (with a fault) for anything else."""
    if text.lower() in NO_VALUE:
        return None
    match = _NUMBER.fullmatch(text)
    percent = series == P1_VISITS
    if match is None or (match[2] and not percent) or ("." in match[1] and not percent):
        reason = "is a percentage: a count is wanted" if match and match[2] else "is no count"
        faults.append(grid.fault(row, str(column + 1), text, "is no number" if percent else reason))
        return None
    return float(match[1].replace(",", ""))
