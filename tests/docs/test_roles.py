"""The page of roles says what the roles are."""

from __future__ import annotations

import runpy
from pathlib import Path

from callover.catalogue.roles import ROLES, read_roles
from callover.domain.roles import TOLD, WITHOUT_SECOND_STEP, Task

PAGE = (Path(__file__).parents[2] / "docs" / "roles.md").read_text(encoding="utf-8")
SHIPPED = list(read_roles(ROLES).values())


def rows(start: str) -> list[list[str]]:
    """Cells of a table whose first row begins so."""
    table = PAGE[PAGE.index(start) :].split("\n\n")[0]
    return [[c.strip() for c in line.strip("|").split("|")] for line in table.splitlines()]


def test_the_page_is_as_the_script_writes_it() -> None:
    path = Path(__file__).parents[2] / "scripts" / "roles_page.py"
    page: str = runpy.run_path(str(path))["page"](SHIPPED)
    assert page == PAGE, "run: python scripts/roles_page.py"


def test_every_role_stands_there_with_its_second_step() -> None:
    told = rows("| role |")[2:]
    assert [row[0] for row in told] == [role.name for role in SHIPPED]
    for row, role in zip(told, SHIPPED, strict=True):
        assert row[1].startswith(role.description)
        assert row[2] == ("yes" if role.may - WITHOUT_SECOND_STEP else "no")


def test_every_task_stands_there_with_who_may_do_it() -> None:
    head, _, *told = rows("| may … |")
    assert head[1:] == [role.name for role in SHIPPED]
    assert [row[0] for row in told] == [TOLD[task] for task in Task]
    for row, task in zip(told, Task, strict=True):
        assert row[1:] == ["yes" if task in role.may else "–" for role in SHIPPED]
