"""A worker killed while it builds a snapshot or settles a publication: the step resumes, once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from site_process import Site, await_, kill

pytestmark = pytest.mark.slow

PEOPLE = """
prepare()
from callover.domain.periods import Month
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.snapshots.actions import request_snapshot
for role in ("analyst", "chair", "clerk"):
    person = Person.objects.create_user(f"{role}@x.test", post=role.title())
    Membership.objects.create(person=person, partnership_id="exampleford", role=role)
made = request_snapshot(by=Person.objects.get(email="analyst@x.test"), month=Month.of(2016, 9),
                        partnership=Partnership.objects.get(pk="exampleford"),
                        released_by="Head of community safety")
print(made.pk)
"""
PUBLISH = """
from callover.web.accounts.models import Person
from callover.web.meetings.actions import sign_off
from callover.web.publication.actions import publish
from callover.web.snapshots.models import Snapshot
one = Snapshot.objects.get()
sign_off(by=Person.objects.get(email="chair@x.test"), snapshot=one)
publish(by=Person.objects.get(email="clerk@x.test"), snapshot=one)
print("null")
"""
TOLD = """
from callover.web.journal.models import Entry
from callover.web.journal.record import verify
from callover.web.publication.models import Publication
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.seal import broken
one = Snapshot.objects.get()
print(json.dumps({
    "state": one.state, "broken": broken(one.folder, one.seal),
    "sealed": Entry.objects.filter(action="seal snapshot").count(),
    "settled": Publication.objects.filter(settled__isnull=False).count(),
    "log": verify().faults,
}))
"""


def one(site: Site, statement: str) -> object:
    own = getattr(site, "database", site.workspace / "site" / "site.sqlite3")
    with closing(sqlite3.connect(own, timeout=20)) as database:
        found = database.execute(statement).fetchone()
    return found[0] if found else None


def killed_at(site: Site, progress: int) -> None:
    """Start a worker, and kill it once the snapshot has come so far."""
    worker = site.start("worker")
    done = "SELECT CASE state WHEN 'building' THEN progress ELSE 0 END FROM snapshots_snapshot"
    await_(lambda: int(str(one(site, done))) >= progress, seconds=300)
    kill(worker)


@contextmanager
def working(site: Site) -> Iterator[None]:
    worker = site.start("worker")
    try:
        yield
    finally:
        kill(worker)


def test_what_a_killed_worker_began_the_next_one_ends(demo: Path) -> None:
    site = Site(demo)
    site.run(PEOPLE)
    killed_at(site, 40)  # amid the public edition
    assert one(site, "SELECT state FROM snapshots_snapshot") == "building"
    with working(site):
        await_(lambda: one(site, "SELECT state FROM snapshots_snapshot") == "sealed", seconds=500)
    site.run(PUBLISH)
    worker = site.start("worker")
    time.sleep(1.5)
    kill(worker)
    settled = "SELECT settled IS NOT NULL FROM publication_publication"
    with working(site):
        await_(lambda: bool(one(site, settled)), seconds=120)
    told = site.run(TOLD)
    assert told == {"state": "sealed", "broken": [], "sealed": 1, "settled": 1, "log": []}
    kept = list((demo / "packs" / "published" / "exampleford").rglob("callover-pack-public.json"))
    assert len(kept) == 1


def test_what_no_worker_ends_is_reported(demo: Path, tmp_path: Path) -> None:
    site = Site(demo, CALLOVER_SITE=str(tmp_path / "site"))
    site.database = tmp_path / "site" / "site.sqlite3"
    site.run(PEOPLE)
    for _ in range(2):
        killed_at(site, 1)
        site.run("from callover.web.snapshots.models import Snapshot\n"
                 "Snapshot.objects.update(progress=0)\nprint('null')")  # fmt: skip
    with working(site):
        await_(lambda: one(site, "SELECT state FROM snapshots_snapshot") == "failed", seconds=60)
    assert "its worker, twice" in str(one(site, "SELECT message FROM snapshots_snapshot"))
