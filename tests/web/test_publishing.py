"""Publishing, withdrawing, correcting: what is asked for first, who may, what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import etree

from callover.domain.roles import Task
from callover.web.accounts.roles import ROLES
from callover.web.journal.models import Entry
from callover.web.publication import actions
from callover.web.publication.actions import NotPublished, correct, publish, withdraw
from callover.web.publication.models import Notice, Publication, Subscriber
from callover.web.publication.schedule import look_at_the_clock, settle
from publication_cases import corrected_month, published_month, signed
from site_under_test import AsRole, just_shown, person, refuse, roles_with

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLISH = "/members/harrowmere/publications/2016-09/1/"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Snapshots and published packs of this test alone."""
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "SERVING", tmp_path / "serving")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    for path in settings.WORKSPACE.iterdir():
        (workspace / path.name).symlink_to(path)
    (workspace / "packs").unlink()
    (workspace / "packs").mkdir()
    monkeypatch.setattr(settings, "WORKSPACE", workspace)
    return workspace


def test_what_is_published_now_is_seen_at_once(tmp_path: Path) -> None:
    assert b"Nothing is published yet" in Client().get("/areas/harrowmere/").content
    made = published_month(tmp_path)
    answer = Client().get("/areas/harrowmere/")
    assert b"Harrowmere in September 2016" in answer.content
    assert Client().get("/areas/harrowmere/2016-09/tno/").status_code == 200
    entry = Entry.objects.get(action="publish")
    assert (entry.subject, entry.post) == ("harrowmere 2016-09", "clerk")
    assert entry.detail["seal"] == made.snapshot.seal


def test_what_is_to_come_is_seen_by_nobody_and_out_by_the_clock_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(days=7)
    publish(by=person("clerk"), snapshot=signed(tmp_path), at=at)
    assert Client().get("/areas/harrowmere/2016-09/tno/").status_code == 404
    assert b"Nothing is published yet" in Client().get("/areas/harrowmere/").content
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert Client().get("/areas/harrowmere/2016-09/tno/").status_code == 200


def test_nobody_publishes_what_is_not_signed_off(tmp_path: Path) -> None:
    snapshot = signed(tmp_path)
    snapshot.signature.delete()
    snapshot.refresh_from_db()
    with pytest.raises(NotPublished, match="cannot be published"):
        publish(by=person("clerk"), snapshot=snapshot)
    assert not Publication.objects.exists()


def test_nobody_publishes_without_a_public_edition(tmp_path: Path) -> None:
    with pytest.raises(NotPublished):
        publish(by=person("clerk"), snapshot=signed(tmp_path, refused="The words need a look."))


def test_nobody_publishes_what_was_changed_after_it_was_sealed(tmp_path: Path) -> None:
    snapshot = signed(tmp_path)
    path = snapshot.folder / "callover-pack-public.pdf"
    path.chmod(0o600)
    path.write_bytes(b"another")
    with pytest.raises(NotPublished) as told:
        publish(by=person("clerk"), snapshot=snapshot)
    assert "not as they were sealed" in told.value.remedy


def test_a_month_is_published_once(tmp_path: Path) -> None:
    published_month(tmp_path)
    with pytest.raises(NotPublished, match="published already"):
        publish(by=person("clerk"), snapshot=signed(tmp_path, number=2))


def test_the_database_holds_an_edition_once(tmp_path: Path) -> None:
    made = published_month(tmp_path)
    again = {"partnership": made.partnership, "month": made.month, "snapshot": made.snapshot,
             "publish_at": made.publish_at, "by": made.by}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**again, correction=1)


