"""One indicator's words of a month as a file: read, written whole, its front matter changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from callover.catalogue.edit import changed_text
from callover.domain.errors import Fault, FaultsFound
from callover.domain.periods import Month
from callover.report.commentary import front_and_body
from callover.report.front_matter import Action

QUARTER = 3


def commentary_path(workspace: Path, partnership: str, month: Month, indicator: str) -> Path:
    """Where the words lie; ``partnership`` and ``indicator`` are ids that exist."""
    return workspace / "commentary" / partnership / str(month) / f"{indicator}.md"


def read_words(workspace: Path, partnership: str, month: Month, indicator: str) -> str:
    """The whole file, empty where there is none; raises FaultsFound where it is no UTF-8 text."""
    path = commentary_path(workspace, partnership, month, indicator)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        fault = Fault(str(path), None, "", "", "is not UTF-8 text.", "Save it as UTF-8.")
        raise FaultsFound(f"{path} cannot be read.", [fault]) from error


def write_words(workspace: Path, partnership: str, month: Month, indicator: str, text: str) -> None:
    """Write the file beside its place and move it there: a reader sees the old or the new words.

    Whoever writes has the turn; what one that was killed left beside is written over.
    """
    path = commentary_path(workspace, partnership, month, indicator)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-new")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def earlier_month(workspace: Path, partnership: str, month: Month, indicator: str) -> Month | None:
    """The month of last quarter's words: three months before, else the latest that has any."""
    root = workspace / "commentary" / partnership
    found = sorted(
        path.parent.name for path in root.glob(f"????-??/{indicator}.md")
        if path.parent.name < str(month)
    )  # fmt: skip
    if not found:
        return None
    quarter = str(month - QUARTER)
    return Month.parse(quarter if quarter in found else found[-1])


def latest_month(workspace: Path, partnership: str) -> Month | None:
    """The newest month that has a folder of words."""
    found = sorted(each.name for each in (workspace / "commentary" / partnership).glob("????-??"))
    return Month.parse(found[-1]) if found else None


def with_body(text: str, body: str, ask: str, updated: date) -> str:
    """The file with another body and ask, looked at on ``updated``; the rest of its front matter
    stays with its comments."""

    def change(front: CommentedMap) -> None:
        front["updated"] = updated
        front.pop("ask", None)
        if ask:
            front["ask"] = ask

    return _changed(text, change, body)


def with_actions(text: str, actions: Sequence[Action]) -> str:
    """The file with other actions."""

    def change(front: CommentedMap) -> None:
        front.pop("actions", None)
        if actions:
            front["actions"] = [_entry(action) for action in actions]

    return _changed(text, change)


def carried_over(text: str, origin: Month) -> str:
    """An earlier month's file, marked as carried from it."""

    def change(front: CommentedMap) -> None:
        front["carried_from"] = str(origin)

    return _changed(text, change)


def _changed(text: str, change: Callable[[CommentedMap], None], body: str | None = None) -> str:
    front, kept = front_and_body(text)
    made = changed_text(front, change)
    return f"---\n{made}---\n{(kept if body is None else body).strip()}\n"


def _entry(action: Action) -> CommentedMap:
    entry = CommentedMap(action=action.action, owner=action.owner)
    if action.due is not None:
        entry["due"] = action.due
    entry["status"] = action.status
    return entry
