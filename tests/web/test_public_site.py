"""The public site: what stands where, what may be kept, what is asked of the database."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from csvw import CSVW
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from frictionless import Package
from lxml import etree

from callover.jobs.open_data import COLUMNS
from callover.web.accounts.models import Partnership
from callover.web.publication import api
from callover.web.publication.checks import public_pack
from callover.web.publication.limits import READ, Limit
from callover.web.snapshots.serving import PUBLIC
from public_crawl import fetch
from publication_cases import corrected_month, pack_with_figures, published_month
from site_under_test import AsRole

HOME = "/areas/harrowmere/"
TNO = f"{HOME}2016-09/tno/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """September is published."""
    cache.clear()
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    published_month(tmp_path)


@pytest.mark.parametrize(("address", "said"), [
    (HOME, "At a glance"), (f"{HOME}packs/", "PDF, for print"), (f"{HOME}2016-09/", "Sections"),
    (TNO, "Total notifiable offences"), (f"{HOME}2016-09/notes/", "Public edition"),
    (f"{HOME}data/", "Atom feed"), (f"{HOME}2016-09/data/", "figures.csv-metadata.json"),
    (f"{HOME}search/?q=notifiable", f"{HOME}2016-09/tno/"),
    (f"{HOME}search/?q=zebra", "No page holds"),
    (f"{HOME}search/", "For example"), (f"{HOME}subscribe/", "e-mail address"),
    ("/api/v1/", "openapi.json"),
])  # fmt: skip
def test_everybody_reads(address: str, said: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize("address", [
    "/areas/nowhere/", f"{HOME}2016-10/", f"{HOME}2016-09-c1/", f"{HOME}2016-09/nothing/",
    f"{HOME}2016-09/correction/", f"{HOME}2016-09/pack.exe", f"{HOME}2016-09/data/seal.json",
    f"{HOME}2016-09/asb/figures.exe", f"{HOME}2016-09/cover/figures.csv",
    "/areas/exampleford/2016-09/",
    f"{HOME}2016-13/", f"{HOME}2016-09/..%2fseal/", f"{HOME}2016-09/data/..%2f..%2fseal.json",
])  # fmt: skip
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "%00", "a" * 9000]
)
def test_search_shows_what_was_asked_as_text(asked: str) -> None:
    answer = Client().get(f"{HOME}search/", {"q": asked})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(("ending", "kind"), [
    ("pdf", "application/pdf"), ("json", "application/json"), ("html", "text/html"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
])  # fmt: skip
def test_files_of_the_public_edition_are_given_to_keep(ending: str, kind: str) -> None:
    answer = Client().get(f"{HOME}2016-09/pack.{ending}")
    assert answer["Content-Type"].startswith(kind)
    assert answer["Content-Disposition"] == f'attachment; filename="harrowmere-2016-09.{ending}"'
    assert b"restricted" not in b"".join(answer)[:40]


@pytest.mark.parametrize(
    "address", [HOME, TNO, f"{HOME}2016-09/data/figures.csv", f"{HOME}feed.atom"]
)
def test_a_page_that_a_reader_has_is_not_made_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Client().get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    monkeypatch.setattr("django.shortcuts.render", None)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"


def test_a_correction_makes_pages_anew(tmp_path: Path) -> None:
    before = Client().get(TNO)["ETag"]
    corrected_month(tmp_path)
    answer = Client().get(TNO, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert b"Superseded" in answer.content


def test_who_signed_in_is_shown_a_page_that_nobody_keeps(as_role: AsRole) -> None:
    answer = as_role("clerk").get(TNO)
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


def test_a_stranger_gets_no_cookie() -> None:
    assert not Client().get(HOME).cookies


@pytest.mark.parametrize("address", [HOME, TNO, f"{HOME}packs/", f"{HOME}2016-09/data/figures.csv"])
def test_a_page_asks_the_database_twice(address: str) -> None:
    Client().get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(address)
    assert len(asked) == 2, [each["sql"] for each in asked]


# --- open data


def rows() -> list[dict[str, str]]:
    content = Client().get(f"{HOME}2016-09/data/figures.csv").content.decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_figures_stand_there_in_full_and_suppressed_ones_by_their_state() -> None:
    by_name = {row["figure"]: row for row in rows()}
    assert by_name["tno:month@2016-09:police"]["value"] == "1425.0"
    hidden = by_name["police|asb|E07000998|month@2016-09"]
    assert (hidden["state"], hidden["value"]) == ("suppressed", "")


def test_an_indicator_s_figures_are_its_own() -> None:
    content = Client().get(f"{HOME}2016-09/tno/figures.csv").content.decode()
    assert {row["indicator"] for row in csv.DictReader(io.StringIO(content))} == {"tno"}


def test_the_workbook_holds_the_same_rows() -> None:
    content = Client().get(f"{HOME}2016-09/data/figures.xlsx").content
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    held = list(sheet.values)
    assert list(held[0]) == [column.name for column in COLUMNS]
    assert [row[0] for row in held[1:]] == [row["figure"] for row in rows()]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


TYPES = {
    "string": r".*",
    "number": r"-?\d+(\.\d+)?(e[-+]?\d+)?",
    "gYearMonth": r"\d{4}-(0[1-9]|1[0-2])",
}


def test_csv_on_the_web_describes_each_column_and_types_hold() -> None:
    told = json.loads(Client().get(f"{HOME}2016-09/data/figures.csv-metadata.json").content)
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert told["url"] == "figures.csv"
    schema = told["tableSchema"]
    found = rows()
    assert [column["name"] for column in schema["columns"]] == list(found[0])
    for column in schema["columns"]:
        assert column["dc:description"]
        for row in found:
            value = row[column["name"]]
            if not value:
                assert not column["required"]
            elif column["datatype"] == "dateTime":
                datetime.fromisoformat(value)
            else:
                assert re.fullmatch(TYPES[column["datatype"]], value), (column["name"], value)
    names = [row[schema["primaryKey"]] for row in found]
    assert len(names) == len(set(names))


def test_the_data_package_describes_the_same_file() -> None:
    told = json.loads(Client().get(f"{HOME}2016-09/data/datapackage.json").content)
    assert told["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", told["name"])
    (resource,) = told["resources"]
    content = Client().get(f"{HOME}2016-09/data/{resource['path']}").content
    assert resource["bytes"] == len(content)
    known = {"string", "number", "yearmonth", "datetime"}
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows()[0])
    assert {field["type"] for field in fields} <= known
    assert all(field["description"] for field in fields)
    for field in fields:
        if field["constraints"]["required"]:
            assert all(row[field["name"]] for row in rows())


def kept(folder: Path) -> Path:
    """Both descriptions and their table, as somebody keeps them."""
    for name in ("figures.csv", "figures.csv-metadata.json", "datapackage.json"):
        (folder / name).write_bytes(Client().get(f"{HOME}2016-09/data/{name}").content)
    return folder


@pytest.mark.parametrize("licence", ["", "ogl-3"])
def test_validators_of_both_standards_find_nothing(tmp_path: Path, licence: str) -> None:
    """Theirs, not ours: csvw after the W3C's test suite, frictionless by who wrote the standard."""
    Partnership.objects.filter(pk="harrowmere").update(licence=licence)
    folder = tmp_path / "kept"
    folder.mkdir()
    kept(folder)
    assert CSVW(str(folder / "figures.csv-metadata.json"), validate=True).is_valid
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] == 1


