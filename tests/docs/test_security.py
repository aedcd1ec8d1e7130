"""The page on security: each requirement stands there once, each test that it names is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
CHECKLIST = PAGE[PAGE.index("## OWASP ASVS") :]
PARTS = {part.splitlines()[0]: part for part in CHECKLIST.split("\n### ")[1:]}
SHOWN = "\n".join(part for name, part in PARTS.items() if re.match(r"V\d", name))

OF_LEVELS_1_AND_2 = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4 5", "1.5": "1-4", "1.6": "1-4", "1.7": "1-2",
    "1.8": "1-2", "1.9": "1-2", "1.10": "1", "1.11": "1-2", "1.12": "2", "1.14": "1-6",
    "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-6", "2.5": "1-7", "2.6": "1-3",
    "2.7": "1-6", "2.8": "1-7", "2.9": "1-3", "2.10": "1-4",
    "3.1": "1", "3.2": "1-4", "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1",
    "4.1": "1-3 5", "4.2": "1-2", "4.3": "1-3",
    "5.1": "1-5", "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4",
    "6.1": "1-3", "6.2": "1-6", "6.3": "1-2", "6.4": "1-2",
    "7.1": "1-4", "7.2": "1-2", "7.3": "1 3 4", "7.4": "1-3",
    "8.1": "1-4", "8.2": "1-3", "8.3": "1-8",
    "9.1": "1-3", "9.2": "1-4",
    "10.2": "1-2", "10.3": "1-3",
    "11.1": "1-8",
    "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1-2", "12.5": "1-2", "12.6": "1",
    "13.1": "1 3-5", "13.2": "1-3 5-6", "13.3": "1-2", "13.4": "1-2",
    "14.1": "1-4", "14.2": "1-6", "14.3": "2-3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip
"""The requirements of OWASP ASVS 4.0.3 at levels 1 and 2, by section; those left out of a section
were struck from the standard or are of level 3."""


def required() -> set[str]:
    found = set()
    for section, ranges in OF_LEVELS_1_AND_2.items():
        for each in ranges.split():
            first, _, last = each.partition("-")
            found |= {f"{section}.{n}" for n in range(int(first), int(last or first) + 1)}
    return found


def rows(text: str) -> list[list[str]]:
    """The cells of every row of a table that begins with the number of a requirement."""
    found = re.findall(r"^\| (\d[^|]*) \| (.+) \|$", text, re.MULTILINE)
    return [[numbers, *rest.split(" | ")] for numbers, rest in found]


def test_every_requirement_of_levels_1_and_2_stands_here_once() -> None:
    numbers = [each for row in rows(CHECKLIST) for each in row[0].split(", ")]
    assert [each for each, times in Counter(numbers).items() if times > 1] == []
    assert sorted(set(numbers) - required()) == [], "of no such level, or of no such number"
    assert sorted(required() - set(numbers)) == []


def test_a_requirement_stands_in_its_chapter() -> None:
    for name, part in PARTS.items():
        if chapter := re.match(r"V(\d+)", name):
            numbers = [each for row in rows(part) for each in row[0].split(", ")]
            assert numbers
            assert {each.split(".")[0] for each in numbers} == {chapter[1]}


def test_every_line_names_a_test_that_is_there() -> None:
    assert len(rows(SHOWN)) > 100
    for numbers, _, tests in rows(SHOWN):
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", tests)
        assert named, numbers
        for file, name in named:
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"\ndef {name}(" in text, (numbers, file, name)


def test_what_no_test_shows_says_why() -> None:
    others = [row for part in PARTS.values() if part not in SHOWN for row in rows(part)]
    assert others
    assert [row for row in others if len(row) != 2 or len(row[1]) < 20] == []


def test_the_counts_are_those_of_the_lists() -> None:
    told = {name: int(n) for name, n in re.findall(r"^\| ([^|]+) \| (\d+) \|$", CHECKLIST, re.M)}
    found = {
        name: sum(len(row[0].split(", ")) for row in rows(part))
        for name, part in PARTS.items() if part not in SHOWN
    }  # fmt: skip
    assert told == {"Shown by a test": len(required()) - sum(found.values()), **found}


def test_settings_that_it_names_are_read() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/callover/web/config").glob("*.py")
    )
    named = set(re.findall(r"CALLOVER_\w+", PAGE))
    assert named
    assert [each for each in named if f'"{each}"' not in source] == []
