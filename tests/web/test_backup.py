"""Backup and restore: a round trip on both databases, and nothing replaced or taken on trust."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from callover.jobs.workspace import init_workspace
from callover.web.operations import backup
from postgresql_cluster import Cluster, programs

MAKE = """
from pathlib import Path
from callover.web.operations.server import prepare, set_up
set_up(Path({workspace!r}))
prepare()
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.journal.record import record
someone = Person.objects.create_user("chair@havering.test", "x" * 20, post="Chair")
Membership.objects.create(person=someone, partnership_id="havering", role="chair")
for number in range(3):
    record("do something", by=someone, subject=str(number))
"""
READ = """
from pathlib import Path
from callover.web.operations.server import set_up
set_up(Path({workspace!r}))
from callover.web.accounts.models import Membership
from callover.web.journal.models import Entry
print(Membership.objects.get().person.email, Entry.objects.count())
"""


def run(*command: str, url: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CALLOVER", "DJANGO"))}
    if url:
        environment["CALLOVER_DATABASE_URL"] = url
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )


def callover(*arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    return run("-m", "callover", *arguments, url=url)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """The address of a database to back up and of an empty one; empty for SQLite's own files."""
    if request.param == "sqlite":
        yield "", ""
        return
    if programs() is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    cluster = Cluster()
    yield cluster.url, cluster.another("restored")
    cluster.stop()


@pytest.fixture
def space(tmp_path: Path) -> Path:
    init_workspace(tmp_path / "space", "london", "E09000016")
    (tmp_path / "space" / "site" / "uploads").mkdir(parents=True)
    (tmp_path / "space" / "site" / "uploads" / "one").write_bytes(b"\x00sent in")
    return tmp_path / "space"


@pytest.mark.slow
def test_what_was_backed_up_is_restored(
    databases: tuple[str, str], space: Path, tmp_path: Path
) -> None:
    first, second = databases
    assert run("-c", MAKE.format(workspace=str(space)), url=first).returncode == 0
    archive, again = tmp_path / "backup.tar.gz", tmp_path / "again"
    done = callover("backup", "--workspace", str(space), "--out", str(archive), url=first)
    assert done.returncode == 0, done.stderr
    assert archive.stat().st_mode & 0o077 == 0
    done = callover("restore", str(archive), "--workspace", str(again), url=second)
    assert done.returncode == 0, done.stderr
    assert "3 entries" in done.stdout
    told = run("-c", READ.format(workspace=str(again)), url=second)
    assert told.stdout.split() == ["chair@havering.test", "3"]
    assert (again / "site" / "uploads" / "one").read_bytes() == b"\x00sent in"
    assert "secret-key" in done.stdout
    with tarfile.open(archive) as tar:
        assert "site/secret-key" not in tar.getnames()
    names = {p.relative_to(space) for p in space.rglob("*") if p.is_file()}
    kept = {p.relative_to(again) for p in again.rglob("*") if p.is_file()}
    missing = {n for n in names - kept if n.parts[:2] != ("site", "static")}
    assert {n.name for n in missing} <= {"site.sqlite3-wal", "site.sqlite3-shm", "secret-key"}
    done = callover("restore", str(archive), "--workspace", str(again), url=second)
    assert done.returncode == 2
    assert "not empty" in done.stderr


@pytest.mark.slow
def test_a_damaged_or_foreign_archive_restores_nothing(space: Path, tmp_path: Path) -> None:
    assert run("-c", MAKE.format(workspace=str(space))).returncode == 0
    archive = tmp_path / "backup.tar.gz"
    assert callover("backup", "--workspace", str(space), "--out", str(archive)).returncode == 0
    content = gzip.decompress(archive.read_bytes())
    damaged = {
        "cut": gzip.compress(content[: len(content) // 2]),
        "changed": gzip.compress(content.replace(b"\x00sent in", b"\x00sent on")),
        "no archive": b"not an archive",
    }
    for name, found in damaged.items():
        (tmp_path / "bad").write_bytes(found)
        done = callover("restore", str(tmp_path / "bad"), "--workspace", str(tmp_path / name))
        assert done.returncode == 2, name
        assert "Traceback" not in done.stderr
        assert not [p for p in (tmp_path / name).rglob("*") if p.is_file()], name


@pytest.mark.slow
def test_an_archive_that_names_a_place_outside_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as tar:
        (tmp_path / "x").write_text("x")
        tar.add(tmp_path / "x", "../../outside")
    done = callover("restore", str(tmp_path / "evil.tar.gz"), "--workspace", str(tmp_path / "in"))
    assert done.returncode == 2
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.slow
def test_a_backup_replaces_nothing(space: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    done = callover("backup", "--workspace", str(space), "--out", str(tmp_path / "there"))
    assert done.returncode == 2
    assert (tmp_path / "there").read_text() == "mine"


def test_a_file_is_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read whole"))
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    hashes: dict[str, str] = {}
    tracemalloc.start()
    with tarfile.open(tmp_path / "archive", "w") as tar:
        backup._add(tar, large, "site/large", hashes)
        backup._add(tar, tmp_path / "swept", "site/swept", hashes)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * 1024 * 1024
    with large.open("rb") as file:
        assert hashes == {"site/large": hashlib.file_digest(file, "sha256").hexdigest()}
    with tarfile.open(tmp_path / "archive") as tar:
        assert tar.getmember("site/large").size == large.stat().st_size
