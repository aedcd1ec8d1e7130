"""The Barking and Dagenham example as a workspace and as a finished pack, for tests."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import callover
from callover.domain.periods import Month
from callover.jobs.add import add_file
from callover.jobs.demo import example_workspace as build_demo_workspace
from callover.jobs.pack import Built, PackRequest, build_pack
from callover.jobs.pack_folder import FORMATS
from callover.jobs.workspace import Workspace, init_workspace

EXAMPLE = Path(callover.__file__).parent / "examples" / "barking_and_dagenham"
SEPTEMBER = Month.of(2016, 9)
KNOWN = datetime(2016, 11, 20, tzinfo=UTC)


SHARED: list[Path] = []
"""Where this test run builds each workspace once (``conftest.shared_workspaces``)."""

WAIT_S = 300


def example_workspace(folder: Path) -> Workspace:
    """The example's files added to a new workspace in ``folder``: a copy of the one built once."""
    return _copied("example", _build_example, folder)


def demo_workspace(folder: Path) -> Workspace:
    """Both example partnerships, as ``callover demo`` stores them; a copy of the one built once."""
    return _copied("demo", build_demo_workspace, folder)


def _copied(name: str, build: Callable[[Path], object], folder: Path) -> Workspace:
    """A copy of the shared workspace, built by whichever test process comes first."""
    if not SHARED:
        build(folder)
        return Workspace.open(folder)
    built, lock = SHARED[0] / name, SHARED[0] / f"{name}.lock"
    SHARED[0].mkdir(parents=True, exist_ok=True)
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        _wait_for(built)
    else:
        beside = SHARED[0] / f"{name}.part"
        build(beside)
        beside.rename(built)
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return Workspace.open(folder)


def _wait_for(built: Path) -> None:
    ends = time.monotonic() + WAIT_S
    while not built.exists():
        if time.monotonic() > ends:
            raise TimeoutError(f"{built} was not built by the other test process")
        time.sleep(0.1)


def _build_example(folder: Path) -> Workspace:
    init_workspace(folder, "london", "E09000002")
    shutil.copy(EXAMPLE / "partnership.yaml", folder / "partnerships" / "barking-and-dagenham.yaml")
    words = folder / "commentary" / "barking-and-dagenham" / str(SEPTEMBER)
    shutil.copytree(EXAMPLE / "commentary", words)
    workspace = Workspace.open(folder)
    for path in sorted((EXAMPLE / "data").glob("*.csv")):
        add_file(workspace, path, path.stem, KNOWN)
    return workspace


def example_pack(workspace: Workspace, out: Path, formats: tuple[str, ...] = FORMATS) -> Built:
    """The pack of September 2016."""
    return build_pack(workspace, PackRequest(SEPTEMBER, out, formats=formats))
