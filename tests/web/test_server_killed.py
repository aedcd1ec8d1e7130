"""``kill -9`` of the server at each step of the round: nothing lost, nothing doubled, nothing half.

The server is held still where a kill hurts most: before and behind what a step keeps, between a
file and the record that names it. After a new start the page says what is true, and the step done
again is done once.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from site_process import Site, answers, await_, runs
from struck import Moment, kill_all, own_address, served, stop_at
from visitors import SESSIONS, Visitor

pytestmark = pytest.mark.slow

SENT = "/members/exampleford/sources/asb_team/"
CONTENT = "series,area,period,end,value\nasb_surveys_sent,X00000001,month,2016-10,41\n"
WORDS = "/members/exampleford/writing/2016-09/robbery/"
SIGN = "/members/exampleford/sign/2016-09/{}/"
PUBLISH = "/members/exampleford/publications/2016-09/{}/"
ACTIONS, SUBMIT = "callover.web.submissions.actions", "callover.web.submissions.intake"

PREPARE = (
    "prepare()\n"
    + SESSIONS.format(roles=("data_provider", "analyst", "chair", "clerk"))
    + """
from publication_cases import sealed_files
from site_under_test import seal_one
for number, tno in ((1, 1425), (2, 1417)):
    files = sealed_files(Path({files!r}) / str(number), "2016-09", tno)
    seal_one(files, "exampleford", number=number)
print(json.dumps(told))
"""
)
TOLD = """
from callover.web.journal.models import Entry
from callover.web.journal.record import verify
from callover.web.publication.models import Publication
from callover.web.snapshots.models import Signature
from callover.web.submissions.models import Submission
from callover.web.writing.models import Change, Revision
from django.conf import settings
from django_tasks_db.models import DBTaskResult
held = settings.UPLOADS.iterdir() if settings.UPLOADS.is_dir() else []
print(json.dumps({
    "submissions": [[s.number, s.state, str(s.stored)] for s in Submission.objects.all()],
    "uploads": [each.name for each in held],
    "tasks": sorted(each.task_path.rpartition(".")[2] for each in DBTaskResult.objects.all()),
    "words": [[r.number, r.text, r.written is not None]
              for r in Revision.objects.order_by("number")],
    "file": (settings.WORKSPACE / "commentary/exampleford/2016-09/robbery.md").read_text(),
    "beside": [p.name for p in (settings.WORKSPACE / "commentary").rglob(".*")],
    "changes": [[c.done is not None, c.refused] for c in Change.objects.all()],
    "signed": Signature.objects.count(),
    "published": sorted(p.correction for p in Publication.objects.all()),
    "log": [each.action for each in Entry.objects.order_by("number")],
    "faults": verify().faults,
}))
"""


class Round:
    """A site with people, ready for the steps of a month."""

    def __init__(self, site: Site, folder: Path, sessions: dict[str, str]) -> None:
        self.site, self.folder, self.sessions = site, folder, sessions
        self.port = int(self.site.environment["CALLOVER_URL"].rpartition(":")[2])

    def who(self, role: str) -> Visitor:
        return Visitor(self.port, self.sessions[role])

    def told(self) -> Any:
        return self.site.run(TOLD)

    def killed(self, moment: Moment, role: str, act: str, *given: str, **fields: str) -> None:
        """Let somebody act, and kill the server at the moment."""
        stop, mark = stop_at(moment, self.folder)
        with served(self.site, stop=stop) as server:
            doing = threading.Thread(target=self.tried, args=(role, act, *given), kwargs=fields)
            doing.start()
            await_(mark.exists, seconds=60)
            kill_all(server)
            doing.join(60)
        mark.unlink()

    def tried(self, role: str, act: str, *given: str, **fields: str) -> None:
        with suppress(OSError, http.client.HTTPException):
            getattr(self.who(role), act)(*given, **fields)


@pytest.fixture(scope="module")
def prepared(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder of a site with two sealed snapshots, made once, and a session of each role."""
    folder = tmp_path_factory.mktemp("prepared")
    site = Site(demo, CALLOVER_SITE=str(folder / "site"))
    sessions = site.run(PREPARE.replace("{files!r}", repr(str(folder / "files"))))
    return folder / "site", sessions


