"""Workers killed at each step, and fifty providers at once: nothing lost, nothing doubled."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from callover.data.manifest import latest
from callover.jobs.workspace import Workspace
from callover.web.operations.server import free_port
from providers import HEAD, PEOPLE, ROW, SEND, SESSIONS, SOURCE, Provider, states
from site_process import Site, answers, await_, kill

pytestmark = pytest.mark.slow


ACCEPT = """
from callover.web.accounts.models import Person
from callover.web.submissions.actions import accept
from callover.web.submissions.models import Submission
one = Submission.objects.get(pk={number})
accept(by=Person.objects.get(email="analyst@x.test"), submission=one)
"""


def version(site: Site) -> int:
    return latest(site.workspace / "data" / "store").version


@pytest.mark.parametrize("moment", [
    "claimed", "checking", "amid the check", "claimed to store", "amid storing", "stored",
])  # fmt: skip
def test_a_killed_worker_loses_and_doubles_nothing(moment: str, demo: Path) -> None:
    site = Site(demo)
    known = (demo / "site" / "site.sqlite3").exists()
    site.run("" if known else PEOPLE.format(count=1))
    content = (HEAD + ROW.format(number=40 + len(moment))).encode()
    number = site.run(SEND.format(content=content))
    held = len(Workspace.open(demo).store.imports)

    worker = site.start("worker")
    if moment in ("claimed", "checking", "amid the check"):
        await_(lambda: states(site)[number] != "received", pause=0.01)
        time.sleep({"claimed": 0, "checking": 0.5, "amid the check": 1.5}[moment])
        kill(worker)
        assert states(site)[number] in ("checking", "checked")
        worker = site.start("worker")
    await_(lambda: states(site)[number] == "checked")
    kill(worker)

    before = version(site)
    site.run(ACCEPT.format(number=number))
    worker = site.start("worker")
    if moment == "stored":
        await_(lambda: version(site) > before, pause=0.001)
    else:
        time.sleep({"claimed to store": 1, "amid storing": 3}.get(moment, 2))
    kill(worker)
    worker = site.start("worker")
    try:
        await_(lambda: states(site)[number] == "accepted")
    finally:
        kill(worker)
    imports = Workspace.open(demo).store.imports
    assert len(imports) == held + 1
    assert imports[-1].source == SOURCE
    told = site.run(
        "from callover.web.journal.models import Entry\n"
        "from callover.web.journal.record import verify\n"
        f"found = Entry.objects.filter(subject='exampleford asb_team submission {number}')\n"
        "print(json.dumps([sorted(e.action for e in found), list(verify().faults)]))"
    )
    assert told == [
        ["accept submission", "check submission", "send in", "store submission"], [],
    ]  # fmt: skip


def test_fifty_providers_at_once(demo: Path, tmp_path: Path) -> None:
    port = free_port()
    site = Site(
        demo, CALLOVER_SITE=str(tmp_path / "site"), CALLOVER_LEASE_SECONDS="10",
        CALLOVER_URL=f"http://127.0.0.1:{port}",
    )  # fmt: skip
    site.run(PEOPLE.format(count=50))
    sessions = site.run(SESSIONS)
    server = site.start("serve", "--port", str(port))
    try:
        await_(lambda: answers(port))
        providers = [Provider(port, key, n) for n, key in enumerate(sessions)]
        with ThreadPoolExecutor(50) as pool:
            receipts = list(pool.map(Provider.send, providers))
        assert len(set(receipts)) == 50
        assert providers[49].send() == receipts[49]  # pressed twice
        await_(lambda: checked(tmp_path) == 50, seconds=480, pause=1)
    finally:
        server.terminate()
        server.wait(60)
    told = site.run(
        "from callover.web.submissions.models import Submission\n"
        "print(json.dumps([[s.name, s.state, s.sha256, s.size] for s in Submission.objects.all()]))"
    )
    assert Counter(state for _, state, _, _ in told) == {"checked": 50}
    assert len({sha256 for _, _, sha256, _ in told}) == 50
    assert len(list((tmp_path / "site" / "uploads").iterdir())) == 50


def checked(folder: Path) -> int:
    database = sqlite3.connect(folder / "site" / "site.sqlite3", timeout=20)
    try:
        asked = "SELECT count(*) FROM submissions_submission WHERE state = 'checked'"
        return int(database.execute(asked).fetchone()[0])
    finally:
        database.close()
