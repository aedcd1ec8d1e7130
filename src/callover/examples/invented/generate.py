"""Writes the invented agencies' files: one CSV in our template per source and delivery."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.noise import count, part, share
from callover.examples.invented.wards import ward_counts, ward_residents

COLUMNS = (
    "series", "area", "period", "start", "end", "measure", "peer_group", "value", "numerator",
    "denominator", "state", "as_at", "released", "note",
)  # fmt: skip

Row = dict[str, object]

POLICE_COUNTS = {
    "murder": 0.25, "wounding_gbh": 60, "assault_with_injury": 115, "common_assault": 132,
    "offensive_weapon": 8, "harassment": 148, "other_violence": 31, "rape": 14, "other_sexual": 21,
    "robbery_personal": 44, "robbery_business": 4, "burglary_dwelling": 88, "burglary_other": 39,
    "theft_of_motor_vehicle": 65, "theft_from_motor_vehicle": 82, "motor_vehicle_interference": 19,
    "theft_from_shops": 76, "theft_person": 28, "theft_pedal_cycle": 17, "other_theft": 160,
    "handling_stolen_goods": 3, "fraud_per_victim": 0, "fraud_other": 2,
    "criminal_damage_dwelling": 36, "criminal_damage_other_building": 12,
    "criminal_damage_motor_vehicle": 70, "criminal_damage_other": 31, "arson_offences": 6.5,
    "drug_trafficking": 5, "drug_possession": 90, "drugs_other": 0.3, "going_equipped": 0.8,
    "other_notifiable": 30,
}  # fmt: skip
"""Offences a month in an average district of 200,000 residents."""

WINTER = {"burglary_dwelling": 0.22, "burglary_other": 0.10, "theft_from_motor_vehicle": 0.08}
SUMMER = {
    "assault_with_injury": 0.12, "common_assault": 0.10, "criminal_damage_motor_vehicle": 0.08,
}  # fmt: skip

LOCAL_COUNTS = {
    "domestic_offences": 205, "serious_youth_violence": 20, "gun_crime": 4.5, "knife_crime": 28,
    "asb_calls": 480,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that an agency sent: which source, when it became known, its rows."""

    source: str
    known_from: datetime
    rows: tuple[Row, ...]

    @property
    def file_name(self) -> str:
        """Name of the file: source and day."""
        return f"{self.source}-{self.known_from:%Y-%m-%d}.csv"


def deliveries() -> Iterator[Delivery]:
    """Every file of the invented agencies, oldest first."""
    history = Month.of(2016, 6)
    for revised, _ in ((history, 0), *truths.REVISIONS):
        for source, counts in (("met_borough", POLICE_COUNTS), ("police_local", LOCAL_COUNTS)):
            first = truths.FIRST if revised == history else revised - 6
            rows = tuple(_police_rows(source, counts, first, revised))
            yield Delivery(source, _received(revised), rows)
    for source, make in _AGENCIES.items():
        yield Delivery(source, _received(truths.LAST), tuple(make()))
    counted = _police_rows("met_borough", POLICE_COUNTS, truths.FIRST, truths.LAST)
    yield Delivery("met_ward", _received(truths.LAST), tuple(ward_counts(counted)))
    residents = tuple(ward_residents(_population()))
    yield Delivery("ward_population", _received(truths.LAST), residents)


