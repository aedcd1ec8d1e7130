"""What a person may do, and what each view asks for; the gate refuses all else.

A view says who may use it by one of ``public``, ``signed_in`` and ``needs``; a view that says
nothing is refused to everybody (``accounts.middleware.Gate``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied

from callover.domain.roles import Membership as RoleHeld
from callover.domain.roles import Task, above, may, needs_second_step
from callover.web.accounts.models import Membership, Partnership, Person

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who may use a view: everybody, who signed in, or who holds one of ``tasks``.

    ``second_step``: whether who lacks the second step that their roles need sets it up first.
    """

    tasks: tuple[Task, ...] = ()
    signed_in: bool = True
    second_step: bool = True


def public(view: View) -> View:
    """Everybody may use ``view``."""
    return _ruled(view, Rule(signed_in=False))


def signed_in(view: View) -> View:
    """Whoever signed in may use ``view``; it shows a person only what is theirs."""
    return _ruled(view, Rule())


def own_account(view: View) -> View:
    """As ``signed_in``, for pages of one's own account, which open without a second step too."""
    return _ruled(view, Rule(second_step=False))


def needs(*tasks: Task) -> Callable[[View], View]:
    """Who holds one of ``tasks`` in the partnership that the address names may use the view.

    An address that names a ``source`` too is held against the sources of the membership.
    """

    def ruled(view: View) -> View:
        return _ruled(view, Rule(tasks))

    return ruled


def _ruled(view: View, rule: Rule) -> View:
    vars(view)["access"] = rule  # read by the gate
    return view


class Access:
    """What one person may do; their memberships are read once."""

    def __init__(self, person: Person | None) -> None:
        self.person = person
        self._tasks: dict[str, frozenset[Task]] = {}

    @cached_property
    def held(self) -> tuple[RoleHeld, ...]:
        """The memberships that hold now."""
        if self.person is None or not self.person.is_active:
            return ()
        mine = Membership.objects.filter(person=self.person, ended__isnull=True)
        return tuple(each.held for each in mine)

    @cached_property
    def needs_second_step(self) -> bool:
        """Whether a password alone will not do for what the person may do."""
        return needs_second_step(self.held)

    @cached_property
    def partnerships(self) -> dict[str, Partnership]:
        """Every partnership by id: few, and read once."""
        return {each.id: each for each in Partnership.objects.filter(active=True)}

    @cached_property
    def _over(self) -> dict[str, str]:
        found = self.partnerships
        return {p.id: p.over_id for p in found.values() if p.over_id and p.over_id in found}

    def may(self, task: Task, partnership: str, source: str = "") -> bool:
        """Whether the person may do a task in a partnership, for a source where one is named."""
        return may(self.held, task, partnership, self._over, source)

    def may_any(self, tasks: Iterable[Task], partnership: str, source: str = "") -> bool:
        """Whether one of ``tasks`` is allowed, of a source-bound role for ``source`` or, where
        none is named, for any of its sources."""
        if not source:
            return not self.tasks(partnership).isdisjoint(tasks)
        return any(self.may(task, partnership, source) for task in tasks)

    def sources(self, partnership: str) -> tuple[str, ...]:
        """The sources that the person acts for."""
        held = (each.sources for each in self.held_in(partnership))
        return tuple(sorted(frozenset[str]().union(*held)))

    def tasks(self, partnership: str) -> frozenset[Task]:
        """Everything that the person may do in a partnership, for whichever source."""
        if partnership not in self._tasks:
            held = (each.role.may for each in self.held_in(partnership))
            self._tasks[partnership] = frozenset[Task]().union(*held)
        return self._tasks[partnership]

    def held_in(self, partnership: str) -> tuple[RoleHeld, ...]:
        """The memberships in a partnership or one over it."""
        line = above(partnership, self._over)
        return tuple(each for each in self.held if each.partnership in line)

    def where(self, *tasks: Task) -> tuple[Partnership, ...]:
        """The partnerships in which one of ``tasks`` is allowed, or any where none is named."""
        asked = tasks or tuple(Task)
        return tuple(p for p in self.partnerships.values() if self.may_any(asked, p.id))


def check_may(by: Person, task: Task, partnership: str) -> None:
    """Raise PermissionDenied for who may not do a task there: actions ask, whoever calls them."""
    if not Access(by).may(task, partnership):
        raise PermissionDenied
