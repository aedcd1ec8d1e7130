"""How the workspace stands: what came, what is late, what contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from callover.analysis.measured import closure
from callover.data.coverage import Coverage, coverage
from callover.data.quality import distinct
from callover.data.store import ImportRecord, Store
from callover.domain.errors import Finding, UnknownName
from callover.domain.indicators import Catalogue, Partnership, SourceDefinition
from callover.domain.periods import Month
from callover.domain.states import State
from callover.jobs.workspace import Workspace

_VALUED = pa.array([state.value for state in State if state.has_value])


@dataclass(frozen=True)
class SourceStatus:
    """One source: what it gave, until when, what it owes."""

    source: str
    title: str
    owner: str
    latest: Month | None
    received: datetime | None
    coverage: Coverage
    imports: int
    findings: int
    without_value: int  # rows that say why there is no value
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> str:
        """One line for people."""
        if self.imports == 0:
            return "nothing received"
        said = []
        if self.coverage.is_late and self.coverage.expected and self.coverage.due:
            said.append(f"late: {self.coverage.expected.name} was due on {_day(self.coverage.due)}")
        else:
            due = self.coverage.next_due
            said.append("up to date" + (f", next due on {_day(due)}" if due else ""))
        if self.without_value:
            said.append(f"{self.without_value:,} without a value")
        if self.findings:
            said.append(f"{self.findings:,} finding{'' if self.findings == 1 else 's'}")
        return ", ".join(said)


@dataclass(frozen=True)
class WorkspaceStatus:
    """All sources of a partnership's set, and the findings, worst first."""

    sources: tuple[SourceStatus, ...]
    findings: tuple[Finding, ...]
    imports: tuple[ImportRecord, ...]
    missing: tuple[tuple[str, str], ...] = ()  # indicators without a figure, and who gives them


def status(
    workspace: Workspace, area: str = "", as_known_at: datetime | None = None
) -> WorkspaceStatus:
    """Due, late, missing and findings, now or as known at a moment."""
    partnership = workspace.partnership(area)
    catalogue = workspace.catalogue_of(partnership)
    moment = as_known_at or datetime.now(UTC)
    states = source_states(workspace, catalogue, partnership, None, moment)
    imports = tuple(_known_imports(workspace.store, moment))
    findings = distinct(workspace.store.findings(moment))
    own = tuple(f for f in findings if f.area in ("", partnership.area))
    missing = tuple(_missing(workspace.store, catalogue, partnership, moment))
    return WorkspaceStatus(states, own, imports, missing)


def of_source(
    workspace: Workspace, source: str, as_known_at: datetime | None = None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """All findings and rows kept aside of one source, in every area.

    Raises UnknownName for a source that gave nothing and stands in no register.
    """
    moment = as_known_at or datetime.now(UTC)
    store = workspace.store
    known = {record.source for record in store.imports}
    known |= {name for each in workspace.sets() for name in workspace.catalogue(each).sources}
    if source not in known:
        raise UnknownName("source", source, sorted(known))
    findings = distinct(f for f in store.findings(moment) if f.source == source)
    records = (record for record in _known_imports(store, moment) if record.source == source)
    return tuple(findings), tuple(text for record in records for text in record.rejects)


def _missing(
    store: Store, catalogue: Catalogue, partnership: Partnership, moment: datetime
) -> Iterable[tuple[str, str]]:
    """Indicators of which no source ever gave a figure for the area, and who would give it."""
    names = {partnership.area, f"name:{partnership.short_name}"}
    table = store.observations(as_known_at=moment, areas=names)
    held = set(pc.unique(table.filter(pc.is_in(table["state"], _VALUED))["series"]).to_pylist())
    for indicator in catalogue.indicators.values():
        retired = indicator.valid_to and indicator.valid_to < Month.containing(moment.date())
        if retired or closure([indicator.series], catalogue.series) & held:
            continue
        sources = dict.fromkeys((*indicator.change_sources, *indicator.rate_sources))
        owners = [catalogue.sources[name].title for name in sources if name in catalogue.sources]
        yield indicator.title, " or ".join(owners)


def source_states(
    workspace: Workspace,
    catalogue: Catalogue,
    partnership: Partnership,
    month: Month | None,
    moment: datetime,
    day: date | None = None,
) -> tuple[SourceStatus, ...]:
    """Every source of the set that feeds an indicator, or gave something.

    ``month`` limits what counts as latest to what a report for that month can use; what is due is
    due on ``day``, or at the moment itself.
    """
    used = {
        name
        for indicator in catalogue.indicators.values()
        for name in (*indicator.change_sources, *indicator.rate_sources)
    }
    used |= {table.source for table in catalogue.tables.values()}
    used |= {table.source for table in catalogue.count_tables.values()}
    store = workspace.store
    records: dict[str, list[ImportRecord]] = defaultdict(list)
    for record in _known_imports(store, moment):
        records[record.source].append(record)
    findings: dict[str, int] = defaultdict(int)
    for finding in distinct(store.findings(moment)):
        findings[finding.source] += finding.area in ("", partnership.area)
    given = store.observations(as_known_at=moment, sources=list(records), last_month=month)
    return tuple(
        _state(given, source, partnership, records[name], findings[name], day or moment.date())
        for name, source in catalogue.sources.items()
        if name in used or records[name]
    )


def _known_imports(store: Store, moment: datetime) -> Iterable[ImportRecord]:
    return (r for r in store.imports if datetime.fromisoformat(r.known_from) <= moment)


def _state(
    given: pa.Table,
    source: SourceDefinition,
    partnership: Partnership,
    records: list[ImportRecord],
    findings: int,
    day: date,
) -> SourceStatus:
    latest, empty = _latest(given, source.id, partnership.area)
    received = max((datetime.fromisoformat(r.known_from) for r in records), default=None)
    left_out: dict[str, int] = defaultdict(int)
    for record in records:
        for reason, count in record.left_out.items():
            left_out[reason] += count
    return SourceStatus(
        source=source.id,
        title=source.title,
        owner=source.owner,
        latest=latest,
        received=received,
        coverage=coverage(source, latest, day),
        imports=len(records),
        findings=findings,
        without_value=empty,
        left_out=tuple(sorted(left_out.items())),
    )


def _latest(given: pa.Table, source: str, area: str) -> tuple[Month | None, int]:
    """The last month with a value for the area (any area where it has none), and how many rows
    say that there is no value."""
    table = given.filter(pc.equal(given["source"], source))
    own = table.filter(pc.equal(table["area"], area))
    table = own if own.num_rows else table
    valued = table.filter(pc.is_in(table["state"], _VALUED))
    empty = table.num_rows - valued.num_rows
    if not valued.num_rows:
        return None, empty
    return Month.containing(pc.max(valued["end"]).as_py()), empty


def _day(day: date) -> str:
    return f"{day.day} {Month.containing(day).name}"
