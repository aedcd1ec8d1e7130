"""Every action says for whom it is, and holds to it, whoever calls it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from callover import web
from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.domain.roles import Task
from callover.web.accounts import actions as accounts
from callover.web.accounts import invitations
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.permission import Permission
from callover.web.accounts.roles import ROLES
from callover.web.meetings import actions as meetings
from callover.web.meetings.models import Question, Standing
from callover.web.publication import actions as publication
from callover.web.publication import tokens
from callover.web.publication.models import Publication, Token
from callover.web.snapshots.actions import request_snapshot
from callover.web.snapshots.models import Snapshot
from callover.web.submissions import actions as submissions
from callover.web.submissions import intake, uploads
from callover.web.submissions.models import State, Submission
from callover.web.writing import actions as writing
from callover.web.writing.models import Kind
from callover.web.writing.words import Place
from site_under_test import person, roles_with

Action = Callable[..., Any]


def walked() -> Iterator[tuple[str, Action]]:
    """Every public function of the site that takes nothing but named arguments: house rule 12."""
    for module in pkgutil.walk_packages(web.__path__, "callover.web."):
        if ".migrations" in module.name or module.name.endswith(".wsgi"):
            continue
        for name, found in vars(importlib.import_module(module.name)).items():
            ours = inspect.isfunction(found) and found.__module__ == module.name
            if ours and not name.startswith("_") and _all_named(found):
                yield f"{module.name.removeprefix('callover.web.')}.{name}", found


def _all_named(found: Action) -> bool:
    kinds = {each.kind for each in inspect.signature(found).parameters.values()}
    return kinds == {inspect.Parameter.KEYWORD_ONLY}


ACTIONS = dict(walked())

BY_THE_COMMAND_LINE = {"accounts.console.invite_from_console"}
"""What nobody reaches through the site; it has no ``by``."""

OPEN = {
    "accounts.invitations.accept",  # by the link that was sent
    "publication.subscriptions.ask", "publication.subscriptions.confirm",
    "publication.subscriptions.leave",
}  # fmt: skip


def test_every_action_declares_its_permission() -> None:
    silent = {name for name, each in ACTIONS.items() if not hasattr(each, "permission")}
    assert silent == BY_THE_COMMAND_LINE


def test_only_what_a_link_binds_is_open_to_all() -> None:
    assert {name for name in RULED_OR_OPEN if not _permission(name).tasks} == OPEN


def _permission(name: str) -> Permission:
    found: Permission = vars(ACTIONS[name])["permission"]
    return found


RULED_OR_OPEN = sorted(set(ACTIONS) - BY_THE_COMMAND_LINE)
RULED = sorted(set(RULED_OR_OPEN) - OPEN)


# --- each action against each role


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    settings.UPLOADS = tmp_path / "uploads"


def here() -> Partnership:
    return Partnership.objects.get(pk="harrowmere")


def submission(source: str = "police") -> Submission:
    kept = uploads.keep("a.csv", [timezone.now().isoformat().encode()])
    return Submission.objects.create(
        partnership=here(), source=source, by=person("analyst"), name=kept.name, size=kept.size,
        sha256=kept.sha256, stored=kept.stored, state=State.CHECKED,
    )  # fmt: skip


def question() -> Question:
    return Question.objects.create(
        partnership=here(), month="2016-09", page="tno", title="All", text="Why?",
        by=person("chair"), post="Chair",
    )  # fmt: skip


def escalation() -> Any:
    return meetings.escalate(by=person("analyst"), partnership=here(), month="2016-09", page="tno",
                             title="All", reason="No money.")  # fmt: skip


def waiting(correction: int = 0) -> Publication:
    held = Snapshot.objects.get()
    Publication.objects.all().delete()
    more: dict[str, Any] = {"correction": correction, "reason": "Wrong."} if correction else {}
    return Publication.objects.create(
        partnership=here(), month=held.month, snapshot=held, by=person("clerk"),
        publish_at=timezone.now() + timedelta(days=1), **more,
    )  # fmt: skip


def invitation() -> Any:
    return invitations.invite(by=None, partnership=here(), email="new@x.test", post="New",
                              role="clerk", send=False)  # fmt: skip


def token(by: Person) -> Token:
    return Token.objects.create(
        partnership=here(), name="export", sources=["police"],
        hash=timezone.now().isoformat(), by=by, ends=timezone.now() + timedelta(days=9),
    )  # fmt: skip


def of_page(**more: object) -> dict[str, object]:
    return {"partnership": here(), "month": "2016-09", "page": "tno", "title": "All", **more}


def of_member(**more: object) -> dict[str, object]:
    return {"person": person("board_member"), "partnership": here(), **more}


def for_source(**more: object) -> dict[str, object]:
    return {"partnership": here(), "source": "police", **more}


def changed() -> dict[str, object]:
    return {"partnership": here(), "kind": Kind.WITHDRAW, "indicator": "tno",
            "month": Month.of(2016, 9), "told": {}}  # fmt: skip


GIVEN: dict[str, Callable[[], dict[str, object]]] = {
    "accounts.actions.give_role": lambda: of_member(role="clerk"),
    "accounts.actions.end_role": lambda: {"membership": person("board_member").memberships.get()},
    "accounts.actions.end_person": of_member,
    "accounts.actions.hand_over": lambda: for_source(to=person("board_member")),
    "accounts.actions.unlock": of_member,
    "accounts.actions.take_second_step": of_member,
    "accounts.invitations.invite": lambda: {
        "partnership": here(), "email": "new@x.test", "post": "New", "role": "clerk"},
    "accounts.invitations.withdraw": lambda: {"invitation": invitation()},
    "accounts.invitations.send_again": lambda: {"invitation": invitation()},
    "meetings.actions.ask": lambda: of_page(text="Why?"),
    "meetings.actions.assign": lambda: {"question": question(), "owner": "Police", "due": None},
    "meetings.actions.answer": lambda: {"question": question(), "text": "So."},
    "meetings.actions.escalate": lambda: of_page(reason="No money."),
    "meetings.actions.move_escalation": lambda: {
        "escalation": escalation(), "standing": Standing.DECIDED, "outcome": "Paid."},
    "meetings.actions.sign_off": lambda: {"snapshot": Snapshot.objects.get()},
    "publication.actions.publish": lambda: {"snapshot": Snapshot.objects.get()},
    "publication.actions.correct": lambda: {"snapshot": Snapshot.objects.get(), "reason": "Wrong."},
    "publication.actions.withdraw": lambda: {"publication": waiting()},
    "publication.tokens.make_token": lambda: {
        "partnership": here(), "name": "export", "sources": ["police"],
        "ends": timezone.now() + timedelta(days=9)},
    "publication.tokens.revoke_token": lambda: {"token": token(person("data_provider"))},
    "snapshots.actions.request_snapshot": lambda: {
        "partnership": here(), "month": Month.of(2016, 9)},
    "submissions.actions.submit": lambda: for_source(kept=uploads.keep("a.csv", [b"a"])),
    "submissions.actions.withdraw": lambda: {"submission": submission()},
    "submissions.actions.explain": lambda: {"submission": submission(), "reason": "So."},
    "submissions.actions.check_again": lambda: {"submission": submission()},
    "submissions.actions.accept": lambda: {"submission": submission()},
    "submissions.actions.give_back": lambda: {"submission": submission(), "message": "Why?"},
    "submissions.agreements.review_agreement": lambda: for_source(
        on=date(2016, 9, 1), next_review=date(2017, 9, 1)),
    "submissions.mappings.forget_mapping": for_source,
    "submissions.intake.take_in": lambda: for_source(name="a.csv", chunks=[b"a"]),
    "writing.actions.save_words": lambda: {
        "place": Place(here(), Month.of(2016, 9), "tno"), "opened": "", "text": "Said."},
    "writing.actions.change_definitions": changed,
}  # fmt: skip
"""What each action is called with, about Harrowmere and its police."""

NARROWER = {
    "publication.actions.withdraw": {Task.PUBLISH},  # of what is no correction
    "writing.actions.change_definitions": {Task.OVERRIDE},  # of a rating
    "publication.tokens.revoke_token": {Task.MANAGE_PARTNERSHIP},  # of somebody else's
}
"""Where an action of several tasks asks for one of them, for what it is called with here."""


def lets(name: str, by: Person, **other: object) -> bool:
    """Whether an action lets somebody; what it says of its subject after that is no matter.

    Nothing of it stays. (A savepoint of our own: words are kept by the outermost transaction.)
    """
    before = transaction.savepoint()
    try:
        ACTIONS[name](by=by, **{**GIVEN[name](), **other})
    except PermissionDenied:
        return False
    except UserError:
        return True
    finally:
        transaction.savepoint_rollback(before)
    return True


@pytest.mark.parametrize("name", RULED)
def test_a_role_does_what_its_tasks_allow_and_nothing_else(name: str, snapshot: Snapshot) -> None:
    wanted = NARROWER.get(name) or set(_permission(name).tasks)
    may = {role for role, each in ROLES.items() if each.may & wanted}
    if name == "publication.tokens.revoke_token":
        may.add("data_provider")  # whose token it is
    assert {role for role in ROLES if lets(name, person(role))} == may


@pytest.mark.parametrize("name", RULED)
def test_a_role_of_another_partnership_does_nothing(name: str, snapshot: Snapshot) -> None:
    assert [role for role in ROLES if lets(name, person(role, "elsewhere"))] == []
    assert not lets(name, person()), "who has no role"


OF_SOURCES = sorted(
    name for name in RULED
    if Task.SUBMIT in _permission(name).tasks and name != "publication.tokens.revoke_token"
)  # fmt: skip


@pytest.mark.parametrize("name", OF_SOURCES)
def test_a_provider_of_another_source_does_nothing(name: str) -> None:
    other = person("data_provider", sources=("fire",))
    assert not lets(name, other)


def test_a_token_is_for_no_source_that_its_maker_does_not_send_in() -> None:
    make = "publication.tokens.make_token"
    assert not lets(make, person("data_provider"), sources=["police", "fire"])
    assert not lets(make, person("data_provider"), sources=[])
    assert not Token.objects.exists()


def test_a_file_corrects_none_of_another_source() -> None:
    given = {"corrects": submission("fire")}
    assert not lets("submissions.actions.submit", person("data_provider"), **given)


def test_a_correction_is_withdrawn_by_who_corrects_and_the_first_by_who_publishes(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_corrects = replace(ROLES["clerk"], may=frozenset({Task.CORRECT}))
    monkeypatch.setattr("callover.web.accounts.models.ROLES", {"clerk": only_corrects})
    name = "publication.actions.withdraw"
    assert not lets(name, person("clerk"))
    monkeypatch.setitem(GIVEN, name, lambda: {"publication": waiting(correction=1)})
    assert lets(name, person("clerk"))


@pytest.mark.parametrize("kind", [Kind.OVERRIDE, Kind.WITHDRAW, Kind.TARGET])
def test_ratings_and_targets_are_decided_by_who_may_decide_each(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "settle_change", lambda number: number)
    wanted = Task.OVERRIDE if kind in (Kind.OVERRIDE, Kind.WITHDRAW) else Task.SET_TARGETS
    name = "writing.actions.change_definitions"
    may = {role for role in ROLES if lets(name, person(role), kind=kind)}
    assert may == set(roles_with(wanted))


@pytest.mark.parametrize("name", ["unlock", "take_second_step"])
def test_an_account_of_another_partnership_is_left_alone(name: str) -> None:
    stranger = person("chair", "elsewhere")
    assert not lets(f"accounts.actions.{name}", person("administrator"), person=stranger)


def test_the_set_is_changed_by_who_may_in_every_partnership_that_uses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "settle_change", lambda number: number)
    name, analyst = "writing.actions.change_definitions", person("analyst")
    assert not lets(name, analyst, kind=Kind.ADD)
    for each in Partnership.objects.exclude(pk="harrowmere"):
        Membership.objects.create(person=analyst, partnership=each, role="analyst")
    assert lets(name, analyst, kind=Kind.ADD)


def test_who_does_it_may_be_nobody_only_where_the_command_line_does_it() -> None:
    console = {name for name in RULED if _permission(name).console}
    assert console == {
        "accounts.actions.end_person", "accounts.actions.end_role", "accounts.actions.give_role",
        "accounts.invitations.invite", "snapshots.actions.request_snapshot",
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        accounts.unlock(by=None, person=person("chair"), partnership=here())


def test_everything_that_is_called_here_is_everything_there_is() -> None:
    assert set(GIVEN) == set(RULED)
    assert {intake.take_in, submissions.submit, writing.save_words, tokens.make_token,
            publication.publish, request_snapshot} <= set(ACTIONS.values())  # fmt: skip
