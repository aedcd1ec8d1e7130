"""Ratings, targets and the set: signed, with a reason, in the files that the command line reads."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from callover.catalogue import edit
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.domain.targets import in_force
from callover.jobs.overrides import override_of
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.journal.models import Entry
from callover.web.writing import settle as settling
from callover.web.writing.models import Change, Kind
from callover.web.writing.settle import settle, settle_change
from site_under_test import AsRole, just_shown, person

SEPTEMBER = Month.of(2016, 9)
AT = "/members/exampleford/writing/2016-09"
GIVEN = {"rating": "amber", "reason": "One fight: without it the change lies within."}
TARGET = {"from_month": "October 2016", "kind": "percent_decrease", "value": "3",
          "tolerance": "5 points", "reason": "Agreed at the half year",
          "decided_by": "Board, 6 December 2016"}  # fmt: skip


def override(root: Path, indicator: str = "burglary") -> tuple[Rating, str] | None:
    found = override_of(root, "exampleford", indicator, SEPTEMBER)
    return (found.rating, found.signed_by) if found else None


def test_a_rating_is_signed_into_the_partnerships_settings(
    as_role: AsRole, real_workspace: Path
) -> None:
    chair = just_shown(as_role("chair", "exampleford"))
    assert chair.post(f"{AT}/burglary/rating/", GIVEN).status_code == 302
    assert override(real_workspace) == (Rating.AMBER, "chair")
    settings = (real_workspace / "partnerships/exampleford.yaml").read_text(encoding="utf-8")
    assert "# The change of recording that the set notes" in settings
    assert Entry.objects.filter(action="sign rating given", post="chair").exists()
    page = chair.get(f"{AT}/burglary/rating/").content.decode()
    assert "signed by chair" in page
    chair.post(f"{AT}/burglary/rating/", {"withdraw": "1"})
    assert override(real_workspace) is None
    assert override(real_workspace, "serious_youth_violence") is not None


def test_who_signs_shows_again_who_they_are(as_role: AsRole, real_workspace: Path) -> None:
    chair, password = as_role("chair", "exampleford"), "a long enough sentence"
    someone = person("chair", "exampleford")
    someone.set_password(password)
    someone.save()
    chair.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    asked = chair.post(f"{AT}/burglary/rating/", GIVEN)
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert override(real_workspace) is None
    wrong = chair.post(asked["Location"], {"password": "not it"})
    assert (wrong.status_code, override(real_workspace)) == (200, None)
    back = chair.post(asked["Location"], {"password": password})
    assert back["Location"] == f"{AT}/burglary/rating/"
    assert chair.get(back["Location"]).status_code == 200
    assert override(real_workspace) is None  # what was sent before is not sent again
    assert chair.post(f"{AT}/burglary/rating/", GIVEN).status_code == 302
    assert override(real_workspace) == (Rating.AMBER, "chair")
    chair.post(f"{AT}/burglary/rating/", {"withdraw": "1"})


@pytest.mark.parametrize("address", [
    f"{AT}/burglary/target/", "/members/exampleford/set/add/",
    "/members/exampleford/set/burglary/end/",
])  # fmt: skip
def test_who_changes_definitions_shows_again_who_they_are(
    as_role: AsRole, real_workspace: Path, address: str
) -> None:
    analyst = as_role("analyst", "exampleford")
    for answer in (analyst.get(address), analyst.post(address, TARGET)):
        assert answer["Location"].startswith("/account/reauthenticate/")
    assert not Change.objects.exists()


@pytest.mark.parametrize("given", [
    {**GIVEN, "reason": " "}, {**GIVEN, "rating": "no data"}, {**GIVEN, "rating": "blue"}, {},
])  # fmt: skip
def test_a_rating_needs_a_colour_and_a_reason(
    as_role: AsRole, real_workspace: Path, given: dict[str, str]
) -> None:
    as_role("chair", "exampleford").post(f"{AT}/burglary/rating/", given)
    assert (override(real_workspace), Change.objects.count()) == (None, 0)


def test_a_signature_that_a_crash_kept_from_the_file_is_written_once(real_workspace: Path) -> None:
    by = person("chair", "exampleford")
    here = Partnership.objects.get(pk="exampleford")
    made = Change.objects.create(partnership=here, kind=Kind.OVERRIDE, indicator="burglary",
                                 month="2016-09", told=GIVEN, by=by, post=by.post)  # fmt: skip
    settle(here)
    settle(here)
    settle_change(made.pk)
    assert override(real_workspace) == (Rating.AMBER, "chair")
    Change.objects.create(partnership=here, kind=Kind.WITHDRAW, indicator="burglary",
                          month="2016-09", by=by, post=by.post)  # fmt: skip
    settle(here)
    assert override(real_workspace) is None


def standing(root: Path, month: str, partnership: str = "exampleford") -> object:
    opened = Workspace.open(root)
    one = opened.partnership(partnership)
    held = opened.catalogue_of(one).indicators["burglary"].targets
    found = in_force(held, Month.parse(month), one.area)
    return (found.kind.value, found.value, found.decided_by) if found else None


def test_a_target_holds_from_its_month_for_one_partnership(
    as_role: AsRole, real_workspace: Path
) -> None:
    before = (
        standing(real_workspace, "2016-09"),
        standing(real_workspace, "2016-10", "barking-and-dagenham"),
    )
    client = just_shown(as_role("analyst", "exampleford"))
    assert client.post(f"{AT}/burglary/target/", TARGET).status_code == 302
    assert standing(real_workspace, "2016-10") == (
        "percent_decrease", 3.0, "Board, 6 December 2016"
    )  # fmt: skip
    after = (
        standing(real_workspace, "2016-09"),
        standing(real_workspace, "2016-10", "barking-and-dagenham"),
    )
    assert after == before
    twice = client.post(f"{AT}/burglary/target/", {**TARGET, "value": "4"}).content.decode()
    assert "Two targets start in 2016-10" in twice
    assert str(real_workspace) not in twice


@pytest.mark.parametrize("wrong", [
    {"value": ""}, {"kind": "band"}, {"tolerance": "a bit"}, {"reason": ""}, {"decided_by": ""},
    {"from_month": "soon"}, {"kind": "level", "value": "many"},
])  # fmt: skip
def test_a_target_needs_its_numbers_its_reason_and_who_decided(
    as_role: AsRole, real_workspace: Path, wrong: dict[str, str]
) -> None:
    answer = just_shown(as_role("analyst", "exampleford")).post(
        f"{AT}/tno/target/", {**TARGET, **wrong}
    )
    assert (answer.status_code, Change.objects.count()) == (200, 0)


NEW = {"id": "shop_theft", "title": "Shop theft", "definition": "Theft from shops.",
       "group": "crime", "unit": "offences", "direction": "lower", "source": "police_local",
       "from_month": "2017-01", "reason": "Shops asked", "decided_by": "Board"}  # fmt: skip


def both(as_role: AsRole) -> Client:
    """An analyst of both partnerships that use the set."""
    client = just_shown(as_role("analyst", "exampleford"))
    Membership.objects.get_or_create(
        person=person("analyst", "exampleford"), partnership_id="barking-and-dagenham",
        role="analyst",
    )  # fmt: skip
    return client


def test_who_may_change_the_set_for_one_may_not_for_all(
    as_role: AsRole, real_workspace: Path
) -> None:
    client = just_shown(as_role("analyst", "exampleford"))
    assert (
        "takes somebody who may set targets in all"
        in client.get("/members/exampleford/set/").content.decode()
    )
    refused = client.post("/members/exampleford/set/add/", NEW)
    assert refused.status_code == 403
    assert "B&amp;D: nobody may there yet" in refused.content.decode()
    assert "Nobody may in all of them" in refused.content.decode()
    assert client.post("/members/exampleford/set/tno/end/", NEW).status_code == 403
    assert not Change.objects.exists()


def test_the_refusal_names_where_the_right_is_missing_and_who_has_it(
    as_role: AsRole, real_workspace: Path
) -> None:
    client = just_shown(as_role("analyst", "exampleford"))
    there = person("analyst", "barking-and-dagenham")
    assert there.post == person("analyst", "exampleford").post, "a post is no person"
    page = client.get("/members/exampleford/set/add/").content.decode()
    assert "Nobody may in all of them" in page
    Person.objects.filter(pk=there.pk).update(post="Analyst of the borough")
    county = person("auditor", "exampleford")
    Person.objects.filter(pk=county.pk).update(post="Analyst of both")
    for place in ("exampleford", "barking-and-dagenham"):
        Membership.objects.create(person=county, partnership_id=place, role="analyst")
    page = client.get("/members/exampleford/set/add/").content.decode()
    assert "B&amp;D: Analyst of both, Analyst of the borough may there" in page
    assert "In all of them may: Analyst of both." in page
    assert "Analyst of the borough" not in page.split("In all of them may")[1]


def test_an_indicator_is_added_and_ended_from_a_month(
    as_role: AsRole, real_workspace: Path
) -> None:
    client = both(as_role)
    group = next(iter(dict(Workspace.open(real_workspace).catalogue("london").groups)))
    answer = client.post("/members/exampleford/set/add/", {**NEW, "group": group})
    assert answer.status_code == 302, answer.content.decode()
    made = Workspace.open(real_workspace).catalogue("london").indicators["shop_theft"]
    assert (str(made.valid_from), made.title) == ("2017-01", "Shop theft")
    settle_change(Change.objects.get().pk)
    ending = {"from_month": "2018-04", "reason": "No longer counted", "decided_by": "Board"}
    assert client.post("/members/exampleford/set/shop_theft/end/", ending).status_code == 302
    ended = Workspace.open(real_workspace).catalogue("london").indicators["shop_theft"]
    assert str(ended.valid_to) == "2018-03"
    refused = client.post("/members/exampleford/set/shop_theft/end/", {**ending,
                          "from_month": "2018-05"}).content.decode()  # fmt: skip
    assert "is retired already" in refused
    assert Change.objects.filter(done__isnull=True).exclude(refused="").count() == 1


@pytest.mark.parametrize("role", ["clerk", "board_member", "subgroup_lead", "administrator"])
@pytest.mark.parametrize("way", ["rating", "target"])
def test_who_may_not_decide_decides_nothing(
    as_role: AsRole, real_workspace: Path, role: str, way: str
) -> None:
    client = as_role(role, "exampleford")
    assert client.post(f"{AT}/burglary/{way}/", {**GIVEN, **TARGET}).status_code == 403
    assert not Change.objects.exists()


# --- a change that is stopped midway, or takes long


def signed_target(root: Path) -> Change:
    """A target that was signed and that nobody made in the files yet."""
    told = {**TARGET, "value": 3.0}
    told.pop("from_month")
    return Change.objects.create(
        partnership_id="exampleford", kind=Kind.TARGET, indicator="burglary", month="2016-10",
        told=told, by=person("analyst", "exampleford"), post="analyst",
    )  # fmt: skip


def test_a_change_holds_no_row_while_definitions_are_read(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []
    monkeypatch.setitem(
        settling._MADE, Kind.TARGET, lambda _: held.append(len(connection.savepoint_ids))
    )
    before = len(connection.savepoint_ids)
    made = settle_change(signed_target(real_workspace).pk)
    assert held == [before]
    assert made.done


@pytest.mark.parametrize("lines", [1, 2])
def test_a_change_stopped_between_its_files_is_made_whole_once(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """Stopped as a kill does it: nothing puts the files back."""
    made, write, written = signed_target(real_workspace), edit._write, []

    def stopped(*given: Any) -> None:
        if len(written) == lines:
            raise SystemExit
        write(*given)
        written.append(1)

    with monkeypatch.context() as patched:
        patched.setattr(edit, "_write", stopped)
        with suppress(SystemExit):
            settle_change(made.pk)
    Change.objects.update(done=None)
    for _ in range(2):
        settle_change(made.pk)
        Change.objects.update(done=None)
    assert standing(real_workspace, "2016-10") is not None
    log = (real_workspace / "definitions" / "change-log.yaml").read_text(encoding="utf-8")
    assert log.count("Agreed at the half year") == 1
