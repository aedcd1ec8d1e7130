"""A full disk, a folder that may not be written, files that moved: told in words, nothing by half.

What the machine does to the site is played by an error at the write itself; the tests in
``test_machine_in_earnest.py`` do it in earnest.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from callover.domain.periods import Month
from callover.jobs import publish as keeping
from callover.jobs.trouble import Damaged, DiskFull, Gone, NotWritable, trouble
from callover.web.accounts.models import Partnership
from callover.web.publication import schedule
from callover.web.publication.models import Publication
from callover.web.snapshots import build as building
from callover.web.snapshots.actions import request_snapshot
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.models import State as Built
from callover.web.submissions import checking, uploads
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import State, Submission
from callover.web.writing.models import Revision
from publication_cases import published_month
from site_under_test import AsRole, person

SOURCE = "/members/exampleford/sources/asb_team/"


def failing(number: int) -> Callable[..., Any]:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "/srv/secret/place")

    return fails


def asking(client: Client) -> Client:
    """A client that is given the page of an error, as a visitor is."""
    client.raise_request_exception = False
    return client


def provider(as_role: AsRole) -> Client:
    return asking(as_role("data_provider", "exampleford", ("asb_team",)))


@pytest.mark.parametrize(("number", "said"), [
    (errno.ENOSPC, "disk is full"), (errno.EROFS, "may not write"),
])  # fmt: skip
def test_an_upload_that_cannot_be_written_is_told_and_leaves_nothing(
    number: int, said: str, real_workspace: Path, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = provider(as_role)
    with monkeypatch.context() as patched:
        patched.setattr(uploads.os, "fsync", failing(number))
        answer = client.post(SOURCE, {"chosen": SimpleUploadedFile("a.csv", b"series\n")})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert said in page
    assert "/srv/secret" not in page
    assert not list(settings.UPLOADS.iterdir())
    assert not Submission.objects.exists()
    again = client.post(SOURCE, {"chosen": SimpleUploadedFile("a.csv", b"series\n")})
    assert again.status_code == 302


def sent() -> Submission:
    return take_in(
        by=person("data_provider", "exampleford", ("asb_team",)), source="asb_team", name="a.csv",
        partnership=Partnership.objects.get(pk="exampleford"), chunks=[b"series\n"],
    )  # fmt: skip


def test_a_check_without_space_is_the_machines_fault_and_not_the_files(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent()
    with monkeypatch.context() as patched:
        patched.setattr(checking, "run_confined", failing(errno.ENOSPC))
        checking.check(made.pk)
    held = Submission.objects.get(pk=made.pk)
    assert (held.state, held.report) == (State.FAILED, None)
    assert "disk is full" in held.message
    assert "Check it again" in held.message


def test_a_snapshot_without_space_says_so_and_leaves_nothing(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Partnership.objects.get(pk="exampleford")
    made = request_snapshot(
        by=person("analyst", "exampleford"), partnership=here, month=Month.of(2016, 9)
    )
    with monkeypatch.context() as patched:
        patched.setattr(building, "build_pack", failing(errno.ENOSPC))
        building.build(made.pk)
    held = Snapshot.objects.get(pk=made.pk)
    assert held.state == Built.FAILED
    assert "disk is full" in held.message
    assert not [path for path in settings.SNAPSHOTS.rglob("*") if path.is_file()]


def test_a_snapshot_makes_no_folders_where_the_workspace_stood(
    real_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Partnership.objects.get(pk="exampleford")
    made = request_snapshot(
        by=person("analyst", "exampleford"), partnership=here, month=Month.of(2016, 9)
    )
    monkeypatch.setattr(settings, "WORKSPACE", tmp_path / "moved")
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "moved" / "site" / "snapshots")
    building.build(made.pk)
    assert Snapshot.objects.get(pk=made.pk).state == Built.FAILED
    assert not (tmp_path / "moved").exists()


def test_a_publication_without_space_is_out_and_its_files_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    made = published_month(tmp_path / "files")
    kept = settings.WORKSPACE / "packs" / "published" / "harrowmere"
    try:
        with monkeypatch.context() as patched:
            patched.setattr(keeping, "_link", failing(errno.ENOSPC))
            with pytest.raises(OSError, match="No space"):
                schedule.settle(made.pk)
        held = Publication.objects.get(pk=made.pk)
        assert held.is_visible
        assert held.settled is None
        assert not list(kept.iterdir())
        assert not list(settings.WORKSPACE.glob(".publishing-*"))
        schedule.settle(made.pk)
        assert Publication.objects.get(pk=made.pk).settled
        assert [each.name for each in kept.iterdir()] == ["2016-09-1"]
    finally:
        shutil.rmtree(kept, ignore_errors=True)


def test_words_that_cannot_be_written_stay_on_record_and_follow(
    real_workspace: Path, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = asking(as_role("analyst", "exampleford"))
    page = "/members/exampleford/writing/2016-09/robbery/"
    opened = client.get(page).context["form"].initial["opened"]
    said = "Words that wait for their file."
    with monkeypatch.context() as patched:
        patched.setattr("callover.web.writing.words.write_words", failing(errno.EROFS))
        answer = client.post(page, {"body": said, "opened": opened})
        assert answer.status_code == 503
        assert "may not write" in answer.content.decode()
    assert said in client.get(page).content.decode()
    assert Revision.objects.get(text__contains=said).written


def test_a_workspace_that_moved_is_told(
    as_role: AsRole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = provider(as_role)
    monkeypatch.setattr(settings, "WORKSPACE", tmp_path / "gone")
    answer = client.get(f"{SOURCE}template.csv")
    assert answer.status_code == 503
    assert "not where they were" in answer.content.decode()
    ready = client.get("/health/ready/")
    assert ready.status_code == 503


def test_more_than_a_request_may_hold_is_refused_by_its_length(
    real_workspace: Path, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 1024)
    content = SimpleUploadedFile("a.csv", b"x" * 11 * 1024 * 1024)
    answer = provider(as_role).post(SOURCE, {"chosen": content})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize(("words", "kind"), [
    ("database or disk is full", DiskFull), ("attempt to write a readonly database", NotWritable),
    ("database disk image is malformed", Damaged), ("file is not a database", Damaged),
    ("unable to open database file", Gone),
])  # fmt: skip
def test_what_a_database_says_becomes_place_cause_and_remedy(words: str, kind: type) -> None:
    import sqlite3

    error = DatabaseError(words)
    error.__cause__ = sqlite3.OperationalError(words)
    found = trouble(error, "space/site/site.sqlite3")
    assert type(found) is kind
    assert "space/site/site.sqlite3" in found.what
    assert found.remedy


def test_other_errors_are_not_taken_for_trouble() -> None:
    assert trouble(ValueError("x")) is None
    assert trouble(ConnectionRefusedError(errno.ECONNREFUSED, "refused")) is None
    assert trouble(None) is None
