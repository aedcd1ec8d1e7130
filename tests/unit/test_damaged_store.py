"""A store whose files were damaged says which, and gives no figure from them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from callover.data.contracts import AREAS, OBSERVATIONS
from callover.data.manifest import write_file
from callover.data.store import ImportRecord, Store
from callover.domain.errors import DamagedStore, Finding, Severity
from callover.domain.periods import Month, Period

DAYS = tuple(datetime(2016, 10, day, 12, tzinfo=UTC) for day in range(1, 5))


def add(store: Store, moment: datetime, value: float) -> ImportRecord:
    period = Period.month(Month.of(2016, 9))
    row = dict.fromkeys(OBSERVATIONS.names) | {
        "series": "tno", "area": "E09000002", "kind": "month", "start": period.start,
        "end": period.end, "measure": "value", "peer_group": "", "value": value,
        "state": "final", "note": "", "row": 2,
    }  # fmt: skip
    batch = pa.Table.from_pylist([row], schema=OBSERVATIONS)
    areas = pa.Table.from_pylist(
        [{"code": "E09000002", "name": "Barking and Dagenham", "kind": "district"}], schema=AREAS
    )
    record = ImportRecord("iquanta", "a.csv", "0" * 64, 1, str(moment), moment.isoformat())
    odd = Finding("sum", Severity.WRONG, "iquanta", "tno", "E09000002", "2016-09", "does not add")
    return store.commit(batch, record, moment, areas=areas, findings=[odd])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    add(Store(tmp_path / "store"), DAYS[0], 1425)
    return tmp_path / "store"


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


READS: dict[str, Callable[[Store], object]] = {
    "observations": lambda store: store.observations(),
    "engine": lambda store: store.files(),
    "keys": lambda store: store.keys,
    "imports": lambda store: store.imports,
    "findings": lambda store: store.findings(),
    "areas": lambda store: store.areas,
}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize(
    "damage",
    [flipped, lambda content: content[:-9], lambda _: b"", lambda _: b"garbage" * 40],
    ids=["a flipped bit", "cut short", "empty", "garbage"],
)
def test_a_damaged_file_is_named(root: Path, read: str, damage: Callable[[bytes], bytes]) -> None:
    store = Store(root)
    name = store.manifest.files.get(read, store.manifest.parts[0].file)
    (root / name).write_bytes(damage((root / name).read_bytes()))
    with pytest.raises(DamagedStore, match="is damaged") as caught:
        READS[read](Store(root))
    assert Path(name).name in caught.value.what
    assert "backup" in caught.value.remedy


def test_a_missing_file_is_named(root: Path) -> None:
    part = Store(root).manifest.parts[0].file
    (root / part).unlink()
    with pytest.raises(DamagedStore, match=Path(part).name):
        Store(root).observations()


def test_nothing_is_added_onto_a_damaged_file(root: Path) -> None:
    part = root / Store(root).manifest.parts[0].file
    part.write_bytes(flipped(part.read_bytes()))
    with pytest.raises(DamagedStore):
        add(Store(root), DAYS[1], 1431)
    assert Store(root).manifest.version == 1


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"{", b"[" * 100_000, b'{"parts": [5]}'])
def test_a_damaged_manifest_is_named(root: Path, content: bytes) -> None:
    (root / "manifest-00000001.json").write_bytes(content)
    with pytest.raises(DamagedStore, match="manifest-00000001"):
        Store(root)


def test_a_manifest_that_reads_but_was_changed_is_named_with_a_remedy(root: Path) -> None:
    path = root / "manifest-00000001.json"
    path.write_bytes(path.read_bytes().replace(b'"rows": 1', b'"rows": 2'))
    with pytest.raises(DamagedStore, match=r"manifest-00000001\.json is damaged") as raised:
        Store(root)
    assert "Restore" in raised.value.remedy


def test_a_manifest_of_before_it_had_a_hash_is_read(root: Path) -> None:
    path = root / "manifest-00000001.json"
    content = json.loads(path.read_bytes())
    assert content.pop("sha256")
    path.write_text(json.dumps(content))
    assert Store(root).observations()["value"].to_pylist() == [1425]
    add(Store(root), DAYS[1], 1431)
    assert Store(root).observations()["value"].to_pylist() == [1431]


def test_a_store_written_before_a_column_came_is_read_and_added_to(root: Path) -> None:
    manifest = Store(root).manifest
    (part,) = manifest.parts
    buffer = io.BytesIO()
    pq.write_table(pq.read_table(root / part.file).drop_columns(["member"]), buffer)
    file = write_file(root, "observations/iquanta/fy=2016", ".parquet", buffer.getvalue())
    older = replace(manifest, parts=(replace(part, file=file),))
    (root / "manifest-00000001.json").write_bytes(older.to_bytes())
    assert Store(root).observations()["member"].to_pylist() == [None]
    add(Store(root), DAYS[1], 1431)
    assert Store(root).observations()["value"].to_pylist() == [1431]
    assert Store(root).observations(as_known_at=DAYS[0])["value"].to_pylist() == [1425]


def test_files_that_only_look_like_manifests_are_left_alone(root: Path) -> None:
    for name in ("manifest-abcdefgh.json", "manifest-00000001 (copy).json"):
        (root / name).write_text("{}")
    assert Store(root).observations()["value"].to_pylist() == [1425]


def test_a_damaged_older_state_does_not_spoil_what_is_stored(root: Path) -> None:
    store = Store(root)
    add(store, DAYS[1], 1431)
    (root / "manifest-00000001.json").write_bytes(b"garbage")
    assert add(store, DAYS[2], 1440).revised == 1
    assert Store(root).observations()["value"].to_pylist() == [1440]
