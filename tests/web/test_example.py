"""The example's snapshots: what was stopped midway is ended by the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.web.accounts.models import Person
from callover.web.operations import example
from callover.web.publication.models import Publication
from callover.web.snapshots.models import Signature
from publication_cases import sealed_files
from site_under_test import person, seal_one


def test_what_was_signed_and_not_published_is_published_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.SNAPSHOTS", tmp_path / "snapshots")
    month = str(example.MONTH)
    held = seal_one(sealed_files(tmp_path / "files", month), "exampleford", month)
    people: dict[str, Person] = {role: person(role, "exampleford") for role in ("chair", "clerk")}
    Signature.objects.create(snapshot=held, by=people["chair"], post="Chair")
    for _ in range(2):
        example._publish("exampleford")
    assert Publication.objects.get().snapshot == held
    assert Signature.objects.count() == 1
