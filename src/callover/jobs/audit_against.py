"""The workspace's figures for an audit: of one partnership, as known on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.audit.reading.names import key_of
from callover.audit.rules.held import HeldFigure
from callover.audit.subjects import bare
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.domain.units import Unit
from callover.jobs.hints import newest_known
from callover.jobs.workspace import Workspace
from callover.report import words


class WorkspaceHolding:
    """What ``workspace`` holds of a partnership's area; ``moment`` None is all that is known."""

    def __init__(
        self, workspace: Workspace, area: str = "", moment: datetime | None = None
    ) -> None:
        partnership = workspace.partnership(area)
        catalogue = workspace.catalogue_of(partnership)
        known_at = moment or newest_known(workspace)
        held = held_from(workspace.store, catalogue, known_at, areas=[partnership.area])
        self._figures = Figures(held, partnership)
        self._area = partnership.area
        self._ids = _by_key(catalogue)
        self.known_at = words.day(known_at.date())

    def figures(self, key: str, measure: str, month: Month) -> Sequence[HeldFigure]:
        """The figure under each source that has it; none where the indicator is not known."""
        name = self._ids.get(frozenset(key.split()))
        if name is None or not measure:
            return ()
        found = self._figures.figures(name, measure, self._area, month)
        return [
            HeldFigure(each.value, each.source, _is_percent(each.unit, measure))
            for each in found
            if each.value is not None
        ]


def _is_percent(unit: str, measure: str) -> bool:
    return unit == Unit.PERCENTAGE or measure.endswith("_pct")


def _by_key(catalogue: Catalogue) -> dict[frozenset[str], str]:
    """Indicator ids by the words of their titles; titles that two share are left out."""
    found: dict[frozenset[str], str] = {}
    twice: set[frozenset[str]] = set()
    for name, indicator in catalogue.indicators.items():
        words_of_title = frozenset(key_of(bare(indicator.title)).split())
        if words_of_title in found:
            twice.add(words_of_title)
        found[words_of_title] = name
    return {key: name for key, name in found.items() if key not in twice}
