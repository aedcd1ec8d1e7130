"""Signals of one partnership's indicators in a month, ranked, as records and as sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from callover.analysis.exceptions import Exceptions, Judged, exceptions_of
from callover.analysis.signalled import SignalledFigures
from callover.analysis.stored import held_from
from callover.domain.errors import UnknownName
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month
from callover.jobs.hints import newest_known
from callover.jobs.workspace import Workspace
from callover.report.signal_words import why


@dataclass(frozen=True)
class SignalsRequest:
    """Which signals; empty ``indicators``: all that are valid in the month."""

    month: Month
    area: str = ""
    indicators: tuple[str, ...] = ()
    as_known_at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """The judged indicators with the definitions that name them."""

    exceptions: Exceptions
    catalogue: Catalogue
    name: str  # of the partnership


def signals(workspace: Workspace, request: SignalsRequest) -> Found:
    """Every indicator's signal beside its rating. Raises UnknownName, UserError for no data."""
    newest_known(workspace)
    partnership = workspace.partnership(request.area)
    catalogue = workspace.catalogue_of(partnership)
    for name in request.indicators:
        if name not in catalogue.indicators:
            raise UnknownName("indicator", name, tuple(catalogue.indicators))
    held = held_from(workspace.store, catalogue, request.as_known_at, areas=[partnership.area])
    month, known = request.month, catalogue.indicators
    asked = request.indicators or [n for n, each in known.items() if each.valid_in(month)]
    service = SignalledFigures(held, partnership)
    ranked = exceptions_of(service, [known[name] for name in asked], partnership.area, month)
    return Found(ranked, catalogue, partnership.name)


def record(each: Judged, title: str) -> dict[str, Any]:
    """A signal as a record; field names as in ``docs/command-line.md``."""
    signal, chart, year = each.signal, each.signal.chart, each.signal.year
    ends = chart.limits if chart else None
    return {
        "indicator": signal.indicator,
        "title": title,
        "area": signal.area,
        "month": str(signal.month),
        "source": signal.source or None,
        "rating": each.rating.value,
        "standing": each.standing.value,
        "variation": signal.variation.value if signal.variation else None,
        "assurance": signal.assurance.value if signal.assurance else None,
        "rule": signal.special.value if chart else None,
        "chart": chart.choice.kind.value if chart else None,
        "chart_reason": chart.choice.why if chart else None,
        "months": len(chart.values) if chart else None,
        "value": float(chart.values[-1]) if chart else None,
        "expected": float(ends.centre[-1]) if ends else None,
        "lower": float(ends.lower[-1]) if ends else None,
        "upper": float(ends.upper[-1]) if ends else None,
        "year_change": year.value if year else None,
        "year_change_lower": year.lower if year else None,
        "year_change_upper": _finite(year.upper) if year else None,
        "year_change_is": ("ratio" if year.none == 1 else "difference of shares") if year else None,
        "year_change_clear": year.clear if year else None,
        "p": signal.p,
        "kept": each.kept,
        "disagreement": each.disagreement.value if each.disagreement else None,
        "why": why(signal),
    }


def _finite(value: float) -> float | None:
    return value if value != float("inf") else None


def as_json(found: Found) -> str:
    """One object: the expected number of false alarms and the signals, strongest first."""
    titles = found.catalogue.indicators
    content = {
        "expected_false_alarms": round(found.exceptions.expected_alarms, 3),
        "signals": [
            record(each, titles[each.signal.indicator].title) for each in found.exceptions.judged
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
