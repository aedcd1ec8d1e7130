"""The public site as plain files: whole, without a server, from any folder."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache

from callover.domain.errors import UserError
from callover.web.journal.models import Entry
from callover.web.publication.export import export_site, file_of
from publication_cases import corrected_month, published_month

LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)""")


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export of two editions."""
    cache.clear()
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    published_month(tmp_path)
    corrected_month(tmp_path)
    export_site(tmp_path / "out")
    return tmp_path / "out"


def test_everything_that_is_linked_is_there(out: Path) -> None:
    pages = sorted(out.rglob("index.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in map(unescape, LINK.findall(text)):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            assert not parts.path.startswith("/"), (page, link)
            assert (page.parent / unquote(parts.path)).is_file(), (page, link)
    for sheet in out.rglob("*.css"):
        for link in IN_STYLE.findall(sheet.read_text(encoding="utf-8")):
            if not link.startswith("data:"):
                assert (sheet.parent / link).is_file(), (sheet, link)


def test_what_needs_a_server_is_left_out_plainly(out: Path) -> None:
    home = (out / "areas/harrowmere/index.html").read_text(encoding="utf-8")
    assert "Search and news by e-mail are on the site itself" in home
    for page in out.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        assert "<form" not in text
        assert "<script" not in text
        assert "Sign in" not in text


def test_files_lie_beside_the_pages(out: Path) -> None:
    edition = out / "areas/harrowmere/2016-09-c1"
    for name in ("pack.pdf", "pack.xlsx", "pack.json", "data/figures.csv", "data/datapackage.json",
                 "data/figures.csv-metadata.json", "tno/figures.csv",
                 "tno/index.html"):  # fmt: skip
        assert (edition / name).is_file()
    assert (edition.parent / "2016-09/tno/index.html").is_file()


def test_it_is_noted_and_written_into_no_folder_that_holds_something(out: Path) -> None:
    assert Entry.objects.get(action="export site").detail["pages"] > 20
    with pytest.raises(UserError, match="holds something"):
        export_site(out)


@pytest.mark.parametrize(("address", "path"), [
    ("/", "index.html"), ("/areas/x/", "areas/x/index.html"), ("/areas/x/a.csv", "areas/x/a.csv"),
])  # fmt: skip
def test_where_an_address_lies(address: str, path: str) -> None:
    assert file_of(address) == path