@pytest.mark.filterwarnings("default::UserWarning")  # csvw gathers its own
def test_validators_find_a_wrong_value(tmp_path: Path) -> None:
    """Else the test above would say nothing."""
    table = kept(tmp_path) / "figures.csv"
    whole = table.read_bytes()
    assert b",1425.0," in whole
    table.write_bytes(whole.replace(b",1425.0,", b",many,"))
    assert not CSVW(str(tmp_path / "figures.csv-metadata.json"), validate=True).is_valid
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_licence_stands_where_the_files_are() -> None:
    Partnership.objects.filter(pk="harrowmere").update(licence="ogl-3")
    for address in (f"{HOME}data/", f"{HOME}2016-09/data/"):
        assert "Open Government Licence v3.0" in Client().get(address).content.decode()
    package = json.loads(Client().get(f"{HOME}2016-09/data/datapackage.json").content)
    assert package["licenses"][0]["name"] == "OGL-UK-3.0"
    table = json.loads(Client().get(f"{HOME}2016-09/data/figures.csv-metadata.json").content)
    assert table["dc:license"]["@id"].startswith("https://www.nationalarchives.gov.uk/")


def test_text_that_a_spreadsheet_would_reckon_is_marked_as_text() -> None:
    from callover.jobs.open_data import _plain

    assert _plain("=1+1") == "'=1+1"
    assert _plain(-7.0) == "-7.0"


