"""What nobody types by mistake: numbers beyond all bounds, signs that no text holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.web.accounts.models import Partnership
from callover.web.meetings.models import Question
from callover.web.snapshots.models import Snapshot
from callover.web.writing.models import Change, Kind
from site_under_test import AsRole, just_shown, person

HERE = "/members/exampleford/"
RETIRED = {"reason": "It ended", "decided_by": "Board, 6 December 2016"}


@pytest.mark.parametrize("address", [
    "members/harrowmere/snapshots/%00/1/", "members/harrowmere/snapshots/2016-13/1/",
    "members/harrowmere/snapshots/2016-09%0a/1/", f"members/harrowmere/snapshots/2016-09/{10**30}/",
    "members/harrowmere/callover/a%00b/1/", "members/harrowmere/building/%00/1/",
    "members/harrowmere/sign/%00/1/", "members/harrowmere/publications/%00/1/",
    "members/harrowmere/writing/%00/", "areas/none/subscribe/x:y/",
    "areas/harrowmere/subscribe/%00/",
    "join/%00/", "api/v1/partnerships/%00/packs", f"members/harrowmere/people/{10**30}/",
])  # fmt: skip
def test_an_address_that_cannot_be_is_not_there(as_role: AsRole, address: str) -> None:
    for role in ("analyst", "chair", "clerk", "administrator"):
        answer = as_role(role).get(f"/{address}")
        assert answer.status_code in (403, 404, 410), address


@pytest.mark.parametrize("day", [("1" * 30, "1", "2017"), ("1", "1", "9" * 30), ("31", "2", "17")])
def test_a_day_that_no_calendar_has_is_refused_at_its_field(
    as_role: AsRole, snapshot: Snapshot, day: tuple[str, str, str]
) -> None:
    asked = {"text": "Why?", **{f"due_{n}": each for n, each in enumerate(day)}}
    page = as_role("chair").post("/members/harrowmere/ask/2016-09/1/tno/", asked)
    assert (page.status_code, Question.objects.count()) == (200, 0)
    assert page.content.decode().count("Enter a day that there is") == 2  # summary and field


@pytest.mark.parametrize("year", ["019999", "01999" + "9" * 5000, "1900", "2199", "²"])
def test_a_year_that_is_none_shows_this_one(as_role: AsRole, year: str) -> None:
    page = as_role("analyst").get("/members/harrowmere/completeness/", {"year": year})
    assert page.status_code == 200


def test_a_change_that_no_definition_holds_stops_no_page(
    as_role: AsRole, real_workspace: Path
) -> None:
    by, here = person("analyst", "exampleford"), Partnership.objects.get(pk="exampleford")
    made = Change.objects.create(partnership=here, kind=Kind.RETIRE, indicator="burglary",
                                 month="1900-01", told=RETIRED, by=by, post=by.post)  # fmt: skip
    before = {p: p.read_bytes() for p in (real_workspace / "definitions").rglob("*.yaml")}
    analyst = as_role("analyst", "exampleford")
    assert analyst.get(f"{HERE}writing/2016-09/").status_code == 200
    made.refresh_from_db()
    assert "The definitions do not take it" in made.refused
    assert before == {p: p.read_bytes() for p in (real_workspace / "definitions").rglob("*.yaml")}


@pytest.mark.parametrize("month", ["1900-01", "2199-12", "0001-01", "99999-01"])
def test_a_month_beyond_all_figures_is_refused_and_says_so(
    as_role: AsRole, real_workspace: Path, month: str
) -> None:
    given = {**RETIRED, "from_month": month, "kind": "ceiling", "value": "7"}
    client = just_shown(as_role("analyst", "exampleford"))
    page = client.post(f"{HERE}writing/2016-09/burglary/target/", given)
    assert (page.status_code, Change.objects.count()) == (200, 0)
    assert "govuk-error-summary" in page.content.decode()


def test_why_a_change_was_refused_stands_on_the_page(as_role: AsRole, real_workspace: Path) -> None:
    given = {**RETIRED, "from_month": "2016-10", "kind": "ceiling", "value": "7",
             "tolerance": "900 points"}  # fmt: skip
    client = just_shown(as_role("analyst", "exampleford"))
    page = client.post(f"{HERE}writing/2016-09/burglary/target/", given).content.decode()
    assert Change.objects.get().refused
    assert "There is a problem" in page
    assert "Expected a number from 0 to 100" in page
