"""Workers killed at each step, and fifty providers at once: nothing lost, nothing doubled."""

from __future__ import annotations

import http.client
import re
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from callover.data.manifest import latest
from callover.jobs.workspace import Workspace
from callover.web.operations.server import free_port
from site_process import Site, answers, await_, kill

pytestmark = pytest.mark.slow

PLACE, SOURCE = "exampleford", "asb_team"
HEAD = "series,area,period,end,value\n"
ROW = "asb_surveys_sent,X00000001,month,2016-10,{number}\n"

PEOPLE = """
prepare()
from callover.web.accounts.models import Membership, Person
for number in range({count}):
    person = Person.objects.create_user(f"p{{number}}@x.test", post="Provider")
    Membership.objects.create(person=person, partnership_id="exampleford", role="data_provider",
                              sources=["asb_team"])
analyst = Person.objects.create_user("analyst@x.test", post="Analyst")
Membership.objects.create(person=analyst, partnership_id="exampleford", role="analyst")
"""

SEND = """
from callover.web.accounts.models import Partnership, Person
from callover.web.submissions.intake import take_in
made = take_in(by=Person.objects.get(email="p0@x.test"), source="asb_team", name="october.csv",
               partnership=Partnership.objects.get(pk="exampleford"), chunks=[{content!r}])
print(json.dumps(made.number))
"""

ACCEPT = """
from callover.web.accounts.models import Person
from callover.web.submissions.actions import accept
from callover.web.submissions.models import Submission
one = Submission.objects.get(pk={number})
accept(by=Person.objects.get(email="analyst@x.test"), submission=one)
"""

SESSIONS = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from callover.web.accounts.models import Person
keys = []
for person in Person.objects.filter(email__startswith="p"):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    keys.append(session.session_key)
print(json.dumps(keys))
"""


def states(site: Site) -> dict[int, str]:
    database = sqlite3.connect(site.workspace / "site" / "site.sqlite3", timeout=20)
    try:
        return dict(database.execute("SELECT number, state FROM submissions_submission"))
    finally:
        database.close()


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


class Provider:
    """Somebody with a session, without a browser."""

    def __init__(self, port: int, session: str, number: int) -> None:
        self.port, self.session, self.number = port, session, number
        self.address = f"/work/{PLACE}/sources/{SOURCE}/"

    def send(self, _: int = 0) -> int:
        """Send in a file of one's own; gives the receipt's number."""
        page, cookies = self._ask("GET")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        content = HEAD + ROW.format(number=100 + self.number)
        parts = (
            f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}'
            f'\r\n--xx\r\nContent-Disposition: form-data; name="files"; '
            f'filename="{self.number}.csv"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--xx--\r\n'
        )
        where, _ = self._ask("POST", parts, cookies)
        found = re.fullmatch(rf"{self.address}submissions/(\d+)/", where)
        assert found, where
        return int(found[1])

    def _ask(self, method: str, body: str = "", cookies: str = "") -> tuple[str, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        headers = {"Cookie": f"session={self.session}; {cookies}"}
        if body:
            headers["Content-Type"] = "multipart/form-data; boundary=xx"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        asked.request(method, self.address, body.encode(), headers)
        answer = asked.getresponse()
        text = answer.read().decode()
        assert answer.status == (302 if body else 200), (answer.status, text[:2000])
        set_ = "; ".join(each.split(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])
        asked.close()
        return (answer.headers["Location"] if body else text), set_


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
