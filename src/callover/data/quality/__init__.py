"""What contradicts itself in the values of one source: found, said and stored, never corrected.

Columns are compared whole and only what contradicts becomes a sentence: no number of rows is too
many to be checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from callover.data.copied import Years, copied_parts
from callover.data.quality.steps import denominators, jumps
from callover.data.quality.totals import parts, ratios, sums
from callover.data.quality.values import of, plain, values_at
from callover.domain.errors import Finding
from callover.domain.indicators import Series
from callover.domain.periods import Period, PeriodKind

CHECKS = (sums, parts, ratios, jumps, denominators)


def contradictions(source: str, table: pa.Table, series: Mapping[str, Series]) -> list[Finding]:
    """Every check over one source's current values (text keys, ``contracts.OBSERVATIONS``)."""
    values = plain(table)
    found = [finding for check in CHECKS for finding in check(source, values, series)]
    found += copied_parts(source, _yearly(values), series)
    return sorted(found, key=lambda f: (f.series, f.area, f.period, f.rule))


def _yearly(values: pa.Table) -> Years:
    """The totals of financial years, by series and area."""
    years = of(values, kind=[PeriodKind.FINANCIAL_YEAR.value])
    found: dict[tuple[str, str], dict[Period, float]] = defaultdict(dict)
    for each in values_at(years, np.arange(years.num_rows)):
        found[each.series, each.area][each.period] = each.value
    return found


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that an earlier file had already given."""
    return list(dict.fromkeys(findings))
