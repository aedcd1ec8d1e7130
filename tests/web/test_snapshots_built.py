"""Building snapshots: what two runs of one task, or one that was stopped, leave behind."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings

from callover.web.journal.models import Entry
from callover.web.snapshots import build as building
from callover.web.snapshots.models import Snapshot, State
from callover.web.snapshots.seal import broken
from callover.web.snapshots.serving import (
    PUBLIC,
    clear_old_layouts,
    layout,
    read_page,
    serving_of,
)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second run makes an edition, or comes that far."""

    def made(*_: object) -> str:
        raise AssertionError("built again")

    monkeypatch.setattr(building, "_editions", made)


@pytest.mark.usefixtures("refused")
def test_what_is_sealed_is_not_built_again(snapshot: Snapshot) -> None:
    building.build(snapshot.pk)
    building.finish(snapshot)
    snapshot.refresh_from_db()
    assert snapshot.state == State.SEALED
    assert Entry.objects.filter(action="seal snapshot").count() == 1


def test_what_another_run_sealed_meanwhile_stays(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = tmp_path / "sealed"
    shutil.move(snapshot.folder, sealed)
    Snapshot.objects.filter(pk=snapshot.pk).update(state=State.BUILDING, seal="", sealed=None)

    def editions(held: Snapshot, folder: Path) -> str:
        (folder / "callover-pack.json").write_bytes(b"another run, other bytes")
        shutil.copytree(sealed, held.folder)
        return ""

    monkeypatch.setattr(building, "_editions", editions)
    building.build(snapshot.pk)
    snapshot.refresh_from_db()
    assert snapshot.state == State.SEALED
    assert broken(snapshot.folder, snapshot.seal) == ()
    assert (snapshot.folder / "callover-pack.pdf").is_file()


def test_layouts_of_versions_before_are_removed_once_this_one_has_stood_an_hour(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    before, after = (tmp_path / "serving" / name for name in ("before", "after"))
    (before / "harrowmere").mkdir(parents=True)
    page = before / "harrowmere" / "page.html"
    page.write_text("a page")
    hours = {before: 30, after: -1}
    own = serving_of(snapshot.folder, PUBLIC)
    after.mkdir()
    for folder, age in hours.items():
        os.utime(folder, (time.time() - age * 3600,) * 2)
    assert clear_old_layouts() == 0  # a process of the version before may still be at work
    os.utime(settings.SERVING / layout(), (time.time() - 2 * 3600,) * 2)
    with page.open() as reading:
        assert clear_old_layouts() == 1
        assert reading.read() == "a page"
    assert {each.name for each in settings.SERVING.iterdir()} == {layout(), "after"}
    assert read_page(own, "tno")


def test_what_a_stopped_build_left_is_removed_a_day_later(snapshot: Snapshot) -> None:
    old, new = (snapshot.folder.parent / name for name in (".1-old", ".1-new"))
    for left in (old, new):
        (left / "snapshot").mkdir(parents=True)
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (long_ago, long_ago))
    Snapshot.objects.filter(pk=snapshot.pk).update(state=State.BUILDING, seal="", sealed=None)
    building.build(snapshot.pk)
    assert (old.exists(), new.exists()) == (False, True)
