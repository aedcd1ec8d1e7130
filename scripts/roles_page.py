"""Writes the guide's page on the roles from their definitions; run when a role or task has changed.

``python scripts/roles_page.py``: writes ``docs/roles.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from callover.catalogue.roles import read_roles
from callover.domain.roles import TOLD, WITHOUT_SECOND_STEP, Role, Task

PAGE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"

HEAD = "\n".join((
    "# Who may do what on the site",
    "",
    "These roles ship with Callover; a workspace lays its own `roles.yaml` in their place"
    " (the format stands in",
    "`src/callover/definitions/roles/roles.yaml`). The site shows the roles in force at"
    " `/members/PARTNERSHIP/roles/`. Who has no",
    "role reads what is published. A role in a county holds in its districts too.",
    "",
))  # fmt: skip

BETWEEN = """\
Who does more than see, ask and submit signs in with a second step: an app or a passkey.
"""


def page(roles: Sequence[Role]) -> str:
    """The page: the roles, then each task with who may do it."""
    described = [(each.name, _description(each), _yes(bool(each.may - WITHOUT_SECOND_STEP), "no"))
                 for each in roles]  # fmt: skip
    held = [(TOLD[task], *(_yes(task in each.may, "–") for each in roles)) for task in Task]
    tables = (
        _table(("role", "may", "second step"), described),
        _table(("may …", *(each.name for each in roles)), held),
    )
    return "\n".join((HEAD, tables[0], BETWEEN, tables[1].rstrip("\n"))) + "\n"


def _description(role: Role) -> str:
    only = " Only for the sources named in the membership." if role.of_sources else ""
    return f"{role.description}{only}"


def _yes(whether: bool, otherwise: str) -> str:
    return "yes" if whether else otherwise


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return text.replace(f"| {' | '.join(['---'] * len(head))} |", f"|{'---|' * len(head)}") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(list(read_roles().values())), encoding="utf-8")
