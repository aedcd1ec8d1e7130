"""The organisation's own sign-in (OpenID Connect): a provider on loopback, and who gets in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from callover.web.accounts.models import Person
from site_under_test import person

CLIENT = "callover-at-test"
START = "/account/oidc/oidc/login/"


class Provider(BaseHTTPRequestHandler):
    """Discovery, tokens and user info of one person, whom the test describes in ``claims``."""

    claims: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[dict[str, list[str]]] = {}

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("/openid-configuration"):
            self._answer({
                "issuer": base, "authorization_endpoint": f"{base}/authorise",
                "token_endpoint": f"{base}/token", "userinfo_endpoint": f"{base}/me",
                "jwks_uri": f"{base}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        else:
            self._answer({"/me": self.claims, "/keys": {"keys": []}}[self.path])

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        type(self).asked = parse_qs(self.rfile.read(length).decode())
        base = f"http://127.0.0.1:{self.server.server_port}"
        now = int(time.time())
        told = {"iss": base, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        token = jwt.encode(told, "x" * 32, algorithm="HS256", headers={"kid": "1"})
        self._answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _answer(self, told: dict[str, Any]) -> None:
        content = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        app = {"provider_id": "oidc", "name": "the council", "client_id": CLIENT, "secret": "s",
               "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        }
        yield Provider
        server.shutdown()
        thread.join(timeout=5)


def come_back(client: Client, claims: dict[str, Any], state: str = "") -> HttpResponse:
    """Go to the provider and come back as it describes."""
    Provider.claims = {"sub": "7", **claims}
    away = client.post(START)
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    told = {"code": "c", "state": state or asked["state"][0]}
    answer: HttpResponse = client.get("/account/oidc/oidc/login/callback/", told)
    return answer


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_sign_in_page_offers_it(provider: type[Provider]) -> None:
    assert "Sign in with the council" in Client().get("/account/login/").content.decode()


@pytest.mark.usefixtures("provider")
def test_a_verified_address_that_was_invited_signs_in() -> None:
    clerk, client = person("clerk"), Client()
    answer = come_back(client, {"email": clerk.email.upper(), "email_verified": True})
    assert answer.status_code == 302
    assert signed_in(client)
    assert Provider.asked["code_verifier"]
    again = Client()
    come_back(again, {"email": "moved@council.example", "email_verified": True})
    assert signed_in(again), "known by the provider's own name for the person from then on"


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("claims", [
    {"email": "stranger@council.example", "email_verified": True},
    {"email": "clerk@harrowmere.test", "email_verified": False},
    {"email": "clerk@harrowmere.test"},
    {"email": "clerk@harrowmere.test", "email_verified": "false"},
    {"email": "clerk@harrowmere.test", "email_verified": "true"},
    {},
])  # fmt: skip
def test_anybody_else_is_refused_and_told_what_to_do(claims: dict[str, Any]) -> None:
    person("clerk")
    client = Client()
    answer = come_back(client, claims)
    assert answer.status_code == 403
    assert "You are not invited yet" in answer.content.decode()
    assert not signed_in(client)
    assert Person.objects.count() == 1


@pytest.mark.usefixtures("provider")
def test_who_was_ended_is_refused() -> None:
    clerk, client = person("clerk"), Client()
    come_back(client, {"email": clerk.email, "email_verified": True})
    clerk.is_active = False
    clerk.save()
    again = Client()
    come_back(again, {"email": clerk.email, "email_verified": True})
    assert not signed_in(again)


@pytest.mark.usefixtures("provider")
def test_an_answer_to_another_question_is_refused() -> None:
    clerk, client = person("clerk"), Client()
    come_back(client, {"email": clerk.email, "email_verified": True}, state="made-up")
    assert not signed_in(client)


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("trusted", [True, False])
def test_the_second_step_is_ours_unless_the_organisation_is_trusted_with_it(
    settings: Settings, trusted: bool
) -> None:
    settings.REQUIRE_MFA, settings.OIDC_MFA = True, trusted
    clerk, client = person("clerk"), Client()
    come_back(client, {"email": clerk.email, "email_verified": True})
    answer = client.get("/members/harrowmere/roles/")
    assert answer.status_code == (200 if trusted else 302)


@pytest.mark.usefixtures("provider")
def test_who_has_a_second_step_here_is_asked_for_it() -> None:
    clerk, client = person("clerk"), Client()
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = come_back(client, {"email": clerk.email, "email_verified": True})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(client)


def test_without_configuration_there_is_none() -> None:
    assert Client().post(START).status_code == 404
    assert "Sign in with the" not in Client().get("/account/login/").content.decode()
