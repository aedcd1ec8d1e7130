"""Fixtures of the site's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.sync import sync_partnerships
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.serving import DOCUMENTS, PACK_FILES
from site_under_test import SENTENCE, AsRole, person, seal_one, small_pack


@pytest.fixture(autouse=True)
def tables(db: None) -> None:
    """Every test may use the database, and finds the workspace's partnerships there."""
    sync_partnerships()


@pytest.fixture
def harrowmere() -> Partnership:
    return Partnership.objects.get(pk="harrowmere")


@pytest.fixture
def clerk() -> Person:
    """Somebody who signs in with a password."""
    made = person("clerk")
    made.set_password(SENTENCE)
    made.save()
    return made


@pytest.fixture
def as_role() -> AsRole:
    def signed_in(
        role: str = "", partnership: str = "harrowmere", sources: tuple[str, ...] = ()
    ) -> Client:
        client = Client()
        client.force_login(
            person(role, partnership, sources),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    return signed_in


@pytest.fixture(scope="session")
def sealed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a snapshot as sealing leaves them: both editions of a small pack."""
    folder = tmp_path_factory.mktemp("sealed")
    for edition, base in PACK_FILES.items():
        (folder / f"{base}.json").write_bytes(small_pack(edition).to_bytes())
        for name in DOCUMENTS:
            (folder / f"{base}.{name}").write_bytes(f"{edition} {name}".encode())
    return folder


@pytest.fixture
def real_workspace(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:  # fmt: skip
    """The site on both example partnerships (barking-and-dagenham, exampleford), with figures.

    The folder is a copy made for the test's module: what a test adds, the next one finds.
    """
    for name, path in (
        ("WORKSPACE", demo), ("SITE", tmp_path / "site"), ("UPLOADS", tmp_path / "site/uploads"),
        ("SNAPSHOTS", tmp_path / "site/snapshots"), ("SERVING", tmp_path / "site/serving"),
    ):  # fmt: skip
        monkeypatch.setattr(settings, name, path)
    (tmp_path / "site").mkdir(exist_ok=True)
    sync_partnerships()
    return demo


@pytest.fixture
def snapshot(sealed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A sealed snapshot of Harrowmere, September 2016."""
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", sealed_folder.parent / "served")  # made once a run
    return seal_one(sealed_folder)
