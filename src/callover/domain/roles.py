"""Who may do what in a partnership: tasks, roles that hold them, and memberships that give roles.

The public needs no membership: what is published is seen by everybody (SEC-02, SEC-09).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Task(StrEnum):
    """Something that a person does on the site; each is allowed or refused as a whole."""

    SEE = "see"
    SEE_RESTRICTED = "see_restricted"
    SUBMIT = "submit"
    CHECK = "check"
    WRITE = "write"
    OVERRIDE = "override"
    SET_TARGETS = "set_targets"
    ASK = "ask"
    ANSWER = "answer"
    ESCALATE = "escalate"
    SIGN_OFF = "sign_off"
    PUBLISH = "publish"
    CORRECT = "correct"
    FUND = "fund"
    EXPORT = "export"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_PARTNERSHIP = "manage_partnership"
    READ_LOG = "read_log"


WITHOUT_SECOND_STEP = frozenset({Task.SEE, Task.ASK, Task.SUBMIT})
"""Tasks for which a password alone will do; who may do any other needs a second step (SEC-09)."""


TOLD: Mapping[Task, str] = {
    Task.SEE: "see the dashboard and the pages of the partnership before they are published",
    Task.SEE_RESTRICTED: "see what is marked restricted",
    Task.SUBMIT: "send in the figures of the sources named in the membership",
    Task.CHECK: "accept figures that were sent in, or return them with a message",
    Task.WRITE: "write the commentary and the actions of an indicator",
    Task.OVERRIDE: "give an indicator another rating, with a reason",
    Task.SET_TARGETS: "set targets, and add or end indicators, from a date",
    Task.ASK: "ask for more on an indicator",
    Task.ANSWER: "answer a question",
    Task.ESCALATE: "send an issue up to the board",
    Task.SIGN_OFF: "sign off a month",
    Task.PUBLISH: "publish a pack",
    Task.CORRECT: "publish a correction",
    Task.FUND: "keep the register of funding",
    Task.EXPORT: "take the figures away as files before they are published",
    Task.MANAGE_PEOPLE: "invite people, give them roles and end them",
    Task.MANAGE_PARTNERSHIP: "change the settings of the partnership",
    Task.READ_LOG: "read who did what, and check that the log is whole",
}
"""Each task in words, as the pages and the guide tell it: "may ..."."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as its definition describes it. ``of_sources`` roles act for named sources only."""

    id: str
    name: str
    description: str
    may: frozenset[Task]
    of_sources: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that a person has in a partnership, for named sources where the role asks for them.

    Raises ValueError for sources of a role that acts for the whole, and for a role of sources
    without any.
    """

    partnership: str
    role: Role
    sources: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        if self.role.of_sources and not self.sources:
            raise ValueError(f"{self.role.name} needs the sources that it acts for")
        if self.sources and not self.role.of_sources:
            raise ValueError(f"{self.role.name} acts for the whole partnership, not for sources")


def needs_second_step(memberships: Iterable[Membership]) -> bool:
    """Whether memberships allow a task for which a password alone will not do."""
    return any(each.role.may - WITHOUT_SECOND_STEP for each in memberships)


Above = Mapping[str, str]
"""Of each partnership the one over it, such as the county of a district; none for the highest."""


def above(partnership: str, over: Above) -> tuple[str, ...]:
    """A partnership and those over it, the nearest first.

    Raises ValueError where one stands over itself.
    """
    line = [partnership]
    while line[-1] in over:
        if over[line[-1]] in line:
            raise ValueError(f"{over[line[-1]]} stands over itself")
        line.append(over[line[-1]])
    return tuple(line)


def may(
    memberships: Iterable[Membership], task: Task, partnership: str, over: Above,
    source: str = "",
) -> bool:  # fmt: skip
    """Whether memberships allow a task in a partnership: its own, or of one over it.

    A role of sources allows a task only for ``source``, one of its own.
    """
    line = above(partnership, over)
    return any(
        task in each.role.may and (not each.role.of_sources or source in each.sources)
        for each in memberships
        if each.partnership in line
    )
