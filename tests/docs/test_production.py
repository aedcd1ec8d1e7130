"""The production guide says what the program asks its environment for."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")
ASKED = re.compile(r"CALLOVER_[A-Z_]+")


def test_every_variable_stands_in_the_guide_and_none_besides() -> None:
    folders = [ROOT / "src" / "callover" / name for name in ("web", "cli", "jobs")]
    code = "".join(path.read_text() for each in folders for path in each.rglob("*.py"))
    assert set(ASKED.findall(GUIDE)) == set(ASKED.findall(code))


def test_the_units_run_commands_that_exist() -> None:
    from callover.cli.lazy import COMMANDS

    units = "".join(path.read_text() for path in (ROOT / "deploy").glob("*.service"))
    ran = re.findall(r"/opt/callover/bin/callover ([\w-]+)", units + GUIDE)
    assert {"serve", "worker", "backup"} <= set(ran) <= set(COMMANDS)