def write_deliveries(folder: Path) -> list[tuple[str, datetime, Path]]:
    """Write all files into ``folder``; gives source, moment known and path, in order of knowing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for delivery in sorted(deliveries(), key=lambda d: (d.known_from, d.source)):
        path = folder / delivery.file_name
        with path.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(delivery.rows)
        written.append((delivery.source, delivery.known_from, path))
    return written


def _received(month: Month) -> datetime:
    """Files arrive on the 20th of the month after."""
    after = month + 1
    return datetime(after.year, after.month, 20, 9, 0, tzinfo=UTC)


def _months(first: Month, last: Month) -> Iterator[Month]:
    return (Month(i) for i in range(first.index, last.index + 1))


def expected(series: str, area: str, month: Month, base: float) -> float:
    """The true mean of a count: base × size × level × season × whatever truth is built in."""
    _, _, population, level = next(d for d in truths.DISTRICTS if d[0] == area)
    mean = base * population / 200_000 * level
    mean *= 1 + WINTER.get(series, 0) * math.cos(2 * math.pi * (month.month - 1) / 12)
    mean *= 1 - SUMMER.get(series, 0) * math.cos(2 * math.pi * (month.month - 1) / 12)
    if area == truths.AREA:
        for step in (truths.STEP, truths.RECORDING):
            if series == step.series and month >= step.since:
                mean *= step.factor
        if series == truths.TREND.series and month >= truths.TREND.since:
            mean *= (1 + truths.TREND.monthly) ** (month.index - truths.TREND.since.index)
    return mean


def _police_rows(
    source: str, counts: dict[str, float], first: Month, delivered: Month
) -> Iterator[Row]:
    """Counts as one delivery gives them: the first count of a month, grown by later revisions."""
    for month in _months(first, delivered):
        for area, *_ in truths.DISTRICTS:
            for series, base in counts.items():
                value = count(expected(series, area, month, base), source, series, area, month)
                for revised, factor in truths.REVISIONS:
                    if revised <= delivered and revised - 6 <= month < revised:
                        value = math.floor(value * factor + share("revise", series, area, month))
                yield _count(series, area, month, value)


def _count(series: str, area: str, month: Month, value: float, state: str = "") -> Row:
    return {"series": series, "area": area, "period": "month", "end": str(month), "value": value,
            "state": state}  # fmt: skip


def _monthly(counts: dict[str, float], last: Month = truths.LAST) -> Iterator[Row]:
    """Monthly counts of an agency that reports for the partnership's own area."""
    for month in _months(truths.FIRST, last):
        for series, mean in counts.items():
            yield _count(series, truths.AREA, month, count(mean, series, month))


def _ratio(whole: str, hit: str, mean: float, probability: float, last: Month) -> Iterator[Row]:
    """A whole and the part of it that counts as success, month by month."""
    for month in _months(truths.FIRST, last):
        total = count(mean, whole, month)
        yield _count(whole, truths.AREA, month, total)
        yield _count(hit, truths.AREA, month, part(total, probability, hit, month))


def _marac() -> Iterator[Row]:
    yield from _ratio("marac_referrals", "marac_repeats", 30, 0.27, truths.LAST)


def _probation() -> Iterator[Row]:
    last = truths.LATE_SOURCE[1]
    for name in ("atr", "drr"):
        yield from _ratio(f"{name}_ends", f"{name}_successes", 4, 0.6, last)
        yield from _monthly({f"{name}_starts": 4}, last)
    yield from _monthly({"idap_completions": 1.5}, last)
    for month in _months(truths.FIRST, last):
        day = month.last_day.isoformat()
        yield {"series": "idap_on_programme", "area": truths.AREA, "period": "snapshot",
               "start": day, "end": day, "value": count(55, "idap", month)}  # fmt: skip
    for month in _months(last + 1, truths.LAST):
        for series in ("atr_ends", "atr_successes", "atr_starts", "drr_ends", "drr_successes",
                       "drr_starts", "idap_completions"):  # fmt: skip
            yield {"series": series, "area": truths.AREA, "period": "month", "end": str(month),
                   "state": "not_supplied", "note": "new case system at the provider"}  # fmt: skip


def _yos() -> Iterator[Row]:
    yield from _monthly({"first_time_entrants": 9, "custody_sentences": 1.2})


def _moj() -> Iterator[Row]:
    """Yearly cohorts, published about 24 months after they close."""
    for series, size, probability in (
        ("reoffending_young", 210, 0.41), ("reoffending_all", 2300, 0.25),
    ):  # fmt: skip
        for year in range(2010, 2014):
            start, end = date(year, 10, 1), date(year + 1, 9, 30)
            yield _window(series, "cohort", start, end, size, probability, date(year + 3, 9, 19))


def _smst() -> Iterator[Row]:
    for series, size, probability in (("phof_opiate", 450, 0.08), ("phof_non_opiate", 370, 0.38)):
        for year in range(2011, 2017):
            start, end = date(year - 1, 3, 1), Month.of(year, 2).last_day
            yield _window(series, "window", start, end, size, probability, date(year, 9, 15))


def _window(
    series: str, kind: str, start: date, end: date, size: float, probability: float, released: date
) -> Row:
    whole = count(size, series, start)
    return {"series": series, "area": truths.AREA, "period": kind, "start": start.isoformat(),
            "end": end.isoformat(), "numerator": part(whole, probability, series, "hit", start),
            "denominator": whole, "released": released.isoformat()}  # fmt: skip


