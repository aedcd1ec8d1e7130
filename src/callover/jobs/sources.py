"""The register of sources, with what each of them gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from callover.domain.indicators import SourceDefinition
from callover.jobs.status import source_states
from callover.jobs.workspace import Workspace


@dataclass(frozen=True)
class RegisterEntry:
    """A source, how often it comes, and what it gave."""

    definition: SourceDefinition
    rhythm: str
    given: str


def register(
    workspace: Workspace, area: str = "", as_known_at: datetime | None = None
) -> tuple[RegisterEntry, ...]:
    """Every source of the partnership's set, in the order of the register."""
    partnership = workspace.partnership(area)
    catalogue = workspace.catalogue_of(partnership)
    moment = as_known_at or datetime.now(UTC)
    states = {
        state.source: state
        for state in source_states(workspace, catalogue, partnership, None, moment)
    }
    entries = []
    for name, source in catalogue.sources.items():
        state = states.get(name)
        given = "nothing received"
        if state is not None and state.imports:
            latest = f", latest {state.latest.name}" if state.latest else ""
            given = f"{state.imports} file{'' if state.imports == 1 else 's'} received{latest}"
        entries.append(RegisterEntry(source, _rhythm(source), given))
    return tuple(entries)


def _rhythm(source: SourceDefinition) -> str:
    every = {"month": "every month", "quarter": "every quarter", "year": "every year"}
    said = every.get(source.frequency, "once")
    if source.lag_months:
        said += f", {source.lag_months} month{'' if source.lag_months == 1 else 's'} later"
    return said
