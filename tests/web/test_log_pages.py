"""The log's pages: found, paged, taken away, checked; and whole under many writers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from callover.web.journal.models import Entry
from callover.web.journal.record import digest, record, verify
from site_under_test import AsRole, person
from web_settings import PARTNERSHIPS

LOG = "/members/harrowmere/log/"


@pytest.fixture
def auditor(as_role: AsRole) -> Client:
    return as_role("auditor")


def write(number: int = 3, **fields: str) -> None:
    for each in range(number):
        told = {"action": "do something", "subject": f"thing {each}", **fields}
        record(
            told["action"], by=person("analyst"), partnership=told.get("at", "harrowmere"),
            subject=told["subject"],
        )  # fmt: skip


def shown(client: Client, query: str = "") -> int:
    page = client.get(f"{LOG}{query}").content.decode()
    return page.count('<th scope="row"')


def test_entries_are_found_by_what_whom_which_and_when(auditor: Client) -> None:
    write(2)
    write(1, action="publish pack", subject="September 2016")
    assert shown(auditor) == 3
    assert shown(auditor, "?action=publish+pack") == 1
    assert shown(auditor, "?post=ANALY") == 3
    assert shown(auditor, "?post=clerk") == 0
    assert shown(auditor, "?subject=thing+1") == 1
    assert shown(auditor, "?first=2000-01-01&last=2000-12-31") == 0
    assert shown(auditor, "?first=2000-01-01") == 3


@pytest.mark.parametrize("query", [
    "?first=never", "?action=nothing-such", "?last=2016-13-40", "?page=x", "?page=-1",
    "?page=99999", "?subject=%25_'--", "?post=" + "x" * 500, "?first=0000-01-01",
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_by_a_page(auditor: Client, query: str) -> None:
    write(1)
    assert auditor.get(f"{LOG}{query}").status_code == 200
    assert auditor.get(f"{LOG}log.jsonl{query}").status_code == 200


def test_pages_hold_fifty_and_keep_the_question(auditor: Client) -> None:
    write(51)
    first = auditor.get(f"{LOG}?post=analyst").content.decode()
    assert first.count('<th scope="row"') == 50
    assert "?post=analyst&amp;page=2" in first
    assert shown(auditor, "?post=analyst&page=2") == 1


def test_other_partnerships_entries_are_not_there(auditor: Client) -> None:
    write(1)
    write(2, at="elsewhere")
    assert shown(auditor) == 1
    lines = b"".join(auditor.get(f"{LOG}log.jsonl").streaming_content)
    assert {json.loads(line)["partnership"] for line in lines.splitlines()} == {"harrowmere"}


def test_the_file_holds_what_the_hash_is_made_of(auditor: Client) -> None:
    write(3)
    content = b"".join(auditor.get(f"{LOG}log.jsonl").streaming_content)
    for line in content.splitlines()[:3]:
        told = json.loads(line)
        assert digest(Entry.objects.get(number=told["number"])) == told["hash"]
    assert Entry.objects.get(action="export log").post == "auditor"


def test_who_is_asked_about_is_shown_as_text(auditor: Client) -> None:
    write(1, subject="<script>alert(1)</script>")
    assert "<script>alert" not in auditor.get(LOG).content.decode()


def test_the_page_says_whether_the_log_is_whole(auditor: Client) -> None:
    write(3)
    assert "The log is whole" in auditor.get(f"{LOG}check/").content.decode()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
        else:
            cursor.execute("DROP TRIGGER journal_entry_append_only ON journal_entry")
        cursor.execute("UPDATE journal_entry SET subject = 'another' WHERE number = 2")
    page = auditor.get(f"{LOG}check/").content.decode()
    assert "Entry 2 was changed after it was written" in page


def test_the_page_reads_the_latest_entries_only(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callover.web.journal.views.MOST", 5)
    write(8)
    page = auditor.get(f"{LOG}check/").content.decode()
    assert "The latest entries are whole" in page
    assert "from 4 on" in page
    assert "callover verify-log" in page
    assert verify(5).last == verify().last


def test_an_entry_that_is_gone_shows_at_the_edge_of_what_is_read() -> None:
    write(8)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_delete")
        else:
            cursor.execute("DROP TRIGGER journal_entry_append_only ON journal_entry")
        cursor.execute("DELETE FROM journal_entry WHERE number = 3")
    assert verify(5).faults  # it begins behind the third, whose hash the fourth names
    assert verify(4).faults == ()


def test_an_empty_log_says_so(auditor: Client) -> None:
    assert "Nothing has been written" in auditor.get(LOG).content.decode()


# --- a database of its own, with processes of its own


WRITER = """
import sys
from pathlib import Path
from callover.web.operations.server import set_up
set_up(Path(sys.argv[1]))
from callover.web.journal.record import record
for number in range(25):
    record("count", by=None, subject=f"{sys.argv[2]}-{number}")
"""
PREPARE = """
import sys
from pathlib import Path
from callover.web.operations.server import prepare_database, set_up
set_up(Path(sys.argv[1]))
prepare_database()
"""
CHANGE = """
import sys
from pathlib import Path
from callover.web.operations.server import set_up
set_up(Path(sys.argv[1]))
from django.db import connection
lite = connection.vendor == "sqlite"
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER journal_entry_no_update" if lite
                   else "DROP TRIGGER journal_entry_append_only ON journal_entry")
    cursor.execute("UPDATE journal_entry SET post = 'somebody else' WHERE number = 40")
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A small workspace, and the environment of commands on it: the run's kind of database."""
    folder = tmp_path / "space"
    (folder / "partnerships").mkdir(parents=True)
    (folder / "workspace.yaml").write_text("callover: 1\nset: street\npartnership: harrowmere\n")
    for name, text in PARTNERSHIPS.items():
        (folder / "partnerships" / f"{name}.yaml").write_text(text)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CALLOVER_", "DJANGO_"))}
    kept["PYTHONPATH"] = str(Path(__file__).parents[2] / "src")
    if connection.vendor == "sqlite":
        yield folder, kept
        return
    import psycopg

    server = os.environ["CALLOVER_DATABASE_URL"]
    name = f"chain_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield folder, {**kept, "CALLOVER_DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}"}
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_many_processes_write_one_chain_and_a_change_of_the_database_shows(
    workspace: tuple[Path, dict[str, str]],
) -> None:
    folder, environment = workspace

    def run(script: str, *more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", script, str(folder), *more], env=environment)

    def verified() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "callover", "verify-log", "--workspace", str(folder)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run(PREPARE).wait() == 0
    writers = [run(WRITER, str(number)) for number in range(3)]
    assert [each.wait() for each in writers] == [0, 0, 0]
    whole = verified()
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "75 entries" in whole.stdout
    assert run(CHANGE).wait() == 0
    changed = verified()
    assert changed.returncode == 1
    assert "Entry 40 was changed after it was written" in changed.stderr
