"""The page on a phone, for the keyboard, without script, in forced colours, and what it weighs."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from callover.report.packfile import read_pack
from callover.report.render.html import render_html
from callover.report.render.traces import traces

pytestmark = pytest.mark.slow


@pytest.fixture
def phone(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, java_script_enabled=False
    )
    opened = context.new_page()
    opened.goto(file.as_uri())
    yield opened
    context.close()


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 360, "height": 740})
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_first_screen_of_an_indicator_holds_title_rating_sentence_and_chart(page: Page) -> None:
    """The chart may run a little over where title and rule are long; half of it is in view."""
    seen = page.evaluate(
        """[...document.querySelectorAll('section.indicator')].map(section => {
          const top = section.getBoundingClientRect().top;
          const end = one => one ? one.getBoundingClientRect().bottom - top : 0;
          const chart = section.querySelector('figure > svg');
          const box = chart && chart.getBoundingClientRect();
          const middle = box && (box.top + box.bottom) / 2 - top;
          return [section.querySelector('h3').textContent, end(section.querySelector('h3')),
                  end(section.querySelector('.chips')), end(section.querySelector('p.lead')),
                  middle];
        })"""
    )
    assert len(seen) == 34
    for title, *ends in seen:
        known = [end for end in ends if end]
        assert known == sorted(known), f"{title}: order"
        assert max(known) <= 740, f"{title}: {known}"


def test_words_in_charts_keep_eleven_pixels(page: Page) -> None:
    sizes = page.evaluate(_CHART_WORDS)
    assert len(sizes) > 300
    assert min(sizes) >= 11 - 0.05
    page.set_viewport_size({"width": 320, "height": 640})
    assert min(page.evaluate(_CHART_WORDS)) >= 9.7  # a chart drawn 360 points wide, on 320


_CHART_WORDS = """[...document.querySelectorAll('figure > svg')].flatMap(svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const size = word => parseFloat(getComputedStyle(word).fontSize) * scale;
  return [...svg.querySelectorAll('text')].map(size);
})"""


@pytest.mark.parametrize("width", [320, 360])
def test_what_is_tapped_is_large_enough(page: Page, width: int) -> None:
    """24 by 24 pixels (WCAG 2.2, 2.5.8); links and numbers within a sentence are excepted there."""
    page.set_viewport_size({"width": width, "height": 640})
    small = page.evaluate(
        """[...document.querySelectorAll('a, summary, .value button')].filter(one => {
          if (one.closest('p:not(.back), li:not(nav li), .skip')) return false;
          const box = one.getBoundingClientRect();
          return box.width && (box.height < 24 || box.width < 24);
        }).map(one => one.outerHTML)"""
    )
    assert small == []


def test_tables_scroll_alone_named_and_by_keyboard(page: Page) -> None:
    """The row keeps its name in view; the page stays where it is."""
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll[tabindex]')].every(one => one.tabIndex === 0 && "
        "document.getElementById(one.getAttribute('aria-labelledby')).textContent)"
    )
    wide = page.locator("section[aria-labelledby=summary] .scroll")
    name = wide.first.locator("tbody th[scope=row]:not(.num)").first
    wide.first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)  # the browser scrolls smoothly; the page lets no script be waited on
    assert page.evaluate("document.activeElement.scrollLeft") > 40
    box = name.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert page.evaluate("scrollX") == 0


def test_a_number_shows_where_it_comes_from_by_tap_and_by_key(phone: Page, page: Page) -> None:
    for opened, press in ((phone, "tap"), (page, "key")):
        number = opened.locator("section.indicator p.lead button").first
        trace = opened.locator(f"[id='{number.get_attribute('popovertarget')}']")
        assert not trace.is_visible()
        if press == "tap":
            number.tap()
        else:
            number.focus()
            opened.keyboard.press("Enter")
        assert trace.is_visible()
        said = trace.inner_text()
        assert "17,825" in said
        assert re.search(r"\.csv, line \d+", said)
        assert "Known on 20 November 2016" in said
        if press == "key":
            opened.keyboard.press("Escape")
            assert not trace.is_visible()


def test_numbers_to_press_and_abbreviations_are_underlined_differently(page: Page) -> None:
    line = "one => { const s = getComputedStyle(document.querySelector(one)); "
    line += "return [s.textDecorationLine, s.textDecorationStyle]; }"
    assert page.evaluate(line, "p.lead button") == ["underline", "solid"]
    assert page.evaluate(line, "abbr[title]") == ["underline", "dotted"]


def test_a_copied_sentence_has_no_hidden_words(page: Page) -> None:
    lead = page.locator("section.indicator p.lead").first
    copied = lead.evaluate(
        "one => { getSelection().selectAllChildren(one); return `${getSelection()}`; }"
    )
    assert "17,825" in copied
    assert "source" not in copied


def opened_trace(page: Page) -> tuple[Locator, Locator]:
    """The first number of an indicator's sentence, pressed by key, and what it opened."""
    number = page.locator("section.indicator p.lead button").first
    number.focus()
    page.keyboard.press("Enter")
    trace = page.locator(f"[id='{number.get_attribute('popovertarget')}']")
    assert trace.is_visible()
    return number, trace


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_an_opened_trace_takes_the_focus_and_gives_it_back(page: Page, way: str) -> None:
    assert page.evaluate("document.activeElement === document.body"), "nothing has it at first"
    number, trace = opened_trace(page)
    expect(trace).to_be_focused()
    expect(trace).to_have_role("dialog")
    expect(trace).to_have_accessible_name(re.compile("^Where this number comes from: .+, .+"))
    if way == "Close":
        page.keyboard.press("Tab")
        close = trace.get_by_role("button", name="Close")
        expect(close).to_be_focused()
        box = close.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.keyboard.press("Enter" if way == "Close" else "Escape")
    expect(trace).not_to_be_visible()
    expect(number).to_be_focused()


