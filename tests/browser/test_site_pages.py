"""Every page of the site, listed from its addresses: axe's rules, and no scrolling sideways.

A new address is visited by itself; what it asks for stands in ``KNOWN``. One that is no page has
its reason in ``NO_PAGE``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser, BrowserContext, Page

from axe import AXE, UNDECIDED, told
from callover.web.accounts.access import Rule
from callover.web.accounts.roles import ROLES
from callover.web.operations.server import free_port
from example_pack import demo_workspace
from served_site import PARTNERSHIP
from site_process import Site, answers, await_

pytestmark = pytest.mark.slow
TESTS = Path(__file__).parents[1]
EMPTY = "barking-and-dagenham"
WITH_FIGURES = ("callover.web.submissions.", "callover.web.writing.")
"""Apps whose pages read a partnership's figures: they are opened where there are some."""

KNOWN: dict[str, str] = {
    "month": "2016-09", "number": "1", "slug": "tno", "indicator": "robbery", "source": "asb_team",
    "edition": "2016-09-c1", "token": "1",
}  # fmt: skip
"""What addresses ask for, beside what filling the site gives."""

FILES = "is a file or an answer to a program"
BUTTON = "takes what a button sends; opened by itself it is the page of 405"
ELSEWHERE = "needs a second step that is set up: test_signing_in.py goes there"
PROVIDER = "leads to an organisation's own sign-in, where one is configured"
NO_PAGE: dict[str, str] = {
    **dict.fromkeys((
        "download", "account_data", "template_csv", "template_xlsx", "submission_file", "feed",
        "pack_file", "public_charts", "edition_data", "indicator_data", "openapi",
        "api_partnerships", "api_packs", "api_pack", "api_indicators",
        "api_figures", "api_provenance", "api_submit", "callover_worker", "charts", "download_log",
        "live", "ready", "metrics", "colour",
        "mfa_download_recovery_codes", "mfa_login_webauthn",
    ), FILES),
    **dict.fromkeys((
        "submission_withdraw", "submission_check_again", "submission_explain", "submission_accept",
        "submission_return", "preview_words", "carry_words", "revoke_token",
    ), BUTTON),
    **dict.fromkeys((
        "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    ), ELSEWHERE),
    **dict.fromkeys((
        "openid_connect_login", "openid_connect_callback", "socialaccount_signup",
    ), PROVIDER),
    "account_set_password": "is for who has none, through an organisation's sign-in",
    "account_confirm_login_code": "is for codes by e-mail, which the site does not send",
}  # fmt: skip
SIGNED_OUT = (
    "account_login", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_email_verification_sent",
    "account_confirm_email", "socialaccount_login_cancelled", "socialaccount_login_error",
)  # fmt: skip
TOGETHER = {  # addresses that ask for words which only this site can give
    "account_reset_password_from_key": "/account/password/reset/key/1-x/",
    "account_confirm_email": "/account/confirm-email/x/",
}
OF_EMPTY = (
    "public_home", "packs", "open_data", "dashboard", "callover", "questions", "snapshots",
    "publications", "tokens", "people", "log", "check_list", "sent",
)  # fmt: skip
WRONG = ("/nothing/", "/join/x/", f"/areas/{EMPTY}/subscribe/x/",
         "/members/exampleford/sources/asb_team/submissions/1/accept/",
         "/members/harrowmere/log/?first=never",
         "/members/harrowmere/snapshots/2016-09/1/search/?q=zz",
         "/areas/harrowmere/search/?q=offences", "/areas/harrowmere/search/?q=zz")  # fmt: skip
FORMS = ("invite", "give_role", "hand_over", "new_action", "rating", "target", "ask", "escalate",
         "sign", "make_token", "subscribe", "account_login", "account_email",
         "account_change_password", "account_reset_password", "source",
         "review_agreement")  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """An address and who opens it; nobody's role is a stranger."""

    path: str
    role: str = ""


@dataclass(frozen=True)
class Filled:
    """The served site, sessions of its people, and what addresses ask for."""

    address: str
    sessions: dict[str, str]
    known: dict[str, str]

    def open(self, browser: Browser, role: str, **how: object) -> BrowserContext:
        context = browser.new_context(base_url=self.address, bypass_csp=True, **how)
        if role:
            cookie = {"name": "session", "value": self.sessions[role], "url": self.address}
            context.add_cookies([cookie])
        return context


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder, port = tmp_path_factory.mktemp("pages") / "space", free_port()
    demo_workspace(folder)
    (folder / "partnerships" / "harrowmere.yaml").write_text(
        PARTNERSHIP.replace("set: street", "set: london")
    )
    running = Site(folder, CALLOVER_LEASE_SECONDS="10", CALLOVER_REQUIRE_MFA="0",
                   CALLOVER_URL=f"http://127.0.0.1:{port}")  # fmt: skip
    filled = running.run(
        "prepare()\nfrom site_with_everything import fill\n"
        f"print(json.dumps(fill(Path({str(folder)!r}), Path({str(folder.parent / 'files')!r}))))"
    )
    server = running.start("serve", "--port", str(port), "--no-worker")
    try:
        await_(lambda: answers(port), pause=0.2)
        yield Filled(f"http://127.0.0.1:{port}", filled["sessions"], filled["known"])
    finally:
        server.terminate()
        server.wait(60)


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        elif each.name:
            yield each


NAMED = {str(each.name): each for each in patterns()}
PAGES = sorted(NAMED.keys() - NO_PAGE.keys())


def address(name: str, site: Filled, partnership: str = "") -> str:
    """The address of a page, with what it asks for."""
    if name in TOGETHER:
        return TOGETHER[name]
    if name in ("join", "leave"):
        return urlsplit(site.known[name]).path
    if name == "confirm_subscription":
        return urlsplit(site.known["confirm"]).path
    figures = NAMED[name].callback.__module__.startswith(WITH_FIGURES) or name == "hand_over"
    given = {**KNOWN, **site.known, "partnership": "exampleford" if figures else "harrowmere"}
    if partnership:
        given["partnership"] = partnership
    if name == "submission":
        given["number"] = site.known["faulty"]
    if name in LATER:
        given["number"] = LATER[name]
    return reverse(name, kwargs={key: given[key] for key in NAMED[name].pattern.converters})


LATER = {"publish": "2", "withdraw_publication": "3", "release": "4", "sign": "4"}
"""Pages about a snapshot after the first."""


def opener(name: str) -> str:
    """A role that opens a page, the one with the most to do there first."""
    rule: Rule | None = getattr(NAMED[name].callback, "access", None)
    if name in SIGNED_OUT or (rule is not None and not rule.signed_in):
        return ""
    if rule is None or not rule.tasks:
        return "administrator"
    likely = ("analyst", "chair", "clerk", "administrator", "data_provider", *ROLES)
    return next(role for role in likely if ROLES[role].may & set(rule.tasks))


def visits(site: Filled) -> list[Visit]:
    found = [Visit(address(name, site), opener(name)) for name in PAGES]
    found += [Visit(address(name, site, EMPTY), opener(name)) for name in OF_EMPTY]
    found += [Visit(path, "" if path.startswith(("/areas/", "/join/")) else "administrator")
              for path in WRONG]  # fmt: skip
    found += [Visit(reverse("dashboard", args=["harrowmere"]), role) for role in ROLES]
    return [*found, *(Visit("/members/", role) for role in ROLES)]


def test_every_address_is_a_page_or_says_why_not() -> None:
    assert NO_PAGE.keys() <= NAMED.keys()
    assert len(PAGES) > 70


HEADINGS = """() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
  .filter(each => each.checkVisibility() && !each.closest(".govuk-error-summary"))
  .map(each => Number(each.tagName[1]))"""


def faults(page: Page, width: int) -> Iterator[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    unsure = [each for each in found["incomplete"] if each["id"] not in UNDECIDED]
    yield from told([*found["violations"], *unsure])
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "scrolls sideways"
    levels = page.evaluate(HEADINGS)
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"has headings {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"skips a level of heading: {levels}"


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (320, "dark")])
def test_every_page_is_for_everybody(
    browser: Browser, site: Filled, width: int, scheme: str
) -> None:
    wrong: list[str] = []
    for role in ("", *ROLES):
        how = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
        context = site.open(browser, role, **how)
        page = context.new_page()
        for visit in (each for each in visits(site) if each.role == role):
            answer = page.goto(visit.path)
            assert answer is not None
            expected = visit.path in WRONG or "login/error" in visit.path
            if not expected and not _opened(visit, role, answer.status):
                wrong.append(f"{role} {visit.path}: {answer.status}")
            wrong += [f"{role} {visit.path}: {each}" for each in faults(page, width)]
        context.close()
    assert wrong == [], "\n".join(wrong)


def _opened(visit: Visit, role: str, status: int) -> bool:
    """A page of its own; only a dashboard is refused to roles that do not see it."""
    refused = visit.path == reverse("dashboard", args=["harrowmere"]) and role == "data_provider"
    return status == (403 if refused else 200)


def test_an_error_is_told_first_and_leads_to_its_field(browser: Browser, site: Filled) -> None:
    for name in FORMS:
        context = site.open(browser, opener(name), viewport={"width": 320, "height": 740})
        page = context.new_page()
        page.goto(address(name, site))
        page.locator(
            "main form[method=post]:not(:has([name=credential])) [type=submit]"
        ).last.click()
        page.wait_for_selector(".govuk-error-summary")
        assert page.title().startswith("Error: "), name
        links = page.locator(".govuk-error-summary a")
        assert links.count(), name
        for link in links.all():
            field = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
            assert field.evaluate("each => each.matches('input,select,textarea')"), name
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert list(faults(page, 320)) == [], name
        context.close()


def test_titles_tell_pages_of_the_public_apart(browser: Browser, site: Filled) -> None:
    context = site.open(browser, "")
    page, titles = context.new_page(), dict[str, str]()
    public = [name for name in PAGES if NAMED[name].callback.__module__.startswith(
        ("callover.web.publication.", "callover.web.design."))
        and opener(name) == ""]  # fmt: skip
    for path in (address(name, site) for name in public):
        page.goto(path)
        assert page.title() not in titles, (path, titles[page.title()])
        titles[page.title()] = path
    context.close()
