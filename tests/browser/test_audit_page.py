"""The audit's page in a real browser: axe, phone, print, filters without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from audit_sample import ACCEPTS_NOTHING, ACCEPTS_STALE, PACK, STALE, many, result
from axe import assert_clean, judged
from callover.audit.report.html import as_html

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty findings of all kinds, an accepted one, an outdated entry and a note."""
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    pack = replace(PACK, notes=("Page 7 is a picture.",))
    shown = result((*many(60), STALE), (ACCEPTS_STALE, ACCEPTS_NOTHING), pack)
    path.write_text(as_html(shown), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, audited: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    opened.goto(audited.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("width", "scheme", "media"),
    [
        (320, "light", "screen"),
        (320, "dark", "screen"),
        (1280, "light", "screen"),
        (1280, "dark", "screen"),
        (1280, "light", "print"),
    ],
)
def test_the_page_obeys(
    browser: Browser, audited: Path, width: int, scheme: str, media: str
) -> None:
    assert_clean(judged(browser, audited, width, scheme, media))


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SPACED = """* { line-height:1.5 !important; letter-spacing:.12em !important;
  word-spacing:.16em !important; } p { margin-bottom:2em !important; }"""
"""What a reader may set of text (WCAG 1.4.12)."""
LARGE = "html { font-size:200% !important; }"
SPILLED = """() => [...document.querySelectorAll("body *")].filter(each => {
  if (each.closest(".of, .skip, .sign")) return false;
  const box = each.getBoundingClientRect(), cuts = getComputedStyle(each).overflowX !== "visible";
  return box.width && (box.right > innerWidth + 1 || box.left < -1
    || cuts && each.scrollWidth > each.clientWidth + 1);
}).map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("style", ["", SPACED, LARGE, SPACED + LARGE])
def test_nothing_spills_or_is_clipped_however_text_is_set(
    browser: Browser, audited: Path, width: int, style: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, bypass_csp=True)
    opened = context.new_page()
    opened.goto(audited.as_uri())
    opened.add_style_tag(content=style or " ")
    spilled = opened.evaluate(SPILLED)
    wide = opened.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert spilled == []
    assert wide <= width


def test_the_filter_tells_what_it_shows(page: Page) -> None:
    status = page.get_by_role("status")
    assert status.inner_text() == "Showing all 60 findings"
    for kind in ("suspicious", "explainable"):
        page.locator(f"#show-{kind}").uncheck()
    entries = page.locator("article:visible")
    shown = entries.count() + entries.locator(".also li").count()
    assert status.inner_text() == f"Showing {shown} of 60 findings"
    page.locator("#show-wrong").uncheck()
    assert status.inner_text() == "Showing 0 of 60 findings"


def test_a_screen_reader_hears_which_finding_a_link_leads_to(page: Page) -> None:
    first = page.get_by_role("link", name="1 Wrong", exact=False).first
    heading = page.locator(".fix h3").first.inner_text()
    place = first.locator(".at").inner_text()
    assert page.get_by_role("link", name=f"1 Wrong {place} in {heading}", exact=True).count() == 1


def test_a_filter_hides_a_severity_everywhere_without_script(page: Page) -> None:
    counts = {
        kind: page.locator(f".{kind}.one:visible").count() for kind in ("wrong", "suspicious")
    }
    assert all(counts.values())
    page.locator("#show-suspicious").uncheck()
    assert page.locator(".suspicious.one:visible").count() == 0
    assert page.locator(".wrong.one:visible").count() == counts["wrong"]
    assert page.locator(".group:visible:not(:has(.one:visible))").count() == 0


def test_places_stand_side_by_side_where_there_is_room(page: Page) -> None:
    def tops() -> list[float]:
        boxes = page.locator(".both.two").first.locator("> div").all()
        return [box["y"] for each in boxes if (box := each.bounding_box())]

    assert len(set(tops())) == 2
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(set(tops())) == 1


@pytest.mark.parametrize("number", [5, 60, 400])
def test_the_list_to_fix_takes_one_page_of_paper(
    browser: Browser, tmp_path: Path, number: int
) -> None:
    made = tmp_path / "audit.html"
    pack = replace(PACK, notes=("Page 7 is a picture, and nothing on it could be read.",) * 4)
    made.write_text(as_html(result(many(number), pack=pack)), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(made.as_uri())
    opened.pdf(path=tmp_path / "audit.pdf", prefer_css_page_size=True)
    opened.close()
    paper = pypdfium2.PdfDocument(tmp_path / "audit.pdf")
    texts = [paper[i].get_textpage().get_text_bounded() for i in range(2)]
    paper.close()
    assert "List to fix" in texts[0]
    assert texts[1].split("\r\n")[1] == "Findings"  # below the number of the page
