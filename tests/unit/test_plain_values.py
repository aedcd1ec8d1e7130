"""Settings, mappings and front matter that are no plain YAML: told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue.plain import plain_values
from callover.domain.errors import FaultsFound, WorkspaceError
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.commentary import Commentary, parse_commentary


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        (b"a:\n  b: 1\n  b: 2\n", 3, "stands twice"),
        (b"a: 1\nday: 2016-02-30\n", 2, "2016-02-30"),
        (b"a: 1\nb: " + b"[" * 5000, 2, "deep"),
        (b"a: 1\nb: x\0y\n", 2, "YAML"),
        (b"a: 1\nb: x\x07y\n", 2, "YAML"),
        (b"a: 1\nb: \xff\n", 2, "YAML"),
        (b"a: 1\nb: !!python/name:os.system x\n", 2, "cannot be"),
        (b"? [a, b]\n: 1\n", 1, "no plain mapping"),
        (b"- a\n", 1, "Expected"),
        (b"just words\n", 1, "Expected"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(content: bytes, line: int, said: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        plain_values(content, "own.yaml")
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == ("own.yaml", line)
    assert said in str(fault)


def test_plain_values_are_read() -> None:
    found = plain_values(b"\xef\xbb\xbfa: 1\nb: [x, {c: 2}]\n", "own.yaml")
    assert found == {"a": 1, "b": ["x", {"c": 2}]}
    assert plain_values(b"# nothing yet\n", "own.yaml") == {}


def test_settings_that_say_a_key_twice_are_refused(tmp_path: Path) -> None:
    path = init_workspace(tmp_path / "w", "london", "E09000002").path
    with (path / "workspace.yaml").open("a") as settings:
        settings.write("set: street\n")
    with pytest.raises(WorkspaceError, match="line 5, column set: This key stands twice"):
        Workspace.open(path)


def front(text: str) -> Commentary:
    return parse_commentary("tno", text, "tno.md")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\nupdated: 2016-11-20\nWords.\n", 1, "never ends"),
        ("---", 1, "never ends"),
        ("---\nask: a\nask: b\n---\nWords.", 3, "stands twice"),
        ("---\nask: a\nupdated: 2016-02-30\n---\nWords.", 3, "2016-02-30"),
        ("---\nupdated: 2016-02-03 10:00:00\n---\nWords.", 2, "no date"),
        ("---\nactions: 5\n---\nWords.", 2, "no list"),
        ("---\nactions: hello\n---\nWords.", 2, "no list"),
        (
            "---\nactions:\n- {action: a, owner: b, due: 2017-01-31T10:00:00}\n---\nWords.",
            3,
            "no date",
        ),
    ],
)
def test_front_matter_at_fault_is_told(text: str, line: int, said: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        front(text)
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == ("tno.md", line)
    assert said in str(fault)


def test_front_matter_may_be_empty_and_words_may_hold_rules() -> None:
    assert front("---\n---\nWords.").body == "Words."
    assert front("---\nask: a\n---").ask == "a"
    assert front("---\nask: a\n---\nOne.\n\n---\n\nTwo.").body == "One.\n\n---\n\nTwo."
    assert front("Words.\n\n---\n\nMore.").body == "Words.\n\n---\n\nMore."
