"""What a standard asks of passwords, codes, passkeys and sessions, beyond signing in itself."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core import mail
from django.test import Client
from fido2.utils import websafe_decode
from pytest_django import Settings

from callover.web.accounts.invitations import invite, link
from callover.web.accounts.models import Partnership, Person
from callover.web.accounts.passwords import Scrypt
from callover.web.accounts.sealing import seal, unseal
from callover.web.config.logging import JsonLines
from served_site import code
from site_under_test import SENTENCE, AsRole, just_shown, person

LOGIN = "/account/login/"
SECRET = base64.b32encode(b"twenty bytes of fate").decode()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def signed_in(clerk: Person) -> Client:
    client = Client()
    client.post(LOGIN, {"login": clerk.email, "password": SENTENCE})
    return client


# --- passwords


@pytest.mark.parametrize("words", [
    "  blanks before, between  and after  ", "ねこ 🐈 naïve O’Hara ½", "x" * 64 + " and more " * 6,
    "nothing but small letters", "4711471147114712",
])  # fmt: skip
def test_a_password_is_of_any_signs_and_kept_whole(words: str, harrowmere: Partnership) -> None:
    made = invite(by=None, partnership=harrowmere, email="n@x.example", post="P", role="clerk")
    address = link(made).removeprefix(django_settings.SITE_URL)
    assert Client().post(address, {"password": words, "again": words}).status_code == 302
    kept = Person.objects.get(email="n@x.example")
    assert kept.check_password(words)
    assert not kept.check_password(words[:-1])
    client = Client()
    client.post(LOGIN, {"login": "n@x.example", "password": words})
    assert client.get("/account/").status_code == 200


def test_a_browser_or_program_may_fill_in_passwords(harrowmere: Partnership) -> None:
    made = invite(by=None, partnership=harrowmere, email="n@x.example", post="P", role="clerk")
    address = link(made).removeprefix(django_settings.SITE_URL)
    for page, kind in ((LOGIN, "current-password"), (address, "new-password")):
        shown = Client().get(page).content.decode()
        fields = re.findall(r'<input[^>]*type="password"[^>]*>', shown)
        assert fields
        assert all(f'autocomplete="{kind}"' in each for each in fields)
        assert "onpaste" not in shown


def test_two_like_passwords_are_kept_unlike_and_dearly() -> None:
    hasher = Scrypt()
    kept = [hasher.encode(SENTENCE, hasher.salt()) for _ in range(2)]
    first, second = (hasher.decode(each) for each in kept)
    assert first["salt"] != second["salt"]
    assert first["hash"] != second["hash"]
    assert len(first["salt"]) >= 22, "128 bits of letters and digits"
    assert (first["work_factor"] >= 2**16, first["block_size"]) == (True, 8)
    assert hasher.verify(SENTENCE, kept[0])
    assert not hasher.verify(SENTENCE + " ", kept[0])


def test_a_password_kept_at_another_cost_is_kept_anew_at_sign_in(
    clerk: Person, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["callover.web.accounts.passwords.Scrypt"]
    clerk.password = ScryptPasswordHasher().encode(SENTENCE, "s" * 22)  # as long as Django makes it
    clerk.save()
    assert signed_in(clerk).get("/account/").status_code == 200
    clerk.refresh_from_db()
    assert Scrypt().decode(clerk.password)["work_factor"] == Scrypt.work_factor


def test_who_changes_a_password_knows_it_and_may_go_back_to_it(clerk: Person) -> None:
    again, address = "another sentence that is long", "/account/password/change/"
    client = just_shown(signed_in(clerk))
    for old, new, kept in (("wrong", again, SENTENCE), ("", again, SENTENCE),
                           (SENTENCE, again, again), (again, SENTENCE, SENTENCE)):  # fmt: skip
        client.post(address, {"oldpassword": old, "password1": new, "password2": new})
        clerk.refresh_from_db()
        assert clerk.check_password(kept)


def test_a_new_site_holds_nobody() -> None:
    assert not Person.objects.exists()


def test_no_question_stands_for_a_forgotten_password(clerk: Person) -> None:
    page = Client().get("/account/password/reset/").content.decode()
    form = page.split("<main")[1]
    assert set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form)) == {
        "csrfmiddlewaretoken",
        "email",
    }


def test_a_new_password_does_not_pass_the_second_step(clerk: Person) -> None:
    TOTP.activate(clerk, SECRET)
    client = Client()
    client.post("/account/password/reset/", {"email": clerk.email})
    found = re.search(r"http\S+", mail.outbox[0].body)
    assert found is not None
    assert clerk.password not in mail.outbox[0].body
    page = client.get(found[0].removeprefix(django_settings.SITE_URL), follow=True)
    again = "another sentence that is long"
    client.post(page.redirect_chain[-1][0], {"password1": again, "password2": again})
    assert client.get("/account/").status_code == 302, "it signs nobody in"
    answer = client.post(LOGIN, {"login": clerk.email, "password": again})
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/account/").status_code == 302


# --- codes


def test_a_code_is_old_after_a_minute(clerk: Person) -> None:
    TOTP.activate(clerk, SECRET)
    client = signed_in(clerk)
    for steps in (-2, -10, 2):
        client.post("/account/2fa/authenticate/", {"code": code(SECRET, steps)})
        assert client.get("/account/").status_code == 302


def test_recovery_codes_follow_from_nothing_and_their_root_is_sealed(clerk: Person) -> None:
    mine = RecoveryCodes.activate(clerk)
    other = RecoveryCodes.activate(person("analyst"))
    assert len(set(mine.generate_codes()) | set(other.generate_codes())) == 20
    kept = str(mine.instance.data)
    root = unseal(mine.instance.data["seed"])
    assert len(root) >= 2 * 14, "112 bits of hexadecimal digits"
    assert root not in kept
    assert not [each for each in mine.generate_codes() if each in kept]


def test_a_second_step_that_was_taken_away_ends_work_at_once(
    as_role: AsRole, settings: Settings
) -> None:
    settings.REQUIRE_MFA = True
    clerk, admin = person("clerk"), person("administrator")
    for each in (clerk, admin):
        Authenticator.objects.create(user=each, type=Authenticator.Type.TOTP, data={})
    thief = as_role("clerk")
    assert thief.get("/members/harrowmere/roles/").status_code == 200
    just_shown(as_role("administrator")).post(f"/members/harrowmere/people/{clerk.pk}/second-step/")
    assert thief.get("/members/harrowmere/roles/")["Location"] == "/account/second-step/"


def test_who_sets_up_or_removes_a_second_step_is_told(
    clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_: act())
    client, address = just_shown(signed_in(clerk)), "/account/2fa/totp/activate/"
    client.get(address)
    client.post(address, {"code": code(client.session["mfa.totp.secret"])})
    assert Authenticator.objects.filter(user=clerk, type="totp").exists()
    told = [each.to for each in mail.outbox]
    assert [clerk.email] in told
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=clerk, type="totp").exists()
    assert [each.to for each in mail.outbox][len(told) :] == [[clerk.email]]


def test_the_address_before_is_told_of_the_new_one(clerk: Person) -> None:
    client = just_shown(signed_in(clerk))
    client.post("/account/email/", {"email": "new@council.example", "action_add": ""})
    found = re.search(r"http\S+(/account/confirm-email/\S+)", mail.outbox[-1].body)
    assert found is not None
    client.post(found[1])
    assert ["clerk@harrowmere.test"] in [each.to for each in mail.outbox]


# --- passkeys


def test_every_passkey_is_asked_anew() -> None:
    asked = [
        Client(HTTP_ACCEPT="application/json")
        .get("/account/2fa/webauthn/login/")
        .json()["request_options"]["publicKey"]
        for _ in range(2)
    ]
    first, second = (websafe_decode(each["challenge"]) for each in asked)
    assert first != second
    assert len(first) * 8 >= 64
    assert {each["userVerification"] for each in asked} == {"required"}


def test_no_passkey_signs_by_a_broken_hash(as_role: AsRole) -> None:
    page = just_shown(as_role("clerk")).get("/account/2fa/webauthn/add/").content.decode()
    kinds = {int(each) for each in re.findall(r'"alg": (-?\d+)', page)}
    assert {-7, -257} <= kinds, "ES256 and RS256"
    assert -65535 not in kinds, "RS1, which is by SHA-1"


# --- seals


def test_a_seal_is_new_each_time_and_none_that_was_changed_opens() -> None:
    first, second = seal("secret"), seal("secret")
    assert first != second
    assert unseal(first) == unseal(second) == "secret"
    raw = bytearray(base64.urlsafe_b64decode(first))
    raw[30] ^= 1
    assert unseal(base64.urlsafe_b64encode(bytes(raw)).decode()) != "secret"


# --- sessions


def test_the_key_of_a_session_is_long_and_by_chance(
    clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {signed_in(clerk).session.session_key or "" for _ in range(2)}
    assert len(keys) == 2
    assert min(map(len, keys)) >= 32
    monkeypatch.setattr("secrets.choice", lambda _: "q")
    assert signed_in(clerk).session.session_key == "q" * 32, "by the system's own source"


def test_the_key_of_a_session_stands_in_no_page_and_no_address(clerk: Person) -> None:
    client = Client()
    answer = client.post(f"{LOGIN}?next=/account/", {"login": clerk.email, "password": SENTENCE})
    key = client.session.session_key or "none"
    assert key not in answer["Location"]
    for path in ("/account/", "/account/sessions/", "/account/data.json", "/members/"):
        page = client.get(path)
        assert page.status_code == 200
        assert key not in page.content.decode()


# --- what the log tells of it


def test_a_sign_in_that_fails_is_logged_by_number(clerk: Person, logged: io.StringIO) -> None:
    for email in (clerk.email.upper(), "nobody@council.example"):
        Client().post(LOGIN, {"login": email, "password": "wrong words"})
    lines = [json.loads(each) for each in logged.getvalue().splitlines()]
    told = [each["person"] for each in lines if each["message"] == "sign-in failed"]
    assert told == [clerk.pk, None]
    assert "@" not in logged.getvalue()


def test_a_code_that_is_wrong_or_used_is_logged(clerk: Person, logged: io.StringIO) -> None:
    TOTP.activate(clerk, SECRET)
    now = code(SECRET)
    signed_in(clerk).post("/account/2fa/authenticate/", {"code": now})
    for each in (now, "000000"):
        signed_in(clerk).post("/account/2fa/authenticate/", {"code": each})
    lines = [json.loads(each) for each in logged.getvalue().splitlines()]
    told = [each["person"] for each in lines if each["message"] == "second step failed"]
    assert told == [clerk.pk] * 2
    assert now not in logged.getvalue()
