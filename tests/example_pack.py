"""The Barking and Dagenham example as a workspace and as a finished pack, for tests."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import callover
from callover.domain.periods import Month
from callover.jobs.add import add_file
from callover.jobs.pack import Built, PackRequest, build_pack
from callover.jobs.pack_folder import FORMATS
from callover.jobs.workspace import Workspace, init_workspace

EXAMPLE = Path(callover.__file__).parent / "examples" / "barking_and_dagenham"
SEPTEMBER = Month.of(2016, 9)
KNOWN = datetime(2016, 11, 20, tzinfo=UTC)


def example_workspace(folder: Path) -> Workspace:
    """The example's files added to a new workspace in ``folder``."""
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
