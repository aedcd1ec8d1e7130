"""The exported site opened from a folder: whole, on a phone too, and clean under axe's rules."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from axe import assert_clean, judged
from callover.web.accounts.sync import sync_partnerships
from callover.web.publication.export import export_site
from publication_cases import corrected_month, published_month

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs beside us
pytestmark = pytest.mark.slow
AREA = "areas/harrowmere"
PAGES = (
    "index.html", f"{AREA}/index.html", f"{AREA}/packs/index.html", f"{AREA}/data/index.html",
    f"{AREA}/2016-09/tno/index.html", f"{AREA}/2016-09-c1/tno/index.html",
    f"{AREA}/2016-09-c1/correction/index.html", f"{AREA}/2016-09-c1/data/index.html",
)  # fmt: skip


@pytest.fixture
def out(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export of a month and its correction."""
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    sync_partnerships()
    published_month(tmp_path)
    corrected_month(tmp_path)
    export_site(tmp_path / "out")
    return tmp_path / "out"


def test_pages_are_clean_and_load_nothing_that_is_missing(browser: Browser, out: Path) -> None:
    for name in PAGES:
        for width, scheme in ((1200, "light"), (320, "dark")):
            assert_clean(judged(browser, out / name, width, scheme, "screen"))
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    missing: list[str] = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    for name in PAGES:
        page.goto((out / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    lost = [url for url in missing if not Path(urlsplit(url).path).is_file()]  # others: left early
    assert not lost
    context.close()


def test_a_reader_goes_from_the_front_page_to_the_correction(browser: Browser, out: Path) -> None:
    page = browser.new_page()
    page.goto((out / "index.html").as_uri())
    page.get_by_role("link", name="Harrowmere Community Safety Partnership").first.click()
    page.get_by_role("link", name="What was corrected and why").click()
    assert page.get_by_text("Eight offences were counted twice.").is_visible()
    page.locator("main").get_by_role("link", name="September 2016", exact=True).click()
    assert "Superseded" in page.locator("main").inner_text()
    page.close()
