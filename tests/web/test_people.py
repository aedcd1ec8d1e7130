"""Giving roles and ending them: who may, what is refused, and what stands in the log."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from callover.domain.appointments import AppointmentRefused
from callover.web.accounts import actions
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.responsibility import responsible
from callover.web.journal.models import Entry
from site_under_test import AsRole, just_shown, person

PEOPLE = "/members/harrowmere/people/"
SOURCES = ("recorded_crime", "street")


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of three sources, whatever the set holds."""
    known = {"police": "Police", "recorded_crime": "Recorded crime", "street": "Street crime"}
    for module in ("actions", "invitations", "people", "responsibility"):
        monkeypatch.setattr(f"callover.web.accounts.{module}.sources_of", lambda _: known)


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return just_shown(as_role("administrator"))


@pytest.fixture
def analyst(admin: Client) -> Person:
    return person("analyst")


def held(one: Person) -> list[str]:
    return [each.role for each in one.memberships.filter(ended=None)]


def test_an_administrator_gives_another_role(admin: Client, analyst: Person) -> None:
    answer = admin.post(f"{PEOPLE}{analyst.pk}/give/", {"role": "clerk"}, follow=True)
    assert "has the role from now on" in answer.content.decode()
    assert sorted(held(analyst)) == ["analyst", "clerk"]
    entry = Entry.objects.get(action="give role")
    assert (entry.partnership, entry.detail["role"]) == ("harrowmere", "clerk")
    assert entry.post == "administrator"


def test_giving_a_role_twice_gives_it_once(admin: Client, analyst: Person) -> None:
    for _ in range(2):
        admin.post(f"{PEOPLE}{analyst.pk}/give/", {"role": "clerk"})
    assert held(analyst).count("clerk") == 1
    assert Entry.objects.filter(action="give role").count() == 1


