"""Maps and tables by ward: who sees which, on the site and in files."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from callover.domain.roles import Task
from callover.jobs.boundaries import keep_boundaries
from callover.web.publication.export import export_site
from callover.web.snapshots.models import Snapshot
from callover.web.snapshots.seal import broken, read_seal
from publication_cases import published_month
from site_under_test import AsRole, roles_with
from ward_cases import WITHHELD_WARDS, ward_outlines

INSIDE = reverse("wards", args=["harrowmere", "2016-09", 1, "tno"])
OUTSIDE = "/areas/harrowmere/2016-09/tno/wards/"
SEEN = f"{WITHHELD_WARDS[0]:,}"


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """Harrowmere's month, published, on a site that has the wards' outlines."""
    cache.clear()
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    monkeypatch.setattr(settings, "WORKSPACE", _workspace(tmp_path))
    return published_month(tmp_path).snapshot


def _workspace(folder: Path) -> Path:
    """A copy of the tests' workspace: outlines are kept there."""
    place = folder / "workspace"
    shutil.copytree(settings.WORKSPACE, place)
    keep_boundaries(place, ward_outlines())
    return place


def test_the_ward_files_are_sealed_with_the_pack(out: Snapshot) -> None:
    _, told = read_seal(out.folder)
    assert {"callover-wards.json", "callover-wards-public.json"} <= told["files"].keys()
    path = out.folder / "callover-wards.json"
    path.chmod(0o640)
    path.write_text("{}")
    assert broken(out.folder, out.seal) == ("callover-wards.json is not as it was sealed.",)


def test_members_see_the_edition_that_is_theirs(as_role: AsRole) -> None:
    restricted = set(roles_with(Task.SEE_RESTRICTED))
    for role in roles_with(Task.SEE):
        answer = as_role(role).get(INSIDE)
        assert answer.status_code == 200, role
        assert (SEEN in answer.content.decode()) is (role in restricted), role


def test_nobody_else_sees_the_page_of_members(as_role: AsRole) -> None:
    assert Client().get(INSIDE).status_code == 302
    assert as_role("data_provider").get(INSIDE).status_code == 403


def test_the_public_sees_a_map_with_the_withheld_ward_hatched() -> None:
    said = Client().get(OUTSIDE).content.decode()
    assert (
        'aria-label="Map of Total notifiable offences by ward, 12 months to September 2016' in said
    )
    assert said.count('<path class="withheld"') == 2
    assert "<title>Westmoor: withheld</title>" in said
    assert "2 of 4 wards are withheld" in said
    assert "<title>Abbey: 410</title>" in said
    assert "Contains OS data (test)." in said
    assert SEEN not in said


def test_without_outlines_there_is_a_table_alone() -> None:
    (settings.WORKSPACE / "boundaries" / "harrowmere-wards.json").unlink()
    said = Client().get(OUTSIDE).content.decode()
    assert '<svg class="map"' not in said
    assert "nobody has added the outlines" in said
    assert "Northgate" in said


def test_pages_lead_to_their_wards_and_others_have_none(as_role: AsRole) -> None:
    analyst = as_role("analyst")
    page = reverse("page", args=["harrowmere", "2016-09", 1, "tno"])
    assert 'href="wards/"' in analyst.get(page).content.decode()
    assert OUTSIDE in Client().get("/areas/harrowmere/2016-09/tno/").content.decode()
    assert "wards/" not in Client().get("/areas/harrowmere/2016-09/asb/").content.decode()
    assert Client().get("/areas/harrowmere/2016-09/asb/wards/").status_code == 404
    assert analyst.get(INSIDE.replace("tno", "asb")).status_code == 404


def test_open_data_has_every_ward_with_its_state() -> None:
    answer = Client().get("/areas/harrowmere/2016-09/data/wards.csv")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert list(rows) == ["Abbey", "Northgate", "Southfield", "Westmoor", "All wards"]
    assert (rows["Abbey"]["area"], rows["Abbey"]["value"]) == ("E05099901", "410.0")
    westmoor = rows["Westmoor"]
    assert (westmoor["value"], westmoor["previous"], westmoor["change"]) == ("", "", "")
    assert (westmoor["state"], westmoor["previous_state"]) == ("suppressed", "suppressed")
    assert rows["All wards"]["area"] == "E07000998"
    told = Client().get("/areas/harrowmere/2016-09/data/wards.csv-metadata.json").json()
    names = [column["name"] for column in told["tableSchema"]["columns"]]
    assert names == list(rows["Abbey"])
    assert "wards.csv" in Client().get("/areas/harrowmere/2016-09/data/").content.decode()


def test_the_export_holds_page_and_data(tmp_path: Path) -> None:
    export_site(tmp_path / "out")
    edition = tmp_path / "out" / "areas" / "harrowmere" / "2016-09"
    assert "by ward" in (edition / "tno" / "wards" / "index.html").read_text(encoding="utf-8")
    assert (edition / "data" / "wards.csv").is_file()


def test_a_snapshot_of_before_there_were_wards_has_none(as_role: AsRole, out: Snapshot) -> None:
    for name in ("callover-wards.json", "callover-wards-public.json"):
        (out.folder / name).unlink()
    assert Client().get(OUTSIDE).status_code == 404
    assert as_role("analyst").get(INSIDE).status_code == 404
    data = Client().get("/areas/harrowmere/2016-09/data/")
    assert data.status_code == 200
    assert "wards.csv" not in data.content.decode()
