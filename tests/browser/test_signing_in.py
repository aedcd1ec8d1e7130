"""Signing in with a real browser: app without script, passkey by a virtual authenticator, axe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from axe import AXE, UNDECIDED, told
from served_site import ServedSite, code, served

pytestmark = pytest.mark.slow
SENTENCE = "quiet harbour sings at nine"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    with served(tmp_path_factory.mktemp("served") / "space") as running:
        yield running


def join(page: Page, site: ServedSite, email: str, role: str) -> None:
    """Accept an invitation; who needs a second step stands before its page then."""
    page.goto(site.invite(email, role))
    page.get_by_label("What shall your password be?").fill(SENTENCE)
    page.get_by_label("Type it again").fill(SENTENCE)
    page.get_by_role("button", name="Accept the invitation").click()


def confirm_password(page: Page) -> None:
    if page.get_by_role("heading", name="Is it still you?").count():
        page.get_by_label("What is your password?").fill(SENTENCE)
        page.get_by_role("button", name="Go on").click()


def set_up_app(page: Page) -> str:
    page.get_by_role("button", name="Use an app").click()
    confirm_password(page)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("What is the code that the app shows now?").fill(code(secret))
    page.get_by_role("button", name="Set up").click()
    return secret


def sign_in(page: Page, site: ServedSite, email: str) -> None:
    page.goto(f"{site.address}/account/login/")
    page.get_by_label("What is your e-mail address?").fill(email)
    page.get_by_label("What is your password?").fill(SENTENCE)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_app_is_the_second_step_without_script(browser: Browser, site: ServedSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    join(page, site, "first@council.example", "administrator")
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Your role needs a second step at sign-in"
    )
    page.goto(f"{site.address}/members/harrowmere/people/")
    assert page.url.endswith("/account/second-step/"), "no page of work opens before"
    secret = set_up_app(page)
    assert page.get_by_role("heading", name="Recovery codes").count()
    page.goto(f"{site.address}/members/harrowmere/people/")
    assert page.get_by_role("heading", level=1).inner_text() == "People"
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site, "first@council.example")
    assert page.get_by_role("heading", level=1).inner_text() == "The second step"
    page.goto(f"{site.address}/members/harrowmere/people/")
    assert page.url.endswith("/account/2fa/authenticate/"), "the password alone opens nothing"
    page.get_by_label("What is the code?").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.get_by_role("heading", name="There is a problem").count()
    page.get_by_label("What is the code?").fill(code(secret, 0))
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.url.endswith("/members/")
    context.close()


def test_a_recovery_code_works_once(browser: Browser, site: ServedSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    join(page, site, "second@council.example", "analyst")
    set_up_app(page)
    saved = page.locator(".secret li").first.inner_text()
    for worked in (True, False):
        page.get_by_role("button", name="Sign out").click()
        sign_in(page, site, "second@council.example")
        page.get_by_label("What is the code?").fill(saved)
        page.get_by_role("button", name="Sign in", exact=True).click()
        assert page.url.endswith("/members/") == worked
        if worked:
            page.goto(f"{site.address}/members/")
    context.close()


def virtual_authenticator(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_a_passkey_is_added_signs_in_is_renamed_and_removed(
    browser: Browser, site: ServedSite
) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    virtual_authenticator(context, page)
    join(page, site, "third@council.example", "clerk")
    page.get_by_role("button", name="Use a passkey").click()
    confirm_password(page)
    page.get_by_label("What do you call it?").fill("my phone")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    page.goto(f"{site.address}/members/harrowmere/roles/")
    assert page.get_by_role("heading", level=1).inner_text() == "What each role may do"
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.address}/account/login/?next=/members/harrowmere/roles/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/members/harrowmere/roles/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site, "third@council.example")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/members/")
    page.goto(f"{site.address}/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename my phone").click()
    confirm_password(page)
    page.get_by_label("What do you call it?").fill("my key")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name="Remove my key").click()
    confirm_password(page)
    page.get_by_role("button", name="Remove").click()
    assert "You have no passkey yet" in page.content()
    page.goto(f"{site.address}/members/harrowmere/roles/")
    assert page.url.endswith("/account/second-step/"), "the role needs one again"
    assert [each for each in said if "Content Security Policy" in each] == []
    assert [each for each in said if not each.startswith("Clear-Site-Data")] == []
    context.close()


OUTSIDE = ("/account/login/", "/account/password/reset/", "/account/password/reset/done/",
           "/account/signup/", "/account/inactive/", "/account/password/reset/key/1-x/",
           "/account/confirm-email/x/", "/account/organisation/login/error/",
           "/account/organisation/login/cancelled/", "/join/x/", "/nothing/")  # fmt: skip
INSIDE = ("/account/", "/account/second-step/", "/account/password/change/", "/account/email/",
          "/account/2fa/", "/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/",
          "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
          "/account/sessions/", "/account/reauthenticate/", "/account/2fa/reauthenticate/",
          "/account/organisation/", "/members/harrowmere/people/",
          "/members/harrowmere/people/invite/",
          "/members/harrowmere/people/1/", "/members/harrowmere/people/1/give/",
          "/members/harrowmere/people/1/end/", "/members/harrowmere/people/1/unlock/",
          "/members/harrowmere/people/1/roles/1/end/",
          "/members/harrowmere/roles/", "/members/harrowmere/log/",
          "/members/harrowmere/log/?post=nobody",
          "/members/harrowmere/log/?first=never", "/members/harrowmere/log/check/")  # fmt: skip


def judge(page: Page, site: ServedSite, path: str, faults: list[str]) -> None:
    page.goto(site.address + path)
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        faults.append(f"{path}: scrolls sideways")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    unsure = [each for each in found["incomplete"] if each["id"] not in UNDECIDED]
    faults += [f"{path}: {each}" for each in told([*found["violations"], *unsure])]
    if folder := os.environ.get("PICTURES"):
        name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
        scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_page_is_for_everybody(
    browser: Browser, site: ServedSite, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, bypass_csp=True,
        color_scheme=scheme,
    )  # fmt: skip
    page = context.new_page()
    faults: list[str] = []
    for path in OUTSIDE:
        judge(page, site, path, faults)
    join(page, site, f"{scheme}@council.example", "administrator")
    page.goto(f"{site.address}/account/second-step/")
    page.get_by_role("button", name="Use an app").click()
    confirm_password(page)
    judge(page, site, "/account/2fa/totp/activate/", faults)
    page.goto(f"{site.address}/account/second-step/")
    set_up_app(page)
    site.invite(f"{scheme}.waiting@council.example", "chair")
    for path in INSIDE:
        judge(page, site, path, faults)
    assert faults == [], "\n".join(faults)
    context.close()