def test_nothing_is_locked_while_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, inside = len(connection.savepoint_ids), list[int]()

    def noted(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            inside.append(len(connection.savepoint_ids))
            return call(*given)

        return called

    for name in ("checks", "changes"):
        monkeypatch.setattr(actions, name, noted(getattr(actions, name)))
    published_month(tmp_path)
    corrected_month(tmp_path)
    assert inside == [here] * 3


def test_of_two_corrections_at_once_the_second_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published_month(tmp_path)
    second, third = (signed(tmp_path, number=number, tno=1400) for number in (2, 3))
    compare = actions.changes

    def slow(*given: Any) -> dict[str, object]:
        monkeypatch.setattr(actions, "changes", compare)
        correct(by=person("clerk"), snapshot=second, reason="Counted twice.")
        return compare(*given)

    monkeypatch.setattr(actions, "changes", slow)
    with pytest.raises(NotPublished, match="corrected meanwhile"):
        correct(by=person("clerk"), snapshot=third, reason="Counted twice.")
    assert Publication.objects.get(correction=1).snapshot == second


def test_what_waits_can_be_withdrawn_and_published_again(tmp_path: Path) -> None:
    at = timezone.now() + timedelta(hours=1)
    snapshot = signed(tmp_path)
    waiting = publish(by=person("clerk"), snapshot=snapshot, at=at)
    withdraw(by=person("clerk"), publication=waiting)
    withdraw(by=person("clerk"), publication=waiting)
    assert Entry.objects.filter(action="withdraw publication").count() == 1
    assert publish(by=person("clerk"), snapshot=snapshot).is_visible


def test_what_is_out_cannot_be_taken_back(tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="cannot be taken back"):
        withdraw(by=person("clerk"), publication=published_month(tmp_path))


def test_a_correction_says_old_and_new_and_which_pages(tmp_path: Path) -> None:
    published_month(tmp_path)
    made = corrected_month(tmp_path)
    assert (made.edition, made.correction) == ("2016-09-c1", 1)
    assert [(f["before"], f["now"]) for f in made.figures] == [("1,425", "1,417")]
    assert made.pages == ["tno"]
    page = Client().get("/areas/harrowmere/2016-09-c1/correction/").content.decode()
    assert "Eight offences were counted twice." in page
    assert ">1,425<" in page
    assert ">1,417<" in page
    assert "Total notifiable offences, in September 2016" in page


def test_corrected_pages_say_so_and_the_old_edition_stays(tmp_path: Path) -> None:
    published_month(tmp_path)
    corrected_month(tmp_path)
    new = Client().get("/areas/harrowmere/2016-09-c1/tno/").content.decode()
    assert "This page was corrected on" in new
    assert "/areas/harrowmere/2016-09-c1/correction/" in new
    assert "1,417 offences" in new
    other = Client().get("/areas/harrowmere/2016-09-c1/asb/").content.decode()
    assert "This page was corrected" not in other
    old = Client().get("/areas/harrowmere/2016-09/tno/").content.decode()
    assert "Superseded" in old
    assert "1,425 offences" in old
    assert "correction 1" in Client().get("/areas/harrowmere/").content.decode()


@pytest.mark.parametrize(("number", "reason", "why"), [
    (2, "  ", "needs its reason"), (1, "It was wrong.", "not newer"),
])  # fmt: skip
def test_a_correction_needs_a_reason_and_a_later_snapshot(
    tmp_path: Path, number: int, reason: str, why: str
) -> None:
    first = published_month(tmp_path)
    snapshot = first.snapshot if number == 1 else signed(tmp_path, number=2)
    with pytest.raises(NotPublished, match=why):
        correct(by=person("clerk"), snapshot=snapshot, reason=reason)


def test_a_reason_copied_from_a_document_does_not_break_the_feed(tmp_path: Path) -> None:
    published_month(tmp_path)
    correct(by=person("clerk"), snapshot=signed(tmp_path, number=2), reason="It was\x0c\x0bwrong.")
    answer = Client().get("/areas/harrowmere/feed.atom")
    assert answer.status_code == 200
    assert "It was  wrong." in etree.fromstring(answer.content).findtext(f".//{ATOM}summary")
    assert Client().get("/areas/harrowmere/2016-09-c1/correction/").status_code == 200


def test_files_that_are_gone_are_said_to_be(as_role: AsRole, tmp_path: Path) -> None:
    snapshot = published_month(tmp_path).snapshot
    snapshot.folder.rename(tmp_path / "gone")
    for address in ("2016-09/", "2016-09/tno/"):
        answer = Client().get(f"/areas/harrowmere/{address}")
        assert answer.status_code == 503, address
        assert "missing on the server" in answer.content.decode()
        assert "public" not in answer["Cache-Control"]
    inside = "/members/harrowmere/snapshots/2016-09/1/"
    assert as_role("analyst").get(inside).status_code == 503
    assert as_role("analyst").get(f"{inside}download/pdf").status_code == 503
    assert not Entry.objects.filter(action="export snapshot").exists()


def test_nothing_is_corrected_that_is_not_out(tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="out yet"):
        correct(by=person("clerk"), snapshot=signed(tmp_path), reason="It was wrong.")


def test_both_editions_are_kept_where_later_packs_look(places: Path, tmp_path: Path) -> None:
    made = published_month(tmp_path)
    settle(made.pk)
    settle(made.pk)
    kept = places / "packs/published/harrowmere/2016-09-1"
    assert {path.name for path in kept.iterdir()} == {
        f"callover-pack{edition}.{ending}"
        for edition in ("", "-public") for ending in ("json", "html", "pdf", "docx", "xlsx")
    } | {"callover-wards.json", "callover-wards-public.json"}  # fmt: skip
    assert (kept / "callover-pack.json").stat().st_nlink == 2
    assert Entry.objects.filter(action="settle publication").count() == 1


def test_nothing_is_kept_or_told_before_its_time(places: Path, tmp_path: Path) -> None:
    at = timezone.now() + timedelta(days=7)
    made = publish(by=person("clerk"), snapshot=signed(tmp_path), at=at)
    settle(made.pk)
    look_at_the_clock()
    assert not list((places / "packs").iterdir())
    assert not DBTaskResult.objects.exists()


def test_the_clock_settles_what_came_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(days=7)
    publish(by=person("clerk"), snapshot=signed(tmp_path), at=at)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=1))
    look_at_the_clock()
    look_at_the_clock()
    assert DBTaskResult.objects.count() == 1


