"""Roles, memberships and what they allow, as issue and requirements (SEC-09, DAT-17) say."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue.roles import read_roles
from callover.domain.errors import FaultsFound
from callover.domain.roles import TOLD, Membership, Task, above, may

ROLES = read_roles()
OVER = {"harrowmere": "wealdshire", "exampleford": "wealdshire"}


def allows(role: str, task: Task, partnership: str = "harrowmere", source: str = "") -> bool:
    sources = frozenset(("police",)) if ROLES[role].of_sources else frozenset[str]()
    return may([Membership("harrowmere", ROLES[role], sources)], task, partnership, OVER, source)


def test_the_roles_are_those_of_the_issue() -> None:
    assert [role.name for role in ROLES.values()] == [
        "Administrator", "Analyst", "Data provider", "Clerk", "Chair", "Vice-chair",
        "Board member", "Sub-group lead", "Funding officer", "Restricted reader", "Auditor",
    ]  # fmt: skip


def test_every_task_is_told_and_somebody_holds_it() -> None:
    assert TOLD.keys() == set(Task)
    assert {task for role in ROLES.values() for task in role.may} == set(Task)


@pytest.mark.parametrize("task", Task)
def test_nobody_may_anything_without_a_membership(task: Task) -> None:
    assert not may([], task, "harrowmere", OVER)


def test_a_provider_sends_in_the_figures_of_named_sources_only() -> None:
    assert allows("data_provider", Task.SUBMIT, source="police")
    assert not allows("data_provider", Task.SUBMIT, source="fire")
    assert not allows("data_provider", Task.SUBMIT)
    assert not allows("data_provider", Task.SEE, source="police")


def test_an_auditor_changes_nothing() -> None:
    seeing = {Task.SEE, Task.SEE_RESTRICTED, Task.READ_LOG, Task.EXPORT}
    assert ROLES["auditor"].may == seeing


def test_restricted_papers_are_kept_from_board_members_and_administrators() -> None:
    for role in ("board_member", "administrator", "data_provider", "funding_officer"):
        assert not allows(role, Task.SEE_RESTRICTED, source="police")
    assert allows("restricted_reader", Task.SEE_RESTRICTED)


def test_who_signs_off_does_not_publish_and_who_publishes_does_not_sign_off() -> None:
    for role in ROLES.values():
        assert not {Task.SIGN_OFF, Task.PUBLISH} <= role.may


def test_a_membership_of_the_county_reaches_its_districts_and_no_other_way() -> None:
    county = [Membership("wealdshire", ROLES["analyst"])]
    district = [Membership("harrowmere", ROLES["analyst"])]
    assert may(county, Task.CHECK, "harrowmere", OVER)
    assert may(county, Task.CHECK, "wealdshire", OVER)
    assert not may(district, Task.CHECK, "wealdshire", OVER)
    assert not may(district, Task.CHECK, "exampleford", OVER)


def test_a_partnership_does_not_stand_over_itself() -> None:
    with pytest.raises(ValueError, match="stands over itself"):
        above("one", {"one": "two", "two": "one"})


def test_sources_belong_to_roles_of_sources() -> None:
    with pytest.raises(ValueError, match="needs the sources"):
        Membership("harrowmere", ROLES["data_provider"])
    with pytest.raises(ValueError, match="whole partnership"):
        Membership("harrowmere", ROLES["clerk"], frozenset(("police",)))


def test_faults_are_told_together_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(
        "roles:\n"
        "  - id: clerk\n    name: Clerk\n    description: Publishes.\n    may: [publsh]\n"
        "  - id: chair\n    name: Chair\n    may: [see]\n",
        encoding="utf-8",
    )
    with pytest.raises(FaultsFound) as found:
        read_roles(path)
    told = [(fault.line, fault.column, fault.text) for fault in found.value.faults]
    assert told == [(5, "may", "publsh"), (6, "description", "")]
