"""What is true of the invented partnership: the facts that judgement and tests must find again."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.periods import Month

FIRST = Month.of(2010, 10)
LAST = Month.of(2016, 9)
AREA = "X00000001"
"""Code of the partnership's own area; no published code begins with X."""

DISTRICTS = (
    ("X00000001", "Exampleford", 200_000, 1.00),
    ("X00000002", "Ashmere", 164_000, 0.78),
    ("X00000003", "Birchcombe", 251_000, 0.91),
    ("X00000004", "Calderstow", 118_000, 1.12),
    ("X00000005", "Dunmarsh", 305_000, 1.21),
    ("X00000006", "Elderhythe", 143_000, 0.69),
    ("X00000007", "Fenwold", 97_000, 0.58),
    ("X00000008", "Garthwick", 222_000, 1.06),
    ("X00000009", "Hollinsea", 186_000, 0.95),
    ("X00000010", "Ilverton", 271_000, 1.34),
    ("X00000011", "Jarrowmead", 132_000, 0.83),
    ("X00000012", "Kestlebury", 208_000, 1.15),
)
"""Code, name, population of mid-2013 and level of crime against the average, all invented."""


@dataclass(frozen=True, slots=True)
class Step:
    """From ``since`` on a series runs at ``factor`` times its earlier level."""

    series: str
    since: Month
    factor: float


@dataclass(frozen=True, slots=True)
class Trend:
    """From ``since`` on a series grows by ``monthly`` (0.01 is 1 % a month)."""

    series: str
    since: Month
    monthly: float


STEP = Step("theft_from_motor_vehicle", Month.of(2015, 6), 1.5)
TREND = Trend("assault_with_injury", Month.of(2014, 4), 0.012)

RECORDING = Step("domestic_offences", Month.of(2016, 1), 1.25)
"""From this month on the force records what it used to leave to the call log: more is written
down, not more is done."""

BROKEN_DENOMINATOR = (2014, 1.12)
"""The mid-2014 estimate of Exampleford was rebased 12 % up: rates fall, offences do not."""

LATE_SOURCE = ("probation", Month.of(2015, 12))
"""Probation supplied its last figures for this month and nothing since."""

NEW_INDICATOR = ("hate_crime", Month.of(2016, 4))
"""Hate crime is published for Exampleford from this month on: there is no year before."""

CHANGED_TARGET = ("outdoor_rubbish_fires", Month.of(2016, 7), 240.0, 210.0)
"""The ceiling of the year was lowered from this month on, from the one number to the other."""

OVERRIDDEN = "serious_youth_violence"
"""The indicator whose colour a person set beside the computed one."""

REVISIONS = (
    (Month.of(2016, 7), 1.010),
    (Month.of(2016, 8), 1.006),
    (Month.of(2016, 9), 1.003),
)
"""Month of the delivery that revises the six months before it, and by how much."""
