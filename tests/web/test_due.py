"""What is due: computed in the background, shown in words, reminded of once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from callover.domain.periods import Month
from callover.jobs.completeness import Arrival, owed
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Membership, Person
from callover.web.submissions import due
from callover.web.submissions.models import Reminder, SourceState
from callover.web.submissions.reminders import _AGAIN, remind
from callover.web.submissions.tasks import ask_where_stale, refresh_due
from site_under_test import AsRole, person, refuse

NOVEMBER = datetime(2016, 11, 22, tzinfo=UTC)


def late(
    source: str = "police", due_day: date = date(2016, 11, 20), missed: int = 1
) -> SourceState:
    made, _ = SourceState.objects.update_or_create(
        partnership_id="harrowmere", source=source,
        defaults={"place": 0, "title": f"Title of {source}", "owner": "Owner", "missed": missed,
                  "expected": "2016-10", "due": due_day, "first_owed": "2016-10", "since": due_day},
    )  # fmt: skip
    return made


def test_months_arrived_late_not_supplied_and_not_due(real_workspace: Path) -> None:
    found = {each.definition.id: each for each in owed(
        Workspace.open(real_workspace), "exampleford", NOVEMBER
    )}  # fmt: skip
    local = found["police_local"]
    assert local.months[Month.of(2016, 9)] is Arrival.ARRIVED
    assert local.months[Month.of(2016, 10)] is Arrival.LATE
    assert local.months[Month.of(2016, 11)] is Arrival.NOT_DUE
    assert (local.missed, local.first_owed, local.since) == (
        1, Month.of(2016, 10), date(2016, 11, 20)
    )  # fmt: skip
    yos = found["yos"]
    assert (yos.missed, yos.first_owed, yos.since) == (0, None, None)
    assert Arrival.NOT_SUPPLIED in found["probation"].months.values()
    # a quarter's source owes its last month only
    assert Month.of(2016, 11) not in found["yos"].months
    # what comes once is never late
    assert Arrival.LATE not in found["ons_households"].months.values()


def test_the_due_list_is_read_from_a_table(
    real_workspace: Path, as_role: AsRole, django_assert_max_num_queries: object
) -> None:
    chair = as_role("chair", "exampleford")
    assert "Nothing is computed yet" in chair.get("/members/exampleford/due/").content.decode()
    due.refresh("exampleford")
    due.refresh("exampleford")  # a second run finds what it made
    for address, words in (("due", "Local police figures"), ("completeness", "late"),
                           ("sharing", "Crime and Disorder Act 1998")):  # fmt: skip
        with django_assert_max_num_queries(12):
            page = chair.get(f"/members/exampleford/{address}/").content.decode()
        assert words in page
    old = chair.get("/members/exampleford/completeness/?year=2016").content.decode()
    assert "April 2016 to March 2017" in old
    assert "arrived" in old
    for wrong in ("x", "99999999999", "-1", "²"):
        assert chair.get(f"/members/exampleford/completeness/?year={wrong}").status_code == 200


def test_a_list_that_knows_of_less_replaces_none_that_knows_of_more(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are computed at once; the one that began earlier is ready last."""
    compute, meanwhile = due.owed, []

    def slow(workspace: Workspace, partnership: str, day: date) -> object:
        found = compute(workspace, partnership, day=day)
        if not meanwhile:
            meanwhile.append(1)
            due.refresh("exampleford")
            SourceState.objects.update(title="known later")
        return found

    monkeypatch.setattr(due, "owed", slow)
    due.refresh("exampleford")
    assert set(SourceState.objects.values_list("title", flat=True)) == {"known later"}


def test_a_stale_list_is_asked_for_once() -> None:
    ask_where_stale()
    ask_where_stale()
    asked = [r.args_kwargs["args"] for r in DBTaskResult.objects.ready()]
    assert sorted(asked) == [["elsewhere"], ["exampleford"], ["harrowmere"], ["wealdshire"]]