def test_subscribers_are_told_once(tmp_path: Path) -> None:
    since = timezone.now() - timedelta(days=1)
    for name, confirmed in (("a", since), ("b", since), ("c", None)):
        Subscriber.objects.create(
            partnership_id="harrowmere", email=f"{name}@example.org", confirmed=confirmed
        )
    published_month(tmp_path)
    made = corrected_month(tmp_path)
    settle(made.pk)
    Publication.objects.update(settled=None)
    settle(made.pk)
    assert sorted(each.to[0] for each in mail.outbox) == ["a@example.org", "b@example.org"]
    assert Notice.objects.count() == 2
    message = mail.outbox[0]
    assert "Eight offences were counted twice." in message.body
    assert "/areas/harrowmere/2016-09-c1/correction/" in message.body
    headers = message.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http")


def test_an_address_that_takes_none_holds_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        Subscriber.objects.create(
            partnership_id="harrowmere", email=f"{name}@example.org",
            confirmed=timezone.now() - timedelta(days=1),
        )  # fmt: skip
    refuse(monkeypatch, "a@example.org")
    made = published_month(tmp_path)
    settle(made.pk)
    assert [each.to for each in mail.outbox] == [["b@example.org"]]
    made.refresh_from_db()
    assert made.settled is not None


def test_nothing_is_locked_while_a_message_goes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Subscriber.objects.create(
        partnership_id="harrowmere", email="a@example.org", confirmed=timezone.now()
    )
    made, here = published_month(tmp_path), len(connection.savepoint_ids)
    inside: list[int] = []

    def sent(_: EmailMessage) -> None:
        inside.append(len(connection.savepoint_ids))

    monkeypatch.setattr(EmailMessage, "send", sent)
    settle(made.pk)
    assert inside == [here]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {*roles_with(Task.PUBLISH)}))