@pytest.fixture
def month(demo: Path, prepared: tuple[Path, dict[str, str]], tmp_path: Path) -> Round:
    shutil.copytree(prepared[0], tmp_path / "site")
    site = Site(demo, CALLOVER_SITE=str(tmp_path / "site"), **own_address())
    return Round(site, tmp_path, prepared[1])


def test_amid_an_upload_nothing_is_kept(month: Round, tmp_path: Path) -> None:
    with served(month.site) as server:
        visitor = month.who("data_provider")
        token = visitor.filled(SENT)["csrfmiddlewaretoken"]
        asked = http.client.HTTPConnection("127.0.0.1", month.port, timeout=30)
        asked.putrequest("POST", SENT)
        for name, value in visitor.headers("multipart/form-data; boundary=xx").items():
            asked.putheader(name, value)
        asked.putheader("Content-Length", str(8 * 1024 * 1024))
        asked.endheaders()
        asked.send(
            f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            '--xx\r\nContent-Disposition: form-data; name="chosen"; filename="a.csv"\r\n\r\n'
            .encode() + b"x" * 4 * 1024 * 1024
        )  # fmt: skip
        incoming = tmp_path / "site" / "incoming"
        await_(lambda: incoming.is_dir() and any(p.stat().st_size for p in incoming.iterdir()))
        kill_all(server)
        asked.close()
    told = month.told()
    assert (told["submissions"], told["uploads"], told["tasks"]) == ([], [], [])
    with served(month.site):
        assert not list(incoming.iterdir())  # what came by half is gone with the next start
        assert month.who("data_provider").send_file(SENT, CONTENT).startswith(f"{SENT}submissions/")


@pytest.mark.parametrize(("moment", "noted"), [
    (Moment(SUBMIT, "submit"), False),
    (Moment(ACTIONS, "enqueue", before=False), False),
    (Moment("callover.web.submissions.views", "redirect"), True),
], ids=["kept, not noted", "noted, not for good", "noted, not answered"])  # fmt: skip
def test_around_the_receipt_a_file_is_there_or_not(
    month: Round, moment: Moment, noted: bool
) -> None:
    month.killed(moment, "data_provider", "send_file", SENT, CONTENT)
    told = month.told()
    assert len(told["submissions"]) == len(told["tasks"]) == noted
    with served(month.site):
        provider = month.who("data_provider")
        page = provider.get(SENT)
        assert ("sent.csv" in page) is noted
        provider.send_file(SENT, CONTENT)  # who saw no receipt sends once more
    told = month.told()
    assert [state for _, state, _ in told["submissions"]] == ["received"]
    assert told["tasks"] == ["check_submission"]
    assert told["submissions"][0][2] in told["uploads"]
    assert told["log"].count("send in") == 1
    assert not told["faults"]


@pytest.mark.parametrize(("moment", "done"), [
    (Moment(ACTIONS, "enqueue", before=False), False),
    (Moment("callover.web.submissions.submission_views", "redirect"), True),
], ids=["not for good", "not answered"])  # fmt: skip
def test_amid_accepting_it_is_accepted_or_not(month: Round, moment: Moment, done: bool) -> None:
    made = month.site.run(
        "from callover.web.accounts.models import Partnership, Person\n"
        "from callover.web.submissions.intake import take_in\n"
        "from callover.web.submissions import checking\n"
        "made = take_in(by=Person.objects.get(email='data_provider@x.test'), source='asb_team',\n"
        "  name='a.csv', partnership=Partnership.objects.get(pk='exampleford'),\n"
        f"  chunks=[{CONTENT.encode()!r}])\n"
        "checking.check(made.pk)\nprint(made.pk)"
    )
    page = f"{SENT}submissions/{made}/"
    month.killed(moment, "analyst", "post", f"{page}accept/", page)
    with served(month.site):
        analyst = month.who("analyst")
        assert ("being stored" in analyst.get(page)) is done
        analyst.post(f"{page}accept/", page)
    told = month.told()
    assert [state for _, state, _ in told["submissions"]] == ["accepting"]
    assert told["tasks"].count("store_submission") == 1
    assert told["log"].count("accept submission") == 1


