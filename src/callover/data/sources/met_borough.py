"""Metropolitan Police recorded crime by borough and month, in the categories of the force's own
tables: the historic file (2008 to 2016) and the most recent 24 months (2017 and 2018).

Both are wide: Borough, Major Category, Minor Category, then a column for each month (YYYYMM).
The force does not police the City of London, so there are 32 boroughs. Three traps:

* "Wounding/GBH" and "Grievous Bodily Harm" take turns by period and are added.
* The historic file counts arson within "Other Criminal Damage". Arson is then not supplied, and
  ``criminal_damage`` has it inside; ``criminal_damage_inc_arson`` is the same in both files.
* From January 2017 burglary is named residential, and business and community, no longer dwelling
  and other; its numbers step in April 2017, with the national change: there lies the break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa

from callover.data.borough_tables import (
    BoroughTable,
    Lines,
    all_lines,
    area_of,
    span_words,
    table_areas,
    zero_words,
)
from callover.data.contracts import ReadResult
from callover.data.delimited import TextTable
from callover.data.london import METROPOLITAN_POLICE
from callover.data.reader import Reader
from callover.data.tables import links
from callover.data.wide import MonthMatrix, month_observations, not_supplied
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, Finding, Severity
from callover.domain.periods import Month

ID = "met_borough"
LABELS = ("Borough", "Major Category", "Minor Category")
AIRPORTS = "London Heathrow and London City Airports"
BESIDE = {AIRPORTS: AreaKind.GROUP}
"""What is in the force, but in no borough."""
DAMAGE = "criminal_damage_inc_arson"

SERIES: Mapping[tuple[str, str], str] = {
    ("violence against the person", "murder"): "murder",
    ("violence against the person", "wounding/gbh"): "wounding_gbh",
    ("violence against the person", "grievous bodily harm"): "wounding_gbh",
    ("violence against the person", "assault with injury"): "assault_with_injury",
    ("violence against the person", "common assault"): "common_assault",
    ("violence against the person", "offensive weapon"): "offensive_weapon",
    ("violence against the person", "harassment"): "harassment",
    ("violence against the person", "other violence"): "other_violence",
    ("sexual offences", "rape"): "rape",
    ("sexual offences", "other sexual"): "other_sexual",
    ("robbery", "personal property"): "robbery_personal",
    ("robbery", "business property"): "robbery_business",
    ("burglary", "burglary in a dwelling"): "burglary_dwelling",
    ("burglary", "burglary - residential"): "burglary_dwelling",
    ("burglary", "burglary in other buildings"): "burglary_other",
    ("burglary", "burglary - business and community"): "burglary_other",
    ("theft and handling", "theft/taking of motor vehicle"): "theft_of_motor_vehicle",
    ("theft and handling", "theft/taking of m/v"): "theft_of_motor_vehicle",
    ("theft and handling", "theft from motor vehicle"): "theft_from_motor_vehicle",
    ("theft and handling", "theft from m/v"): "theft_from_motor_vehicle",
    (
        "theft and handling",
        "motor vehicle interference & tampering",
    ): "motor_vehicle_interference",
    ("theft and handling", "m/v interference & tampering"): "motor_vehicle_interference",
    ("theft and handling", "theft from shops"): "theft_from_shops",
    ("theft and handling", "other theft person"): "theft_person",
    ("theft and handling", "theft person"): "theft_person",
    ("theft and handling", "theft/taking of pedal cycle"): "theft_pedal_cycle",
    ("theft and handling", "theft/taking of pedal cycles"): "theft_pedal_cycle",
    ("theft and handling", "other theft"): "other_theft",
    ("theft and handling", "handling stolen goods"): "handling_stolen_goods",
    ("fraud or forgery", "counted per victim"): "fraud_per_victim",
    ("fraud or forgery", "other fraud & forgery"): "fraud_other",
    ("criminal damage", "criminal damage to dwelling"): "criminal_damage_dwelling",
    ("criminal damage", "criminal damage to a dwelling"): "criminal_damage_dwelling",
    ("criminal damage", "criminal damage to other building"): "criminal_damage_other_building",
    ("criminal damage", "criminal damage to other bldg"): "criminal_damage_other_building",
    ("criminal damage", "criminal damage to motor vehicle"): "criminal_damage_motor_vehicle",
    ("criminal damage", "criminal damage to m/v"): "criminal_damage_motor_vehicle",
    ("criminal damage", "other criminal damage"): "criminal_damage_other",
    ("criminal damage", "arson"): "arson_offences",
    ("drugs", "drug trafficking"): "drug_trafficking",
    ("drugs", "possession of drugs"): "drug_possession",
    ("drugs", "other drugs"): "drugs_other",
    ("drugs", "other drug offences"): "drugs_other",
    ("other notifiable offences", "going equipped"): "going_equipped",
    ("other notifiable offences", "other notifiable"): "other_notifiable",
}
"""Major and minor category, in lower case, to the series that it is counted in."""

ARSON_NOTE = "arson is counted in here: this file has no line of its own for it"
SPLIT_NOTE = (
    "named residential, business and community from January 2017; sheds of a home count as "
    "residential from 1 April 2017"
)


def _cells(source: TextTable) -> tuple[Lines, list[Fault]]:
    """Which lines make which series and area, and a fault for each name that is not known."""
    borough, major, minor = (source.column(label).to_pylist() for label in LABELS)
    cells: Lines = defaultdict(list)
    seen: dict[tuple[str, str, str], int] = {}
    faults: list[Fault] = []
    for i, names in enumerate(zip(borough, major, minor, strict=True)):
        area = area_of(names[0], BESIDE)
        series = SERIES.get((names[1].lower(), names[2].lower()))
        faults += _name_faults(source, i, names, area, series)
        first = seen.setdefault(names, i)
        if first != i:
            reason = f"stands already on line {source.lines[first]}"
            faults.append(source.fault(i, LABELS[2], " / ".join(names), reason))
        elif area and series:
            cells[series, area].append(i)
            if names[1].lower() == "criminal damage":
                cells[DAMAGE, area].append(i)
    return cells, faults


def _name_faults(
    source: TextTable, row: int, names: tuple[str, str, str], area: str | None, series: str | None
) -> list[Fault]:
    """Faults for a borough or a category that nobody knows."""
    faults = []
    if area is None:
        remedy = "Write the name of one of the 32 boroughs."
        faults.append(source.fault(row, LABELS[0], names[0], "is no London borough", remedy))
    if series is None:
        remedy = "A renamed category needs a line in the reader's table of categories."
        text = " / ".join(names[1:])
        faults.append(source.fault(row, LABELS[2], text, "is no category of this table", remedy))
    return faults


def _result(
    source: TextTable, matrix: MonthMatrix, cells: Lines, faults: list[Fault]
) -> ReadResult:
    """Observations, areas, findings and summary of what the lines make."""
    places = sorted({area for _, area in cells})
    found = {series for series, _ in cells}
    lacking = (set(SERIES.values()) | {DAMAGE}) - found
    whole = all_lines(cells, faults)
    table = pa.concat_tables(
        [
            month_observations(whole, matrix, source.lines, _notes(found, matrix)),
            not_supplied(
                [(series, area) for series in lacking for area in places],
                matrix.months,
                "no line in this file",
            ),
        ]
    )
    return ReadResult(
        observations=table,
        areas=table_areas(places, BESIDE),
        links=links((place, METROPOLITAN_POLICE) for place in places),
        faults=tuple(sorted(faults)),
        findings=tuple(_findings(found, matrix)),
        summary=_summary(source, matrix, places, lacking, whole),
    )


def _notes(found: set[str], matrix: MonthMatrix) -> dict[str, str]:
    """Notes on series whose meaning differs in this file."""
    notes = {}
    if "arson_offences" not in found:
        notes["criminal_damage_other"] = ARSON_NOTE
    if matrix.months.min() >= Month.of(2017, 1).index:
        notes |= {"burglary_dwelling": SPLIT_NOTE, "burglary_other": SPLIT_NOTE}
    return notes


def _findings(found: set[str], matrix: MonthMatrix) -> list[Finding]:
    """Changes of meaning that a reader of the figures must know, and months left out."""
    period = f"{Month(int(matrix.months.min()))} to {Month(int(matrix.months.max()))}"

    def finding(rule: str, severity: Severity, series: str, message: str) -> Finding:
        return Finding(rule, severity, ID, series, "", period, message)

    notes = _notes(found, matrix)
    result = [
        finding("definition_differs", Severity.EXPLAINABLE, series, f"{series}: {note}")
        for series, note in sorted(notes.items())
    ]
    if matrix.gaps:
        months = ", ".join(map(str, matrix.gaps))
        message = f"The file has no column for {months}."
        result.append(finding("month_missing", Severity.SUSPICIOUS, "", message))
    return result


def _summary(
    source: TextTable, matrix: MonthMatrix, places: list[str], lacking: set[str], whole: Lines
) -> tuple[str, ...]:
    """What was seen, in short sentences."""
    lines = [f"{span_words(source, matrix, places)}.", *source.notes]
    if f"name:{AIRPORTS}" in places:
        lines.append("The airports stand beside the boroughs, in the force but in no borough.")
    if lacking:
        lines.append(f"Not in this file: {', '.join(sorted(lacking))}.")
    return (*lines, *zero_words(whole))


READERS: tuple[Reader, ...] = (BoroughTable(ID, LABELS, _cells, _result),)
"""Reads both files of the force's own categories."""