def test_a_provider_is_reminded_once_a_due_day() -> None:
    provider, other = person("data_provider"), person("data_provider", "exampleford")
    late()
    remind("harrowmere")
    remind("harrowmere")
    assert [each.to for each in mail.outbox] == [[provider.email]]
    assert "October 2016, due on 20 November 2016" in mail.outbox[0].body
    assert other.email not in str(mail.outbox)
    late(due_day=date(2016, 12, 20))
    remind("harrowmere")
    assert [m.to for m in mail.outbox if "late" in m.subject] == [[provider.email]] * 2


def test_after_two_misses_the_analyst_and_the_chair_are_told_together() -> None:
    people = {person(role).email for role in ("data_provider", "analyst", "chair", "board_member")}
    assert len(people) == 4
    late("police", missed=2)
    late("probation", missed=3)
    remind("harrowmere")
    told = [each for each in mail.outbox if "missed two due dates" in each.subject]
    assert sorted(each.to[0] for each in told) == [
        "analyst@harrowmere.test",
        "chair@harrowmere.test",
    ]
    assert all("Title of police" in m.body and "Title of probation" in m.body for m in told)


def test_a_source_that_never_came_is_escalated_at_its_second_due_day() -> None:
    person("chair")
    late(due_day=date(2016, 10, 20))
    remind("harrowmere")
    assert not mail.outbox
    late(due_day=date(2016, 11, 20))
    remind("harrowmere")
    assert [each.to for each in mail.outbox] == [["chair@harrowmere.test"]]


def test_a_message_that_did_not_go_out_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from callover.web.submissions import reminders

    person("data_provider")
    late()

    def broken(*_: object, **__: object) -> int:
        raise OSError("no mail server")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="no mail server"):
        patched.setattr(reminders, "send", broken)
        remind("harrowmere")
    remind("harrowmere")  # claimed a moment ago: perhaps another worker sends it
    assert not mail.outbox
    long_ago = timezone.now() - 2 * reminders._AGAIN
    Reminder.objects.update(claimed=long_ago)
    remind("harrowmere")
    assert len(mail.outbox) == 1


def test_a_reminder_that_did_not_go_out_is_a_task_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: str) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr(due, "refresh", lambda _: None)
    monkeypatch.setattr("callover.web.submissions.reminders.remind", broken)
    refresh_due.call("harrowmere")
    asked = DBTaskResult.objects.get()
    assert asked.task_path.endswith("remind_late")
    assert asked.run_after > timezone.now() + _AGAIN  # no claim of this one stands by then


def test_an_address_that_takes_none_holds_up_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = refuse(monkeypatch, "analyst@harrowmere.test")
    for role in ("analyst", "chair"):
        person(role)
    late(missed=2)
    remind("harrowmere")
    assert gone
    assert [each.to for each in mail.outbox] == [["chair@harrowmere.test"]]
    assert not Reminder.objects.filter(sent=None).exists()


def test_who_left_is_not_reminded() -> None:
    one = person("data_provider")
    Membership.objects.filter(person=one).update(ended=timezone.now())
    Person.objects.filter(pk=person("analyst").pk).update(is_active=False)
    late(missed=2)
    remind("harrowmere")
    assert not mail.outbox


def test_an_installation_of_examples_is_held_against_the_day_it_was_told(
    real_workspace: Path, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its figures ended long ago: reckoned from today, everything would be late for years."""
    monkeypatch.setattr(settings, "TODAY", date(2016, 11, 22))
    due.refresh("exampleford")
    local = SourceState.objects.get(partnership="exampleford", source="police_local")
    assert (local.missed, local.since) == (1, date(2016, 11, 20))
    page = as_role("chair", "exampleford").get("/members/exampleford/due/").content.decode()
    assert "Due dates here are reckoned as on 22 November 2016" in page


def test_a_file_sent_in_today_counts_on_the_day_that_was_told(real_workspace: Path) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = owed(Workspace.open(real_workspace), "exampleford", at, date(2016, 11, 22))
    asked = owed(Workspace.open(real_workspace), "exampleford", NOVEMBER)
    assert [each.missed for each in found] == [each.missed for each in asked]
