"""Signing in: who is let in, who is locked out and from where, and what a stranger learns."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from callover.domain.roles import WITHOUT_SECOND_STEP, Task
from callover.web.accounts import lockout
from callover.web.accounts.models import Membership, Person
from callover.web.accounts.origin import client_address
from callover.web.accounts.roles import ROLES
from callover.web.accounts.sealing import seal, unseal
from callover.web.journal.models import Entry
from served_site import code
from site_under_test import SENTENCE, AsRole, just_shown, person

LOGIN = "/account/login/"


def attempt(email: str, word: str, place: str = "203.0.113.7", **more: str) -> HttpResponse:
    data = {"login": email, "password": word, **more}
    answer: HttpResponse = Client(REMOTE_ADDR=place).post(LOGIN, data)
    return answer


def text(answer: HttpResponse) -> str:
    """A page without what changes each time."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


# --- lock-out


def test_five_wrong_passwords_lock_an_address_from_one_place(clerk: Person) -> None:
    other = person("analyst")
    other.set_password(SENTENCE)
    other.save()
    for _ in range(5):
        answer = attempt(clerk.email, "wrong")
    assert answer.status_code == 429
    assert "Too many attempts to sign in" in answer.content.decode()
    locked = attempt(clerk.email.upper(), SENTENCE)
    assert locked.status_code == 429, "the right password does not open it, in no spelling"
    assert attempt(clerk.email, SENTENCE, "203.0.113.8").status_code == 302, "nor shut elsewhere"
    assert attempt(other.email, SENTENCE).status_code == 302, "others beside them sign in"


@pytest.mark.parametrize("other", ["cler\N{KELVIN SIGN}", "\N{LATIN SMALL LETTER LONG S}"])
def test_other_spellings_of_an_address_open_no_other_door(other: str) -> None:
    """Databases and the library take the Kelvin sign for a k, and the long s for an s."""
    owner = person("subgroup_lead") if len(other) == 1 else person("clerk")
    owner.set_password(SENTENCE)
    owner.save()
    typed = owner.email.replace("s", other, 1) if len(other) == 1 else f"{other}@harrowmere.test"
    for _ in range(5):
        attempt(owner.email, "wrong")
    assert attempt(typed, SENTENCE).status_code != 302


