"""What stands in the navigation of a partnership, in order, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse

from callover.domain.roles import Task


@dataclass(frozen=True)
class Item:
    """A link of the navigation: its words, the address's name, the tasks of which one is needed,
    and the first words of the addresses below the partnership's that belong to it."""

    name: str
    address: str
    tasks: tuple[Task, ...] = ()
    parts: tuple[str, ...] = ()
    live: bool = False  # of no use without the running site, so left out of its static export


@dataclass(frozen=True)
class Link:
    """An item as one page shows it."""

    name: str
    href: str
    current: str  # as ``aria-current`` says it: the page, true of a page below, or nothing


INSIDE: tuple[Item, ...] = (
    Item("Dashboard", "dashboard", (Task.SEE,), ("snapshots",)),
    Item("Call-over", "callover", (Task.SEE,), ("callover", "sign")),
    Item("Questions", "questions", (Task.SEE,),
         ("questions", "ask", "escalate", "escalations")),
    Item("Due list", "due_list", (Task.SEE, Task.SUBMIT),
         ("completeness", "sharing", "mappings", "sources")),
    Item("Sent in", "sent", (Task.SUBMIT,)),
    Item("Check", "check_list", (Task.CHECK,)),
    Item("Writing", "choose_month", (Task.WRITE,), ("writing",)),
    Item("Targets", "set", (Task.SET_TARGETS,), ("set",)),
    Item("Snapshots", "snapshots", (Task.WRITE, Task.SIGN_OFF), ("building", "release")),
    Item("Publishing", "publications", (Task.PUBLISH, Task.CORRECT), ("publications",)),
    Item("People", "people", (Task.MANAGE_PEOPLE,), ("people", "roles")),
    Item("Tokens", "tokens", (Task.MANAGE_PARTNERSHIP, Task.SUBMIT)),
    Item("Log", "log", (Task.READ_LOG,), ("log",)),
)  # fmt: skip
"""For members, under /members/."""

PUBLIC: tuple[Item, ...] = (
    Item("Overview", "public_home"),
    Item("Packs", "packs"),
    Item("Search", "public_search", live=True),
    Item("Open data", "open_data"),
    Item("News by e-mail", "subscribe", live=True),
)
"""For everybody, under /areas/."""


def exporting(request: HttpRequest) -> bool:
    """Whether the page is written as a file of the static export: no request from outside can say
    so, for its headers have other names."""
    return bool(request.META.get("callover.exporting"))


def menu(
    request: HttpRequest, partnership: str, tasks: frozenset[Task], inside: bool
) -> list[Link]:
    """The links that the visitor may follow."""
    links = []
    for item in INSIDE if inside else PUBLIC:
        if (item.tasks and not tasks & set(item.tasks)) or (item.live and exporting(request)):
            continue
        href = reverse(item.address, args=[partnership])
        links.append(Link(item.name, href, _current(request.path, href, item)))
    exact = [each for each in links if each.current == "page"]
    return [replace(each, current="") if exact and each not in exact else each for each in links]


def _current(path: str, href: str, item: Item) -> str:
    """Whether a page is the item's own, or one of those that belong to it."""
    if path == href:
        return "page"
    below = path.removeprefix("/").split("/")[2:3]  # after the side of the site and the partnership
    return "true" if below and below[0] in item.parts else ""
