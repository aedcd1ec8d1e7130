"""The store: versions of a value, as known at, backdating, the same value again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from callover.data.contracts import OBSERVATIONS
from callover.data.store import ImportRecord, Store
from callover.domain.periods import Month, Period

NOON = "2016-10-20T12:00:00+00:00"


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC)


def batch(**values: float | None) -> pa.Table:
    """One month each: ``batch(y2016_09=1425)``."""
    rows = []
    for name, value in values.items():
        year, month = name[1:].split("_")
        period = Period.month(Month.of(int(year), int(month)))
        rows.append(
            {
                "series": "tno", "area": "E09000002", "kind": "month", "start": period.start,
                "end": period.end, "measure": "value", "peer_group": "", "value": value,
                "numerator": None, "denominator": None,
                "state": "final" if value is not None else "late", "as_at": None,
                "released": None, "note": "", "row": 2,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS)


def add(store: Store, day: str, **values: float | None) -> ImportRecord:
    record = ImportRecord("iquanta", "a.csv", "0" * 64, 1, NOON, moment(day).isoformat())
    return store.commit(batch(**values), record, moment(day))


def known(store: Store, day: str | None = None) -> dict[date, float | None]:
    table = store.observations(as_known_at=moment(day) if day else None)
    return dict(zip(table["end"].to_pylist(), table["value"].to_pylist(), strict=True))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


AUGUST, SEPTEMBER = date(2016, 8, 31), date(2016, 9, 30)


def test_a_revision_never_overwrites_what_was_known(store: Store) -> None:
    first = add(store, "2016-10-01", y2016_08=1438, y2016_09=1425)
    second = add(store, "2016-11-01", y2016_08=1438, y2016_09=1431)
    assert (first.new, second.new, second.revised, second.unchanged) == (2, 0, 1, 1)
    assert known(store, "2016-10-15") == {AUGUST: 1438, SEPTEMBER: 1425}
    assert known(store) == known(store, "2016-11-02") == {AUGUST: 1438, SEPTEMBER: 1431}
    assert known(store, "2016-09-01") == {}


def test_backdated_history_ends_where_later_knowledge_begins(store: Store) -> None:
    add(store, "2016-11-01", y2016_09=1431)
    add(store, "2016-10-01", y2016_09=1425)
    assert known(store, "2016-10-15") == {SEPTEMBER: 1425}
    assert known(store, "2016-11-15") == {SEPTEMBER: 1431}


def test_a_version_put_between_two_others(store: Store) -> None:
    for day, value in (("2016-10-01", 1.0), ("2016-12-01", 3.0), ("2016-11-01", 2.0)):
        add(store, day, y2016_09=value)
    seen = [known(store, day)[SEPTEMBER] for day in ("2016-10-15", "2016-11-15", "2016-12-15")]
    assert seen == [1.0, 2.0, 3.0]


def test_a_value_that_disappears_keeps_its_history(store: Store) -> None:
    add(store, "2016-10-01", y2016_09=1425)
    add(store, "2016-11-01", y2016_09=None)
    assert known(store, "2016-10-15") == {SEPTEMBER: 1425}
    assert store.observations()["state"].to_pylist() == ["late"]


def test_a_second_process_sees_the_new_state(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "store")
    add(store, "2016-10-01", y2016_09=1425)
    add(other, "2016-11-01", y2016_08=1438)
    assert known(Store(tmp_path / "store")) == {AUGUST: 1438, SEPTEMBER: 1425}


def test_a_key_twice_in_one_batch_is_refused(store: Store) -> None:
    twice = pa.concat_tables([batch(y2016_09=1), batch(y2016_09=2)])
    record = ImportRecord("iquanta", "a.csv", "0" * 64, 1, NOON, NOON)
    with pytest.raises(ValueError, match="twice"):
        store.commit(twice, record, moment("2016-10-01"))
    assert known(store) == {}


def test_only_wanted_rows_are_read(store: Store) -> None:
    add(store, "2016-10-01", y2016_08=1438, y2016_09=1425, y2015_09=1432)
    found = store.observations(first_month=Month.of(2016, 4), series=["tno"], areas=["E09000002"])
    assert sorted(found["value"].to_pylist()) == [1425, 1438]
    assert store.observations(series=["unknown"]).num_rows == 0
