"""Nothing restricted is public: words and withheld values are looked for in all that a stranger
can fetch, unpacked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from callover.jobs.demo import KNOWN, MONTH
from callover.report.wards import wards_name
from callover.web.publication.actions import publish
from callover.web.publication.export import export_site
from callover.web.publication.mail import tell_subscribers
from callover.web.publication.models import Subscriber
from callover.web.snapshots.build import build
from callover.web.snapshots.models import Signature, Snapshot
from public_crawl import Fetched, crawl, fetch, texts, visible
from publication_cases import WITHHELD, corrected_month, published_month, signed
from site_under_test import MARKER, person
from ward_cases import WITHHELD_WARDS

AREA = "/areas/harrowmere/"
API = "/api/v1/partnerships/harrowmere/packs"
NEEDLES = (MARKER, str(WITHHELD), f"{WITHHELD:,}", f"{WITHHELD}.0", "OFFICIAL-SENSITIVE",
           *(str(n) for n in WITHHELD_WARDS), *(f"{n:,}" for n in WITHHELD_WARDS))  # fmt: skip


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")


def everything(partnership: str, editions: Iterable[str]) -> dict[str, Fetched]:
    """Every public page, file and answer, by crawling and by calling what nothing links to."""
    area, api = f"/areas/{partnership}/", f"/api/v1/partnerships/{partnership}/packs"
    start = ["/", area, f"{area}feed.atom", f"{area}search/?q=a",
             f"{area}search/?q=restricted+readers",
             "/api/v1/", "/api/v1/openapi.json", "/api/v1/partnerships", api,
             f"/colour/{partnership}.css", "/health/live/"]  # fmt: skip
    for edition in (*editions, "latest"):
        start += [f"{api}/{edition}", f"{api}/{edition}/indicators",
                  *(f"{api}/{edition}/figures?size=1000&page={page}" for page in range(1, 6)),
                  f"{api}/{edition}/provenance?figure={MARKER}"]  # fmt: skip
    return crawl(start)


def errors() -> Iterator[Fetched]:
    """Answers to what is not there, not allowed, or not understood."""
    for address in (f"{AREA}2016-10/", f"{AREA}2016-09/callover-pack.json",
                    f"{AREA}2016-09/pack.exe",
                    f"{AREA}2016-09/data/callover-pack.json",
                    f"{AREA}2016-09/data/callover-wards.json", f"{AREA}2016-09/asb/wards/",
                    reverse("wards", args=["harrowmere", "2016-09", 1, "tno"]),
                    "/members/harrowmere/", "/nowhere",
                    reverse("page", args=["harrowmere", "2016-09", 1, "tno"]),
                    reverse("download", args=["harrowmere", "2016-09", 1, "json"]),
                    f"{API}/2016-09/figures?size=x", f"{API}/2016-09/figures?indicator=asb",
                    f"{AREA}subscribe/x/", f"{AREA}leave/x/"):  # fmt: skip
        yield fetch(address)
    yield fetch("/", Client(raise_request_exception=False, SERVER_NAME="evil.example"))
    yield fetch(f"{AREA}2016-09/tno/", None, **{"If-None-Match": "*"})


def found_in(fetched: Iterable[Fetched], needles: Iterable[str]) -> list[tuple[str, str]]:
    """Where a needle is, in content, in what is packed in it, or in headers."""
    wanted = tuple(needles)
    return [
        (needle, place)
        for one in fetched
        for place, text in (("headers", one.headers), *texts(one.address, one.content))
        for needle in wanted
        if needle in text
    ]


def test_the_needles_are_where_members_may_read_them(tmp_path: Path) -> None:
    """Else the tests below would look for what is nowhere."""
    folder = signed(tmp_path).folder
    text = (folder / "callover-pack.json").read_text(encoding="utf-8")
    assert MARKER in text
    assert f"{WITHHELD}.0" in text
    by_ward = (folder / wards_name("restricted")).read_text(encoding="utf-8")
    assert all(f"{n}.0" in by_ward and f"{n:,}" in by_ward for n in WITHHELD_WARDS)


def test_a_needle_is_found_however_it_is_packed(tmp_path: Path) -> None:
    import io
    import zipfile

    import pikepdf

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<x>{MARKER}</x>")
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.docinfo["/Subject"] = MARKER
    pdf.save(out)
    for content in (inner.getvalue(), out.getvalue(), MARKER.encode("utf-16-le")):
        assert any(MARKER in text for _, text in texts("x", content))


def test_nothing_that_is_public_tells_what_is_restricted(tmp_path: Path) -> None:
    published_month(tmp_path)
    corrected_month(tmp_path)
    found = everything("harrowmere", ("2016-09", "2016-09-c1"))
    assert f"{AREA}2016-09-c1/asb/" in found
    assert f"{AREA}2016-09/pack.json" in found
    assert any(address.endswith("/charts.json") for address in found)
    assert f"{AREA}2016-09/data/figures.xlsx" in found
    assert f"{AREA}2016-09/tno/wards/" in found
    assert f"{AREA}2016-09/data/wards.csv" in found
    assert not found_in(found.values(), NEEDLES)
    assert not [one.address for one in found.values() if one.status >= 500]


def test_error_pages_tell_nothing(tmp_path: Path) -> None:
    published_month(tmp_path)
    found = list(errors())
    assert {one.status for one in found} >= {302, 304, 404, 422, 400}
    assert not found_in(found, NEEDLES)


def test_nothing_is_told_of_what_waits_for_its_time(tmp_path: Path) -> None:
    at = timezone.now() + timedelta(days=7)
    publish(by=person("clerk"), snapshot=signed(tmp_path), at=at)
    found = everything("harrowmere", ("2016-09",))
    assert not found_in(found.values(), (*NEEDLES, "1,425", "1425"))
    assert f"{AREA}2016-09/" not in {one.address for one in found.values() if one.status == 200}


def test_mail_to_subscribers_tells_nothing(tmp_path: Path) -> None:
    made = published_month(tmp_path)
    Subscriber.objects.create(
        partnership_id="harrowmere", email="a@example.org", confirmed=made.publish_at
    )
    assert tell_subscribers(made) == 1
    assert not any(needle in mail.outbox[0].message().as_string() for needle in NEEDLES)


def test_the_export_tells_nothing(tmp_path: Path) -> None:
    published_month(tmp_path)
    corrected_month(tmp_path)
    export_site(tmp_path / "out")
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) > 40
    for path in files:
        for place, text in texts(path.name, path.read_bytes()):
            assert not [needle for needle in NEEDLES if needle in text], place


# --- with real packs


def withheld(snapshot: Snapshot) -> tuple[list[str], list[int]]:
    """Of the figures that the public edition lacks: values with many digits as they are written,
    and counts that no public figure is equal to."""
    held: list[dict[str, Any]] = []
    for name in ("callover-pack", "callover-pack-public"):
        content = json.loads((snapshot.folder / f"{name}.json").read_bytes())
        held.append({f["key"]: f["value"] for f in content["figures"]})
    restricted, public = held
    shown = {abs(value) for value in public.values() if isinstance(value, int | float)}
    gone = [
        value for key, value in restricted.items()
        if public.get(key) is None and isinstance(value, int | float)
        and abs(value) not in shown  # a third of a small number is many a share
    ]  # fmt: skip
    long = [repr(v) for v in gone if len(repr(v)) > 12]
    counts = [int(v) for v in gone if float(v).is_integer() and v >= 600]
    return long, counts


@pytest.mark.slow
def test_no_withheld_count_of_a_real_pack_is_public(real_workspace: Path, tmp_path: Path) -> None:
    snapshot = Snapshot.objects.create(
        partnership_id="barking-and-dagenham", month=str(MONTH), number=1, known_at=KNOWN,
        released_by="Head of community safety",
    )  # fmt: skip
    build(snapshot.pk)
    snapshot.refresh_from_db()
    Signature.objects.create(
        snapshot=snapshot, by=person("chair", snapshot.partnership_id), post="Chair"
    )
    publish(by=person("clerk", snapshot.partnership_id), snapshot=snapshot)
    long, counts = withheld(snapshot)
    assert long
    assert counts
    marking = str(json.loads((snapshot.folder / "callover-pack.json").read_bytes())["marking"])
    found = everything(snapshot.partnership_id, (str(MONTH),))
    assert len(found) > 100
    assert not found_in(found.values(), long)
    for one in found.values():
        assert marking not in one.content.decode(errors="replace"), one.address
        if one.kind.startswith("text/html") and "/pack." not in one.address:
            said = visible(one.content.decode())
            for count in counts:
                assert not re.search(rf"(?<![\d.,:-]){count:,}(?![\d.,])", said), one.address
    export_site(tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.*"):
        for place, text in texts(path.name, path.read_bytes()):
            assert not [needle for needle in long if needle in text], place
