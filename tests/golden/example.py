"""The figures service over the example's files, read as ``add`` reads them, without a store."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pyarrow as pa

from callover.analysis.figures import Figures
from callover.analysis.held import held_of
from callover.catalogue.load import load_catalogue
from callover.catalogue.partnership import load_partnership
from callover.data.reader import ReadContext
from callover.data.sources.registry import reader_for
from callover.domain.indicators import Catalogue
from golden.recount_files import DATA

KNOWN = datetime(2016, 11, 20, tzinfo=UTC)


@cache
def example_figures() -> Figures:
    """Figures of the example partnership, everything known since one day."""
    partnership = load_partnership(DATA.parent / "partnership.yaml")
    catalogue = load_catalogue("london")
    return Figures(held_of(example_table(catalogue), catalogue), partnership)


def example_table(catalogue: Catalogue) -> pa.Table:
    """All files of the example as observations with their source."""
    return pa.concat_tables(_read(catalogue, name.stem) for name in sorted(DATA.glob("*.csv")))


def _read(catalogue: Catalogue, source: str) -> pa.Table:
    """One file, which has no faults."""
    path = DATA / f"{source}.csv"
    groups = {group.id: group.size for group in catalogue.peer_groups.values()}
    context = ReadContext(catalogue.sources[source], catalogue.series, peer_groups=groups)
    result = reader_for(path, source).read(path, context)
    assert result.faults == ()
    table = result.observations
    rows = table.num_rows
    known = pa.array([KNOWN] * rows, pa.timestamp("us", tz="UTC"))
    return table.append_column("source", pa.array([source] * rows)).append_column(
        "known_from", known
    )
