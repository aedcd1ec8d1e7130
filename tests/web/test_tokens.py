"""Tokens with which programs send in figures, and what the API does with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from callover.domain.roles import Task
from callover.web.accounts.models import Membership, Partnership
from callover.web.accounts.roles import ROLES
from callover.web.journal.models import Entry
from callover.web.publication import sending
from callover.web.publication.limits import SUBMIT, Limit, seconds_to_wait
from callover.web.publication.models import Allowance, Token
from callover.web.publication.tokens import make_token, revoke_token, token_of
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import Submission
from site_under_test import AsRole, just_shown, person, roles_with

TOKENS = "/members/harrowmere/tokens/"
MAKE = f"{TOKENS}make/"


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was taken in."""
    cache.clear()
    found: list[dict[str, Any]] = []

    def take_in(
        *, chunks: Iterable[bytes], noted: Callable[[Any], None], **told: Any
    ) -> SimpleNamespace:
        content = b"".join(chunks)
        found.append({**told, "content": content})
        made = SimpleNamespace(pk=len(found), sha256=hashlib.sha256(content).hexdigest())
        noted(made)
        return made

    monkeypatch.setattr(sending, "take_in", take_in)
    return found


def token(
    role: str = "data_provider", days: int = 30, sources: tuple[str, ...] = ("police",)
) -> str:
    return make_token(
        by=person(role), partnership=Partnership.objects.get(pk="harrowmere"), name="export",
        sources=sources, ends=timezone.now() + timedelta(days=days),
    )  # fmt: skip


def send(raw: str, partnership: str = "harrowmere", source: str = "police") -> HttpResponse:
    address = f"/api/v1/partnerships/{partnership}/sources/{source}/submissions"
    file = SimpleUploadedFile("figures.csv", b"month,value\n2016-09,12\n")
    headers = {"Authorization": f"Bearer {raw}"} if raw else {}
    answer: HttpResponse = Client().post(address, {"file": file}, headers=headers)
    return answer


def test_a_file_is_taken_in_for_whoever_made_the_token(taken: list[dict[str, Any]]) -> None:
    answer = send(token())
    assert answer.status_code == 202
    (one,) = taken
    assert (one["by"].post, one["source"], one["name"]) == (
        "data_provider",
        "police",
        "figures.csv",
    )
    assert answer.json()["sha256"] == hashlib.sha256(one["content"]).hexdigest()
    assert Token.objects.get().last_used is not None
    assert Entry.objects.filter(action="use token").count() == 1


def test_only_its_hash_is_kept() -> None:
    raw = token()
    held = Token.objects.get()
    assert raw not in str(vars(held))
    assert all(raw not in str(entry.detail) for entry in Entry.objects.all())


@pytest.mark.parametrize(("where", "status"), [
    (("harrowmere", "fire"), 403), (("exampleford", "police"), 403), (("nowhere", "police"), 403),
])  # fmt: skip
def test_a_token_is_for_its_partnership_and_sources(
    where: tuple[str, str], status: int, taken: list[dict[str, Any]]
) -> None:
    assert send(token(), *where).status_code == status
    assert not taken


@pytest.mark.parametrize(
    "raw", ["", "x", "callover_", "callover_" + "a" * 43, "callover_" + "é" * 9000]
)
def test_without_a_token_that_works_nothing_is_taken_in(
    raw: str, taken: list[dict[str, Any]]
) -> None:
    assert send(raw.encode("utf-8").decode("latin-1")).status_code == 401
    assert not taken


def test_a_token_ends_on_its_day_when_revoked_and_with_its_maker() -> None:
    raw = token()
    held = Token.objects.get()
    revoke_token(by=held.by, token=held)
    assert token_of(raw) is None
    again = token()
    Token.objects.filter(revoked=None).update(
        made=timezone.now() - timedelta(days=2), ends=timezone.now() - timedelta(days=1)
    )
    assert send(again).status_code == 401
    last = token()
    Membership.objects.filter(person=person("data_provider")).update(ended=timezone.now())
    assert send(last).status_code == 403


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, taken: list[dict[str, Any]]
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", -(2**20))
    assert send(token()).status_code == 413
    assert not taken