@pytest.mark.parametrize(("moment", "kept"), [
    (Moment("callover.web.writing.actions", "record", before=False), False),
    (Moment("callover.web.writing.actions", "settle_words"), True),
    (Moment("os", "fsync"), True),
    (Moment("callover.web.writing.words", "write_words", before=False), True),
    (Moment("callover.web.writing.views", "redirect"), True),
], ids=["not for good", "file not begun", "file by half", "not noted", "not answered"])  # fmt: skip
def test_amid_saving_words_they_are_saved_or_not(month: Round, moment: Moment, kept: bool) -> None:
    body = f"The patrols go on, {moment.name} {moment.module}."
    month.killed(moment, "analyst", "post", WORDS, body=body)
    with served(month.site):
        analyst = month.who("analyst")
        assert (body in analyst.get(WORDS)) is kept
        told = month.told()
        assert (body in told["file"]) is kept
        analyst.post(WORDS, body=body)
    told = month.told()
    assert body in told["file"]
    assert all(written for _, _, written in told["words"])
    assert [text for _, text, _ in told["words"]].count(told["file"]) == 1
    assert not told["beside"]
    assert not told["faults"]


@pytest.mark.parametrize(("moment", "done"), [
    (Moment("callover.web.meetings.actions", "record", before=False), False),
    (Moment("callover.web.meetings.views", "redirect"), True),
], ids=["not for good", "not answered"])  # fmt: skip
def test_amid_signing_it_is_signed_or_not(month: Round, moment: Moment, done: bool) -> None:
    page = SIGN.format(1)
    month.killed(moment, "chair", "post", page, read="on")
    with served(month.site):
        chair = month.who("chair")
        assert (">Signed off<" in chair.get(page)) is done
        if not done:
            chair.post(page, read="on")
    told = month.told()
    assert told["signed"] == told["log"].count("sign off snapshot") == 1
    assert not told["faults"]


@pytest.mark.parametrize("correcting", [False, True], ids=["publishing", "correcting"])
@pytest.mark.parametrize(("moment", "done"), [
    (Moment("callover.web.publication.actions", "settle_soon"), False),
    (Moment("callover.web.publication.actions", "settle_soon", before=False), False),
    (Moment("callover.web.publication.clerk", "redirect"), True),
], ids=["noted", "not for good", "not answered"])  # fmt: skip
def test_amid_publishing_it_is_out_or_not(
    month: Round, moment: Moment, done: bool, correcting: bool
) -> None:
    month.site.run(
        "from callover.web.accounts.models import Person\n"
        "from callover.web.meetings.actions import sign_off\n"
        "from callover.web.publication.actions import publish\n"
        "from callover.web.snapshots.models import Snapshot\n"
        "for each in Snapshot.objects.all():\n"
        "    sign_off(by=Person.objects.get(email='chair@x.test'), snapshot=each)\n"
        f"if {correcting}:\n"
        "    publish(by=Person.objects.get(email='clerk@x.test'),\n"
        "            snapshot=Snapshot.objects.get(number=1))"
    )
    page = PUBLISH.format(2 if correcting else 1)
    fields = {"when": "now", "read": "on", **({"reason": "Counted twice."} if correcting else {})}
    month.killed(moment, "clerk", "post", page, **fields)
    name = "September 2016, correction 1" if correcting else "September 2016"
    with served(month.site):
        public = month.who("clerk").get("/areas/exampleford/packs/") if correcting or done else ""
        assert (name in public) is done
        if not done:
            month.who("clerk").post(page, **fields)
        public = month.who("clerk").get("/areas/exampleford/packs/")
        assert name in public
    told = month.told()
    assert told["published"] == ([0, 1] if correcting else [0])
    assert told["tasks"].count("settle_publication") == len(told["published"])
    assert not told["faults"]


def test_a_process_that_answers_is_killed_and_another_answers(month: Round) -> None:
    with served(month.site) as server:
        answering = _children(_children(server.pid)[0])[0]
        os.kill(answering, signal.SIGKILL)
        await_(lambda: answers(month.port), seconds=20)


def test_what_the_killed_one_started_ends_with_it(month: Round) -> None:
    """Else the site could not be started again: its address would be taken."""
    with served(month.site, "--worker") as server:
        await_(lambda: len(_children(server.pid)) == 2)
        time.sleep(2)  # until both have begun
        started = _children(server.pid)
        os.kill(server.pid, signal.SIGKILL)
        await_(lambda: not any(runs(each) for each in started), seconds=30)
    with served(month.site):
        assert answers(month.port)


def _children(of: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
