"""The sides of a comparison: a finished pack, a month, or a day of knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from callover.analysis.changes import Seen, View
from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.catalogue.load import load_catalogue
from callover.domain.errors import UserError
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.jobs.workspace import Workspace
from callover.report import words
from callover.report.pack_view import pack_view
from callover.report.packfile import read_pack


@dataclass(frozen=True)
class WorkspaceView:
    """The workspace's figures of a month as known at a moment."""

    label: str
    month: Month
    figures: Figures
    area: str

    def holds(self, indicator: str) -> bool:
        """Every indicator of the set."""
        return indicator in self.figures.catalogue.indicators

    def seen(self, indicator: str, measure: str, month: Month, source: str = "") -> Seen | None:
        """As computed."""
        found = self.figures.figure(indicator, measure, self.area, month, "", source)
        return None if found.value is None else Seen(found.value, found.source)

    def rating(self, indicator: str) -> str:
        """The colour, a signed override before the computed one."""
        return self.figures.rating(indicator, self.area, self.month).shown.words


def view_of(
    text: str, workspace: Workspace | None, area: str, month: Month | None, catalogue: Catalogue
) -> View:
    """A pack (its file or folder), a month (2016-06), or a day of knowledge (2016-11-20, then
    ``month`` says of which month). Raises UserError for anything else."""
    path = Path(text)
    if path.exists():
        return pack_view(read_pack(_pack_file(path)), catalogue)
    if workspace is None:
        raise UserError(f"{text} is no pack, and here is no workspace.", "Name two pack files.")
    day = _day(text)
    if day is not None:
        if month is None:
            what = f"{text} is a day: of which month are the figures to be compared?"
            raise UserError(what, "Add --month, as in --month 2016-09")
        known = datetime.combine(day, time.max, tzinfo=UTC)
        label = f"{month.name} as known on {words.day(day)}"
        return _of_workspace(workspace, area, month, known, label, catalogue)
    try:
        of_month = Month.parse(text)
    except ValueError as error:
        raise UserError(
            f"{text} is no pack, no month and no day.",
            "Name a pack file or its folder, a month (2016-06) or a day (2016-11-20).",
        ) from error
    return _of_workspace(workspace, area, of_month, None, of_month.name, catalogue)


def refuse_unlike_areas(before: View, now: View) -> None:
    """Raise UserError where the two sides are about different areas."""
    if before.area != now.area:
        raise UserError(
            f"The two are about different areas: {before.area} and {now.area}.",
            "Compare packs of one partnership; of a workspace, name it with --area.",
        )


def _of_workspace(
    workspace: Workspace, area: str, month: Month, known: datetime | None, label: str,
    catalogue: Catalogue,
) -> WorkspaceView:  # fmt: skip
    partnership = workspace.partnership(area)
    held = held_from(workspace.store, catalogue, known, areas=[partnership.area])
    return WorkspaceView(label, month, Figures(held, partnership), partnership.area)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def catalogue_for(
    path: Path, area: str, sides: Sequence[str]
) -> tuple[Workspace | None, Catalogue]:
    """The workspace with its definitions; without one, those of the set that the packs name.

    Raises the workspace's error where a side needs one, UserError where two packs name two sets.
    """
    packs = [Path(text) for text in sides if Path(text).exists()]
    if len(packs) < len(sides) or (path / "workspace.yaml").exists():
        workspace = Workspace.open(path)
        return workspace, workspace.catalogue_of(workspace.partnership(area))
    sets = {str(read_pack(_pack_file(pack)).facts.get("set", "")) for pack in packs}
    if len(sets) > 1:
        raise UserError(
            f"The packs use different indicator sets: {', '.join(sorted(sets))}.",
            "Compare packs of one set.",
        )
    return None, load_catalogue(sets.pop())


def _pack_file(path: Path) -> Path:
    return path / "callover-pack.json" if path.is_dir() else path
