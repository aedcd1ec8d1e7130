"""The call-over in a real browser: by keyboard, on a phone, and when the connection drops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from axe import AXE, UNDECIDED, told
from served_site import ServedSite, served

pytestmark = pytest.mark.slow
OF = "/members/harrowmere/callover/2016-09/1/"
PHONE = {"width": 320, "height": 640}
FITS = "document.documentElement.scrollWidth <= innerWidth"
SENTENCE = "quiet harbour sings at nine"
SEED = """
from callover.web.snapshots.serving import DOCUMENTS, PACK_FILES
from site_under_test import person, seal_one, small_pack
files = Path({workspace!r}) / "files"
files.mkdir()
for edition, base in PACK_FILES.items():
    (files / (base + ".json")).write_bytes(small_pack(edition).to_bytes())
    for name in DOCUMENTS:
        (files / (base + "." + name)).write_bytes(b"x")
seal_one(files)
member = person("board_member")
member.set_password({password!r})
member.save()
print("null")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A served site with a board member and a sealed snapshot of September 2016."""
    workspace = tmp_path_factory.mktemp("served") / "space"
    with served(workspace) as running:
        running.run(SEED.format(workspace=str(workspace), password=SENTENCE))
        yield running


@pytest.fixture
def context(browser: Browser, site: ServedSite) -> Iterator[BrowserContext]:
    """A phone on which the board member is signed in."""
    opened = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = opened.new_page()
    page.goto(f"{site.address}/account/login/")
    page.get_by_label("What is your e-mail address?").fill("board_member@harrowmere.test")
    page.get_by_label("What is your password?").fill(SENTENCE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.close()
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: ServedSite) -> Page:
    opened = context.new_page()
    opened.goto(site.address + OF)
    return opened


def title(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_keys_lead_through_the_call_over(page: Page) -> None:
    list_title = title(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/1/*/")
    first = title(page)
    page.keyboard.press("j")
    page.wait_for_function("first => document.querySelector('h1').innerText !== first", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("first => document.querySelector('h1').innerText === first", arg=first)
    page.keyboard.press("?")
    assert page.get_by_role("heading", name="Keys").is_visible()
    page.get_by_label("Turn letters and ? off on this device").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert title(page) == first
    page.keyboard.press("Home")
    page.wait_for_url(f"**{OF}")
    assert title(page) == list_title


def test_a_key_typed_into_a_question_stays_there(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/1/*/")
    first = title(page)
    page.get_by_text("Tell us more on this").click()
    page.get_by_label("What more do you want to know?").press_sequentially("jk?")
    assert page.get_by_label("What more do you want to know?").input_value() == "jk?"
    assert title(page) == first


def test_the_first_screen_of_a_phone_holds_rating_sentence_and_chart(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/1/*/")
    assert page.evaluate(FITS)
    bottoms = [page.locator(each).first.bounding_box() for each in
               (".screen__rating", ".screen__sentence")]  # fmt: skip
    assert all(box is not None and box["y"] + box["height"] < 640 for box in bottoms)
    chart = page.locator(".screen__chart svg").first.bounding_box()
    assert chart is not None
    assert chart["y"] < 640 - 60


def kept(page: Page) -> None:
    page.wait_for_function("document.body.dataset.kept", timeout=20_000)


def test_it_goes_on_working_when_the_connection_drops(
    page: Page, context: BrowserContext, site: ServedSite
) -> None:
    kept(page)
    context.set_offline(True)
    page.get_by_role("button", name="Begin").or_(page.get_by_text("Begin")).first.click()
    page.wait_for_url("**/1/*/")
    first = title(page)
    page.get_by_role("link", name="Next").click()
    page.wait_for_function("first => document.querySelector('h1').innerText !== first", arg=first)
    page.get_by_text("Tell us more on this").click()
    page.get_by_label("What more do you want to know?").fill("What is done about it?")
    page.get_by_role("button", name="Ask").click()
    assert "kept on this device" in page.locator("#offline-state").inner_text()
    context.set_offline(False)
    page.wait_for_function(
        "document.getElementById('offline-state').textContent.includes('on record now')"
    )
    page.goto(f"{site.address}/members/harrowmere/questions/")
    assert page.get_by_text("What is done about it?").count() == 1


NAMES = "caches.keys().then(names => names.filter(each => each.startsWith('callover-')))"


def test_signing_out_forgets_what_was_kept(page: Page, site: ServedSite) -> None:
    kept(page)
    assert page.evaluate(NAMES)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.address}/")
    assert page.evaluate(NAMES) == []


def test_a_session_that_ended_forgets_what_was_kept(
    page: Page, context: BrowserContext, site: ServedSite
) -> None:
    kept(page)
    context.clear_cookies()
    page.reload()
    page.wait_for_url("**/account/login/**")
    page.wait_for_function(f"{NAMES}.then(names => names.length === 0)")


def test_another_page_is_not_kept(page: Page, context: BrowserContext, site: ServedSite) -> None:
    kept(page)
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{site.address}/members/harrowmere/questions/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, site: ServedSite, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in (OF, f"{OF}tno/", "/members/harrowmere/questions/",
                 "/members/harrowmere/ask/2016-09/1/tno/"):  # fmt: skip
        page.goto(site.address + path)
        assert page.evaluate(FITS), path
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
        assert told(found["violations"]) == [], path
        assert [e for e in told(found["incomplete"]) if e.split()[0] not in UNDECIDED] == [], path
