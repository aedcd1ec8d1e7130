"""A correction of one month carries the sums it lies in forward, and moves no other month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from callover.analysis.figures import Figures
from callover.analysis.lineage import Tracer
from callover.analysis.stored import held_from
from callover.catalogue import load_catalogue
from callover.data.contracts import OBSERVATIONS
from callover.data.store import ImportRecord, Store
from callover.domain.figures import Figure
from callover.domain.periods import Month
from callover.domain.states import State

AREA, SOURCE, SERIES = "E09000002", "police_local", "gun_crime"
SEPTEMBER = Month.of(2016, 9)
FIRST, SECOND, THIRD = (datetime(2016, month, 20, tzinfo=UTC) for month in (10, 11, 12))


def row(kind: str, start: date, end: Month, value: float) -> dict[str, object]:
    return {
        "series": SERIES, "area": AREA, "kind": kind, "start": start, "end": end.last_day,
        "measure": "value", "peer_group": "", "value": value, "state": "final", "note": "",
        "row": 1,
    }  # fmt: skip


def month(value: float, end: Month = SEPTEMBER) -> dict[str, object]:
    return row("month", end.first_day, end, value)


def rolling(value: float, end: Month = SEPTEMBER) -> dict[str, object]:
    return row("rolling12", (end - 11).first_day, end, value)


def quarter(value: float) -> dict[str, object]:
    return row("quarter", (SEPTEMBER - 2).first_day, SEPTEMBER, value)


def add(store: Store, when: datetime, *rows: dict[str, object]) -> None:
    stamp, name = when.isoformat(), f"{len(store.imports)}.csv"
    record = ImportRecord(SOURCE, name, name, 1, stamp, stamp)
    store.commit(pa.Table.from_pylist(list(rows), schema=OBSERVATIONS), record, when)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """August and September 2016: the months and the twelve months to them."""
    made = Store(tmp_path)
    add(made, FIRST, month(6, SEPTEMBER - 1), month(5), rolling(61, SEPTEMBER - 1), rolling(62))
    return made


def figures(store: Store, as_known_at: datetime | None = None) -> Figures:
    return Figures(held_from(store, load_catalogue("london"), as_known_at))


def ask(store: Store, measure: str, when: datetime | None = None) -> Figure:
    return figures(store, when).figure(SERIES, measure, AREA, SEPTEMBER, source=SOURCE)


def values(store: Store, when: datetime | None = None) -> tuple[float | None, ...]:
    """The month, the same month a year ago, twelve months."""
    return tuple(ask(store, m, when).value for m in ("month", "month_previous", "rolling12"))


def test_a_correction_moves_this_year_only(store: Store) -> None:
    add(store, SECOND, month(7))
    assert values(store) == (7, 4, 64)
    assert values(store, FIRST) == (5, 4, 62)


def test_a_carried_sum_says_so(store: Store) -> None:
    add(store, SECOND, month(7))
    figure = ask(store, "rolling12")
    assert figure.state is State.DERIVED
    assert figure.reason == "as published 62, plus 2 by the later correction of September 2016"
    assert figure.known_at == SECOND.isoformat()
    before = ask(store, "rolling12", FIRST)
    assert (before.state, before.reason) == (State.FINAL, "")


def test_its_lineage_names_the_sum_and_the_correction(store: Store) -> None:
    add(store, SECOND, month(7))
    system = figures(store)
    figure = system.figure(SERIES, "rolling12", AREA, SEPTEMBER, source=SOURCE)
    files = [(each.file, each.period.kind.value) for each in Tracer(system).inputs(figure)]
    assert files == [("0.csv", "rolling12"), ("1.csv", "month")]


def test_several_revisions_count_from_what_the_sum_held(store: Store) -> None:
    add(store, SECOND, month(7))
    add(store, THIRD, month(3))
    assert values(store, SECOND) == (7, 4, 64)
    assert values(store) == (3, 4, 60)
    assert "less 2 by the later correction" in ask(store, "rolling12").reason


def test_a_correction_taken_back_leaves_the_sum_as_published(store: Store) -> None:
    add(store, SECOND, month(7))
    add(store, THIRD, month(5))
    assert values(store) == (5, 4, 62)
    assert ask(store, "rolling12").state is State.FINAL


def test_a_sum_revised_with_the_month_holds_it_already(store: Store) -> None:
    add(store, SECOND, month(7), rolling(64))
    assert values(store) == (7, 4, 64)
    assert ask(store, "rolling12").state is State.FINAL


def test_a_sum_revised_after_the_month_holds_it_already(store: Store) -> None:
    add(store, SECOND, month(7))
    add(store, THIRD, rolling(65))
    assert values(store)[2] == 65


def test_a_sum_revised_between_two_corrections_takes_the_second_only(store: Store) -> None:
    add(store, SECOND, month(7), rolling(64))
    add(store, THIRD, month(8))
    assert values(store) == (8, 4, 65)


def test_a_correction_of_the_same_day_is_a_correction(store: Store) -> None:
    add(store, FIRST, month(7))
    assert values(store) == (7, 4, 64)


def test_a_month_first_known_later_corrects_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, FIRST, rolling(62))
    add(store, SECOND, month(7))
    assert ask(store, "rolling12").value == 62


def test_a_quarter_and_its_month_corrected_count_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, FIRST, month(5), quarter(20), rolling(62))
    add(store, SECOND, month(7), quarter(22))
    assert ask(store, "rolling12").value == 64


def test_a_correction_that_withholds_carries_nothing(store: Store) -> None:
    add(store, SECOND, month(5) | {"value": None, "state": "suppressed"})
    assert ask(store, "rolling12").value == 62
