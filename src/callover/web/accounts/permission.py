"""What each action asks of who does it, whoever calls it: a page, the command line, a test.

An action says so by ``permitted`` or ``open_to_all``; a test finds every action and fails for one
that says nothing. A page's own rule (``accounts.access``) judges its address, this the object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied

from callover.domain.roles import Task
from callover.web.accounts.access import Access
from callover.web.accounts.models import Partnership, Person

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Permission:
    """One of ``tasks``, in the partnership and for the sources of the argument ``of``.

    Without tasks everybody may. ``console``: so may the command line, which is nobody (``by`` is
    None). ``any_source``: one source of several will do.
    """

    tasks: tuple[Task, ...] = ()
    of: str = ""
    console: bool = False
    any_source: bool = False

    def check(self, by: Person | None, given: Mapping[str, Any]) -> None:
        """Raise PermissionDenied for who may not."""
        if not self.tasks or (by is None and self.console):
            return
        access, (partnership, sources) = Access(by), _place(given[self.of], given)
        allowed = [any(access.may(task, partnership, each) for task in self.tasks)
                   for each in sources]  # fmt: skip
        if not (any(allowed) if self.any_source else all(allowed)):
            raise PermissionDenied


def permitted(
    *tasks: Task, of: str = "partnership", console: bool = False, any_source: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The action is for who holds one of ``tasks`` where ``of`` lies; it raises PermissionDenied
    for all others, before anything is read or locked."""
    return _declared(Permission(tasks, of, console, any_source))


def open_to_all(action: Callable[P, R]) -> Callable[P, R]:
    """The action is for everybody: what it does is bound by a signed link, or asks for nothing."""
    return _declared(Permission())(action)


def _declared(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def declared(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def asked(*args: P.args, **given: P.kwargs) -> R:
            by = given.get("by")
            permission.check(by if isinstance(by, Person) else None, given)
            return action(*args, **given)

        vars(asked)["permission"] = permission
        return asked

    return declared


def _place(about: Any, given: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The partnership of an object, and its sources or those given beside a partnership; one
    without a name where it is about none."""
    if not isinstance(about, Partnership):
        given = {name: getattr(about, name, None) for name in ("source", "sources")}
        about = about.partnership
    one, several = given.get("source"), given.get("sources")
    return about.pk, [one] if one else [*(several or ("",))]