@pytest.mark.parametrize(("data", "said"), [
    ({"role": "data_provider"}, "Choose at least one source"),
    ({"role": "clerk", "sources": "police"}, "Choose no source"),
    ({"role": "data_provider", "sources": "nothing_such"}, "nothing_such"),
    ({"role": "queen"}, "queen"),
    ({}, "Choose a role"),
])  # fmt: skip
def test_a_role_that_does_not_fit_is_refused_at_its_field(
    admin: Client, analyst: Person, data: dict[str, str], said: str
) -> None:
    answer = admin.post(f"{PEOPLE}{analyst.pk}/give/", data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert said in page
    assert held(analyst) == ["analyst"]


def test_nobody_gives_themselves_a_role(admin: Client, harrowmere: Partnership) -> None:
    me = person("administrator")
    answer = admin.post(f"{PEOPLE}{me.pk}/give/", {"role": "chair"})
    assert "Nobody gives a role to themselves" in answer.content.decode()
    with pytest.raises(AppointmentRefused):
        actions.give_role(by=me, person=me, partnership=harrowmere, role="chair")
    assert held(me) == ["administrator"]


def test_the_last_administrator_stays(admin: Client) -> None:
    me = person("administrator")
    mine = me.memberships.get()
    for address in (f"roles/{mine.pk}/end/", "end/"):
        answer = admin.post(f"{PEOPLE}{me.pk}/{address}", follow=True)
        assert "last administrator" in answer.content.decode()
    assert held(me) == ["administrator"]
    assert me.__class__.objects.get(pk=me.pk).is_active
    assert not Entry.objects.filter(action="end role").exists()


def test_an_administrator_may_go_when_another_stays(
    admin: Client, harrowmere: Partnership, analyst: Person
) -> None:
    me = person("administrator")
    actions.give_role(by=me, person=analyst, partnership=harrowmere, role="administrator")
    admin.post(f"{PEOPLE}{me.pk}/roles/{me.memberships.get().pk}/end/")
    assert held(me) == []
    assert admin.get(PEOPLE).status_code == 403, "from this request on"


def test_one_over_the_county_keeps_its_districts_managed(harrowmere: Partnership) -> None:
    here, county = person("administrator"), person("administrator", "wealdshire")
    actions.end_role(by=county, membership=here.memberships.get())
    assert held(here) == []
    with pytest.raises(AppointmentRefused):
        actions.end_role(by=county, membership=county.memberships.get())


def test_who_has_no_role_left_is_signed_out_and_cannot_come_back(
    admin: Client, as_role: AsRole, analyst: Person
) -> None:
    theirs = as_role("analyst")
    assert theirs.get("/account/").status_code == 200
    admin.post(f"{PEOPLE}{analyst.pk}/end/")
    assert theirs.get("/account/").status_code == 302
    analyst.refresh_from_db()
    assert (analyst.is_active, analyst.has_usable_password()) == (False, False)
    assert analyst.memberships.get().ended is not None, "what was, stays known"


def test_a_role_elsewhere_keeps_the_account(admin: Client, analyst: Person) -> None:
    Membership.objects.create(person=analyst, partnership_id="elsewhere", role="analyst")
    admin.post(f"{PEOPLE}{analyst.pk}/end/")
    analyst.refresh_from_db()
    assert analyst.is_active
    assert [each.partnership_id for each in analyst.memberships.filter(ended=None)] == ["elsewhere"]


@pytest.mark.parametrize(
    "address", ["", "give/", "end/", "unlock/", "second-step/", "roles/{membership}/end/"]
)
def test_people_of_other_partnerships_are_not_there(admin: Client, address: str) -> None:
    other = person("analyst", "elsewhere")
    path = f"{PEOPLE}{other.pk}/{address.format(membership=other.memberships.get().pk)}"
    assert admin.get(path).status_code == 404
    assert admin.post(path, {"role": "clerk"}).status_code in (404, 405)
    assert held(other) == ["analyst"]


def test_a_membership_of_another_person_is_not_there(admin: Client, analyst: Person) -> None:
    clerk = person("clerk")
    path = f"{PEOPLE}{clerk.pk}/roles/{analyst.memberships.get().pk}/end/"
    assert admin.post(path).status_code == 404
    assert held(analyst) == ["analyst"]


@pytest.mark.parametrize("role", ["analyst", "chair", "auditor", "data_provider"])
def test_actions_hold_for_themselves_who_may(role: str, harrowmere: Partnership) -> None:
    by, clerk = person(role), person("clerk")
    refused: list[Any] = [
        lambda: actions.give_role(by=by, person=clerk, partnership=harrowmere, role="chair"),
        lambda: actions.end_role(by=by, membership=clerk.memberships.get()),
        lambda: actions.end_person(by=by, person=clerk, partnership=harrowmere),
        lambda: actions.hand_over(by=by, partnership=harrowmere, source="police", to=clerk),
        lambda: actions.take_second_step(by=by, person=clerk, partnership=harrowmere),
        lambda: actions.unlock(by=by, person=clerk, partnership=harrowmere),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()
    assert held(clerk) == ["clerk"]
    assert not Entry.objects.exists()


def test_a_source_is_handed_over(admin: Client, harrowmere: Partnership, analyst: Person) -> None:
    before = person("data_provider", sources=("police", "street"))
    answer = admin.post(f"{PEOPLE}sources/police/", {"to": analyst.pk}, follow=True)
    assert "sends in Police from now on" in answer.content.decode()
    now = {each.source: [m.person for m in each.held] for each in responsible(harrowmere)}
    assert now["police"] == [analyst]
    assert now["street"] == [before], "their other source stays with them"
    assert Entry.objects.filter(action="hand over source", subject="police").count() == 1
    ended = before.memberships.exclude(ended=None).get()
    assert ended.sources == ["police", "street"], "what was, stays known"


def test_handing_over_twice_changes_nothing(harrowmere: Partnership, analyst: Person) -> None:
    admin = person("administrator")
    for _ in range(2):
        actions.hand_over(by=admin, partnership=harrowmere, source="police", to=analyst)
    assert held(analyst) == ["analyst", "data_provider"]
    assert [m.person for m in actions.providers(harrowmere, "police")] == [analyst]


def test_a_source_that_is_none_cannot_be_handed_over(admin: Client) -> None:
    assert admin.get(f"{PEOPLE}sources/nothing-such/").status_code == 404


def test_the_page_tells_who_sends_in_what(admin: Client) -> None:
    person("data_provider")
    Membership.objects.create(
        person=person("analyst"), partnership_id="harrowmere", role="data_provider",
        sources=["police"],
    )  # fmt: skip
    page = admin.get(PEOPLE).content.decode()
    assert "More than one" in page
    assert re.search(r"Street crime</th><td[^>]*>nobody", page)


def test_what_is_grave_asks_for_the_password_again(as_role: AsRole) -> None:
    admin = as_role("administrator")
    clerk = person("clerk")
    assert admin.get(PEOPLE).status_code == 200
    for method in (admin.get, admin.post):
        answer = method(f"{PEOPLE}{clerk.pk}/end/")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert held(clerk) == ["clerk"]


def test_who_left_is_no_longer_in_these_hands(admin: Client, analyst: Person) -> None:
    Membership.objects.create(person=analyst, partnership_id="exampleford", role="analyst")
    analyst.memberships.filter(partnership="harrowmere").update(ended=timezone.now())
    assert admin.get(f"{PEOPLE}{analyst.pk}/").status_code == 200
    for step in ("second-step/", "unlock/", "end/"):
        assert admin.post(f"{PEOPLE}{analyst.pk}/{step}").status_code == 404
    admin.post(f"{PEOPLE}{analyst.pk}/give/", {"role": "clerk"})
    assert sorted(held(analyst)) == ["analyst", "clerk"]


def test_no_role_is_given_to_a_closed_account(admin: Client, analyst: Person) -> None:
    admin.post(f"{PEOPLE}{analyst.pk}/end/")
    told = admin.post(f"{PEOPLE}{analyst.pk}/give/", {"role": "clerk"}).content.decode()
    assert "is closed" in told
    assert held(analyst) == []


def test_the_roles_page_shows_every_role_and_task(as_role: AsRole) -> None:
    from callover.domain.roles import TOLD
    from callover.web.accounts.roles import ROLES

    page = as_role("data_provider").get("/members/harrowmere/roles/").content.decode()
    assert all(role.name in page for role in ROLES.values())
    assert all(told in page for told in TOLD.values())
    assert page.count(">yes<") == sum(len(role.may) for role in ROLES.values())
