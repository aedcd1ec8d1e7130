"""One piece of judging work, run and timed: ``-m bench.signals_work WAY [DEMO]``.

The table is made before the clock starts; so are the counts that the public pack gives away.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.cost import report
from callover.analysis import compare, measures
from callover.analysis.process.bulk import charts
from callover.analysis.suppress import choose
from callover.analysis.suppress.public import PublicFigures
from callover.analysis.suppress.publication import Publication
from callover.analysis.suppress.values import KnownValues
from callover.domain.peers import RankOrder
from callover.domain.periods import Month
from callover.jobs.editions import weigher
from callover.jobs.pack import PackRequest, pack_context
from callover.jobs.workspace import Workspace
from callover.report.build.assemble import assemble

AREAS, SERIES, MONTHS = 331, 120, 180
FIRST = Month.of(2001, 10)
EXAMPLE = "E09000002"

Work = Callable[[], object]


def _table() -> np.ndarray:
    """Counts, series × month × area: rare and frequent, with a season."""
    chance = np.random.default_rng(4)
    level = chance.gamma(1.2, 30, (SERIES, 1, AREAS))
    season = 1 + 0.15 * np.cos(2 * np.pi * np.arange(MONTHS) / 12)[:, None]
    return chance.poisson(level * season).astype(float)


def all_measures() -> Work:
    """Every count, its year before, change and per cent, rate and rank, as the cube makes them."""
    values = _table()
    people = np.full((MONTHS, AREAS), 200_000.0)

    def work() -> None:
        for of_series in values:
            potential = np.zeros((MONTHS + 1, AREAS))
            np.cumsum(of_series, axis=0, out=potential[1:])
            component = np.zeros(potential.shape, dtype=np.int32)
            counted = (
                measures.month(potential, component),
                measures.ytd(potential, component, FIRST),
                measures.rolling12(potential, component),
            )
            for now in counted:
                before = measures.previous(now)
                measures.change(now, before)
                measures.change_pct(now, before)
            rate = measures.rate(counted[2], people, 1000)
            compare.rank(rate, RankOrder.LOWEST_FIRST)

    return work


def signals() -> Work:
    """The chart of every series and area."""
    values = _table()
    flat = np.ascontiguousarray(values.transpose(0, 2, 1)).reshape(SERIES * AREAS, MONTHS)
    return lambda: charts(flat)


def suppression(demo: str) -> Work:
    """Building the relations of all that the full public pack gives away, and choosing."""
    workspace = Workspace.open(Path(demo))
    request = PackRequest(Month.of(2016, 9), Path(demo), EXAMPLE)
    partnership = workspace.partnership(EXAMPLE)
    catalogue = workspace.catalogue_of(partnership)
    ctx = pack_context(workspace, partnership, catalogue, request, lambda _what, _share: None)
    rules = {name: source.disclosure for name, source in catalogue.sources.items()}
    figures = ctx.service
    service = PublicFigures(figures, rules)  # type: ignore[arg-type]
    ctx.service = service
    assemble(ctx)
    counts = {**service.printed, **service.kept_back}
    months = KnownValues(figures).value
    weigh = weigher(catalogue)
    publication = Publication(counts, rules, catalogue.series, weigh=weigh, true_month=months)
    return lambda: choose(publication.problem())


WAYS = {"measures": all_measures, "signals": signals, "suppression": suppression}

if __name__ == "__main__":
    report(WAYS[sys.argv[1]](*sys.argv[2:]))
