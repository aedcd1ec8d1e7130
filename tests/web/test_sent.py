"""What a person sent in, over all sources."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from callover.domain.roles import Task
from callover.web.accounts.models import Person
from callover.web.accounts.roles import ROLES
from callover.web.submissions import sent_views
from callover.web.submissions.models import State, Submission
from site_under_test import AsRole, person, roles_with

SENT = "/members/harrowmere/sent/"


def noted(by: Person, source: str = "police", name: str = "a.csv", **more: object) -> Submission:
    return Submission.objects.create(
        partnership_id="harrowmere", source=source, by=by, name=name, size=1, sha256=name, **more
    )


def page(client: Client, address: str = SENT) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_own_submissions_of_all_sources_with_receipt_state_and_who(as_role: AsRole) -> None:
    client = as_role("data_provider", sources=("police", "fire"))
    me = person("data_provider")
    first = noted(me, name="police.csv", state=State.FAULTY)
    second = noted(me, "fire", "fire.csv")
    said = page(client)
    for one in (first, second):
        assert f"/members/harrowmere/sources/{one.source}/submissions/{one.number}/" in said
    assert said.index("fire.csv") < said.index("police.csv"), "the newest first"
    assert "Has faults" in said
    assert "data_provider" in said


def test_others_are_shown_for_ones_own_sources_alone(as_role: AsRole) -> None:
    client, other = as_role("data_provider"), person("analyst")
    noted(other, name="for_mine.csv")
    noted(other, "fire", "of_another.csv")
    said = page(client)
    assert "for_mine.csv" in said
    assert "of_another.csv" not in said
    assert "for_mine.csv" in page(as_role("analyst")), "who sent it, whatever the source"


def test_what_one_sent_before_a_source_went_to_somebody_else_is_listed_but_not_opened(
    as_role: AsRole,
) -> None:
    client = as_role("data_provider", sources=("police",))
    gone = noted(person("data_provider"), "fire", "fire.csv")
    said = page(client)
    assert "fire.csv" in said
    assert f"/sources/fire/submissions/{gone.number}/" not in said


def test_submissions_to_another_partnership_are_not_there(as_role: AsRole) -> None:
    Submission.objects.create(partnership_id="elsewhere", source="police", name="there.csv",
                              by=person("analyst"), size=1, sha256="x")  # fmt: skip
    assert "there.csv" not in page(as_role("analyst"))


def test_there_are_pages(as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_views, "PAGE", 2)
    client = as_role("data_provider")
    for number in range(3):
        noted(person("data_provider"), name=f"file{number}.csv")
    assert "file0.csv" not in page(client)
    assert "Page 1 of 2" in page(client)
    assert "file0.csv" in page(client, f"{SENT}?page=2")
    assert "file0.csv" in page(client, f"{SENT}?page=99"), "the last"


def test_many_submissions_cost_no_more_questions(as_role: AsRole) -> None:
    client = as_role("data_provider")
    noted(person("data_provider"))
    page(client)
    with CaptureQueriesContext(connection) as before:
        page(client)
    for number in range(5):
        noted(person("data_provider"), name=f"file{number}.csv")
    with CaptureQueriesContext(connection) as after:
        page(client)
    assert len(after) == len(before)


@pytest.mark.parametrize("role", ["", *ROLES])
def test_it_is_for_who_sends_in(role: str, as_role: AsRole) -> None:
    allowed = role in roles_with(Task.SUBMIT)
    assert (as_role(role).get(SENT).status_code == 200) == allowed
    menu = as_role(role).get("/members/").content.decode()
    assert (SENT in menu) == allowed, "your work leads to it"


def test_an_empty_list_leads_on(as_role: AsRole) -> None:
    assert "Nothing was sent in yet" in page(as_role("data_provider"))
    assert 'aria-current="page"' in page(as_role("data_provider"))