def test_wrong_tokens_are_counted() -> None:
    answers = [send("callover_wrong").status_code for _ in range(31)]
    assert answers == [401] * 30 + [429]


def test_a_token_sends_so_often_and_no_more() -> None:
    raw = token()
    number = str(Token.objects.get().pk)
    for _ in range(SUBMIT.most):
        assert not seconds_to_wait(SUBMIT, number)
    answer = send(raw)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= SUBMIT.seconds


def test_a_limit_begins_anew_and_keeps_no_address() -> None:
    limit = Limit("try", 1, 60)
    assert not seconds_to_wait(limit, "10.0.0.1")
    assert seconds_to_wait(limit, "10.0.0.1")
    assert not seconds_to_wait(limit, "10.0.0.2")
    Allowance.objects.update(since=timezone.now() - timedelta(seconds=61))
    assert not seconds_to_wait(limit, "10.0.0.1")
    assert all("10.0.0" not in each.key for each in Allowance.objects.all())


# --- pages


def given(**other: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=30)
    return {"name": "export", "sources": ["police"], "ends": f"{day:%d/%m/%Y}", **other}


def test_a_provider_makes_a_token_and_sees_it_once(as_role: AsRole) -> None:
    client = just_shown(as_role("data_provider"))
    page = client.post(MAKE, given()).content.decode()
    raw = page.split('<code class="token">')[1].split("<")[0]
    assert token_of(raw) == Token.objects.get()
    assert raw not in client.get(TOKENS).content.decode()


@pytest.mark.parametrize("wrong", [
    {"sources": ["fire"]}, {"sources": []}, {"name": ""}, {"ends": "1/1/2000"},
    {"ends": "1/1/2999"},
    {"ends": "never"},
])  # fmt: skip
def test_what_a_provider_may_not_ask_for(wrong: dict[str, object], as_role: AsRole) -> None:
    answer = just_shown(as_role("data_provider")).post(MAKE, given(**wrong))
    assert "govuk-error-summary" in answer.content.decode()
    assert not Token.objects.exists()


def test_tokens_of_others_are_not_theirs_to_see_or_end(as_role: AsRole) -> None:
    token("analyst")
    address = f"{TOKENS}{Token.objects.get().pk}/revoke/"
    assert "export" not in as_role("data_provider").get(TOKENS).content.decode().split("<form")[0]
    assert as_role("data_provider").post(address).status_code == 403
    other = as_role("administrator", "exampleford")
    assert other.post(address).status_code == 403
    assert other.post(address.replace("harrowmere", "exampleford")).status_code == 404
    assert as_role("administrator").post(address).status_code == 302
    assert Token.objects.get().revoked is not None


def test_who_makes_a_token_shows_again_who_they_are(as_role: AsRole) -> None:
    asked = as_role("data_provider").post(MAKE, given())
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert not Token.objects.exists()
    assert as_role("data_provider").get(TOKENS).status_code == 200, "to look asks for nothing"


def test_who_sends_in_nothing_is_offered_no_form(as_role: AsRole) -> None:
    page = as_role("administrator").get(TOKENS).content.decode()
    assert "Make a token" not in page
    assert "Make a token" in as_role("data_provider").get(TOKENS).content.decode()
    answer = just_shown(as_role("administrator")).post(MAKE, given())
    assert answer.status_code == 403
    assert not Token.objects.exists()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_opens_the_page_of_tokens(role: str, as_role: AsRole) -> None:
    may = {*roles_with(Task.SUBMIT), *roles_with(Task.MANAGE_PARTNERSHIP)}
    assert (as_role(role).get(TOKENS).status_code == 200) == (role in may)


def test_what_a_program_sends_becomes_a_submission_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sending, "take_in", take_in)
    monkeypatch.setattr(settings, "UPLOADS", tmp_path / "uploads")
    raw = token()
    numbers = {send(raw).json()["number"] for _ in range(3)}
    made = Submission.objects.get()
    assert numbers == {str(made.number)}
    assert (made.source, made.by.post) == ("police", "data_provider")
    assert len(list((tmp_path / "uploads").iterdir())) == 1
