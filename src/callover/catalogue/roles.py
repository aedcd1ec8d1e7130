"""The roles of the site, read from their definitions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from callover.catalogue.entries import Entry, Ledger
from callover.catalogue.files import SHIPPED, compose
from callover.domain.errors import FaultsFound
from callover.domain.roles import Role, Task

ROLES = SHIPPED / "roles" / "roles.yaml"
"""The roles that come with the package."""


def read_roles(path: Path = ROLES) -> Mapping[str, Role]:
    """The roles of a file by id, in its order; raises FaultsFound with every fault at its line."""
    ledger = Ledger()
    root = compose(path.read_bytes(), "/".join(path.parts[-2:]), ledger)
    roles = (Entry(root, ledger).build(_roles) or {}) if root is not None else {}
    if ledger.faults:
        raise FaultsFound(f"{path.name} cannot be used.", ledger.faults)
    return MappingProxyType(roles)


def _roles(file: Entry) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for entry in file.entries("roles", needed=True):
        role = entry.build(_role)
        if role is not None and role.id in roles:
            entry.fault("id", role.id, "This role stands twice.", "Keep one.")
        elif role is not None:
            roles[role.id] = role
    return roles


def _role(entry: Entry) -> Role:
    tasks = {task.value: task for task in Task}
    named = entry.texts("may", needed=True)
    for name in named:
        if name not in tasks:
            entry.fault("may", name, "No task is called so.", f"One of: {', '.join(tasks)}.")
    return Role(
        entry.text("id"), entry.text("name"), entry.text("description"),
        frozenset(tasks[name] for name in named if name in tasks), entry.flag("of_sources"),
    )  # fmt: skip
