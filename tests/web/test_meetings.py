"""The call-over, questions, issues for the board, the chair's signature."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from callover.domain.roles import Task
from callover.web.accounts.models import Partnership
from callover.web.accounts.roles import ROLES
from callover.web.journal.models import Entry
from callover.web.meetings import actions
from callover.web.meetings.actions import AnsweredMeanwhile, NotSigned, answer, ask, sign_off
from callover.web.meetings.models import Escalation, Question
from callover.web.snapshots.models import Signature, Snapshot
from site_under_test import MARKER, AsRole, just_shown, person, roles_with

AT = "/members/harrowmere/callover/2016-09/1"
ASK = "/members/harrowmere/ask/2016-09/1/tno/"
SCRIPT = {"Accept": "application/json"}
SIGN = "/members/harrowmere/sign/2016-09/1/"


def asked(here: Partnership, **more: object) -> Question:
    held = {"month": "2016-09", "page": "tno", "title": "Total", "text": "Why the rise?", **more}
    return ask(by=person("board_member"), partnership=here, **held)


def test_the_call_over_leads_from_screen_to_screen(as_role: AsRole, snapshot: Snapshot) -> None:
    member = as_role("board_member")
    assert member.get("/members/harrowmere/callover/")["Location"] == f"{AT}/"
    page = member.get(f"{AT}/").content.decode()
    first = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    screen = member.get(f"{AT}/{first}").content.decode()
    assert 'rel="next"' in screen
    assert 'class="screen__sentence"' in screen
    assert "<figure " in screen
    assert "as known on 20 November 2016" in screen


def test_red_goes_before_amber_and_green_last(as_role: AsRole, snapshot: Snapshot) -> None:
    from callover.web.meetings.order import stops
    from callover.web.performance.audience import View

    letters = [each.page.rating.letter for each in stops(View(snapshot, "restricted"))
               if each.page.rating]  # fmt: skip
    assert letters == sorted(letters, key="RAG".index)


def test_who_may_not_see_restricted_words_is_shown_the_public_edition(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    for role, logged in (("board_member", False), ("chair", True)):
        page = as_role(role).get(f"{AT}/tno/").content.decode()
        assert MARKER not in page or logged
        assert Entry.objects.filter(action="read restricted", post=role).exists() == logged


def test_a_screen_of_a_page_that_is_no_indicator_is_not_found(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    for name in ("cover", "nothing", "tno2"):
        assert as_role("chair").get(f"{AT}/{name}/").status_code == 404
    assert as_role("chair").get("/members/harrowmere/callover/2016-09/7/").status_code == 404


def test_the_worker_reaches_no_other_page(as_role: AsRole, snapshot: Snapshot) -> None:
    found = as_role("board_member").get("/members/harrowmere/callover/worker.js")
    assert found["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in found


def test_signing_out_empties_what_the_browser_kept(as_role: AsRole, snapshot: Snapshot) -> None:
    client = as_role("chair")
    assert "Clear-Site-Data" not in client.get(f"{AT}/")
    assert '"storage"' in client.post("/account/logout/")["Clear-Site-Data"]


def test_nothing_to_call_over_is_explained(as_role: AsRole) -> None:
    page = as_role("chair").get("/members/harrowmere/callover/").content.decode()
    assert "There is no snapshot to go through yet" in page


def test_a_question_is_asked_assigned_and_answered_on_record(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    given = {"text": "Why the <i>rise</i>?"}
    assert as_role("board_member").post(ASK, given).status_code == 302
    held = Question.objects.get()
    where = f"/members/harrowmere/questions/{held.pk}/"
    analyst = as_role("analyst")
    owing = {"owner": "Police, inspector", "due_0": "1", "due_1": "2", "due_2": "2016",
             "assign": "1"}  # fmt: skip
    assert analyst.post(where, owing).status_code == 302
    page = analyst.get("/members/harrowmere/questions/").content.decode()
    assert "Police, inspector owes the answer by 1 February 2016" in page
    assert "Overdue by" in page
    assert analyst.post(where, {"answer": "Two shops opened."}).status_code == 302
    for url in (f"{AT}/tno/", "/members/harrowmere/snapshots/2016-09/1/tno/"):
        page = as_role("board_member").get(url).content.decode()
        assert "Why the &lt;i&gt;rise&lt;/i&gt;?" in page
        assert "Two shops opened." in page
    actions = Entry.objects.values_list("action", flat=True)
    assert {"ask question", "assign question", "answer question"} <= set(actions)


def test_pages_kept_offline_are_of_one_session(as_role: AsRole, snapshot: Snapshot) -> None:
    """The next to sign in at a device, without a signing out between, finds none of them."""
    names = set()
    for client in (as_role("chair"), as_role("chair"), as_role("board_member")):
        pages = [client.get(f"{AT}/").content.decode(), client.get(f"{AT}/tno/").content.decode()]
        found = {re.search(r"callover-harrowmere-2016-09-1-(\w{16})", page)[1] for page in pages}
        assert len(found) == 1, "one for all pages of a session"
        names |= found
    assert len(names) == 3


def test_what_was_asked_offline_arrives_once(as_role: AsRole, snapshot: Snapshot) -> None:
    client, key = as_role("board_member"), str(uuid.uuid4())
    for _ in range(2):
        found = client.post(
            ASK, {"text": "Why?", "key": key}, headers={"Accept": "application/json"}
        )
        assert found.status_code == 200
    assert Question.objects.count() == 1
    other = as_role("chair").post(ASK, {"text": "Mine.", "key": key})
    assert other.status_code == 302
    assert Question.objects.count() == 2
    empty = client.post(ASK, {"text": " "}, headers=SCRIPT)
    assert empty.status_code == 400


def test_a_second_answer_is_refused(harrowmere: Partnership) -> None:
    held, by = asked(harrowmere), person("analyst")
    answer(by=by, question=held, text="First.")
    with pytest.raises(AnsweredMeanwhile):
        answer(by=by, question=held, text="Second.")
    assert Question.objects.get().answer == "First."


def test_days_overdue_count_until_the_answer(harrowmere: Partnership) -> None:
    today = timezone.localdate()
    assert asked(harrowmere, due=today).overdue_days == 0
    held = asked(harrowmere, due=today - timedelta(days=3))
    assert held.overdue_days == 3
    assert answer(by=person("analyst"), question=held, text="So.").overdue_days == 0


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_a_question_has_words_and_not_too_many(
    as_role: AsRole, snapshot: Snapshot, text: str
) -> None:
    assert as_role("chair").post(ASK, {"text": text}).status_code == 200
    assert not Question.objects.exists()


def test_a_question_of_another_partnership_is_not_found(
    as_role: AsRole, snapshot: Snapshot, harrowmere: Partnership
) -> None:
    held = asked(harrowmere)
    client = as_role("analyst", "elsewhere")
    assert (
        client.post(f"/members/elsewhere/questions/{held.pk}/", {"answer": "x"}).status_code == 404
    )
    assert (
        client.post(f"/members/harrowmere/questions/{held.pk}/", {"answer": "x"}).status_code == 403
    )
    assert client.post(ASK, {"text": "x"}).status_code == 403


def test_an_issue_goes_up_to_the_board_and_comes_back(as_role: AsRole, snapshot: Snapshot) -> None:
    chair = as_role("chair")
    for _ in range(2):
        chair.post("/members/harrowmere/escalate/2016-09/1/tno/", {"reason": "It rises again."})
    held = Escalation.objects.get()
    where = f"/members/harrowmere/escalations/{held.pk}/"
    assert chair.post(where, {"standing": "decided"}).status_code == 200
    assert chair.post(where, {"standing": "agenda"}).status_code == 302
    chair.post(where, {"standing": "decided", "outcome": "A plan by May."})
    page = as_role("board_member").get("/members/harrowmere/questions/").content.decode()
    assert "Decided by the board" in page
    assert "A plan by May." in page
    assert (
        as_role("analyst", "elsewhere")
        .get(f"/members/elsewhere/escalations/{held.pk}/")
        .status_code
        == 404
    )


def test_a_closed_issue_is_not_opened_beside_a_later_one(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    chair, up = as_role("chair"), "/members/harrowmere/escalate/2016-09/1/tno/"
    chair.post(up, {"reason": "It rises again."})
    first = f"/members/harrowmere/escalations/{Escalation.objects.get().pk}/"
    chair.post(first, {"standing": "withdrawn"})
    chair.post(up, {"reason": "It rises once more."})
    told = chair.post(first, {"standing": "raised"}, follow=True)
    assert "on its way to the board again already" in told.content.decode()
    assert Escalation.objects.filter(standing="raised").count() == 1


@pytest.mark.parametrize("role", sorted(set(ROLES) - {*roles_with(Task.SIGN_OFF)}))
def test_signing_off_asks_for_itself_who_may(role: str, snapshot: Snapshot) -> None:
    for by in (person(role), person("chair", "exampleford")):
        with pytest.raises(PermissionDenied):
            sign_off(by=by, snapshot=snapshot)
    assert not Signature.objects.exists()


def test_nothing_is_locked_while_the_seal_is_checked(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, inside = len(connection.savepoint_ids), []

    def broken(*_: object) -> tuple[str, ...]:
        inside.append(len(connection.savepoint_ids))
        return ()

    monkeypatch.setattr(actions, "broken", broken)
    sign_off(by=person("chair"), snapshot=snapshot)
    sign_off(by=person("chair"), snapshot=snapshot)
    assert inside == [here, here]
    assert Signature.objects.count() == 1


POSTS = {
    Task.ASK: ASK, Task.ESCALATE: "/members/harrowmere/escalate/2016-09/1/tno/",
    Task.SIGN_OFF: SIGN, Task.ANSWER: "/members/harrowmere/questions/1/",
}  # fmt: skip


@pytest.mark.parametrize("task", POSTS)
def test_each_action_is_refused_to_who_may_not(
    as_role: AsRole, snapshot: Snapshot, task: Task
) -> None:
    from callover.web.accounts.roles import ROLES

    for role in ROLES:
        if role not in roles_with(task):
            given = {"text": "x", "reason": "x", "answer": "x", "read": "on"}
            assert just_shown(as_role(role)).post(POSTS[task], given).status_code == 403
    assert not Question.objects.exists()
    assert not Escalation.objects.exists()
    assert not Signature.objects.exists()


def test_the_chair_reads_what_the_snapshot_holds_and_signs_it(
    as_role: AsRole, snapshot: Snapshot, harrowmere: Partnership
) -> None:
    asked(harrowmere)
    chair = as_role("chair")
    for send in (chair.get, chair.post):  # what was sent before is not sent again
        assert send(SIGN, {"read": "on"})["Location"].startswith("/account/reauthenticate/?next=")
    assert not Signature.objects.exists()
    page = just_shown(chair).get(SIGN).content.decode()
    assert snapshot.seal in page
    assert "Every file is as it was sealed." in page
    assert "Why the rise?" in page
    assert chair.post(SIGN, {}).status_code == 200
    chair.post(SIGN, {"read": "on", "statement": "Agreed."})
    made = Signature.objects.get()
    assert (made.post, made.statement, made.snapshot) == ("chair", "Agreed.", snapshot)
    assert Entry.objects.get(action="sign off snapshot").detail == {"seal": snapshot.seal}
    just_shown(as_role("vice_chair")).post(SIGN, {"read": "on"})
    assert Signature.objects.count() == 1
    assert "Signed off" in chair.get(SIGN).content.decode()


def test_a_broken_seal_is_not_signed(as_role: AsRole, snapshot: Snapshot) -> None:
    broken = snapshot.folder / "callover-pack.pdf"
    broken.chmod(0o640)
    broken.write_bytes(b"other bytes")
    with pytest.raises(NotSigned, match=r"callover-pack\.pdf is not as it was sealed"):
        sign_off(by=person("chair"), snapshot=snapshot)
    chair: Client = just_shown(as_role("chair"))
    assert "cannot be signed" in chair.get(SIGN).content.decode()
    chair.post(SIGN, {"read": "on"})
    assert not Signature.objects.exists()


def test_a_snapshot_that_is_not_sealed_is_not_signed(harrowmere: Partnership) -> None:
    held = Snapshot.objects.create(
        partnership=harrowmere, month="2016-09", number=2, known_at=timezone.now()
    )
    with pytest.raises(NotSigned):
        sign_off(by=person("chair"), snapshot=held)


LIST = "/members/harrowmere/snapshots/"


def test_a_snapshot_is_asked_for_and_its_progress_told(as_role: AsRole, snapshot: Snapshot) -> None:
    analyst = as_role("analyst")
    found = analyst.post(LIST, {"month": "2016-09"})
    made = Snapshot.objects.get(number=2)
    assert found["Location"] == "/members/harrowmere/building/2016-09/2/"
    assert (made.state, made.requested_by) == ("queued", person("analyst"))
    page = analyst.get(found["Location"]).content.decode()
    assert 'http-equiv="refresh"' in page
    part = analyst.get(found["Location"], headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div")
    Snapshot.objects.filter(pk=made.pk).update(state="failed", message="No figures.\nAdd a file.")
    done = analyst.get(found["Location"], headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    page = analyst.get(found["Location"]).content.decode()
    assert "<li>No figures.</li><li>Add a file.</li>" in page
    assert analyst.post(LIST, {"month": "1999-01"}).status_code == 200
    assert Snapshot.objects.count() == 2


def test_words_that_wait_are_released_under_the_name_of_who_read_them(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    url = "/members/harrowmere/release/2016-09/1/"
    assert as_role("chair").get(url)["Location"].startswith("/account/reauthenticate/")
    chair = just_shown(as_role("chair"))
    assert chair.get(url).status_code == 404
    Snapshot.objects.filter(pk=snapshot.pk).update(public_refused="tno.md, line 3: a name.")
    assert "<li>tno.md, line 3: a name.</li>" in chair.get(url).content.decode()
    assert chair.post(url, {}).status_code == 200
    assert chair.post(url, {"read": "on"})["Location"] == "/members/harrowmere/building/2016-09/2/"
    made = Snapshot.objects.get(number=2)
    assert (made.released_by, made.known_at) == ("chair", snapshot.known_at)
    assert as_role("board_member").post(url, {"read": "on"}).status_code == 403


def test_the_seal_is_checked_on_the_snapshots_page(as_role: AsRole, snapshot: Snapshot) -> None:
    url, analyst = "/members/harrowmere/building/2016-09/1/", as_role("analyst")
    assert "Every file is as it was sealed." in analyst.get(url).content.decode()
    (snapshot.folder / "seal.json").unlink()
    assert "files are missing" in analyst.get(url).content.decode()
    assert (
        as_role("analyst", "elsewhere").get("/members/elsewhere/building/2016-09/1/").status_code
        == 404
    )


def test_a_full_queue_is_told(as_role: AsRole, snapshot: Snapshot, settings: object) -> None:
    settings.QUEUE_LIMIT = 0
    page = as_role("analyst").post(LIST, {"month": "2016-09"}, follow=True).content.decode()
    assert "Try again in a few minutes" in page
    assert Snapshot.objects.count() == 1


def test_the_worker_forgets_when_the_session_ends() -> None:
    import callover.web.meetings as app

    script = (Path(app.__file__).parent / "worker.js").read_text(encoding="utf-8")
    assert "caches.delete" in script
    assert "ends" in script
