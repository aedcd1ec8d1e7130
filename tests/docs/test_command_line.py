"""The command line's page says what the program offers: commands, options, measures, exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from callover.analysis.vocabulary import MEASURES, STABLE
from callover.cli.lazy import COMMANDS, LazyGroup
from callover.domain.errors import UserError
from callover.jobs.add import FindingsFound
from callover.jobs.figures import FIELDS

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
WITHOUT_WORKSPACE = ("demo", "init")


def offered() -> dict[str, dict[str, bool]]:
    """Every command with its options, and whether each is required."""
    group: Any = LazyGroup(name="callover")
    found: dict[str, dict[str, bool]] = {}
    for name in COMMANDS:
        command = group.get_command(None, name)
        below = getattr(command, "commands", {})
        inner = {f"{name} {each}": one for each, one in below.items()} or {name: command}
        for words, one in inner.items():
            options = [p for p in one.params if p.param_type_name == "option"]
            found[words] = {option.opts[0]: option.required for option in options}
    return found


def documented() -> dict[str, dict[str, bool]]:
    """The same from the page's table."""
    found = {}
    for usage in re.findall(r"^\| `((?:[a-z]+ )?[a-z-]+\b.*?)` \|", PAGE, re.MULTILINE):
        words = re.match(r"((?:indicators|targets) \w+|[\w-]+)", usage)
        assert words is not None
        optional = set(re.findall(r"\[(--[\w-]+)", usage))
        found[words[1]] = {name: name not in optional for name in re.findall(r"--[\w-]+", usage)}
    return found


def test_every_command_stands_there_with_every_option() -> None:
    page = documented()
    for words, options in page.items():
        if words not in WITHOUT_WORKSPACE:
            options["--workspace"] = False
    assert page == offered()


def test_every_command_is_said_in_the_help() -> None:
    assert {words.split()[0] for words in documented()} == set(COMMANDS)


def test_the_fields_of_a_record_stand_there_in_order() -> None:
    said = re.search(r"a list of objects with `(.+?)`", PAGE, re.DOTALL)
    assert said is not None
    assert tuple(said[1].split()) == FIELDS


def test_every_measure_is_named() -> None:
    stable = re.search(r"never change their name: `(.+?)`", PAGE, re.DOTALL)
    others = re.search(r"The others: `(.+?)`", PAGE, re.DOTALL)
    assert stable is not None
    assert others is not None
    assert tuple(stable[1].split()) == STABLE
    assert set(others[1].split()) == set(MEASURES) - set(STABLE)


def test_every_error_has_a_documented_exit_code() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    kinds = [UserError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert FindingsFound in kinds, "the error of --strict is defined where its job is"
    assert {kind.exit_code for kind in kinds} | {0, 1, 130} == codes
