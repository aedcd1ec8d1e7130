"""The HTML pack in a real browser: phone, keyboard, dark, print, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from callover.report.packfile import read_pack

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    opened.goto(file.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_page_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 375])
def test_wide_tables_scroll_by_themselves_and_take_the_keyboard(page: Page, width: int) -> None:
    """Those behind closed details too."""
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    scrollers = page.locator(".scroll")
    assert scrollers.count() > 40
    wide = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") > 30
    unreached = page.evaluate(f"{wide}.filter(e => e.tabIndex !== 0).map(e => e.textContent)")
    assert unreached == []


def test_tables_of_few_columns_are_no_stop_of_the_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    columns = page.evaluate(
        "[...document.querySelectorAll('.scroll')]"
        ".map(e => [e.querySelectorAll('thead th').length, e.tabIndex])"
    )
    assert {stop for number, stop in columns if number <= 3} == {-1}
    assert {stop for number, stop in columns if number > 3} == {0}
    few = page.locator(".scroll:not([tabindex])")
    assert few.count() > 20
    assert page.locator(".scroll:not([tabindex])[role]").count() == 0


def test_nothing_is_asked_of_other_hosts_and_nothing_fails(browser: Browser, file: Path) -> None:
    opened = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    opened.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []


def test_the_first_stops_of_the_keyboard_skip_to_the_contents_and_past_them(page: Page) -> None:
    for stop, said in enumerate(("Skip to contents", "Skip past contents"), 1):
        page.goto(page.url.partition("#")[0])
        for _ in range(stop):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == said
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        where = "e => document.activeElement.compareDocumentPosition(e)"
        listed = page.locator("nav.contents a")
        if stop == 1:
            assert listed.first.evaluate("e => document.activeElement === e")
        else:
            assert listed.last.evaluate(where) == 2  # the last entry stands before it


def test_words_stay_legible_in_light_and_dark(browser: Browser, file: Path) -> None:
    for scheme in ("light", "dark"):
        opened = browser.new_page(color_scheme=scheme)
        opened.goto(file.as_uri())
        for selector in ("body", ".chip.red", ".chip.amber", ".chip.green", ".kicker", "main a"):
            assert opened.evaluate(_CONTRAST, selector) >= 4.5, (scheme, selector)
        opened.close()


_CONTRAST = """selector => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92
    : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const element = document.querySelector(selector);
  let back = element, ground = [255, 255, 255, 0];
  while (back) {
    const found = parse(getComputedStyle(back).backgroundColor);
    if (found.length === 3 || found[3] > 0) { ground = found; break; }
    back = back.parentElement;
  }
  const ink = light(parse(getComputedStyle(element).color));
  const [a, b] = [ink, light(ground)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


def test_print_gives_each_indicator_a_page(page: Page, file: Path, tmp_path: Path) -> None:
    page.pdf(path=str(tmp_path / "print.pdf"), format="A4")
    import pypdfium2

    printed = pypdfium2.PdfDocument(str(tmp_path / "print.pdf"))
    try:
        texts = [p.get_textpage().get_text_range() for p in printed]
    finally:
        printed.close()
    sections = read_pack(file.with_suffix(".json")).document.sections
    titles = [s.title for s in sections if s.kind == "indicator"]
    assert len(titles) == 34
    for title in titles[:5]:
        assert any(
            text.strip().splitlines()[1:2] == [title] or title in text[:160] for text in texts
        )


def test_print_is_about_as_long_as_the_pdf_and_cuts_no_row(
    page: Page, file: Path, tmp_path: Path
) -> None:
    """The typesetter sets closer than a browser: a tenth more pages at most."""
    import pypdfium2

    page.pdf(path=str(tmp_path / "print.pdf"), prefer_css_page_size=True)
    with (
        pypdfium2.PdfDocument(str(tmp_path / "print.pdf")) as printed,
        pypdfium2.PdfDocument(str(file.with_suffix(".pdf"))) as made,
    ):
        assert len(printed) <= 1.12 * len(made)
        texts = [sheet.get_textpage().get_text_range() for sheet in printed]
    summary = [text for text in texts if "Strategic" in text and "Rank" in text]
    assert len(summary) >= 2, "the heading row stands on each page of the summary"
    rules = page.evaluate(
        "[...document.styleSheets[0].cssRules].filter(r => r.media?.mediaText === 'print')"
        ".map(r => r.cssText).join('')"
    )
    assert "table-header-group" in rules
    assert "break-inside: avoid" in rules
