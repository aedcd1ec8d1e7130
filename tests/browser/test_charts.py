"""Charts on the site: pointed at, stepped through; under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import AXE, told
from callover.web.operations.server import free_port
from example_pack import example_pack, example_workspace
from site_process import Site, answers, await_

pytestmark = pytest.mark.slow

FILL = """
prepare()
from callover.web.accounts.models import Membership, Person
from callover.web.snapshots.serving import DOCUMENTS, PACK_FILES
from sessions import session_of
from site_under_test import seal_one

files = Path({files!r})
pack = (files / "callover-pack.json").read_bytes()
for base in PACK_FILES.values():
    (files / f"{{base}}.json").write_bytes(pack)
    for name in DOCUMENTS:
        (files / f"{{base}}.{{name}}").write_bytes(b"x")
seal_one(files, "barking-and-dagenham")
who = Person.objects.create_user("a@x.test", "quiet harbour sings at nine", post="Analyst")
Membership.objects.create(person=who, partnership_id="barking-and-dagenham", role="analyst")
print(json.dumps(session_of(who)))
"""


class Charted:
    """The served site with one sealed pack, and the session of its analyst."""

    def __init__(self, address: str, session: str, browser: Browser) -> None:
        self.address, self.session, self.browser = address, session, browser

    def page(self, slug: str, **how: object) -> Page:
        context = self.browser.new_context(base_url=self.address, **how)
        context.add_cookies([{"name": "session", "value": self.session, "url": self.address}])
        page = context.new_page()
        page.goto(f"/members/barking-and-dagenham/snapshots/2016-09/1/{slug}/")
        return page


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Charted]:
    folder, port = tmp_path_factory.mktemp("charts") / "space", free_port()
    example_pack(example_workspace(folder), folder.parent / "files", formats=("xlsx",))
    site = Site(folder, CALLOVER_REQUIRE_MFA="0", CALLOVER_URL=f"http://127.0.0.1:{port}")
    session = site.run(FILL.format(files=str(folder.parent / "files")))
    server = site.start("serve", "--port", str(port), "--no-worker")
    try:
        await_(lambda: answers(port), pause=0.2)
        yield Charted(f"http://127.0.0.1:{port}", session, browser)
    finally:
        server.terminate()
        server.wait(60)


def months(page: Page) -> Locator:
    return page.locator("figure[data-chart='time-tno']")


def row_words(figure: Locator, place: int) -> list[str]:
    """The cells of a row of the chart's table, as they stand there."""
    row = figure.locator("details tbody tr").nth(place)
    return [" ".join(cell.split()) for cell in row.locator("th, td").all_text_contents()]


def point(page: Page, figure: Locator, across: float, down: float = 0.5) -> None:
    box = figure.locator("> svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def test_nothing_is_loaded_until_somebody_points(charted: Charted) -> None:
    asked: list[str] = []
    page = charted.page("tno")
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "vega" in url or "charts.json" in url]


def test_a_month_that_is_pointed_at_is_told_as_its_table_tells_it(charted: Charted) -> None:
    page, said = charted.page("tno"), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    figure = months(page)
    for across in (0.15, 0.35, 0.6):
        point(page, figure, across)
        expect(figure.locator(".chart-here")).to_have_attribute("visibility", "visible")
        place = int(figure.locator(".chart-slider").input_value())
        words = figure.locator(".chart-said").inner_text()
        assert all(cell in words for cell in row_words(figure, place)), words
    assert not said  # the content-security policy refused nothing


@pytest.mark.parametrize("width", [360, 1200])
def test_the_bar_that_is_framed_is_the_one_that_is_told(charted: Charted, width: int) -> None:
    page = charted.page("tno", viewport={"width": width, "height": 900})
    figure = months(page)
    slider = figure.locator(".chart-slider")
    slider.focus()
    frame = figure.locator(".chart-here")
    expect(frame).to_have_attribute("visibility", "visible")
    bars = figure.locator("g.mark-rect").filter(has=page.locator("path[fill='#1d70b8']")).first
    drawn = bars.locator("path")
    last = figure.locator("details tbody tr").count() - 1
    assert drawn.count() == last + 1
    for place in (0, last // 2, last):
        slider.fill(str(place))
        inner, bar = frame.bounding_box(), drawn.nth(place).bounding_box()
        assert inner is not None
        assert bar is not None
        assert abs(inner["x"] + inner["width"] / 2 - bar["x"] - bar["width"] / 2) < 2
        assert abs(inner["y"] + inner["height"] - bar["y"] - bar["height"]) < 4
        assert inner["height"] >= bar["height"]
        assert inner["width"] < 2 * bar["width"]


@pytest.mark.parametrize("slug", ["tno", "robbery", "violence_with_injury", "burglary"])
def test_every_chart_of_a_page_tells_each_of_its_rows(charted: Charted, slug: str) -> None:
    page = charted.page(slug)
    figures = page.locator("figure[data-chart]")
    assert figures.count() > 0
    for number in range(figures.count()):
        figure = figures.nth(number)
        slider = figure.locator(".chart-slider")
        slider.focus()
        last = figure.locator("details tbody tr").count() - 1
        for place in (0, last // 2, last):
            slider.fill(str(place))
            first = row_words(figure, place)[0]
            expect(figure.locator(".chart-said")).to_contain_text(f"{first}:")


def test_a_keyboard_steps_from_month_to_month_and_hears_it(charted: Charted) -> None:
    page = charted.page("tno")
    figure = months(page)
    slider = figure.locator(".chart-slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    before_last = figure.locator("details tbody tr").count() - 2
    month, value, *_ = row_words(figure, before_last)
    expect(figure.locator(".chart-said")).to_contain_text(month)
    heard = slider.get_attribute("aria-valuetext")
    assert heard is not None
    assert heard.startswith(f"{month}: this year {value}")


def test_a_finger_reads_on_a_phone(charted: Charted) -> None:
    page = charted.page("tno", viewport={"width": 360, "height": 740}, has_touch=True)
    figure = months(page)
    figure.locator("> svg").tap()
    expect(figure.locator(".chart-here")).to_have_attribute("visibility", "visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_chart_drawn_anew_keeps_its_words_for_those_who_cannot_see(charted: Charted) -> None:
    page = charted.page("tno", bypass_csp=True)
    figure = months(page)
    before = figure.locator("> svg").get_attribute("aria-label")
    point(page, figure, 0.4)
    expect(figure.locator(".chart-here")).to_have_attribute("visibility", "visible")
    assert figure.locator("> svg").get_attribute("aria-label") == before
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert told(page.evaluate("axe.run(document)")["violations"]) == []


def test_where_the_drawer_cannot_be_had_the_picture_stays_and_says_so(charted: Charted) -> None:
    page = charted.page("tno")
    page.route("**/vega/*", lambda route: route.abort())
    figure = months(page)
    point(page, figure, 0.4)
    expect(figure.locator(".chart-said")).to_contain_text("Its figures are in the table below")
    assert figure.locator("> svg").is_visible()


def test_without_script_the_table_says_it_all(charted: Charted) -> None:
    page = charted.page("tno", java_script_enabled=False)
    figure = months(page)
    assert figure.locator(".chart-said, .chart-slider").count() == 0
    figure.locator("summary").click()
    assert figure.locator("details table").is_visible()
