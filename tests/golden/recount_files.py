"""A plain recount of the printed figures from the example's own files, apart from Callover.

Nothing here imports callover: the point is a second opinion. A count over months is the sum of
the months, or follows from printed sums that overlap (a full year, a year to date, twelve months):
each printed sum says how far two month ends lie apart, and sums are chained until both ends of the
wanted stretch are joined. What a figure's own cell says is left out when that figure is recounted.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

DATA = Path(__file__).parents[2] / "src/callover/examples/barking_and_dagenham/data"
LENGTHS = {"month": 1, "quarter": 3, "financial_year": 12, "rolling12": 12}
TRUST = ("month", "quarter", "year_to_date", "financial_year", "months", "rolling12")
NO_VALUE = {"suppressed", "not_due", "late", "not_supplied", "not_applicable"}

PARTS = {
    "violence_against_the_person": "murder wounding_gbh assault_with_injury common_assault "
    "offensive_weapon harassment other_violence",
    "sexual_offences": "rape other_sexual",
    "robbery": "robbery_personal robbery_business",
    "burglary": "burglary_dwelling burglary_other",
    "theft_and_handling": "theft_of_motor_vehicle theft_from_motor_vehicle "
    "motor_vehicle_interference theft_from_shops theft_person theft_pedal_cycle other_theft "
    "handling_stolen_goods",
    "fraud_and_forgery": "fraud_per_victim fraud_other",
    "criminal_damage_inc_arson": "criminal_damage_dwelling criminal_damage_other_building "
    "criminal_damage_motor_vehicle criminal_damage_other arson_offences",
    "drugs": "drug_trafficking drug_possession drugs_other",
    "other_notifiable_offences": "going_equipped other_notifiable",
    "tno": "violence_against_the_person sexual_offences robbery burglary theft_and_handling "
    "fraud_and_forgery criminal_damage_inc_arson drugs other_notifiable_offences",
    "fire_all": "fire_primary fire_secondary",
}
RATIOS = {
    "marac_repeat_rate": ("marac_repeats", "marac_referrals"),
    "asb_satisfaction": ("asb_satisfied", "asb_answers"),
    "atr_success_rate": ("atr_successes", "atr_ends"),
    "drr_success_rate": ("drr_successes", "drr_ends"),
}
TARGETS = {
    "fire_dwelling": 149,
    "fire_non_domestic": 33,
    "fire_injuries": 18,
    "fire_care_home": 7,
    "fire_lift_releases": 77,
    "fire_afa": 208,
    "fire_outdoor_rubbish": 257,
    "fire_arson": 169,
    "fire_safety_visits": 2112,
    "fire_area_risk_visits": 481,
    "atr_starts": 35,
    "atr_successes": 21,
    "drr_starts": 48,
    "drr_successes": 24,
}
ROUNDED_DOWN = {"atr_starts", "atr_successes"}
PERCENTAGES = {"fire_p1_visits"}  # printed without the numbers behind them


class NotPrinted(Exception):
    """The pack does not print what the figure would be recounted from."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def month_number(text: str) -> int:
    """Months since year 0 of ``2016-09`` or ``2016-09-30``."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def april_of(month: int) -> int:
    """The April that begins the financial year of ``month``."""
    return month - (month - 3) % 12


@dataclass(frozen=True)
class Sum:
    """A printed count over the months from ``first`` up to, not including, ``after``."""

    kind: str
    first: int
    after: int
    value: float


class Recount:
    """The example's files, and every measure worked out from them by hand."""

    def __init__(self, folder: Path = DATA) -> None:
        self.rows = [
            {**row, "source": path.stem}
            for path in sorted(folder.glob("*.csv"))
            for row in read_rows(path)
        ]
        self.sums: dict[tuple[str, str], list[Sum]] = defaultdict(list)
        self.published: dict[tuple[str, str, str, str, int], float] = {}
        self.windows: dict[tuple[str, str, int], tuple[float, float]] = {}
        self.snapshots: dict[tuple[str, str], float] = {}
        for row in self.rows:
            self._keep(row)

    def _keep(self, row: dict[str, str]) -> None:
        """Put a row where the measures look for it."""
        key, end = (row["source"], row["series"]), month_number(row["end"])
        if row["numerator"]:
            self.windows[*key, end] = (float(row["numerator"]), float(row["denominator"]))
        if row["state"] in NO_VALUE or not row["value"]:
            return
        value = float(row["value"])
        if row["measure"]:
            self.published[*key, row["measure"], row["peer_group"], end] = value
        elif row["period"] == "snapshot":
            self.snapshots[row["series"], row["end"]] = value
        elif row["period"] in TRUST:
            length = LENGTHS.get(row["period"], end - april_of(end) + 1)
            first = month_number(row["start"]) if row["start"] else end - length + 1
            self.sums[key].append(Sum(row["period"], first, end + 1, value))

    def count(self, source: str, series: str, first: int, after: int, own_kind: str = "") -> float:
        """Count over months, ``own_kind`` naming the cell that must not be used."""
        if series in PERCENTAGES and own_kind == "year_to_date":
            raise NotPrinted("percentages never add")
        sums = [
            s
            for s in self.sums[source, series]
            if (s.kind, s.first, s.after) != (own_kind, first, after)
        ]
        levels = _levels(sums)
        (a, at_first), (b, at_after) = levels.get(first, (-1, 0)), levels.get(after, (-2, 0))
        if a == b:
            return at_after - at_first
        if series in PARTS:
            return sum(self.count(source, part, first, after) for part in PARTS[series].split())
        raise NotPrinted(f"{source} {series} {first} to {after}")

    def ytd(self, source: str, series: str, month: int, years_back: int = 0) -> float:
        """Year to date, ``years_back`` years before."""
        first, after = april_of(month) - 12 * years_back, month + 1 - 12 * years_back
        if series in RATIOS:
            return self.ratio(source, series, first, after)
        return self.count(source, series, first, after, "year_to_date")

    def rolling12(self, source: str, series: str, month: int, own: bool = True) -> float:
        """Twelve months to ``month``; ``own`` leaves the printed cell itself out."""
        if series in RATIOS:
            return self.ratio(source, series, month - 11, month + 1)
        own_kind = ("financial_year" if month % 12 == 2 else "rolling12") if own else ""
        return self.count(source, series, month - 11, month + 1, own_kind)

    def ratio(self, source: str, series: str, first: int, after: int) -> float:
        """Per cent, from the counts of its parts."""
        top, bottom = (self.count(source, part, first, after) for part in RATIOS[series])
        if not bottom:
            raise NotPrinted(f"{series}: nothing to divide by")
        return 100 * top / bottom

    def residents(self, series: str, month: int) -> tuple[float, float]:
        """Denominator and 'per how many' of a rate, as the pack used them."""
        if series in ("first_time_entrants", "custody_sentences"):
            per = 100_000 if series == "first_time_entrants" else 1000
            return self.snapshots["population_10_17", "2014-06-30"], per
        if series == "serious_youth_violence":
            return self.snapshots["population_1_19", "2011-03-27"], 1000
        if series == "burglary_dwelling":
            return self.snapshots["households", "2011-03-27"], 1000
        if series in ("gun_crime", "knife_crime"):
            return self.snapshots["census_population", "2011-06-30"], 1000
        if series == "domestic_offences":
            day = "2011-03-27" if month >= month_number("2014-04") else "2011-06-30"
            return self.snapshots["census_population", day], 1000
        year = max(april_of(month) // 12 - 1, 2011)
        if month in (month_number("2016-04"), month_number("2016-05")):
            year = 2014
        return self.snapshots["population", f"{year}-06-30"], 1000

    def rate(self, source: str, series: str, month: int) -> float:
        """Twelve months' count per so many residents or households."""
        base, per = self.residents(series, month)
        return self.rolling12(source, series, month, own=False) / base * per

    def target_to_date(self, series: str, month: int) -> float:
        """The year's target spread evenly, rounded as agreed."""
        exact = Decimal(TARGETS[series] * (month - april_of(month) + 1)) / 12
        if series in ROUNDED_DOWN:
            return float(int(exact))
        return float(exact.quantize(Decimal(1), ROUND_HALF_UP))

    def taken_over(self, source: str, series: str, measure: str, group: str, month: int) -> float:
        """A rate, rank or average that the pack only repeats."""
        return self.published[source, series, measure, group, month]


def _levels(sums: Iterable[Sum]) -> dict[int, tuple[int, float]]:
    """For each month end that a sum touches: which chain it belongs to, and its level there.

    Sums join in order of trust; one that would contradict a chain already made is passed over.
    """
    levels: dict[int, tuple[int, float]] = {}
    for s in sorted(sums, key=lambda s: (TRUST.index(s.kind), s.first, s.after)):
        chain, start = levels.setdefault(s.first, (s.first, 0.0))
        other, end = levels.setdefault(s.after, (s.after, 0.0))
        if chain == other:
            continue
        shift = start + s.value - end
        for point, (name, level) in list(levels.items()):
            if name == other:
                levels[point] = (chain, level + shift)
    return levels