def _asb_team() -> Iterator[Row]:
    for month in _months(truths.FIRST, truths.LAST):
        sent = count(60, "surveys", month)
        answers = part(sent, 0.35, "answers", month)
        yield _count("asb_surveys_sent", truths.AREA, month, sent)
        yield _count("asb_answers", truths.AREA, month, answers)
        yield _count("asb_satisfied", truths.AREA, month, part(answers, 0.72, "satisfied", month))


def _victim_support() -> Iterator[Row]:
    yield from _monthly({
        "safer_homes_referrals": 58, "safer_homes_secured": 44, "safer_homes_rereferrals": 1.1,
    })  # fmt: skip


def _fire() -> Iterator[Row]:
    yield from _monthly({"fire_outdoor_rubbish": 18, "fire_arson": 17, "fire_vehicle_arson": 5})


FIRE_TABLE = {
    "fire_dwelling": 12, "fire_non_domestic": 3, "fire_injuries": 1.4, "fire_care_home": 0.6,
    "fire_lift_releases": 7, "fire_afa": 20, "fire_outdoor_rubbish": 18, "fire_arson": 17,
    "fire_safety_visits": 190, "fire_area_risk_visits": 60, "fire_vehicle_arson": 5,
    "fire_open_land_arson": 4, "fire_in_care_homes": 0.2, "fire_sheltered": 0.5,
}  # fmt: skip


def _fire_table() -> Iterator[Row]:
    """The brigade's table; the whole is the sum of primary and secondary fires, as it must be."""
    yield from _monthly(FIRE_TABLE)
    for month in _months(truths.FIRST, truths.LAST):
        primary, secondary = count(27, "primary", month), count(30, "secondary", month)
        yield _count("fire_primary", truths.AREA, month, primary)
        yield _count("fire_secondary", truths.AREA, month, secondary)
        yield _count("fire_all", truths.AREA, month, primary + secondary)


HATE = {
    "hate_racist_religious": 0.92, "hate_antisemitic": 0.01, "hate_disability": 0.03,
    "hate_faith": 0.06, "hate_islamophobic": 0.05, "hate_sexual_orientation": 0.04,
    "hate_transgender": 0.01,
}  # fmt: skip


def _hate() -> Iterator[Row]:
    """Published as rolling 12 months only, and not for long; counts below 10 are withheld."""
    for month in _months(truths.NEW_INDICATOR[1], truths.LAST):
        months = [Month(i) for i in range(month.index - 11, month.index + 1)]
        by_month = {m: count(31, "hate", m) for m in months}
        yield _rolling("hate_crime", month, sum(by_month.values()))
        for strand, probability in HATE.items():
            yield _rolling(
                strand, month, sum(part(by_month[m], probability, strand, m) for m in months)
            )


def _rolling(series: str, month: Month, value: int) -> Row:
    row: Row = {"series": series, "area": truths.AREA, "period": "rolling12", "end": str(month)}
    if series != "hate_crime" and value < 10:
        return row | {"state": "suppressed", "note": "fewer than 10"}
    return row | {"value": value}


def _population() -> Iterator[Row]:
    for code, _name, people, _level in truths.DISTRICTS:
        for year in range(2010, 2017):
            size = people * 1.011 ** (year - 2013)
            rebased, factor = truths.BROKEN_DENOMINATOR
            if code == truths.AREA and year >= rebased:
                size *= factor
            for series, proportion in _DENOMINATORS.items():
                yield {"series": series, "area": code, "period": "snapshot",
                       "start": f"{year}-06-30", "end": f"{year}-06-30",
                       "value": round(size * proportion)}  # fmt: skip


_DENOMINATORS = {
    "population": 1.0, "population_10_17": 0.108, "population_1_19": 0.277,
    "census_population": 0.93, "households": 0.352,
}  # fmt: skip

_AGENCIES = {
    "marac_coordinator": _marac, "probation": _probation, "yos": _yos, "moj_reoffending": _moj,
    "smst": _smst, "asb_team": _asb_team, "victim_support": _victim_support, "lfb_monthly": _fire,
    "lfb_borough_table": _fire_table, "mopac_hate": _hate, "ons_population": _population,
}  # fmt: skip