def test_the_actions_ask_for_themselves_who_may(role: str, tmp_path: Path) -> None:
    first, by = signed(tmp_path), person(role)
    waiting = publish(
        by=person("clerk"), snapshot=signed(tmp_path, "2016-10"),
        at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    for act in (
        lambda: publish(by=by, snapshot=first),
        lambda: correct(by=by, snapshot=first, reason="Counted twice."),
        lambda: withdraw(by=by, publication=waiting),
        lambda: publish(by=person("clerk", "exampleford"), snapshot=first),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Publication.objects.live().get() == waiting


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_a_clerk_publishes(role: str, as_role: AsRole, tmp_path: Path) -> None:
    signed(tmp_path)
    answer = just_shown(as_role(role)).post(PUBLISH, {"when": "now"})
    assert answer.status_code == (302 if role in roles_with(Task.PUBLISH) else 403)
    assert Publication.objects.exists() == (role in roles_with(Task.PUBLISH))


def test_a_clerk_of_another_partnership_does_not(as_role: AsRole, tmp_path: Path) -> None:
    signed(tmp_path)
    assert as_role("clerk", "exampleford").post(PUBLISH, {"when": "now"}).status_code == 403
    own = "/members/exampleford/publications/2016-09/1/"
    assert just_shown(as_role("clerk", "exampleford")).post(own, {"when": "now"}).status_code == 404


def test_who_publishes_corrects_or_withdraws_shows_again_who_they_are(
    as_role: AsRole, tmp_path: Path
) -> None:
    published_month(tmp_path)
    signed(tmp_path, number=2, tno=1417)
    signed(tmp_path, "2016-10")
    publications = "/members/harrowmere/publications/"
    clerk, given = as_role("clerk"), {"when": "now", "reason": "Counted twice."}
    for address in ("2016-10/1/", "2016-09/2/", "2016-09/1/withdraw/"):
        for ask in (clerk.get, clerk.post):
            answer = ask(f"{publications}{address}", given)
            assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert Publication.objects.count() == 1


def test_the_clerk_sets_a_time_and_withdraws(as_role: AsRole, tmp_path: Path) -> None:
    signed(tmp_path)
    clerk = just_shown(as_role("clerk"))
    day = timezone.localdate() + timedelta(days=7)
    clerk.post(PUBLISH, {"when": "later", "day": f"{day:%d/%m/%Y}", "hour": "09:00"})
    waiting = Publication.objects.get()
    assert timezone.localtime(waiting.publish_at).hour == 9
    assert "Waiting for its time" in clerk.get("/members/harrowmere/publications/").content.decode()
    assert clerk.get(f"{PUBLISH}withdraw/").status_code == 200
    clerk.post(f"{PUBLISH}withdraw/")
    waiting.refresh_from_db()
    assert waiting.withdrawn is not None


@pytest.mark.parametrize(("given", "said"), [
    ({"when": "later"}, "Enter the day."),
    ({"when": "later", "day": "1/1/2016", "hour": "09:00"}, "lie ahead"),
    ({"when": "later", "day": "someday", "hour": "09:00"}, "Enter a day such as"),
    ({}, "Choose when"),
])  # fmt: skip
def test_a_time_that_is_none_is_refused(
    given: dict[str, str], said: str, as_role: AsRole, tmp_path: Path
) -> None:
    signed(tmp_path)
    answer = just_shown(as_role("clerk")).post(PUBLISH, given)
    assert said in answer.content.decode()
    assert not Publication.objects.exists()


def test_the_clerk_sees_old_and_new_before_correcting(as_role: AsRole, tmp_path: Path) -> None:
    published_month(tmp_path)
    published_month(tmp_path, "2016-10", 1500)  # prints August as it was, not September
    signed(tmp_path, number=2, tno=1417)
    clerk = just_shown(as_role("clerk"))
    page = clerk.get("/members/harrowmere/publications/2016-09/2/").content.decode()
    assert ">1,425<" in page
    assert ">1,417<" in page
    assert "Atom feed" in page
    done = {"when": "now", "reason": "Counted twice."}
    answer = clerk.post("/members/harrowmere/publications/2016-09/2/", done)
    assert answer.status_code == 302
    assert Publication.objects.get(correction=1).reason == "Counted twice."
