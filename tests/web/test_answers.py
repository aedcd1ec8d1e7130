"""What no request may do, what no answer may say, and what the log keeps of both."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from callover.web.accounts.invitations import invite, link
from callover.web.accounts.models import Invitation, Partnership, Person
from callover.web.config.logging import JsonLines
from callover.web.journal.record import record
from callover.web.publication.models import Token
from callover.web.publication.tokens import make_token
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import Submission
from site_under_test import AsRole, just_shown, person

PATHS = ("/", "/account/login/", "/nothing/", "/privacy/", "/health/live/", "/api/v1/",
         "/api/v1/partnerships", "/api/v1/openapi.json")  # fmt: skip
SUBMIT = "/api/v1/partnerships/harrowmere/sources/police/submissions"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def told(logged: io.StringIO, message: str) -> list[dict[str, object]]:
    lines = [json.loads(each) for each in logged.getvalue().splitlines()]
    return [each for each in lines if each["message"] == message]


# --- requests


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
@pytest.mark.parametrize("path", ["/", "/account/login/", "/api/v1/partnerships"])
def test_methods_that_nobody_of_ours_uses_are_refused_and_logged(
    method: str, path: str, logged: io.StringIO
) -> None:
    assert getattr(Client(), method)(path).status_code == 405
    (line,) = told(logged, "request")
    assert (line["method"], line["status"]) == (method.upper(), 405)


def test_what_stands_in_the_address_is_not_taken_for_the_form(as_role: AsRole) -> None:
    admin = just_shown(as_role("administrator"))
    query = "email=new@x.example&post=P&role=clerk"
    assert admin.post(f"/members/harrowmere/people/invite/?{query}").status_code == 200
    assert not Invitation.objects.exists()


def test_fields_that_no_form_asks_for_change_nothing(harrowmere: Partnership) -> None:
    made = invite(by=None, partnership=harrowmere, email="n@x.example", post="P", role="clerk")
    words = "quiet harbour sings at nine"
    more = {"email": "other@x.example", "role": "administrator", "is_active": "0", "post": "Q",
            "is_superuser": "1", "partnership": "elsewhere"}  # fmt: skip
    address = link(made).removeprefix(django_settings.SITE_URL)
    Client().post(address, {"password": words, "again": words, **more})
    (kept,) = Person.objects.filter(email__endswith="@x.example")
    assert (kept.email, kept.post, kept.is_active) == ("n@x.example", "P", True)
    held = kept.memberships.get()
    assert (held.role, held.partnership_id) == ("clerk", "harrowmere")
    assert not getattr(kept, "is_superuser", False)


def test_to_come_from_here_is_not_enough_for_a_form(as_role: AsRole) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(
        person("administrator"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = just_shown(strict).post(
        "/members/harrowmere/people/invite/", HTTP_ORIGIN=django_settings.SITE_URL
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["null", "https://evil.example"])
@pytest.mark.parametrize("path", PATHS)
def test_no_answer_is_shared_with_other_origins(path: str, origin: str) -> None:
    answer = Client().get(path, HTTP_ORIGIN=origin)
    assert not [each for each in answer.headers if each.startswith("Access-Control-")]


def test_a_session_sends_in_nothing_by_the_api(as_role: AsRole) -> None:
    file = SimpleUploadedFile("figures.csv", b"month,value\n2016-09,12\n")
    answer = as_role("data_provider").post(SUBMIT, {"file": file})
    assert answer.status_code == 401
    assert not Submission.objects.exists()


@pytest.mark.parametrize("kind", ["application/json", "text/csv", "text/xml", ""])
def test_the_api_takes_no_other_kind_of_content(kind: str, harrowmere: Partnership) -> None:
    raw = make_token(by=person("data_provider"), partnership=harrowmere, name="export",
                     sources=["police"], ends=timezone.now() + timedelta(days=1))  # fmt: skip
    answer = Client().post(
        SUBMIT, data=b"x", content_type=kind, headers={"Authorization": f"Bearer {raw}"}
    )
    assert answer.status_code == 415
    assert answer.json()["detail"] == "Send the file as multipart/form-data."
    assert Token.objects.get().last_used is None


@pytest.mark.parametrize("path", [
    "/.git/config", "/.env", "/static/", "/static/design/", "/static/../pyproject.toml",
    "/static/%2e%2e/pyproject.toml", "/site/", "/site/secret-key", "/uploads/", "/serving/",
    "/workspace.yaml", "/static/design/site.css.bak", "/admin/", "/api/v1/docs", "/__debug__/",
])  # fmt: skip
def test_no_folder_no_other_file_and_no_tool_is_served(path: str) -> None:
    assert Client().get(path).status_code == 404


# --- answers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_of_what_kind_it_is(path: str) -> None:
    kind = Client().get(path)["Content-Type"]
    assert kind
    if kind.startswith("text/"):
        assert kind.endswith("charset=utf-8")


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_tells_versions_of_what_it_runs_on(path: str) -> None:
    answer = Client().get(path)
    said = f"{answer.headers} {answer.content.decode()}".lower()
    for name in ("gunicorn", "python/", "django/", "x-powered-by", 'name="generator"'):
        assert name not in said


def test_every_letter_and_sign_is_shown_as_it_was_typed(as_role: AsRole) -> None:
    typed = "ねこ 🐈 O’Hara & naïve {{ 7|add:35 }} {% now 'Y' %} <b> \u202e"
    record("do something", by=None, partnership="harrowmere", subject=typed)
    page = as_role("auditor").get("/members/harrowmere/log/").content.decode()
    assert typed.replace("&", "&amp;").replace("<b>", "&lt;b&gt;").replace("'", "&#x27;") in page


def test_names_by_chance_are_of_the_fourth_kind(harrowmere: Partnership) -> None:
    made = invite(by=None, partnership=harrowmere, email="n@x.example", post="P", role="clerk")
    sent = take_in(by=person("data_provider"), partnership=harrowmere, source="police",
                   name="a.csv", chunks=[b"x"])  # fmt: skip
    assert made.pk.version == sent.stored.version == 4


# --- the log


def test_what_is_logged_stays_one_line() -> None:
    given = logging.LogRecord("x", logging.INFO, "", 1, 'a\r\n{"message": "forged"}', None, None)
    vars(given)["told"] = {"view": "b\u2028\n"}
    line = JsonLines().format(given)
    assert len(line.split("\n")) == 1
    assert json.loads(line)["message"] == 'a\r\n{"message": "forged"}'


def test_a_line_of_the_log_tells_when_what_and_how_it_ended(logged: io.StringIO) -> None:
    answer = Client().get("/privacy/")
    (line,) = told(logged, "request")
    assert str(line["at"]).endswith("+00:00"), "of the world's time"
    assert (line["method"], line["status"], line["view"]) == ("GET", 200, "privacy")
    assert line["request"] == answer["X-Request-Number"]


@pytest.mark.parametrize(("path", "status"), [
    ("/members/harrowmere/people/", 403), ("/members/elsewhere/people/", 403),
    ("/members/harrowmere/people/999999/", 404),
])  # fmt: skip
def test_who_is_refused_is_logged_by_number(
    path: str, status: int, as_role: AsRole, logged: io.StringIO
) -> None:
    role = "administrator" if status == 404 else "data_provider"
    assert as_role(role).get(path).status_code == status
    (line,) = told(logged, "request")
    assert (line["status"], line["person"]) == (status, person(role).pk)
    assert person(role).email not in logged.getvalue()
