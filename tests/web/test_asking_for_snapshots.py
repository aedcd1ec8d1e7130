"""Asking for a snapshot as known now, or at the end of an earlier day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from callover.web.performance.audience import newest
from callover.web.snapshots.models import Snapshot
from site_under_test import AsRole, seal_one

PAGE = "/members/harrowmere/snapshots/"


def test_a_day_means_its_end_in_london(as_role: AsRole, snapshot: Snapshot) -> None:
    sent = {"month": "2016-09", "known_on": "20 6 2016"}
    answer = as_role("analyst").post(PAGE, sent)
    assert answer.status_code == 302, answer.content.decode()
    made = Snapshot.objects.get(number=2)
    assert made.known_at == datetime(2016, 6, 20, 23, 59, 59, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("day", ["", timezone.localdate().isoformat()])
def test_no_day_and_today_mean_now(day: str, as_role: AsRole, snapshot: Snapshot) -> None:
    as_role("analyst").post(PAGE, {"month": "2016-09", "known_on": day})
    made = Snapshot.objects.get(number=2)
    assert timezone.now() - made.known_at < timedelta(minutes=1)


@pytest.mark.parametrize(("day", "said"), [
    ("31 2 2016", "Write a day such as"), ("soon", "Write a day such as"),
    ((timezone.localdate() + timedelta(days=1)).isoformat(), "Nobody knows yet"),
])  # fmt: skip
def test_a_day_that_is_none_is_told(
    day: str, said: str, as_role: AsRole, snapshot: Snapshot
) -> None:
    answer = as_role("analyst").post(PAGE, {"month": "2016-09", "known_on": day})
    assert said in answer.content.decode()
    assert Snapshot.objects.count() == 1


def test_a_look_back_does_not_become_the_newest(
    as_role: AsRole, snapshot: Snapshot, sealed_folder: Path, rf
) -> None:
    back = seal_one(sealed_folder, number=2)
    Snapshot.objects.filter(pk=back.pk).update(known_at=snapshot.known_at - timedelta(days=90))
    request = rf.get("/")
    request.access = type("Access", (), {"may": lambda *_: True})()
    view = newest(request, "harrowmere")
    assert view is not None
    assert view.snapshot == snapshot
