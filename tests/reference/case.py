"""A small invented world in both forms: for the plain reference and for the system."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from callover.analysis.figures import Figures
from callover.analysis.held import held_of
from callover.data.contracts import OBSERVATIONS
from callover.domain.indicators import (
    Catalogue,
    DenominatorUse,
    Indicator,
    IndicatorTexts,
    OffenceType,
    RateBasis,
    RatingMeasure,
    Series,
    SeriesKind,
    SourceDefinition,
)
from callover.domain.peers import Membership, PeerGroup, RankOrder
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from callover.domain.units import Unit
from reference.measures import Stored, World

AREAS = ("E09000002", "E09000003", "E09000004", "E09000005")
FIRST = Month.of(2014, 4)
SOURCE = "police"
RESIDENTS = {AREAS[0]: 201979.0, AREAS[1]: 379691.0, AREAS[2]: 242142.0, AREAS[3]: 320762.0}
YEAR = FinancialYear(2016)
STAMP = pa.timestamp("us", tz="UTC")
SELECTION = OBSERVATIONS.append(pa.field("source", pa.string())).append(
    pa.field("known_from", STAMP)
)
PARTS = {"all_crime": ("burglary", "robbery")}
RATIOS = {"burglary_detection_rate": ("detections", "burglary")}


def world(rows: list[Stored]) -> World:
    """The reference's view."""
    return World(rows, PARTS, RATIOS, RESIDENTS)


def figures(rows: list[Stored], more: list[dict[str, object]] | None = None) -> Figures:
    """The system's view of the same rows and of ``more`` (snapshots, published numbers)."""
    residents = [
        observed(series="population", area=area, kind="snapshot", day=date(2013, 6, 30), value=n)
        for area, n in RESIDENTS.items()
    ]
    table = selection([*(_row(row) for row in rows), *residents, *(more or [])])
    return Figures(held_of(table, catalogue()))


def selection(rows: list[dict[str, object]]) -> pa.Table:
    """Rows as a selection from the store."""
    return pa.Table.from_pylist(rows, schema=SELECTION)


def observed(**given: object) -> dict[str, object]:
    """One row with the usual values; ``day`` is a snapshot's, or the last of a period."""
    day = given.pop("day")
    row = {
        "area": AREAS[0],
        "start": given.pop("start", day),
        "end": day,
        "measure": "value",
        "peer_group": "",
        "state": "final",
        "note": "",
        "source": SOURCE,
        "known_from": datetime(2016, 11, 1, tzinfo=UTC),
    }
    return row | given


def _row(row: Stored) -> dict[str, object]:
    return observed(
        series=row.series,
        area=row.area,
        kind=row.kind,
        start=Month(row.first).first_day,
        day=Month(row.after).first_day - timedelta(days=1),
        value=row.value,
        state=row.state,
        source=row.source,
    )


def published(
    series: str, measure: str, month: Month, value: float, group: str
) -> dict[str, object]:
    """A number that a source prints for twelve months."""
    return observed(
        series=series, kind="rolling12", start=(month - 11).first_day, day=month.last_day,
        measure=measure, peer_group=group, value=value,
    )  # fmt: skip


def catalogue(targets: tuple[Target, ...] = ()) -> Catalogue:
    """Two offence types with their total, a detection rate, a snapshot; four areas."""
    series = [
        Series("all_crime", "All", Unit.OFFENCES, SeriesKind.SUM, parts=PARTS["all_crime"]),
        Series("burglary", "Burglary", Unit.OFFENCES),
        Series("robbery", "Robbery", Unit.OFFENCES),
        Series("detections", "Detected", Unit.OFFENCES),
        Series(
            "burglary_detection_rate", "Detection rate", Unit.PERCENTAGE, SeriesKind.RATIO,
            numerator="detections", denominator="burglary",
        ),
        Series("on_programme", "On programme", Unit.PEOPLE, SeriesKind.SNAPSHOT),
        Series("completions", "Completed", Unit.PERCENTAGE, SeriesKind.WINDOW),
        Series("population", "Residents", Unit.PEOPLE, SeriesKind.SNAPSHOT),
    ]  # fmt: skip
    groups = [
        _group("four", tuple(Membership(a, date(2000, 1, 1)) for a in AREAS), 4),
        _group("fifteen", (), 15),
    ]
    rated = RateBasis("population", 1000)
    indicators = [
        indicator("all_crime", rate=rated),
        indicator("burglary", rate=rated, targets=targets or usual_targets()),
        indicator("burglary_detection_rate", unit=Unit.PERCENTAGE, direction=Direction.HIGHER),
        indicator("on_programme", unit=Unit.PEOPLE, direction=Direction.MONITOR),
        indicator("completions", unit=Unit.PERCENTAGE, direction=Direction.HIGHER),
    ]
    return Catalogue(
        set_id="test",
        title="Test",
        groups=(("all", "All"),),
        strategic_groups=(),
        indicators={i.id: i for i in indicators},
        series={s.id: s for s in series},
        offences=(OffenceType("burglary", "Burglary"), OffenceType("robbery", "Robbery")),
        peer_groups={g.id: g for g in groups},
        sources={SOURCE: SourceDefinition(SOURCE, "Police", "Analyst", "template", "month")},
        denominator_uses=(DenominatorUse("population", "latest", Month.of(1990, 4)),),
    )


def usual_targets() -> tuple[Target, ...]:
    """A yearly ceiling for each of the years."""
    return tuple(
        Target(
            FinancialYear(year), TargetKind.CEILING, Month.of(year, 4), value=257,
            tolerance=Tolerance(10, ToleranceUnit.RELATIVE),
        )
        for year in (2014, 2015, 2016)
    )  # fmt: skip


def _group(name: str, members: tuple[Membership, ...], size: int) -> PeerGroup:
    return PeerGroup(name, name, name, "force", size, RankOrder.LOWEST_FIRST, members)


def indicator(name: str, **given: object) -> Indicator:
    """An indicator with little said about it."""
    usual = {
        "id": name,
        "number": 1,
        "title": name,
        "group": "all",
        "series": name,
        "unit": Unit.OFFENCES,
        "count_basis": "",
        "direction": Direction.LOWER,
        "rating_measure": RatingMeasure.ROLLING12_CHANGE_PCT,
        "change_sources": (SOURCE,),
        "rate_sources": (SOURCE,),
        "texts": IndicatorTexts("", "", "", ""),
        "peer_groups": ("four", "fifteen"),
        "baseline_year": FinancialYear(2014),
    }
    return Indicator(**(usual | given))