def test_open_data_is_never_made_of_a_restricted_pack() -> None:
    from callover.jobs.open_data import About, data_file

    about = About("x", "2016-09", "http://x/", datetime(2016, 12, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="public edition"):
        data_file(pack_with_figures("restricted"), about, "figures.csv")
    assert data_file(pack_with_figures(PUBLIC), about, "figures.csv")


def test_the_page_of_all_pages_leads_to_each(tmp_path: Path) -> None:
    page = Client().get(f"{HOME}2016-09/contents/").content.decode()
    links = re.findall(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert links
    for address in re.findall(r'href="\.\./([^"#]+)"', links[0]):
        assert Client().get(f"{HOME}2016-09/{address}").status_code == 200
    assert 'href="../tno/"' in links[0]


# --- feed


def test_the_feed_is_atom_with_lasting_names(tmp_path: Path) -> None:
    first = etree.fromstring(Client().get(f"{HOME}feed.atom").content)
    (only,) = first.findall(f"{ATOM}entry")
    corrected_month(tmp_path)
    answer = Client().get(f"{HOME}feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert names[1] == only.findtext(f"{ATOM}id")
    assert len(set(names)) == 2
    assert "counted twice" in str(entries[0].findtext(f"{ATOM}summary"))
    for entry in entries:
        datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated")))
    link = feed.find(f"{ATOM}link[@rel='self']")
    assert link is not None
    assert link.get("href") == f"{settings.SITE_URL}{HOME}feed.atom"


# --- API


def read(address: str) -> object:
    return Client().get(f"/api/v1/partnerships{address}").json()


def test_the_api_lists_partnerships_packs_and_indicators(tmp_path: Path) -> None:
    corrected_month(tmp_path)
    listed = Client().get("/api/v1/partnerships").json()
    assert "harrowmere" in {each["id"] for each in listed}
    packs = read("/harrowmere/packs")
    assert isinstance(packs, list)
    assert [(p["edition"], p["superseded_by"]) for p in packs] == [
        ("2016-09-c1", None), ("2016-09", "2016-09-c1"),
    ]  # fmt: skip
    indicators = read("/harrowmere/packs/latest/indicators")
    assert isinstance(indicators, list)
    assert "tno" in {each["id"] for each in indicators}


def test_every_address_that_the_api_gives_is_answered() -> None:
    pack = Client().get("/api/v1/partnerships/harrowmere/packs/latest").json()
    for address in (pack["address"], *pack["files"].values(), *pack["data"].values()):
        assert fetch(address.removeprefix(settings.SITE_URL)).status == 200


def test_figures_are_filtered_and_come_page_by_page() -> None:
    found = read("/harrowmere/packs/2016-09/figures?indicator=tno&first_month=2016-09")
    assert isinstance(found, dict)
    assert [f["value"] for f in found["figures"]] == [1425.0]
    page = read("/harrowmere/packs/2016-09/figures?size=1&page=2")
    assert isinstance(page, dict)
    assert (page["count"], len(page["figures"])) == (3, 1)
    hidden = read("/harrowmere/packs/2016-09/figures?state=suppressed")
    assert isinstance(hidden, dict)
    assert [f["value"] for f in hidden["figures"]] == [None]


@pytest.mark.parametrize("wrong", ["size=0", "size=5000", "page=x", "first_month=2016-13"])
def test_a_filter_that_cannot_be_is_refused(wrong: str) -> None:
    address = f"/api/v1/partnerships/harrowmere/packs/2016-09/figures?{wrong}"
    assert Client().get(address).status_code == 422


def test_provenance_leads_to_file_row_and_date() -> None:
    found = read("/harrowmere/packs/2016-09/provenance?figure=tno:month@2016-09:police")
    assert isinstance(found, dict)
    assert found["rows"] == [{
        "file": "police.csv", "row": 12, "start": "2016-09-01", "end": "2016-09-30",
        "known_from": "2016-11-20T00:00:00+00:00", "note": "",
    }]  # fmt: skip
    missing = Client().get("/api/v1/partnerships/harrowmere/packs/2016-09/provenance?figure=x")
    assert missing.status_code == 404


def test_the_api_is_described_in_openapi_3_1() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    paths = told["paths"]
    assert "/api/v1/partnerships/{partnership}/packs/{edition}/figures" in paths
    submit = paths["/api/v1/partnerships/{partnership}/sources/{source}/submissions"]["post"]
    assert submit["security"]
    names = [one["operationId"] for each in paths.values() for one in each.values()]
    assert len(names) == len(set(names))


def test_who_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert READ.most == 300
    monkeypatch.setattr(api, "READ", Limit("api read of this test", 5, 60))
    for _ in range(5):
        last = Client().get("/api/v1/partnerships")
    assert last.status_code == 200
    answer = Client().get("/api/v1/partnerships")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    elsewhere = Client(REMOTE_ADDR="10.0.0.9").get("/api/v1/partnerships")
    assert elsewhere.status_code == 200


def test_a_sealed_pack_is_read_once() -> None:
    public_pack.cache_clear()
    for _ in range(3):
        Client().get(f"{HOME}2016-09/data/figures.csv")
    assert public_pack.cache_info().misses <= 1
