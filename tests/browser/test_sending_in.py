"""A provider sends in a faulty file, then a right one; the analyst accepts. Script on and off."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from axe import AXE, UNDECIDED, told
from callover.jobs.workspace import Workspace
from callover.web.operations.server import free_port
from example_pack import demo_workspace
from site_process import Site, answers, await_

pytestmark = pytest.mark.slow

HERE = "/members/exampleford/"
SOURCE = f"{HERE}sources/asb_team/"
HEAD = "series,area,period,end,value\n"

SESSIONS = """
prepare()
from sessions import session_of
from callover.web.accounts.models import Membership, Person
keys = {}
for role, sources in (("data_provider", ["asb_team"]), ("analyst", []), ("chair", [])):
    person = Person.objects.create_user(f"{role}@x.test", post=role.replace("_", " ").title())
    Membership.objects.create(person=person, partnership_id="exampleford", role=role,
                              sources=sources)
    keys[role] = session_of(person)
print(json.dumps(keys))
"""


class Round:
    """A site with figures, and who is signed in on it."""

    def __init__(self, address: str, sessions: dict[str, str], workspace: Path) -> None:
        self.address, self.sessions, self.workspace = address, sessions, workspace

    def open(self, browser: Browser, role: str, **how: object) -> BrowserContext:
        context = browser.new_context(base_url=self.address, **how)
        context.add_cookies([
            {"name": "session", "value": self.sessions[role], "url": self.address}
        ])  # fmt: skip
        return context


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder, port = tmp_path_factory.mktemp("round") / "space", free_port()
    demo_workspace(folder)
    site = Site(
        folder, CALLOVER_LEASE_SECONDS="10", CALLOVER_URL=f"http://127.0.0.1:{port}",
        CALLOVER_REQUIRE_MFA="0",
    )  # fmt: skip
    sessions = site.run(SESSIONS)
    server = site.start("serve", "--port", str(port))
    try:
        await_(lambda: answers(port), pause=0.2)
        yield Round(f"http://127.0.0.1:{port}", sessions, folder)
    finally:
        server.terminate()
        server.wait(60)


def choose(page: Page, name: str, *rows: str) -> None:
    content = HEAD + "".join(f"asb_{row}\n" for row in rows)
    page.get_by_label("Which files do you want to send in?").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Send in", exact=True).click()


def stands(page: Page, words: str, reload: bool) -> None:
    """Wait until the page says so: by itself with script, by its own link without."""
    ends = time.monotonic() + 90
    while words not in page.locator("#standing").inner_text():
        assert time.monotonic() < ends, page.locator("#standing").inner_text()
        time.sleep(0.5)
        if reload:
            page.get_by_role("link", name="Look again").or_(
                page.get_by_role("link", name="Show the report")
            ).first.click()


@pytest.mark.parametrize("script", [True, False])
def test_a_faulty_then_a_right_file(browser: Browser, site: Round, script: bool) -> None:
    sent = 70 + script
    provider = site.open(browser, "data_provider", java_script_enabled=script)
    page, said = provider.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto("/members/")
    page.get_by_role("main").get_by_role("link").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Due list"
    page.goto(SOURCE)
    choose(page, "wrong.csv", f"surveys_sent,X00000001,month,2016-10,{sent}x")
    assert page.get_by_text("Its SHA-256").count(), "the receipt comes at once"
    stands(page, "Has faults", reload=not script)
    if script:
        page.get_by_role("link", name="Show the report").click()
    row = page.get_by_role("row").filter(has_text=f"{sent}x")
    assert "2" in row.inner_text()
    assert "Write a number" in row.inner_text()
    page.get_by_role("link", name="Send in a corrected file").click()
    choose(page, "right.csv", f"surveys_sent,X00000001,month,2016-10,{sent}")
    number = page.url.rstrip("/").split("/")[-1]
    stands(page, "With the analyst", reload=not script)

    analyst = site.open(browser, "analyst", java_script_enabled=script)
    desk = analyst.new_page()
    desk.goto(f"{HERE}check/")
    desk.get_by_role("link", name=f"{number}:").click()
    assert str(sent) in desk.get_by_role("row").filter(has_text="October 2016").inner_text()
    held = len(Workspace.open(site.workspace).store.imports)
    desk.get_by_role("button", name="Accept", exact=True).click()
    await_(lambda: len(Workspace.open(site.workspace).store.imports) > held)
    stands(desk, "Stored", reload=not script)
    assert [each for each in said if "Security" in each] == []
    provider.close()
    analyst.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_page_is_for_everybody(
    browser: Browser, site: Round, width: int, scheme: str
) -> None:
    how = {"viewport": {"width": width, "height": 740}, "bypass_csp": True, "color_scheme": scheme}
    provider = site.open(browser, "data_provider", **how)
    page, faults = provider.new_page(), list[str]()
    page.goto(SOURCE)
    page.get_by_role("button", name="Send in", exact=True).click()
    judge(page, "nothing chosen", faults)
    page.goto(f"{SOURCE}form/")
    judge(page, "form", faults)
    page.get_by_role("button", name="Send in", exact=True).click()
    judge(page, "empty form", faults)
    page.goto(SOURCE)
    choose(page, "wrong.csv", f"surveys_sent,X00000001,month,2016-10,{width}x",
           "answers,X00000001,month,2016-10,3")  # fmt: skip
    judge(page, "receipt", faults)
    stands(page, "Has faults", reload=False)
    page.reload()
    judge(page, "faulty", faults)
    page.get_by_label("Why are the figures right as they are?").fill("They are.")
    page.get_by_role("button", name="Send the explanation").click()
    judge(page, "explained", faults)
    address = page.url
    analyst = site.open(browser, "analyst", **how)
    desk = analyst.new_page()
    for path in ("due/", "completeness/", "completeness/?year=2016", "sharing/", "check/"):
        desk.goto(f"{HERE}{path}")
        judge(desk, path, faults)
    desk.goto(address)
    judge(desk, "analyst", faults)
    desk.get_by_role("button", name="Return to the sender").click()
    judge(desk, "no message", faults)
    desk.get_by_label("What should the sender put right?").fill("The first row.")
    desk.get_by_role("button", name="Return to the sender").click()
    judge(desk, "returned", faults)
    assert faults == [], "\n".join(faults)
    provider.close()
    analyst.close()


def judge(page: Page, name: str, faults: list[str]) -> None:
    size = page.viewport_size
    if size and page.evaluate("document.documentElement.scrollWidth") > size["width"]:
        faults.append(f"{name}: scrolls sideways")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    unsure = [each for each in found["incomplete"] if each["id"] not in UNDECIDED]
    faults += [f"{name}: {each}" for each in told([*found["violations"], *unsure])]
    if folder := os.environ.get("PICTURES"):
        kept = f"{name.strip('/').replace('/', '-').replace('?', '-')}-{size and size['width']}"
        page.screenshot(path=Path(folder) / f"{kept}.png", full_page=True)
