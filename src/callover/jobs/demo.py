"""The example workspace: both partnerships, their files as they became known, their packs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

from callover.data.contracts import OBSERVATIONS
from callover.data.reader import Progress, no_progress
from callover.data.store import ImportRecord
from callover.data.tables import areas, links
from callover.domain.areas import AreaKind
from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.generate import write_deliveries
from callover.examples.invented.outlines import invented_boundaries, invented_wards
from callover.examples.invented.wards import WARDS
from callover.jobs.add import add_file
from callover.jobs.boundaries import keep_boundaries
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.pack_audit import OwnAudit
from callover.jobs.pack_folder import pack_folder
from callover.jobs.workspace import SETTINGS, Workspace, init_workspace

MONTH = Month.of(2016, 9)
KNOWN = datetime(2016, 11, 20, tzinfo=UTC)
"""When the printed figures are taken as known: the date of the example's commentary."""

_MADE = "Made by callover demo: safe to delete. It made these imports:"
_ELSEWHERE = "Name a new folder: callover demo DIR"


@dataclass(frozen=True)
class Demo:
    """What was built: a folder for each pack, by the name of its partnership."""

    folder: Path
    packs: tuple[tuple[str, Path], ...]


def build_demo(folder: Path, progress: Progress = no_progress) -> Demo:
    """Build the example workspace in an empty or new ``folder``; raises UserError elsewhere."""
    workspace = example_workspace(folder, progress)
    packs = []
    for place, area in enumerate(("E09000002", truths.AREA)):
        progress("Building packs", 0.5 + place / 4)
        out = pack_folder(workspace, area, MONTH)
        build_pack(workspace, PackRequest(MONTH, out, area=area, audit=OwnAudit(MONTH.last_day)))
        packs.append((workspace.partnership(area).name, out))
    return Demo(folder, tuple(packs))


def example_workspace(folder: Path, progress: Progress = no_progress) -> Workspace:
    """Both examples, stored; as ``build_demo``, without the packs."""
    if (folder / SETTINGS).exists():
        shutil.rmtree(_checked_demo(folder))
    elif folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty.", _ELSEWHERE)
    init_workspace(folder, "london", "E09000002")
    (folder / "demo").write_text(f"{_MADE}\n", encoding="utf-8")
    with as_file(files("callover.examples")) as examples:
        _copy_settings(folder, examples)
        workspace = Workspace.open(folder)
        progress("Barking and Dagenham", 0.05)
        for path in sorted((examples / "barking_and_dagenham" / "data").glob("*.csv")):
            add_file(workspace, path, path.stem, KNOWN)
    for boundaries in (invented_boundaries(), invented_wards()):
        keep_boundaries(folder, boundaries)
    _add_invented(workspace, progress)
    imports = "".join(f"{_told(record)}\n" for record in workspace.store.imports)
    (folder / "demo").write_text(f"{_MADE}\n{imports}", encoding="utf-8")
    return workspace


def _told(record: ImportRecord) -> str:
    """An import as the demo's own file lists it: by its content, not by when it was stored."""
    return f"{record.sha256} {record.source} {record.file}"


def _checked_demo(folder: Path) -> Path:
    """The folder, if it was made by this command; anybody's own workspace is never removed."""
    if not (folder / "demo").is_file():
        raise UserError(f"{folder} is a workspace of your own.", _ELSEWHERE)
    made = set((folder / "demo").read_text(encoding="utf-8").splitlines()[1:])
    if not made:  # it was stopped before it was done
        return folder
    added = [r.file for r in Workspace.open(folder).store.imports if _told(r) not in made]
    if added:
        raise UserError(
            f"Files were added to the demo in {folder}, which would be lost: {', '.join(added)}.",
            f"{_ELSEWHERE} Or delete this one yourself.",
        )
    return folder


def _copy_settings(folder: Path, examples: Path) -> None:
    for name, partnership in (
        ("barking_and_dagenham", "barking-and-dagenham"), ("invented", "exampleford"),
    ):  # fmt: skip
        target = folder / "partnerships" / f"{partnership}.yaml"
        shutil.copyfile(examples / name / "partnership.yaml", target)
        words = folder / "commentary" / partnership
        _copy_words(examples / name / "commentary", words)
    shutil.copyfile(
        examples / "invented" / "definitions.yaml", folder / "definitions" / "invented.yaml"
    )


def _copy_words(source: Path, target: Path) -> None:
    """The analyst's files: those of earlier months lie in a folder each, the others are MONTH's."""
    for path in sorted(p for p in source.rglob("*") if p.suffix in (".md", ".yaml")):
        month = path.parent.name if path.parent != source else str(MONTH)
        (target / month).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / month / path.name)


def _add_invented(workspace: Workspace, progress: Progress) -> None:
    """The invented agencies' files, each known from the day it was delivered."""
    _name_places(workspace)
    written = write_deliveries(workspace.path / "data" / "received")
    latest = {source: path for source, _, path in written}
    for place, (source, known_from, path) in enumerate(written):
        progress("Exampleford (invented)", 0.1 + 0.4 * place / len(written))
        last = path == latest[source]  # forecasts of the years before are not worth their seconds
        add_file(workspace, path, source, known_from, forecast=last)


def _name_places(workspace: Workspace) -> None:
    """Names for the invented codes, which no public lookup holds, and where the wards lie."""
    named = [(code, name, AreaKind.DISTRICT) for code, name, _, _ in truths.DISTRICTS]
    named += [(code, name, AreaKind.WARD) for code, name, _, _ in WARDS]
    inside = links((code, truths.AREA) for code, *_ in WARDS)
    known = KNOWN.replace(month=7)
    record = ImportRecord(
        "ons_population", "districts", "", 0, known.isoformat(), known.isoformat()
    )
    workspace.store.commit(OBSERVATIONS.empty_table(), record, known, areas(named), inside)
