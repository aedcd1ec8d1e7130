"""A whole round by the people who do it: with script first, then its correction without.

The analyst writes, gives another rating and asks for a snapshot; the chair signs it off; the clerk
publishes it. Then a figure changes, and the clerk publishes a correction. A member reads on a
phone, the public downloads, a stranger is refused.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from callover.web.operations.server import free_port
from example_pack import demo_workspace
from site_process import Site, answers, await_

pytestmark = pytest.mark.slow

SENTENCE = "a long sentence for tests"
AREA = "exampleford"
MONTH = "2016-09"
HERE, OUT = f"/members/{AREA}", f"/areas/{AREA}"
ROLES = ("analyst", "chair", "clerk", "board_member")
PHONE = {"width": 360, "height": 740}

PEOPLE = f"""
prepare()
from callover.web.accounts.models import Membership, Person
for role in {ROLES!r}:
    person = Person.objects.create_user(f"{{role}}@x.test", {SENTENCE!r},
                                        post=role.replace("_", " ").title())
    Membership.objects.create(person=person, partnership_id="{AREA}", role=role)
print("null")
"""
WORDS = "Recorded offences rose by {{ rolling12_change | words }}; the theft of vehicles led."
CHANGED = "series,area,period,end,value,note\ngun_crime,X00000001,month,2016-09,9,counted again\n"


class Round:
    """A served site on the examples, and browsers signed in on it."""

    def __init__(self, site: Site, address: str, browser: Browser) -> None:
        self.site, self.address, self.browser = site, address, browser

    def page(self, role: str = "", script: bool = True, size: dict | None = None) -> Page:
        """A fresh browser, signed in by the form where a role is named."""
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=script, viewport=size, accept_downloads=True
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(60_000)
        if role:
            page.goto("/account/login/")
            page.get_by_label("What is your e-mail address?").fill(f"{role}@x.test")
            page.get_by_label("What is your password?").fill(SENTENCE)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.get_by_role("heading", name="Your work").wait_for()
        return page


@pytest.fixture
def round_(tmp_path: Path, browser: Browser) -> Iterator[Round]:
    folder, port = tmp_path / "space", free_port()
    demo_workspace(folder)
    address = f"http://127.0.0.1:{port}"
    site = Site(folder, CALLOVER_URL=address, CALLOVER_REQUIRE_MFA="0", CALLOVER_LEASE_SECONDS="30")
    site.run(PEOPLE)
    server = site.start("serve", "--port", str(port))
    try:
        await_(lambda: answers(port), pause=0.2)
        yield Round(site, address, browser)
    finally:
        server.terminate()
        server.wait(60)


def still(page: Page) -> bool:
    """Say that it is still the same person, where the site asks."""
    if not page.get_by_role("heading", name="Is it still you?").is_visible():
        return False
    page.get_by_label("What is your password?").fill(SENTENCE)
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()
    return True


def surely(page: Page, sign: Callable[[], None]) -> None:
    """Sign, as the same person: the site asks as the page is opened, or as it is sent."""
    still(page)
    with page.expect_navigation():
        sign()
    if still(page):
        with page.expect_navigation():
            sign()


def write(page: Page, words: str) -> None:
    page.goto(f"{HERE}/writing/{MONTH}/tno/")
    page.get_by_label("What happened, and why?").fill(words)
    page.get_by_role("button", name="Preview").click()
    assert "680 more offences" in page.locator("#preview").inner_text()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()


def override(page: Page) -> None:
    page.goto(f"{HERE}/writing/{MONTH}/robbery/rating/")

    def sign() -> None:
        page.get_by_role("radio", name="Amber").check()
        page.get_by_label("Why?").fill("Two series of street robberies are under way.")
        page.get_by_role("button", name="Sign as Analyst").click()

    surely(page, sign)
    page.goto(f"{HERE}/writing/{MONTH}/robbery/")
    assert "The rating is set to" in page.inner_text("main")


def snapshot(page: Page, number: int) -> int:
    """Ask for one; where words of the public edition wait for a second look, read and release
    them. Gives the number of the snapshot that holds both editions."""
    page.goto(f"{HERE}/snapshots/")
    page.get_by_label("Which month?").select_option(MONTH)
    with page.expect_navigation():
        page.get_by_role("button", name="Ask for a snapshot").click()
    sealed(page, number)
    if not page.get_by_role("link", name="words wait for release").is_visible():
        return number
    with page.expect_navigation():
        page.get_by_role("link", name="words wait for release").click()
    still(page)
    assert "compares counts where counts are withheld" in page.inner_text("main")
    page.get_by_role("checkbox", name="I have read every place listed above").check()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Release")).click()
    sealed(page, number + 1)
    assert "words released by Analyst" in page.inner_text("main")
    return number + 1


def sealed(page: Page, number: int) -> None:
    """Wait until a snapshot is built."""
    ends = time.monotonic() + 400
    page.goto(f"{HERE}/building/{MONTH}/{number}/")
    while not page.get_by_text("Every file is as it was sealed.").is_visible():
        assert "could not be built" not in page.inner_text("main"), page.inner_text("main")
        assert time.monotonic() < ends, page.inner_text("main")
        time.sleep(2)
        page.goto(f"{HERE}/building/{MONTH}/{number}/")


def sign_off(page: Page, number: int) -> None:
    page.goto(f"{HERE}/sign/{MONTH}/{number}/")

    def sign() -> None:
        page.get_by_role("checkbox", name="I have read what this snapshot holds").check()
        page.get_by_role("button", name="Sign as Chair").click()

    surely(page, sign)
    page.goto(f"{HERE}/sign/{MONTH}/{number}/")
    assert "Signed off" in page.inner_text("main")


def publish(page: Page, number: int, reason: str = "") -> None:
    page.goto(f"{HERE}/publications/")
    with page.expect_navigation():
        page.get_by_role("link", name=f"snapshot {number}").click()

    def sign() -> None:
        if page.get_by_label("I have read every place that is listed above").is_visible():
            page.get_by_label("I have read every place that is listed above").check()
        if reason:
            page.get_by_label("What was wrong, and why?").fill(reason)
        page.get_by_role("radio", name="Now").check()
        page.locator("main").get_by_role("button", name=re.compile("^Publish")).click()

    still(page)
    assert f"Snapshot {number}," in page.inner_text("main")
    surely(page, sign)
    page.wait_for_url("**/publications/")


def written_signed_and_published_with_script(round_: Round) -> None:
    analyst = round_.page("analyst")
    write(analyst, WORDS)
    override(analyst)
    number = snapshot(analyst, 1)
    sign_off(round_.page("chair"), number)
    publish(round_.page("clerk"), number)
    reader = round_.page()
    reader.goto(f"{OUT}/{MONTH}/tno/")
    assert "the theft of vehicles led" in reader.inner_text("main")


def corrected_the_same_way_without_script(round_: Round) -> None:
    path = round_.site.workspace / "correction.csv"
    path.write_text(CHANGED)
    add = round_.site.start("add", str(path), "--source", "police_local")
    assert add.wait(120) == 0
    analyst = round_.page("analyst", script=False)
    write(analyst, f"{WORDS} Gun crime was counted again.")
    number = snapshot(analyst, 3)
    sign_off(round_.page("chair", script=False), number)
    publish(round_.page("clerk", script=False), number, "The force counted two offences again.")
    reader = round_.page(script=False)
    reader.goto(f"{OUT}/")
    with reader.expect_navigation():
        reader.get_by_role("link", name="What was corrected and why").click()
    said = reader.inner_text("main")
    assert "The force counted two offences again." in said
    assert "Gun crime" in said
    reader.goto(f"{OUT}/{MONTH}/gun_crime/")
    assert "correct" in reader.inner_text("main").lower()  # the old page says that it was


def a_member_reads_on_a_phone(round_: Round, script: bool) -> None:
    member = round_.page("board_member", script, PHONE)
    member.goto(f"{HERE}/")
    assert member.locator(".restricted-banner").count() == 0
    member.get_by_role("link", name="Total notifiable offences").click()
    member.get_by_role("heading", level=1, name="Total notifiable offences").wait_for()
    assert member.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    first = [member.locator(each).first.bounding_box() for each in ("h1", ".chip", "p.lead")]
    assert all(box and box["y"] < PHONE["height"] for box in first)


def the_public_downloads_every_format(round_: Round) -> None:
    reader = round_.page()
    for ending, begins in {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "json": b"{"}.items():
        answer = reader.request.get(f"{OUT}/{MONTH}/pack.{ending}")
        assert answer.ok
        assert answer.body().startswith(begins), ending
    book = zipfile.ZipFile(io.BytesIO(reader.request.get(f"{OUT}/{MONTH}/pack.xlsx").body()))
    assert book.testzip() is None
    assert (
        "text/csv" in reader.request.get(f"{OUT}/{MONTH}/data/figures.csv").headers["content-type"]
    )


RESTRICTED = (
    f"{HERE}/", f"{HERE}/snapshots/{MONTH}/1/", f"{HERE}/snapshots/{MONTH}/1/tno/",
    f"{HERE}/snapshots/{MONTH}/1/download/pdf", f"{HERE}/callover/", f"{HERE}/questions/",
    f"{HERE}/writing/{MONTH}/tno/", f"{HERE}/check/", f"{HERE}/due/", f"{HERE}/log/",
    f"{HERE}/people/", f"{HERE}/publications/", f"{HERE}/sign/{MONTH}/1/",
)  # fmt: skip


def a_stranger_is_refused(round_: Round, path: str) -> None:
    stranger = round_.page()
    stranger.goto(path)
    assert "/account/login/" in stranger.url
    assert stranger.get_by_role("heading", level=1).inner_text() == "Sign in"


def test_a_whole_round(round_: Round) -> None:
    """One test, for every step rests on the one before."""
    written_signed_and_published_with_script(round_)
    corrected_the_same_way_without_script(round_)
    for script in (True, False):
        a_member_reads_on_a_phone(round_, script)
    the_public_downloads_every_format(round_)
    for path in RESTRICTED:
        a_stranger_is_refused(round_, path)
