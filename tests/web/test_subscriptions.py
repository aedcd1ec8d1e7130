"""Subscribing by e-mail: nobody is subscribed by somebody else, everybody leaves by one click."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from callover.web.journal.models import Entry
from callover.web.publication.mail import ask_to_confirm
from callover.web.publication.models import Subscriber
from callover.web.publication.schedule import look_at_the_clock
from callover.web.publication.subscription_links import leave_link

SUBSCRIBE = "/areas/harrowmere/subscribe/"


def ask(email: str = "reader@example.org") -> str:
    """Ask, and give the link of the message."""
    assert Client().post(SUBSCRIBE, {"email": email}).status_code == 302
    ask_to_confirm(str(Subscriber.objects.get(email=email.lower()).pk))
    found = re.search(r"http\S+/subscribe/\S+", mail.outbox[-1].body)
    assert found is not None
    return found[0].removeprefix(settings.SITE_URL)


def test_a_subscription_begins_with_the_link_alone() -> None:
    link = ask("Reader@Example.org")
    held = Subscriber.objects.get()
    assert (held.email, held.confirmed) == ("reader@example.org", None)
    assert Client().get(link).status_code == 200  # a mail program looks at it
    held.refresh_from_db()
    assert held.confirmed is None
    Client().post(link)
    Client().post(link)
    held.refresh_from_db()
    assert held.confirmed is not None
    assert Entry.objects.filter(action="confirm subscription").count() == 1
    assert "example.org" not in link
    assert all("example.org" not in str(vars(entry)) for entry in Entry.objects.all())


def test_the_answer_is_the_same_for_who_is_subscribed_already() -> None:
    first = Client().post(SUBSCRIBE, {"email": "a@example.org"})
    Subscriber.objects.update(confirmed=timezone.now())
    again = Client().post(SUBSCRIBE, {"email": "a@example.org"})
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert DBTaskResult.objects.count() == 1


def test_a_mailbox_is_not_filled() -> None:
    for number in range(6):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert client.post(SUBSCRIBE, {"email": "a@example.org"}).status_code == 302
    assert DBTaskResult.objects.count() == 3


def test_one_sender_asks_so_often_and_no_more() -> None:
    for number in range(10):
        Client().post(SUBSCRIBE, {"email": f"a{number}@example.org"})
    answer = Client().post(SUBSCRIBE, {"email": "b@example.org"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("wrong", ["", "x", "a@b", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_told(wrong: str) -> None:
    answer = Client().post(SUBSCRIBE, {"email": wrong})
    assert answer.status_code == 200
    assert b"Enter" in answer.content
    assert not Subscriber.objects.exists()


def test_a_link_is_for_its_purpose_and_place_and_three_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = ask()
    for wrong in (link[:-3] + "x/", link.replace("harrowmere", "exampleford"),
                  link.replace("/subscribe/", "/leave/")):  # fmt: skip
        Client().post(wrong)
    assert Subscriber.objects.get().confirmed is None
    late = timezone.now() + timedelta(days=4)
    monkeypatch.setattr("time.time", late.timestamp)
    assert Client().post(link).status_code == 404


def test_a_mail_program_ends_it_by_one_click_without_a_cookie() -> None:
    ask()
    held = Subscriber.objects.get()
    link = leave_link(held).removeprefix(settings.SITE_URL)
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Subscriber.objects.exists()
    answer = strict.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert strict.post(link).status_code == 200


def test_who_never_confirms_is_forgotten() -> None:
    ask()
    look_at_the_clock()
    assert Subscriber.objects.exists()
    Subscriber.objects.update(asked=timezone.now() - timedelta(days=4))
    look_at_the_clock()
    assert not Subscriber.objects.exists()
