"""The analyst's files of a month: commentary of each indicator, and the edited lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from callover.catalogue.entries import nearest
from callover.domain.errors import Fault, FaultsFound
from callover.domain.indicators import Catalogue, Partnership
from callover.domain.periods import Month
from callover.jobs.workspace import Workspace
from callover.report.commentary import Commentary, parse_commentary
from callover.report.selection import Selection, parse_selection


def _folder(workspace: Workspace, partnership: Partnership, month: Month) -> Path:
    return workspace.path / "commentary" / partnership.id / str(month)


def read_commentary(
    workspace: Workspace, partnership: Partnership, catalogue: Catalogue, month: Month
) -> tuple[dict[str, Commentary], dict[str, tuple[Commentary, ...]]]:
    """This month's commentary, and for carried files the words they were carried from.

    Raises FaultsFound with the faults of every file.
    """
    found: dict[str, Commentary] = {}
    before: dict[str, tuple[Commentary, ...]] = {}
    faults: list[Fault] = []
    for path in sorted(_folder(workspace, partnership, month).glob("*.md")):
        if path.stem not in catalogue.indicators:
            known = nearest(path.stem, catalogue.indicators)
            faults.append(Fault(str(path), None, "", path.stem, "is no indicator.", known))
            continue
        try:
            written = _parsed(path)
        except FaultsFound as error:
            faults.extend(error.faults)
            continue
        found[path.stem] = written
        before[path.stem] = tuple(origins(workspace, partnership, written, month))
    if faults:
        raise FaultsFound("The commentary has faults.", faults)
    return found, before


def origins(
    workspace: Workspace, partnership: Partnership, written: Commentary, month: Month
) -> Iterator[Commentary]:
    """The texts of earlier months that this one was carried from, newest first."""
    while written.carried_from is not None and written.carried_from < month:
        month = written.carried_from
        path = _folder(workspace, partnership, month) / f"{written.indicator}.md"
        if not path.is_file():
            return
        written = _parsed(path)
        yield written


def _parsed(path: Path) -> Commentary:
    return parse_commentary(path.stem, _text(path), str(path))


def _text(path: Path) -> str:
    """The text of a file, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(str(path), None, "", "", "is not UTF-8 text.", "Save it as UTF-8.")
        raise FaultsFound(f"{path} cannot be read.", [fault]) from error


def carry_over(workspace: Workspace, partnership: Partnership, month: Month) -> tuple[str, ...]:
    """Copy the latest earlier commentary of each indicator that has none this month."""
    root = workspace.path / "commentary" / partnership.id
    earlier = sorted((p for p in root.glob("????-??") if p.name < str(month)), reverse=True)
    target = _folder(workspace, partnership, month)
    carried: list[str] = []
    for folder in earlier:
        for path in sorted(folder.glob("*.md")):
            if (target / path.name).exists():
                continue
            target.mkdir(parents=True, exist_ok=True)
            (target / path.name).write_text(_marked(path, folder.name), encoding="utf-8")
            carried.append(path.stem)
    return tuple(carried)


def _marked(path: Path, origin: str) -> str:
    """The file's text with ``carried_from`` in its front matter."""
    content = _text(path)
    if not content.startswith("---\n"):
        return f"---\ncarried_from: {origin}\n---\n{content}"
    lines = [line for line in content.split("\n") if not line.startswith("carried_from:")]
    return "\n".join([lines[0], f"carried_from: {origin}", *lines[1:]])


def selection_path(workspace: Workspace, partnership: Partnership, month: Month) -> Path:
    """Where the month's changes of the three lists stand."""
    return _folder(workspace, partnership, month) / "selection.yaml"


def read_selection(
    workspace: Workspace, partnership: Partnership, catalogue: Catalogue, month: Month
) -> Selection:
    """The analyst's changes of the three lists, ``selection.yaml`` among the month's commentary."""
    path = selection_path(workspace, partnership, month)
    if not path.is_file():
        return {}
    return parse_selection(path.read_bytes(), str(path), catalogue.indicators)
