"""Every line of the page on security names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| (\d[\d., ]+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_line_names_a_test_that_is_there() -> None:
    assert len(LINES) > 60
    for numbers, _, tests in LINES:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", tests)
        assert named, numbers
        for file, name in named:
            assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), name


def test_every_chapter_has_its_lines_and_no_requirement_two() -> None:
    numbers = [each for line in LINES for each in line[0].split(", ")]
    assert all(re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", each) for each in numbers)
    assert {int(each.split(".")[0]) for each in numbers} == set(range(1, 15))
    assert len(numbers) == len(set(numbers))


def test_settings_that_it_names_are_read() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/callover/web/config").glob("*.py")
    )
    named = set(re.findall(r"CALLOVER_\w+", PAGE))
    assert named
    assert [each for each in named if f'"{each}"' not in source] == []
