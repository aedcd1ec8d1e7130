"""Sending in, checking and deciding: who may, what is told, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from callover.domain.roles import Task
from callover.jobs.template import make_template, template_text
from callover.jobs.workspace import Workspace
from callover.web.accounts.models import Partnership
from callover.web.journal.models import Entry
from callover.web.queue.worker import LeasedWorker
from callover.web.submissions import actions, checking, telling, uploads
from callover.web.submissions.intake import take_in
from callover.web.submissions.models import Kind, SourceState, State, Submission
from callover.web.submissions.tasks import check_failed, check_submission
from site_under_test import AsRole, person, roles_with

PLACE, SOURCE = "exampleford", "asb_team"
BASE = f"/members/{PLACE}/sources/{SOURCE}/"


@pytest.fixture(autouse=True)
def own_uploads(tmp_path: Path, settings: object) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def provider(as_role: AsRole) -> Client:
    return as_role("data_provider", PLACE, (SOURCE,))


@pytest.fixture
def analyst(as_role: AsRole) -> Client:
    return as_role("analyst", PLACE)


def template(workspace: Path, number: int = 30, month: str = "2016-10") -> bytes:
    """One month of the source, filled in."""
    made = make_template(Workspace.open(workspace), SOURCE, PLACE)
    rows = template_text(made).splitlines()
    head, first = rows[0].split(","), dict(zip(rows[0].split(","), rows[1].split(","), strict=True))
    first |= {"end": month, "value": str(number)}
    return f"{rows[0]}\n{','.join(first[name] for name in head)}\n".encode()


def send(client: Client, content: bytes, name: str = "october.csv", **more: str) -> Submission:
    asked = BASE + (f"?corrects={more['corrects']}" if "corrects" in more else "")
    answer = client.post(asked, {"chosen": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Submission.objects.get(pk=int(answer["Location"].rstrip("/").split("/")[-1]))


def one(
    state: State = State.RECEIVED, partnership: str = "harrowmere", **more: object
) -> Submission:
    """A submission whose file was kept, in a state, noted directly."""
    who = person("data_provider", partnership)
    kept = uploads.keep("a.csv", [f"{more}{state}".encode()])
    made = Submission.objects.create(
        partnership_id=partnership, source="police", by=who, name=kept.name, size=kept.size,
        sha256=kept.sha256, stored=kept.stored,
    )  # fmt: skip
    fields = {"state": state, "report": {"fault_count": 0, "rows": 1, **more}}
    Submission.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def waiting_tasks() -> list[str]:
    return [result.task_path.rsplit(".", 1)[-1] for result in DBTaskResult.objects.ready()]


# --- the whole way, on a workspace with figures


def test_a_file_goes_from_receipt_to_the_store(
    real_workspace: Path, provider: Client, analyst: Client
) -> None:
    sent = send(provider, template(real_workspace))
    page = provider.get(f"{BASE}submissions/{sent.number}/").content.decode()
    assert sent.sha256 in page
    assert "Waiting to be checked" in page
    assert waiting_tasks() == ["check_submission"]

    assert checking.check(sent.number)
    assert not checking.check(sent.number)  # a second run finds it checked
    sent.refresh_from_db()
    assert (sent.state, sent.report["new"], sent.report["fault_count"]) == (State.CHECKED, 1, 0)
    assert f">{sent.number}:" in analyst.get(f"/members/{PLACE}/check/").content.decode()

    held = len(Workspace.open(real_workspace).store.imports)
    answer = analyst.post(f"{BASE}submissions/{sent.number}/accept/")
    assert answer.status_code == 302
    assert checking.store(sent.number) == SOURCE
    Submission.objects.filter(pk=sent.pk).update(state=State.ACCEPTING, import_number=None)
    assert checking.store(sent.number) == SOURCE  # killed before it could note what it did
    sent.refresh_from_db()
    imports = Workspace.open(real_workspace).store.imports
    assert (len(imports), sent.import_number) == (held + 1, imports[-1].id)
    assert not imports[-1].backdated
    assert [e.action for e in Entry.objects.filter(subject=str(sent))].count(
        "accept submission"
    ) == 1


def test_each_fault_stands_at_its_row_with_its_remedy(
    real_workspace: Path, provider: Client, analyst: Client
) -> None:
    wrong = template(real_workspace).replace(b",30,", b",thirty,")
    sent = send(provider, wrong, "../../etc/pass<b>wd.csv")
    assert sent.name == "pass_b_wd.csv"
    checking.check(sent.number)
    sent.refresh_from_db()
    assert sent.state == State.FAULTY
    assert (sent.report["faults"][0]["line"], sent.report["faults"][0]["column"]) == (2, "value")
    page = provider.get(f"{BASE}submissions/{sent.number}/").content.decode()
    assert "<code>thirty</code>" in page
    assert "is no number" in page.lower()

    # explained with a reason it goes to the analyst, who may not store a faulty row as it is
    provider.post(f"{BASE}submissions/{sent.number}/explain/", {"reason": ""})
    sent.refresh_from_db()
    assert sent.state == State.FAULTY
    corrected = send(provider, template(real_workspace, 31), corrects=str(sent.number))
    sent.refresh_from_db()
    assert (sent.state, corrected.corrects) == (State.REPLACED, sent)


def test_a_provider_cannot_send_in_figures_of_another_partnership(
    real_workspace: Path, provider: Client
) -> None:
    others = template(real_workspace).replace(b"X00000001", b"E09000002")
    sent = send(provider, others)
    checking.check(sent.number)
    sent.refresh_from_db()
    assert sent.state == State.FAULTY
    assert "another partnership" in sent.report["faults"][0]["reason"]
    assert sent.report["changes"] == []
    Submission.objects.filter(pk=sent.pk).update(state=State.CHECKED)
    sent.refresh_from_db()
    held = len(Workspace.open(real_workspace).store.imports)
    actions.accept(by=person("analyst", PLACE), submission=sent, good_rows=True)
    assert checking.store(sent.number) == ""
    sent.refresh_from_db()
    assert sent.state == State.CHECKED
    assert "could not be stored" in sent.message
    assert len(Workspace.open(real_workspace).store.imports) == held


def test_a_form_makes_a_template_and_goes_the_same_way(
    real_workspace: Path, provider: Client
) -> None:
    page = provider.get(f"{BASE}form/").content.decode()
    assert 'name="value-0"' in page
    empty = provider.post(f"{BASE}form/", {"note": "nothing"})
    assert empty.status_code == 400
    answer = provider.post(f"{BASE}form/", {"value-0": "31", "value-1": "20"})
    assert answer.status_code == 302
    sent = Submission.objects.get()
    assert sent.kind == Kind.FORM
    checking.check(sent.number)
    sent.refresh_from_db()
    assert (sent.state, sent.report["fault_count"]) == (State.CHECKED, 0)
    assert [each["after"] for each in sent.report["changes"]] == ["31", "20", "not supplied"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_templates_are_downloaded(real_workspace: Path, provider: Client, kind: str) -> None:
    answer = provider.get(f"{BASE}template.{kind}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{SOURCE}.{kind}"'


def test_a_source_that_nobody_knows_is_not_found(real_workspace: Path, as_role: AsRole) -> None:
    assert as_role("analyst", PLACE).get(f"/members/{PLACE}/sources/nothing/").status_code == 404


# --- what may follow what


@pytest.mark.parametrize("state", list(State))
def test_steps_follow_only_from_where_a_submission_stands(state: State) -> None:
    may = {
        "withdraw": {"received", "checking", "faulty", "checked", "returned", "failed"},
        "accept": {"checked"}, "give_back": {"checked", "faulty"},
        "explain": {"faulty", "checked"}, "check_again": {"failed"},
    }  # fmt: skip
    for name, allowed in may.items():
        made = one()
        who = made.by
        fields: dict[str, object] = {"state": state}
        if state in (State.ACCEPTING, State.ACCEPTED, State.RETURNED):
            fields |= {"decided": made.sent, "decided_by": who, "message": "why"}
        if state == State.ACCEPTED:
            fields["import_number"] = 1
        Submission.objects.filter(pk=made.pk).update(**fields)
        given = {"explain": {"reason": "so"}, "give_back": {"message": "why"}}.get(name, {})
        action = getattr(actions, name)
        by = person("analyst") if name in ("accept", "give_back") else who
        if state.value in allowed:
            action(by=by, submission=made, **given)
        else:
            with pytest.raises(actions.NotNow):
                action(by=by, submission=made, **given)
        Submission.objects.filter(pk=made.pk).delete()


def test_faulty_rows_are_left_aside_only_when_asked() -> None:
    made = one(State.CHECKED, fault_count=2)
    with pytest.raises(Exception, match="has faults"):
        actions.accept(by=person("analyst"), submission=made)
    actions.accept(by=person("analyst"), submission=made, good_rows=True)
    made.refresh_from_db()
    assert made.good_rows
    assert made.state == State.ACCEPTING


def test_a_file_of_which_nothing_can_be_read_is_not_explained_away() -> None:
    made = one(State.FAULTY, fault_count=1, rows=0)
    with pytest.raises(Exception, match="No row"):
        actions.explain(by=made.by, submission=made, reason="it is right")


@pytest.mark.parametrize("fields", [
    {"state": "lost"}, {"state": "accepted"}, {"state": "accepting"}, {"import_number": 3},
])  # fmt: skip
def test_the_database_refuses_states_that_cannot_be(fields: dict[str, object]) -> None:
    made = one()
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(**fields)


def test_a_returned_submission_is_told_once_by_mail() -> None:
    from callover.web.submissions.telling import tell_sender

    made = one(State.CHECKED)
    actions.give_back(by=person("analyst"), submission=made, message="July is missing.")
    assert waiting_tasks() == ["tell_sender"]
    tell_sender(made.number)
    tell_sender(made.number)
    assert len(mail.outbox) == 1
    assert "July is missing." in mail.outbox[0].body
    assert mail.outbox[0].to == [made.by.email]


def test_a_check_that_never_came_is_said_and_can_be_asked_for_again() -> None:
    made = one(State.CHECKING)
    check_failed(made.number)
    made.refresh_from_db()
    assert made.state == State.FAILED
    assert waiting_tasks() == ["tell_sender"]
    DBTaskResult.objects.all().delete()
    actions.check_again(by=made.by, submission=made)
    assert waiting_tasks() == ["check_submission"]


def test_what_could_not_be_stored_goes_back_to_the_analyst() -> None:
    made = one(State.CHECKED)
    actions.accept(by=person("analyst"), submission=made)
    checking.not_stored(made.number, "The store is busy.")
    made.refresh_from_db()
    assert (made.state, made.decided) == (State.CHECKED, None)
    assert "The store is busy." in made.message


# --- nothing twice, nothing half


def test_the_same_bytes_give_the_first_receipt(harrowmere: Partnership) -> None:
    who = person("data_provider")
    sent = [
        take_in(by=who, partnership=harrowmere, source="police", name="a.csv", chunks=[b"same"])
        for _ in range(3)
    ]
    assert len({each.number for each in sent}) == 1
    assert len(list(Path(uploads.place(sent[0].stored)).parent.iterdir())) == 1
    actions.withdraw(by=who, submission=sent[0])
    again = take_in(by=who, partnership=harrowmere, source="police", name="a.csv", chunks=[b"same"])
    assert again.number != sent[0].number


def test_what_the_database_refuses_for_another_reason_is_not_tried_without_end(
    harrowmere: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Submission:
        raise IntegrityError("another reason")

    monkeypatch.setattr(actions, "_submit", refuse)
    with pytest.raises(IntegrityError, match="another reason"):
        take_in(by=person("data_provider"), partnership=harrowmere, source="police", name="a.csv",
                chunks=[b"x"])  # fmt: skip


def test_a_full_queue_takes_nothing(
    real_workspace: Path, provider: Client, settings: object
) -> None:
    settings.QUEUE_LIMIT = 0
    answer = provider.post(BASE, {"chosen": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 503
    assert "Nothing of what you sent was kept" in answer.content.decode()
    assert not Submission.objects.exists()
    assert list(uploads.place(person().pk).parent.iterdir()) == []


def test_uploads_lie_under_our_names_for_their_owner_alone(harrowmere: Partnership) -> None:
    sent = take_in(
        by=person("data_provider"), partnership=harrowmere, source="police",
        name="C:\\secret\\..\\figures.xlsx", chunks=[b"x"],
    )  # fmt: skip
    path = uploads.place(sent.stored)
    assert path.name == str(sent.stored)
    assert path.stat().st_mode & 0o777 == 0o600
    assert sent.name == "figures.xlsx"


@pytest.mark.parametrize(("given", "kept"), [
    ("../../x.csv", "x.csv"), ("", "file"), ("...", "file"), (".htaccess", "htaccess"),
    ("a" * 300 + ".xlsx", "a" * 96 + ".xlsx"),
    ("x\r\nSet-Cookie: a=b.csv", "x_Set-Cookie_ a_b.csv"),
    ("\u202egnp.csv", "_gnp.csv"),
])  # fmt: skip
def test_names_are_plain(given: str, kept: str) -> None:
    assert uploads.clean_name(given) == kept


def test_a_file_is_only_ever_downloaded(as_role: AsRole, harrowmere: Partnership) -> None:
    sent = take_in(
        by=person("data_provider"), partnership=harrowmere, source="police",
        name="page.html", chunks=[b"<script>alert(1)</script>"],
    )  # fmt: skip
    answer = as_role("data_provider").get(
        f"/members/harrowmere/sources/police/submissions/{sent.number}/file/"
    )
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


def test_a_file_beyond_the_limit_is_refused(
    real_workspace: Path, provider: Client, settings: object
) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    large = SimpleUploadedFile("large.csv", b"x" * (1024 * 1024 + 1))
    answer = provider.post(BASE, {"chosen": large})
    assert answer.status_code == 400
    assert "large.csv is larger than 1 MB" in answer.content.decode()
    assert not Submission.objects.exists()


def test_several_files_at_once(real_workspace: Path, provider: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.csv", f"a\n{n}\n".encode()) for n in range(3)]
    answer = provider.post(BASE, {"chosen": files})
    assert answer["Location"] == BASE
    assert Submission.objects.count() == 3


def test_files_that_no_submission_names_are_swept_after_a_day() -> None:
    import os

    kept = uploads.keep("a.csv", [b"x"])
    made = one()
    assert uploads.sweep() == 0
    for each in (kept.stored, made.stored):
        os.utime(uploads.place(each), (0, 0))
    assert uploads.sweep() == 1
    assert uploads.place(made.stored).exists()


# --- who may


STEPS = {
    "": (Task.SUBMIT, Task.CHECK), "file/": (Task.SUBMIT, Task.CHECK), "withdraw/": (Task.SUBMIT,),
    "check-again/": (Task.SUBMIT,), "explain/": (Task.SUBMIT,), "accept/": (Task.CHECK,),
    "return/": (Task.CHECK,),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_provider_reaches_own_sources_only(step: str, as_role: AsRole) -> None:
    made = one(State.CHECKED)
    address = f"/members/harrowmere/sources/police/submissions/{made.number}/{step}"
    other = as_role("data_provider", "exampleford", ("police",))
    of_others = as_role("data_provider", "wealdshire", ("probation",))
    for client in (other, of_others):
        assert client.post(address).status_code == 403
        assert client.get(address).status_code == 403
    # a number of one source under the address of another is not found
    borrowed = f"/members/wealdshire/sources/probation/submissions/{made.number}/{step}"
    assert of_others.get(borrowed).status_code in (403, 404, 405)
    made.refresh_from_db()
    assert made.state == State.CHECKED


@pytest.mark.parametrize("step", STEPS)
def test_steps_need_their_task(step: str, as_role: AsRole) -> None:
    made = one(State.CHECKED)
    allowed = {role for task in STEPS[step] for role in roles_with(task)}
    address = f"/members/harrowmere/sources/police/submissions/{made.number}/{step}"
    for role in ("administrator", "clerk", "chair", "board_member", "auditor", "data_provider"):
        refused = as_role(role).post(address).status_code == 403
        assert refused == (role not in allowed), role


def test_a_provider_sees_only_its_sources_on_the_due_list(as_role: AsRole) -> None:
    for place, source in enumerate(("police", "probation")):
        SourceState.objects.create(
            partnership_id="harrowmere", source=source, place=place, title=f"Title of {source}"
        )
    page = as_role("data_provider").get("/members/harrowmere/due/").content.decode()
    assert "Title of police" in page
    assert "Title of probation" not in page
    assert (
        "Title of probation"
        in as_role("board_member").get("/members/harrowmere/due/").content.decode()
    )


# --- mail that did not go out


def test_mail_that_fails_is_tried_again_after_longer_and_longer_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = one(State.CHECKED)
    actions.give_back(by=person("analyst"), submission=made, message="July is missing.")

    def broken(*_: object, **__: object) -> int:
        raise OSError("no mail server")

    pauses = []
    with monkeypatch.context() as patched:
        patched.setattr(telling, "send", broken)
        for _ in range(3):
            LeasedWorker(batch=True).run_task(DBTaskResult.objects.get(status="READY"))
            waits = DBTaskResult.objects.get(status="READY")
            pauses.append(round((waits.run_after - timezone.now()).total_seconds() / 60))
    assert pauses == [15, 60, 360]
    LeasedWorker(batch=True).run_task(DBTaskResult.objects.get(status="READY"))
    assert [each.to for each in mail.outbox] == [[made.by.email]]
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_mail_that_fails_does_not_fail_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    made = one(State.CHECKING)

    def broken(_: int) -> None:
        raise OSError("no mail server")

    def found(number: int) -> bool:
        return checking._checked(number, {"fault_count": 1, "finding_count": 0})

    monkeypatch.setattr(telling, "tell_sender", broken)
    monkeypatch.setattr(checking, "check", found)
    check_submission.call(made.number)
    assert Submission.objects.get(pk=made.pk).state == State.FAULTY
    assert waiting_tasks() == []  # only in a quarter of an hour
    assert DBTaskResult.objects.get().task_path.endswith("tell_sender")
