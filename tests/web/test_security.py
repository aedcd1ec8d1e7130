"""What every answer carries, what no log holds, and what a deployed site's settings are."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from callover.web.accounts.invitations import invite, link
from callover.web.accounts.models import Partnership
from callover.web.config.logging import JsonLines
from site_under_test import AsRole, just_shown, person

PATHS = ("/", "/account/login/", "/nothing/", "/members/", "/privacy/")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_what_a_browser_may_do(path: str) -> None:
    answer = Client().get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(), microphone=(), geolocation=()" in answer["Permissions-Policy"]
    assert "object-src 'none'" in policy
    assert "Server" not in answer


@pytest.mark.parametrize("path", ["/account/", "/members/", "/account/login/"])
def test_nothing_behind_the_door_is_kept_by_a_browser(path: str, as_role: AsRole) -> None:
    assert "no-store" in as_role("clerk").get(path)["Cache-Control"]


@pytest.mark.parametrize("path", [
    "/account/login/", "/account/logout/", "/account/password/reset/",
    "/members/harrowmere/people/invite/", "/members/harrowmere/people/1/end/", "/join/x/",
])  # fmt: skip
def test_a_form_from_elsewhere_is_refused(path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(
        person("administrator"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert just_shown(strict).post(path).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
def test_another_host_is_refused(host: str) -> None:
    assert Client(HTTP_HOST=host).get("/").status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_methods_that_no_page_knows_change_nothing(method: str, as_role: AsRole) -> None:
    clerk = person("clerk")
    admin = just_shown(as_role("administrator"))
    getattr(admin, method)(f"/members/harrowmere/people/{clerk.pk}/end/")
    assert clerk.memberships.get().ended is None


def test_cookies_are_for_this_site_and_no_script() -> None:
    clerk = person("clerk")
    clerk.set_password("quiet harbour sings at nine")
    clerk.save()
    client = Client()
    client.post(
        "/account/login/", {"login": clerk.email, "password": "quiet harbour sings at nine"}
    )
    for cookie in client.cookies.values():
        assert cookie["httponly"] or cookie.key == "messages"
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["expires"] == "", "ends with it"


@pytest.fixture
def logged() -> io.StringIO:
    """Everything that any logger says during a test, as the server would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_no_log_holds_a_password_an_address_or_a_token(
    logged: io.StringIO, harrowmere: Partnership
) -> None:
    secret, email = "a-password-nobody-may-log", "private.person@council.example"
    client = Client(raise_request_exception=False)
    for _ in range(6):
        client.post("/account/login/", {"login": email, "password": secret})
    client.post("/account/password/reset/", {"email": email})
    made = invite(by=None, partnership=harrowmere, email=email, post="x", role="clerk")
    token = link(made).split("/join/")[1].strip("/")
    client.get(f"/join/{token}/?email={email}&password={secret}")
    client.post(f"/join/{token}/", {"password": secret, "again": secret})
    client.get(f"/members/?code={secret}", headers={"Authorization": f"Bearer {secret}"})
    client.get(f"/nothing/{secret}/")
    Client(HTTP_HOST="evil.example").get(f"/?x={secret}")
    said = logged.getvalue()
    assert '"message": "request"' in said
    for each in (secret, email, token, "203.0.113.7"):
        assert each not in said


def test_an_error_of_ours_says_nothing_to_the_visitor_and_nothing_secret_to_the_log(
    logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "a-password-nobody-may-log"

    def fail(**_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr("callover.web.accounts.invitations.opened", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/join/x/", {"password": typed, "again": typed})
    assert answer.status_code == 500
    assert "broken inside" not in answer.content.decode()
    assert "Something went wrong on our side" in answer.content.decode()
    assert typed not in logged.getvalue()


DEPLOYED = """
import json, sys
from pathlib import Path
from callover.web.operations.server import set_up
set_up(Path(sys.argv[1]))
from django.core.management import call_command
call_command("check", "--deploy", "--fail-level", "DEBUG")
from django.conf import settings
from django.test import Client
Path(settings.STATIC_ROOT).mkdir(parents=True)
client = Client(HTTP_HOST="safety.example", HTTP_X_FORWARDED_PROTO="https")
answer = client.get("/health/live/")
plain = Client(HTTP_HOST="safety.example").get("/account/login/")
names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_DOMAIN",
         "ALLOWED_HOSTS", "DEBUG", "PASSWORD_HASHERS", "REQUIRE_MFA", "SESSION_COOKIE_AGE")
print(json.dumps({
    "status": answer.status_code, "hsts": answer["Strict-Transport-Security"],
    "plain": [plain.status_code, plain["Location"]],
    "policy": answer["Content-Security-Policy"],
    **{name: getattr(settings, name) for name in names},
}))
"""


def test_a_deployed_site_passes_the_checks_and_keeps_to_https(tmp_path: Path) -> None:
    """In a process of its own: settings are read once."""
    (tmp_path / "partnerships").mkdir()
    (tmp_path / "workspace.yaml").write_text("callover: 1\nset: street\npartnership: x\n")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CALLOVER_", "DJANGO_"))}
    told = {**kept, "CALLOVER_URL": "https://safety.example", "CALLOVER_LOG": "json",
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            "CALLOVER_OIDC_SERVER": "https://login.example/tenant"}  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", DEPLOYED, str(tmp_path)], env=told, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["status"] == 200
    assert "max-age=31536000; includeSubDomains" in found["hsts"]
    assert found["plain"] == [301, "https://safety.example/account/login/"]
    for name in ("SESSION", "CSRF"):
        assert found[f"{name}_COOKIE_SECURE"] is found[f"{name}_COOKIE_HTTPONLY"] is True
        assert found[f"{name}_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_DOMAIN"] is None
    assert found["SESSION_COOKIE_AGE"] <= 12 * 60 * 60
    assert "*" not in found["ALLOWED_HOSTS"]
    assert found["DEBUG"] is False
    assert found["PASSWORD_HASHERS"] == ["callover.web.accounts.passwords.Scrypt"]
    assert found["REQUIRE_MFA"] is True
    assert "form-action 'self' https://login.example" in found["policy"]
    key = tmp_path / "site" / "secret-key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text()) >= 50


def test_no_secret_is_in_the_repository() -> None:
    import re

    root = Path(__file__).parents[2]
    shape = re.compile(rb"BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_\w{36}")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src", "docs", "tests", "scripts"],
        cwd=root, capture_output=True, check=True,
    ).stdout.split(b"\0")  # fmt: skip
    names = [root / name.decode() for name in listed if name]
    assert names
    assert [n for n in names if n.is_file() and shape.search(n.read_bytes())] == []


def test_libraries_come_by_name_and_exact_version() -> None:
    import re

    lines = (Path(__file__).parents[2] / "constraints.txt").read_text().splitlines()
    named = [each for each in lines if each and not each.startswith("#")]
    assert len(named) > 50
    assert [each for each in named if not re.fullmatch(r"[\w.-]+==[\w.+]+", each)] == []
