"""Words: every version kept, nothing lost between two writers, a hand and a crash."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from django.test import Client

from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.jobs.commentary_file import commentary_path, read_words
from callover.web.accounts.models import Partnership
from callover.web.journal.models import Entry
from callover.web.writing.actions import WrittenMeanwhile, save_words
from callover.web.writing.models import Origin, Revision
from callover.web.writing.settle import settle
from callover.web.writing.words import NOTHING, Place, add_revision, current, digest_of
from site_under_test import AsRole, person

SEPTEMBER = Month.of(2016, 9)
AT = "/members/exampleford/writing/2016-09"


@pytest.fixture
def place(real_workspace: Path) -> Place:
    """An indicator without words, whose file is gone before each test."""
    commentary_path(real_workspace, "exampleford", SEPTEMBER, "gun_crime").unlink(missing_ok=True)
    return Place(Partnership.objects.get(pk="exampleford"), SEPTEMBER, "gun_crime")


@pytest.fixture
def analyst(as_role: AsRole, real_workspace: Path) -> Client:
    return as_role("analyst", "exampleford")


def form(place: Place, body: str, **more: str) -> dict[str, str]:
    return {"body": body, "ask": "", "opened": digest_of(place.file), **more}


def test_the_list_says_who_wrote_when_and_what_to_look_at(analyst: Client) -> None:
    page = analyst.get(f"{AT}/").content.decode()
    assert "MOPAC 7: Burglary" in page
    assert "Carried from June 2016" in page
    assert "Nothing yet" in page
    assert "overdue" in page


def test_saving_keeps_a_version_and_writes_the_file(analyst: Client, place: Place) -> None:
    url = f"{AT}/gun_crime/"
    answer = analyst.post(url, form(place, "All {{ rolling12 }} of them.", ask="Agree it."))
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert "All {{ rolling12 }} of them." in place.file
    assert "ask: Agree it." in place.file
    made = Revision.objects.get()
    assert (made.number, made.text, made.post, made.origin) == (1, place.file, "analyst", "site")
    assert made.written is not None
    assert Entry.objects.filter(action="write words", subject="2016-09 gun_crime").count() == 1


def test_the_same_words_again_make_no_version(place: Place) -> None:
    by = person("analyst", "exampleford")
    first = save_words(by=by, place=place, opened=NOTHING, text="Said.\n")
    assert save_words(by=by, place=place, opened=first.digest, text="Said.\n") == first
    assert Revision.objects.count() == 1


def test_of_two_who_write_at_once_the_second_sees_the_firsts_words(
    analyst: Client, as_role: AsRole, place: Place
) -> None:
    lead = as_role("subgroup_lead", "exampleford")
    mine, theirs = form(place, "What I wrote."), form(place, "What the lead wrote.")
    assert lead.post(f"{AT}/gun_crime/", theirs).status_code == 302
    answer = analyst.post(f"{AT}/gun_crime/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What the lead wrote." in page
    assert "What I wrote." in page
    assert "subgroup_lead" in page
    assert "What the lead wrote." in place.file
    again = form(place, "What we both wrote.")
    assert analyst.post(f"{AT}/gun_crime/", again).status_code == 302
    assert "What we both wrote." in place.file


def test_a_file_changed_by_hand_becomes_a_version(place: Place) -> None:
    by = person("analyst", "exampleford")
    opened = save_words(by=by, place=place, opened=NOTHING, text="From the site.\n").digest
    path = commentary_path(_root(), "exampleford", SEPTEMBER, "gun_crime")
    path.write_text("By hand.\n", encoding="utf-8")
    with pytest.raises(WrittenMeanwhile) as raised:
        save_words(by=by, place=place, opened=opened, text="From the site again.\n")
    newest = raised.value.newest
    assert newest is not None
    assert (newest.number, newest.text, newest.origin) == (2, "By hand.\n", Origin.OUTSIDE)
    assert (newest.by, place.file) == (None, "By hand.\n")


def _root() -> Path:
    from django.conf import settings

    root: Path = settings.WORKSPACE
    return root


def test_what_a_crash_kept_from_its_file_is_written_when_next_opened(place: Place) -> None:
    add_revision(place, "Kept, not written.\n", by=person("analyst", "exampleford"))
    assert place.file == ""
    found = current(place)
    assert found is not None
    assert (found.number, place.file) == (1, "Kept, not written.\n")


def test_settling_writes_what_waits_and_keeps_what_a_hand_wrote_meanwhile(place: Place) -> None:
    add_revision(place, "Kept, not written.\n", by=person("analyst", "exampleford"))
    path = commentary_path(_root(), "exampleford", SEPTEMBER, "gun_crime")
    path.write_text("By hand meanwhile.\n", encoding="utf-8")
    settle(place.partnership)
    settle(place.partnership)
    texts = [each.text for each in place.versions()]
    assert texts == ["Kept, not written.\n", "By hand meanwhile.\n", "Kept, not written.\n"]
    assert place.file == "Kept, not written.\n"
    assert not Revision.objects.filter(written__isnull=True).exists()


def test_a_token_that_names_nothing_is_told_at_its_line(analyst: Client, place: Place) -> None:
    words = "One line.\n\nThen {{ rollin12 }}."
    page = analyst.post(f"{AT}/gun_crime/", form(place, words)).content.decode()
    assert "Line 3: {{ rollin12 }}" in page
    assert "Did you mean &#x27;rolling12&#x27;?" in page
    assert "Then {{ rollin12 }}." in page
    assert place.file == ""


def test_the_preview_prints_figures_within_the_time(analyst: Client, place: Place) -> None:
    url = f"{AT}/burglary/preview/"
    given = {"body": "In all {{ rolling12 }}, {{ rolling12_change | words }}; 1,552 typed.",
             "ask": ""}  # fmt: skip
    analyst.post(url, given)
    begun = time.process_time()
    page = analyst.post(url, given).content.decode()
    took = time.process_time() - begun
    assert "In all 1,552, 33 more offences" in page
    assert "1,552 is typed; {{ rolling12 }} prints it" in page
    assert took < 0.3


def test_what_is_typed_is_never_taken_for_markup(analyst: Client, place: Place) -> None:
    nasty = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    page = analyst.post(f"{AT}/gun_crime/preview/", {"body": nasty}).content.decode()
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert analyst.post(f"{AT}/gun_crime/", form(place, nasty)).status_code == 302
    page = analyst.get(f"{AT}/gun_crime/").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["no_such", "..", "selection"])
def test_an_indicator_that_is_none_is_not_found(analyst: Client, name: str) -> None:
    assert analyst.get(f"{AT}/{name}/").status_code in (404, 302)
    assert analyst.get(f"/members/exampleford/writing/2016-13/{name}/").status_code == 404


def test_words_that_are_too_long_are_refused(analyst: Client, place: Place) -> None:
    answer = analyst.post(f"{AT}/gun_crime/", form(place, "x" * 20_001))
    assert answer.status_code == 200
    assert place.file == ""


def test_without_script_a_figure_picked_goes_to_the_end(analyst: Client, place: Place) -> None:
    given = form(place, "In all", insert="{{ rolling12 }}")
    page = analyst.post(f"{AT}/gun_crime/", given).content.decode()
    assert "In all {{ rolling12 }}</textarea>" in page
    assert place.file == ""


def test_last_quarters_words_stand_beside_and_can_be_carried_over(analyst: Client) -> None:
    path = commentary_path(_root(), "exampleford", Month.of(2016, 12), "burglary")
    path.unlink(missing_ok=True)
    page = analyst.get("/members/exampleford/writing/2016-12/burglary/").content.decode()
    assert "Words for September 2016" in page
    assert "Burglary follows the season" in page
    analyst.post("/members/exampleford/writing/2016-12/burglary/carry/")
    text = read_words(_root(), "exampleford", Month.of(2016, 12), "burglary")
    assert "carried_from: 2016-09" in text
    analyst.post("/members/exampleford/writing/2016-12/burglary/carry/")
    assert read_words(_root(), "exampleford", Month.of(2016, 12), "burglary") == text


def test_an_old_version_can_be_read_and_brought_back(analyst: Client, place: Place) -> None:
    by = person("analyst", "exampleford")
    first = save_words(by=by, place=place, opened=NOTHING, text="First.\n")
    save_words(by=by, place=place, opened=first.digest, text="Second.\n")
    page = analyst.get(f"{AT}/gun_crime/versions/2/").content.decode()
    assert "<del>First.</del>" in page
    assert "<ins>Second.</ins>" in page
    analyst.post(f"{AT}/gun_crime/versions/1/")
    assert place.file == "First.\n"
    assert [each.number for each in place.versions()] == [3, 2, 1]
    assert analyst.get(f"{AT}/gun_crime/versions/9/").status_code == 404


def test_an_action_is_added_changed_and_closed(analyst: Client, place: Place) -> None:
    given = {"action": "Walk the <b>estate</b>", "owner": "Police, inspector", "due_0": "1",
             "due_1": "2", "due_2": "2016", "status": "open", "opened": NOTHING}  # fmt: skip
    assert analyst.post(f"{AT}/gun_crime/actions/", given).status_code == 302
    page = analyst.get(f"{AT}/gun_crime/").content.decode()
    assert "Overdue by" in page
    assert "&lt;b&gt;estate" in page
    closing = {**given, "status": "done", "opened": digest_of(place.file)}
    assert analyst.post(f"{AT}/gun_crime/actions/1/", closing).status_code == 302
    assert "status: done" in place.file
    assert "Overdue by" not in analyst.get(f"{AT}/gun_crime/").content.decode()
    stale = analyst.post(f"{AT}/gun_crime/actions/1/", given).content.decode()
    assert "Somebody changed this page meanwhile" in stale
    assert analyst.get(f"{AT}/gun_crime/actions/7/").status_code == 404


@pytest.mark.parametrize("field", ["action", "owner"])
def test_an_action_needs_what_is_done_and_who_owns_it(
    analyst: Client, place: Place, field: str
) -> None:
    given = {"action": "Walk", "owner": "Police", "status": "open", "opened": NOTHING, field: " "}
    assert analyst.post(f"{AT}/gun_crime/actions/", given).status_code == 200
    assert place.file == ""


@pytest.mark.parametrize("role", ["chair", "clerk", "board_member", "auditor", "administrator"])
def test_who_may_not_write_changes_nothing(as_role: AsRole, place: Place, role: str) -> None:
    client = as_role(role, "exampleford")
    for way in ("", "preview/", "carry/", "actions/", "versions/1/"):
        assert client.post(f"{AT}/gun_crime/{way}", form(place, "Mine.")).status_code == 403
    elsewhere = as_role("analyst", "barking-and-dagenham")
    assert elsewhere.post(f"{AT}/gun_crime/", form(place, "Mine.")).status_code == 403
    assert (place.file, Revision.objects.count()) == ("", 0)


def test_who_opens_the_words_is_logged(analyst: Client) -> None:
    analyst.get(f"{AT}/gun_crime/")
    assert Entry.objects.filter(action="open words", subject="2016-09 gun_crime").exists()


def test_an_empty_store_is_explained(as_role: AsRole) -> None:
    page = as_role("analyst").get("/members/harrowmere/writing/2016-09/").content.decode()
    assert "This cannot be opened yet" in page
    assert tempfile.gettempdir() not in page  # no path of the machine


def test_a_conflict_says_what_to_do() -> None:
    assert issubclass(WrittenMeanwhile, UserError)
    assert "save again" in str(WrittenMeanwhile(None))


def test_a_file_that_is_no_text_is_explained(analyst: Client, place: Place) -> None:
    path = commentary_path(_root(), "exampleford", SEPTEMBER, "gun_crime")
    path.write_bytes(b"\xff\xfe\x00")
    for url in (f"{AT}/", f"{AT}/gun_crime/", f"{AT}/gun_crime/versions/"):
        page = analyst.get(url).content.decode()
        assert "gun_crime.md" in page
        assert "Save it as UTF-8" in page
        assert str(_root()) not in page
    path.unlink()


def test_front_matter_at_fault_is_told_and_not_lost(analyst: Client, place: Place) -> None:
    path = commentary_path(_root(), "exampleford", SEPTEMBER, "gun_crime")
    path.write_text("---\nupdated: soon\n---\nStands.\n", encoding="utf-8")
    page = analyst.get(f"{AT}/gun_crime/").content.decode()
    assert "Stands.</textarea>" in page
    assert analyst.get(f"{AT}/").status_code == 200
    assert analyst.post(f"{AT}/gun_crime/", form(place, "Stands still.")).status_code == 302
    assert "updated: soon" not in place.file
    path.unlink()
