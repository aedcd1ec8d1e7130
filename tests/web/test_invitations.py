"""Invitations: a link that works once, for some days, for whom it was sent to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from callover.domain.appointments import AppointmentRefused
from callover.domain.errors import UserError
from callover.web.accounts import invitations
from callover.web.accounts.console import invite_from_console
from callover.web.accounts.invitations import InvitationOver, accept, invite, link
from callover.web.accounts.models import Invitation, Partnership, Person
from callover.web.accounts.tasks import send_invitation
from callover.web.journal.models import Entry
from site_under_test import AsRole, just_shown, person

NEW = "new.person@council.example"
WORDS = "quiet harbour sings at nine"
KNOWN = {"police": "Police", "street": "Street crime"}


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("actions", "invitations", "people", "responsibility"):
        monkeypatch.setattr(f"callover.web.accounts.{module}.sources_of", lambda _: KNOWN)


@pytest.fixture
def invited(harrowmere: Partnership) -> Invitation:
    return invite(
        by=person("administrator"), partnership=harrowmere, email=NEW, post="Support officer",
        role="clerk",
    )  # fmt: skip


def path(invitation: Invitation) -> str:
    return link(invitation).removeprefix("http://127.0.0.1:8000")


def answer(client: Client, invitation: Invitation, password: str = WORDS) -> int:
    return client.post(
        path(invitation), {"password": password, "again": password}
    ).status_code  # fmt: skip


def test_an_administrator_invites_by_the_page(as_role: AsRole) -> None:
    admin = just_shown(as_role("administrator"))
    told = {"email": NEW, "post": "Support officer", "role": "data_provider", "sources": "police"}
    page = admin.post("/members/harrowmere/people/invite/", told, follow=True).content.decode()
    assert "The link is on its way" in page
    made = Invitation.objects.get()
    assert (made.email, made.role, made.sources) == (NEW, "data_provider", ["police"])
    assert link(made) not in page, "who invites does not get the link"


def test_the_link_goes_by_e_mail(invited: Invitation) -> None:
    for _ in range(2):
        send_invitation.call(str(invited.pk))
    assert [each.to for each in mail.outbox] == [[NEW], [NEW]]
    sent = re.search(r"http://127\.0\.0\.1:8000(/join/\S+/)", mail.outbox[0].body)
    assert sent
    assert "Support officer" in Client().get(sent[1]).content.decode()
    assert "Clerk" in mail.outbox[0].subject


def test_nothing_is_sent_for_an_invitation_that_was_withdrawn(invited: Invitation) -> None:
    invitations.withdraw(by=person("administrator"), invitation=invited)
    send_invitation.call(str(invited.pk))
    assert mail.outbox == []


def test_who_accepts_sets_a_password_and_is_signed_in(client: Client, invited: Invitation) -> None:
    assert "Support officer" in client.get(path(invited)).content.decode()
    assert answer(client, invited) == 302
    made = Person.objects.get(email=NEW)
    assert made.check_password(WORDS)
    assert made.post == "Support officer"
    assert [m.role for m in made.memberships.all()] == ["clerk"]
    assert client.get("/members/harrowmere/roles/").status_code == 200
    assert Entry.objects.filter(action="accept invitation").get().by == str(made.pk)


def test_a_link_works_once(invited: Invitation) -> None:
    assert answer(Client(), invited) == 302
    assert answer(Client(), invited, "another long password 7") == 410
    assert Client().get(path(invited)).status_code == 410
    assert Person.objects.get(email=NEW).check_password(WORDS)


def test_a_link_works_for_seven_days(client: Client, invited: Invitation) -> None:
    Invitation.objects.update(invited=timezone.now() - timedelta(days=6, hours=23))
    assert client.get(path(invited)).status_code == 200
    Invitation.objects.update(invited=timezone.now() - timedelta(days=7, minutes=1))
    assert client.get(path(invited)).status_code == 410
    assert answer(client, invited) == 410
    assert not Person.objects.filter(email=NEW).exists()


def test_a_link_that_was_withdrawn_or_sent_again_is_dead(as_role: AsRole) -> None:
    admin = just_shown(as_role("administrator"))
    harrowmere = Partnership.objects.get(pk="harrowmere")
    first = invite(by=None, partnership=harrowmere, email=NEW, post="x", role="clerk")
    base = "/members/harrowmere/people/invitations/"
    admin.post(f"{base}{first.pk}/again/")
    second = Invitation.objects.exclude(pk=first.pk).get()
    assert Client().get(path(first)).status_code == 410
    assert Client().get(path(second)).status_code == 200
    admin.post(f"{base}{second.pk}/withdraw/")
    assert Client().get(path(second)).status_code == 410


def test_an_answered_invitation_cannot_be_sent_again(invited: Invitation) -> None:
    accept(invitation=invited, password=WORDS)
    with pytest.raises(InvitationOver):
        invitations.send_again(by=person("administrator"), invitation=invited)
    invitations.withdraw(by=person("administrator"), invitation=invited)
    invited.refresh_from_db()
    assert invited.withdrawn is None


def test_a_second_invitation_to_the_same_role_replaces_the_first(harrowmere: Partnership) -> None:
    first, second = (
        invite(by=None, partnership=harrowmere, email=NEW, post="x", role="clerk") for _ in range(2)
    )
    first.refresh_from_db()
    assert first.withdrawn is not None
    assert second.open
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(email=NEW, post="x", partnership=harrowmere, role="clerk")


NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(("content", "salt"), [
    (NOBODYS, "something else"), (NOBODYS, "callover.invitation"),
    ("no uuid", "callover.invitation"), (7, "callover.invitation"), (None, ""),
])  # fmt: skip
def test_a_made_up_link_says_the_same_as_an_old_one(
    client: Client, content: object, salt: str
) -> None:
    token = signing.dumps(content, salt=salt) if salt else "x:y:z"
    assert client.get(f"/join/{token}/").status_code == 410


@pytest.mark.parametrize(("first", "second", "said"), [
    ("brief", "brief", "at least 12 characters"),
    ("password1234", "password1234", "too common"),
    (f"{NEW} x", f"{NEW} x", "too similar"),
    ("x" * 129, "x" * 129, "no more than 128"),
    (WORDS, WORDS + "x", "not the password above"),
    ("", "", "Enter a password"),
])  # fmt: skip
def test_a_password_that_is_not_good_enough_is_refused(
    client: Client, invited: Invitation, first: str, second: str, said: str
) -> None:
    page = client.post(path(invited), {"password": first, "again": second}).content.decode()
    assert "There is a problem" in page
    assert said in page
    if first:
        assert first not in page
    assert not Person.objects.filter(email=NEW).exists()


def test_who_has_an_account_only_gains_the_role(harrowmere: Partnership) -> None:
    known = person("analyst")
    known.set_password(WORDS)
    known.save()
    made = invite(
        by=None, partnership=harrowmere, email=known.email.upper(), post="x", role="chair"
    )
    client = Client()
    assert "have an account" in client.get(path(made)).content.decode()
    assert client.post(path(made), {"password": "y" * 20, "again": "y" * 20}).status_code == 302
    known.refresh_from_db()
    assert known.check_password(WORDS), "a link never changes a password"
    assert known.post == "analyst"
    assert sorted(m.role for m in known.memberships.all()) == ["analyst", "chair"]
    assert client.get("/account/").status_code == 302, "nor does it sign in"


def test_sources_are_added_to_those_held(harrowmere: Partnership) -> None:
    known = person("data_provider", sources=("police",))
    made = invite(by=None, partnership=harrowmere, email=known.email, post="x",
                  role="data_provider", sources=["street"])  # fmt: skip
    accept(invitation=made)
    assert known.memberships.get(ended=None).sources == ["police", "street"]


def test_a_closed_account_opens_with_a_new_password(harrowmere: Partnership) -> None:
    gone = person("clerk")
    gone.is_active = False
    gone.save()
    made = invite(by=None, partnership=harrowmere, email=gone.email, post="Clerk", role="clerk")
    assert answer(Client(), made) == 302
    gone.refresh_from_db()
    assert gone.is_active
    assert gone.check_password(WORDS)


def test_nobody_invites_themselves(harrowmere: Partnership) -> None:
    me = person("administrator")
    with pytest.raises(AppointmentRefused):
        invite(by=me, partnership=harrowmere, email=me.email.upper(), post="x", role="chair")


@pytest.mark.parametrize("role", ["analyst", "chair", "auditor"])
def test_who_may_not_manage_people_may_not_invite(role: str, harrowmere: Partnership) -> None:
    made = invite(by=None, partnership=harrowmere, email=NEW, post="x", role="clerk")
    for act in (
        lambda: invite(by=person(role), partnership=harrowmere, email=NEW, post="x", role="clerk"),
        lambda: invitations.withdraw(by=person(role), invitation=made),
        lambda: invitations.send_again(by=person(role), invitation=made),
    ):
        with pytest.raises(PermissionDenied):
            act()
    made.refresh_from_db()
    assert made.open


def test_invitations_of_other_partnerships_are_not_there(as_role: AsRole) -> None:
    elsewhere = Partnership.objects.get(pk="elsewhere")
    made = invite(by=None, partnership=elsewhere, email=NEW, post="x", role="clerk")
    admin = just_shown(as_role("administrator"))
    for what in ("withdraw", "again"):
        url = f"/members/harrowmere/people/invitations/{made.pk}/{what}/"
        assert admin.post(url).status_code == 404
    made.refresh_from_db()
    assert made.open


def test_the_command_line_prints_a_link_and_sends_nothing() -> None:
    given = invite_from_console(
        email="Head@Council.example", post="Head", role="administrator", partnership="harrowmere"
    )
    assert mail.outbox == []
    made = Invitation.objects.get()
    assert given == link(made)
    assert made.email == "head@council.example"
    assert Entry.objects.get().by == "", "nobody who signed in"


@pytest.mark.parametrize("wrong", [
    {"email": "nobody"}, {"post": " "}, {"role": "quen"}, {"partnership": "harow"},
    {"role": "data_provider"}, {"sources": ["police"]}, {"role": "data_provider", "sources": ["x"]},
])  # fmt: skip
def test_the_command_line_refuses_what_cannot_be(wrong: dict[str, str]) -> None:
    told = {"email": NEW, "post": "Head", "role": "clerk", "partnership": "harrowmere"} | wrong
    with pytest.raises(UserError):
        invite_from_console(**told)
    assert not Invitation.objects.exists()
