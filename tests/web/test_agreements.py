"""Recording that a sharing agreement was reviewed: who may, and what it takes off the list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.html import escape

from callover.domain.agreements import Review, newest
from callover.domain.errors import FaultsFound, UnknownName
from callover.domain.roles import Task
from callover.jobs.agreements import record_review
from callover.jobs.workspace import Workspace
from callover.web.accounts.roles import ROLES
from callover.web.journal.models import Entry
from callover.web.submissions import due
from callover.web.submissions.models import SourceState
from site_under_test import AsRole, roles_with

PLACE, SOURCE = "exampleford", "asb_team"
SHARING = f"/members/{PLACE}/sharing/"
REVIEW = f"/members/{PLACE}/sources/{SOURCE}/agreement/"
ON, NEXT = date(2026, 6, 3), timezone.localdate() + timedelta(days=400)


def given(
    on: date = ON, following: date = NEXT, note: str = "Kept by the lawyers."
) -> dict[str, str]:
    days = {"on": on, "next_review": following}
    told = {f"{name}_{place}": str(part) for name, day in days.items()
            for place, part in enumerate((day.day, day.month, day.year))}  # fmt: skip
    return {**told, "note": note}


def review_of(workspace: Path, source: str = SOURCE) -> Review | None:
    return newest(Workspace.open(workspace).partnership(PLACE).reviews).get(source)


def due_on(workspace: Path, partnership: str = PLACE) -> date | None:
    opened = Workspace.open(workspace)
    return opened.catalogue_of(opened.partnership(partnership)).sources[SOURCE].review_date


# --- the job


def test_the_next_day_of_the_newest_review_goes_before_the_registers(real_workspace: Path) -> None:
    elsewhere = due_on(real_workspace, "barking-and-dagenham")
    for on, following in ((ON, NEXT), (date(2025, 1, 1), date(2026, 1, 1))):
        record_review(real_workspace, PLACE, Review(SOURCE, on, following, "Analyst"))
    assert due_on(real_workspace) == NEXT
    assert due_on(real_workspace, "barking-and-dagenham") == elsewhere, "each has its own"
    held = Workspace.open(real_workspace).partnership(PLACE).reviews
    record_review(real_workspace, PLACE, Review(SOURCE, ON, NEXT, "Chair", "Once more."))
    again = Workspace.open(real_workspace).partnership(PLACE).reviews
    assert len(again) == len(held), "two of a day are one"
    assert review_of(real_workspace) == Review(SOURCE, ON, NEXT, "Chair", "Once more.")
    text = (real_workspace / f"partnerships/{PLACE}.yaml").read_text(encoding="utf-8")
    assert "# The change of recording that the set notes" in text, "comments stay"


def test_a_source_without_an_agreement_is_not_reviewed(real_workspace: Path) -> None:
    with pytest.raises(UnknownName):
        record_review(real_workspace, PLACE, Review("nothing", ON, NEXT, "Analyst"))


@pytest.mark.parametrize("wrong", [{"next_review": ON}, {"signed_by": " "}])
def test_a_review_needs_a_later_one_and_a_post(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="review"):
        Review(**{"source": SOURCE, "on": ON, "next_review": NEXT, "signed_by": "x", **wrong})


def test_a_review_written_wrong_by_hand_is_a_fault(real_workspace: Path) -> None:
    path = real_workspace / f"partnerships/{PLACE}.yaml"
    before = path.read_bytes()
    path.write_bytes(before + b"\nreviews:\n- {source: asb_team, on: 2026-06-03, "
                     b"next_review: 2026-06-01, signed_by: x}\n")  # fmt: skip
    try:
        with pytest.raises(FaultsFound, match="at fault"):
            Workspace.open(real_workspace).partnership(PLACE)
    finally:
        path.write_bytes(before)


# --- the page


@pytest.fixture
def refreshed(real_workspace: Path) -> Path:
    due.refresh(PLACE)
    return real_workspace


def listed(as_role: AsRole, role: str = "analyst") -> tuple[str, str]:
    """What is due for review, and what is not, as the page has it."""
    page = as_role(role, PLACE).get(SHARING).content.decode()
    first, _, rest = page.partition('id="in-force"')
    return first, rest


def test_a_recorded_review_takes_an_agreement_off_the_list(
    as_role: AsRole, refreshed: Path
) -> None:
    title = escape(SourceState.objects.get(partnership=PLACE, source=SOURCE).title)
    SourceState.objects.filter(source=SOURCE).update(review_date=date(2017, 3, 31))
    assert title in listed(as_role)[0]
    answer = as_role("analyst", PLACE).post(REVIEW, given())
    assert answer.status_code == 302, answer.content.decode()
    before, after = listed(as_role)
    assert REVIEW not in before.split('id="for-review"')[1]
    assert "3 June 2026, analyst" in after
    assert "Kept by the lawyers." in after
    assert (due_on(refreshed), review_of(refreshed).signed_by) == (NEXT, "analyst")
    entry = Entry.objects.get(action="review agreement")
    assert (entry.subject, entry.detail["next_review"]) == (SOURCE, NEXT.isoformat())
    due.refresh(PLACE)
    assert SourceState.objects.get(partnership=PLACE, source=SOURCE).review_date == NEXT


@pytest.mark.parametrize(("wrong", "said"), [
    ({"on": timezone.localdate() + timedelta(days=1)}, "must not lie ahead"),
    ({"following": ON}, "must come after this one"),
])  # fmt: skip
def test_days_that_cannot_be_are_refused_at_their_field(
    as_role: AsRole, refreshed: Path, wrong: dict[str, date], said: str
) -> None:
    page = as_role("analyst", PLACE).post(REVIEW, given(**wrong)).content.decode()
    assert said in page
    assert "There is a problem" in page
    assert not Entry.objects.filter(action="review agreement").exists()


def test_a_day_left_out_is_asked_for(as_role: AsRole, refreshed: Path) -> None:
    page = as_role("analyst", PLACE).post(REVIEW, {}).content.decode()
    assert "Enter the day of the next review" in page


def test_who_records_a_review(as_role: AsRole, refreshed: Path) -> None:
    may = {*roles_with(Task.CHECK), *roles_with(Task.MANAGE_PARTNERSHIP)}
    for role in ROLES:
        client = as_role(role, PLACE)
        assert (client.get(REVIEW).status_code == 200) == (role in may), role
        if role not in may:
            assert client.post(REVIEW, given()).status_code == 403
            assert REVIEW not in client.get(SHARING).content.decode()
    assert not Entry.objects.filter(action="review agreement").exists()


def test_an_agreement_that_is_not_there_is_not_found(as_role: AsRole, real_workspace: Path) -> None:
    client = as_role("analyst", PLACE)
    assert client.get(REVIEW).status_code == 200, "before the due list was ever computed too"
    opened = Workspace.open(real_workspace)
    sources = opened.catalogue_of(opened.partnership(PLACE)).sources.values()
    without = next(each.id for each in sources if not each.sharing_basis)
    for source in (without, "nothing"):
        assert client.get(REVIEW.replace(SOURCE, source)).status_code == 404