def test_the_lock_ends_after_fifteen_minutes(clerk: Person) -> None:
    for _ in range(5):
        attempt(clerk.email, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert attempt(clerk.email, SENTENCE).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(clerk.email, SENTENCE).status_code == 302


def test_an_administrator_unlocks(clerk: Person, as_role: AsRole) -> None:
    for _ in range(5):
        attempt(clerk.email, "wrong")
    assert lockout.is_locked(clerk.email)
    admin = just_shown(as_role("administrator"))
    page = f"/members/harrowmere/people/{clerk.pk}/"
    assert "Locked after wrong passwords" in admin.get(page).content.decode()
    admin.post(f"{page}unlock/")
    assert attempt(clerk.email, SENTENCE).status_code == 302
    assert Entry.objects.filter(action="lock out").exists()
    assert Entry.objects.filter(action="unlock person").get().post == "administrator"


def test_a_success_forgets_the_mistakes_before(clerk: Person) -> None:
    for _ in range(2):
        for _ in range(4):
            attempt(clerk.email, "wrong")
        assert attempt(clerk.email, SENTENCE).status_code == 302


def test_guessing_from_many_places_is_slowed(clerk: Person) -> None:
    for number in range(50):
        attempt(clerk.email, "wrong", f"198.51.100.{number}")
    answer = attempt(clerk.email, SENTENCE, "203.0.113.9")
    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


def test_asking_too_often_is_answered_by_a_page(clerk: Person) -> None:
    answers = [attempt(f"{n}@council.example", "wrong") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "govuk-heading-l" in answers[-1].content.decode()


# --- what a stranger learns


def test_an_unknown_address_is_answered_like_a_known_one(clerk: Person) -> None:
    known, unknown = attempt(clerk.email, "wrong"), attempt("nobody@council.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert text(known) == text(unknown)


def test_an_unknown_address_takes_as_long(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try hashes a password once, which is what takes time."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[int] = []
    before = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(1)
        return before(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    counts = []
    for email in (clerk.email, "nobody@council.example"):
        hashed.clear()
        attempt(email, "wrong")
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_a_reset_says_the_same_and_writes_to_both(clerk: Person) -> None:
    answers = []
    for email in (clerk.email, "nobody@council.example"):
        client = Client()
        answers.append(client.post("/account/password/reset/", {"email": email}, follow=True))
    assert text(answers[0]) == text(answers[1])
    assert [each.to for each in mail.outbox] == [[clerk.email], ["nobody@council.example"]]
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "/password/reset/key/" not in mail.outbox[1].body


def test_a_reset_link_works_once_under_our_own_address(clerk: Person, settings: Settings) -> None:
    Client().post("/account/password/reset/", {"email": clerk.email}, HTTP_HOST="localhost")
    link = re.search(r"http\S+", mail.outbox[0].body)
    assert link is not None
    assert link[0].startswith(settings.SITE_URL), "whatever host was asked for"
    client, path = Client(), link[0].removeprefix(settings.SITE_URL)
    page = client.get(path, follow=True)
    where = page.redirect_chain[-1][0]
    again = "another sentence that is long"
    client.post(where, {"password1": again, "password2": again})
    clerk.refresh_from_db()
    assert clerk.check_password(again)
    assert "This link no longer works" in Client().get(path, follow=True).content.decode()


def test_nobody_signs_up() -> None:
    answer = Client().post("/account/signup/", {"email": "x@y.example", "password1": SENTENCE})
    assert "There is no sign-up" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("target", [
    "https://evil.example/", "//evil.example/", "///evil.example", "http:evil.example",
    "/\\evil.example", "javascript:alert(1)", "\\\\evil.example",
])  # fmt: skip
def test_signing_in_leads_nowhere_else(clerk: Person, target: str) -> None:
    assert attempt(clerk.email, SENTENCE, next=target)["Location"] == "/members/"


def test_signing_in_leads_on_to_a_page_of_ours(clerk: Person) -> None:
    answer = attempt(clerk.email, SENTENCE, next="/members/harrowmere/roles/")
    assert answer["Location"] == "/members/harrowmere/roles/"


def test_signing_in_changes_the_session_and_out_ends_it(clerk: Person) -> None:
    client = Client()
    session = client.session
    session["left"] = 1
    session.save()
    before = client.session.session_key
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    after = client.session.session_key
    assert before != after
    assert client.get("/account/logout/").status_code == 200, "a link does not sign out"
    client.post("/account/logout/")
    old = Client()
    old.cookies[django_settings.SESSION_COOKIE_NAME] = after or ""
    assert old.get("/account/").status_code == 302


def test_a_session_ends_after_its_time_although_it_is_used(clerk: Person) -> None:
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    assert client.get("/account/").status_code == 200
    session = client.session
    age = django_settings.SESSION_COOKIE_AGE + 1
    session["account_authentication_methods"] = [
        {**way, "at": way["at"] - age} for way in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get("/account/")["Location"].startswith("/account/login/")


def test_a_new_password_ends_other_sessions(clerk: Person) -> None:
    mine, other = Client(), Client()
    for each in (mine, other):
        each.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    again = "another sentence that is long"
    told = {"oldpassword": SENTENCE, "password1": again, "password2": again}
    mine.post("/account/password/change/", told)
    assert other.get("/account/").status_code == 302
    assert [each.to for each in mail.outbox] == [[clerk.email]], "and its owner is told"


def test_other_sessions_are_ended_from_the_list(clerk: Person) -> None:
    mine, other = Client(), Client()
    for each in (mine, other):
        each.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
        each.get("/account/")
    mine.post("/account/sessions/")
    assert (mine.get("/account/").status_code, other.get("/account/").status_code) == (200, 302)


def test_an_address_counts_once_it_was_confirmed(clerk: Person) -> None:
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    just_shown(client).post("/account/email/", {"email": "new@council.example", "action_add": ""})
    clerk.refresh_from_db()
    assert clerk.email == "clerk@harrowmere.test"
    link = re.search(r"http\S+(/account/confirm-email/\S+)", mail.outbox[-1].body)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    clerk.refresh_from_db()
    assert clerk.email == "clerk@harrowmere.test", "a program that follows links changes nothing"
    client.post(link[1])
    clerk.refresh_from_db()
    assert clerk.email == "new@council.example"


# --- where a request comes from


@pytest.mark.parametrize(("proxies", "claimed", "found"), [
    (0, "198.51.100.1", "203.0.113.7"),
    (1, "198.51.100.1", "198.51.100.1"),
    (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
    (2, "6.6.6.6, 198.51.100.1, 192.0.2.1", "198.51.100.1"),
    (2, "198.51.100.1", "203.0.113.7"),
    (1, "", "203.0.113.7"),
    (1, "not an address", "203.0.113.7"),
    (1, "2001:db8::1", "2001:db8::1"),
])  # fmt: skip
def test_the_client_is_who_stands_before_our_proxies(
    settings: Settings, proxies: int, claimed: str, found: str
) -> None:
    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": claimed} if claimed else {}
    request = RequestFactory(REMOTE_ADDR="203.0.113.7", **headers).get("/")
    assert client_address(request) == found


def test_a_lie_about_where_one_is_does_not_escape_the_lock(
    clerk: Person, settings: Settings
) -> None:
    settings.PROXIES = 1
    for number in range(5):
        lie = f"10.0.0.{number}, 198.51.100.1"
        Client(HTTP_X_FORWARDED_FOR=lie).post(LOGIN, {"login": clerk.email, "password": "wrong"})
    answer = Client(HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.1").post(
        LOGIN, {"login": clerk.email, "password": SENTENCE}
    )
    assert answer.status_code == 429


# --- the second step


@pytest.mark.parametrize("role", list(ROLES))
def test_who_does_more_than_see_ask_and_submit_needs_a_second_step(
    role: str, as_role: AsRole, settings: Settings
) -> None:
    settings.REQUIRE_MFA = True
    needed = bool(ROLES[role].may - {Task.SEE, Task.ASK, Task.SUBMIT})
    client = as_role(role)
    answer = client.get("/members/harrowmere/roles/")
    assert (answer.status_code == 302) == needed
    assert client.get("/account/").status_code == 200, "one's own account opens"
    if needed:
        assert answer["Location"] == "/account/second-step/"
        assert client.post("/members/harrowmere/people/invite/")["Location"] == answer["Location"]
        assert client.get("/members/")["Location"] == answer["Location"]
        Authenticator.objects.create(user=person(role), type=Authenticator.Type.TOTP, data={})
        assert client.get("/members/harrowmere/roles/").status_code == 200


def test_the_rule_names_the_three_tasks() -> None:
    assert {Task.SEE, Task.ASK, Task.SUBMIT} == WITHOUT_SECOND_STEP


def test_recovery_codes_alone_are_no_second_step(as_role: AsRole, settings: Settings) -> None:
    settings.REQUIRE_MFA = True
    client = as_role("clerk")
    Authenticator.objects.create(
        user=person("clerk"), type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert client.get("/members/").status_code == 302


def test_it_is_asked_for_unless_the_installation_says_otherwise() -> None:
    from callover.web.config import settings as real

    assert real.REQUIRE_MFA is True
    assert real.OIDC_MFA is False


def test_an_administrator_takes_away_a_lost_second_step(as_role: AsRole) -> None:
    admin, clerk = just_shown(as_role("administrator")), person("clerk")
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={})
    admin.post(f"/members/harrowmere/people/{clerk.pk}/second-step/")
    assert not Authenticator.objects.exists()
    me = person("administrator")
    Authenticator.objects.create(user=me, type=Authenticator.Type.TOTP, data={})
    admin.post(f"/members/harrowmere/people/{me.pk}/second-step/")
    assert Authenticator.objects.count() == 1, "not one's own"


def test_who_works_elsewhere_now_is_not_touched(as_role: AsRole) -> None:
    admin, clerk = just_shown(as_role("administrator")), person("clerk")
    clerk.memberships.update(ended=timezone.now())
    Membership.objects.create(person=clerk, partnership_id="elsewhere", role="administrator")
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={})
    for what in ("second-step", "unlock"):
        address = f"/members/harrowmere/people/{clerk.pk}/{what}/"
        assert admin.get(address).status_code == 404
        assert admin.post(address).status_code == 404
    assert Authenticator.objects.count() == 1
    assert (
        "Lost: take away"
        not in admin.get(f"/members/harrowmere/people/{clerk.pk}/").content.decode()
    )


def test_a_code_works_once_and_its_secret_is_sealed(clerk: Person) -> None:
    secret = base64.b32encode(b"twenty bytes of fate").decode()
    TOTP.activate(clerk, secret)
    RecoveryCodes.activate(clerk)
    for kept in Authenticator.objects.all():
        assert secret not in str(kept.data)
    said = []
    now = code(secret)
    for _ in range(2):
        client = Client()
        client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
        said.append(client.post("/account/2fa/authenticate/", {"code": now}).status_code)
    assert said == [302, 200]


def test_under_another_key_no_code_fits(clerk: Person, settings: Settings) -> None:
    secret = base64.b32encode(b"twenty bytes of fate").decode()
    TOTP.activate(clerk, secret)
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    settings.SECRET_KEY = "another key " * 5
    settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY]
    empty = code("")
    for each in (code(secret), empty):
        assert seal(secret) != secret
        assert unseal(Authenticator.objects.get().data["secret"]) not in (secret, "")
        assert client.post("/account/2fa/authenticate/", {"code": each}).status_code != 500


def test_guessing_codes_is_stopped(clerk: Person) -> None:
    TOTP.activate(clerk, base64.b32encode(b"twenty bytes of fate").decode())
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    for number in range(31):
        page = client.post("/account/2fa/authenticate/", {"code": f"{number:06}"})
    assert "Too many failed login attempts" in page.content.decode()


# --- what is kept


def test_one_gets_all_that_is_kept_of_oneself_and_nothing_else(
    clerk: Person, as_role: AsRole
) -> None:
    person("analyst")
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    kept = client.get("/account/data.json").json()
    assert kept["email"] == clerk.email
    assert [each["role"] for each in kept["roles"]] == ["clerk"]
    assert [each["action"] for each in kept["log"]] == ["sign in", "export own data"]
    told = client.get("/account/data.json").content.decode()
    assert clerk.password not in told
    assert "analyst" not in told