def test_no_open_trace_hides_what_has_the_focus(page: Page) -> None:
    """Many numbers on, some lay under it (WCAG 2.2, 2.4.11)."""
    _, trace = opened_trace(page)
    expect(trace).to_have_css("opacity", "1")
    page.keyboard.press("Tab")
    expect(trace).to_have_css("opacity", "1")
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(_UNCOVERED)
        assert seen, page.evaluate("document.activeElement.outerHTML")
    expect(trace).to_have_css("opacity", "0")


_UNCOVERED = """(() => {
  const box = document.activeElement.getClientRects()[0];
  const x = Math.min(box.left + box.width / 2, innerWidth - 1);
  const top = document.elementFromPoint(x, box.top + Math.min(box.height, 20) / 2);
  return document.activeElement.contains(top);
})()"""


def test_a_trace_scrolls_within_the_smallest_screen(page: Page) -> None:
    """320 by 256 is a page enlarged four times (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 256})
    longest = page.evaluate(
        "[...document.querySelectorAll('.trace')]"
        ".sort((a, b) => b.textContent.length - a.textContent.length)[0].id"
    )
    page.locator(f"section [popovertarget='{longest}']").first.press("Enter")
    trace = page.locator(f"[id='{longest}']")
    for key in ("Home", "End"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)  # the browser scrolls smoothly
        box, close = trace.bounding_box(), trace.locator("button").bounding_box()
        assert box is not None
        assert close is not None
        assert box["y"] >= 0
        assert box["x"] >= 0
        assert box["y"] + box["height"] <= 256
        assert close["y"] + close["height"] <= box["y"] + box["height"]
    assert trace.evaluate("one => one.scrollHeight > one.clientHeight && one.scrollTop > 0")
    last = trace.locator("p").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= close["y"], "its end can be read above the button"


def test_every_key_figure_and_sentence_is_traced(page: Page) -> None:
    assert page.locator(".indicator dd.value").count() > 60
    untraced = page.evaluate(
        "[...document.querySelectorAll('.indicator dd.value')]"
        ".filter(one => !one.querySelector('button')).map(one => one.textContent)"
    )
    assert untraced == []


def test_without_script_everything_is_there(phone: Page) -> None:
    assert phone.locator("section.indicator").count() == 34
    first = phone.locator("summary").first
    first.tap()
    assert phone.locator("details[open] table").first.is_visible()


def test_the_page_lets_nothing_run_and_nothing_load(page: Page) -> None:
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    blocked = page.evaluate(
        """new Promise(done => {
          document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.evaluate("window.ran") is None


def test_landmarks_and_the_way_back(page: Page) -> None:
    for landmark in ("header", "main", "footer", "nav[aria-label=Contents]"):
        assert page.locator(landmark).count() == 1, landmark
    page.locator("section.indicator .back a").first.click()
    assert page.evaluate("location.hash") == "#contents"


def test_forced_colours_keep_the_outlines(browser: Browser, file: Path) -> None:
    context = browser.new_context(forced_colors="active")
    opened = context.new_page()
    opened.goto(file.as_uri())
    edges = opened.evaluate(
        "[...document.querySelectorAll('.chips .chip:not(.quiet), .panel')]"
        ".every(one => parseFloat(getComputedStyle(one).borderTopWidth) >= 1)"
    )
    context.close()
    assert edges


def test_nothing_moves(file: Path) -> None:
    style = re.search(r"<style>(.*?)</style>", file.read_text(encoding="utf-8"), re.DOTALL)
    assert style is not None
    assert not re.search(r"transition|animation|scroll-behavior", style[1])


def test_weight_and_time(file: Path, browser: Browser) -> None:
    """A megabyte at most, rendered in a second with its charts drawn, open in three."""
    assert file.stat().st_size <= 1_000_000
    pack = read_pack(file.with_suffix(".json"))
    render_html(pack.document)
    began = time.process_time()
    render_html(pack.document, traces(pack))
    assert time.process_time() - began <= 1
    assert min(_opening(browser, file) for _ in range(3)) <= 3000  # others may load the machine


def _opening(browser: Browser, file: Path) -> float:
    """Milliseconds from the address to the finished page."""
    opened = browser.new_page()
    opened.goto(file.as_uri())
    took = opened.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    opened.close()
    return float(took)


def test_a_wide_table_shows_that_it_goes_on(page: Page) -> None:
    """Words above it and a shadow at its edge, on a phone; neither where there is room."""
    cue = page.locator("section[aria-labelledby=summary] .cue")
    assert cue.is_visible()
    assert cue.inner_text() == "Scroll the table sideways for more columns →"
    shade = page.evaluate(
        "getComputedStyle(document.querySelector('section[aria-labelledby=summary] .scroll'))"
        ".backgroundAttachment"
    )
    assert shade == "local, scroll"
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not cue.is_visible()
