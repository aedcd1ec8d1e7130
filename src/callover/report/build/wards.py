"""Tables by ward, made of the figures that an edition may show."""

from __future__ import annotations

from dataclasses import dataclass

from callover.analysis import measures
from callover.analysis.counts import scalar
from callover.analysis.wards import ByWard
from callover.domain.disclosure import WITHHELD
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Indicator
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report import words
from callover.report.build.context import FigureService
from callover.report.wards import Said, WardRow, WardTable

ASKED = ("rolling12", "rolling12_previous", "rolling12_change", "rolling12_change_pct", "rate")
"""What is asked of every ward."""

_NONE = Said(None, words.missing(State.NOT_APPLICABLE))


@dataclass(frozen=True)
class WardWriter:
    """Writes the tables of one month from one edition's figures."""

    service: FigureService
    catalogue: Catalogue
    month: Month
    names: dict[str, str]  # of wards, by code

    def ask(self, asked: ByWard) -> list[dict[str, Figure]]:
        """What is asked of each ward, by measure."""
        return [
            {
                measure: self.service.figure(
                    asked.indicator, measure, ward, self.month, source=asked.source
                )
                for measure in ASKED
            }
            for ward in asked.wards
        ]

    def table(self, asked: ByWard) -> WardTable:
        """An indicator's table, its wards by name."""
        indicator = self.catalogue.indicators[asked.indicator]
        found = self.ask(asked)
        rated = any(each["rate"].known for each in found)
        return WardTable(
            indicator=asked.indicator,
            series=asked.series,
            title=indicator.title,
            unit=self.catalogue.series[asked.series].unit.value,
            months=f"12 months to {self.month.name}",
            source=asked.source,
            source_title=self.catalogue.sources[asked.source].title,
            rate_unit=_rate_unit(self.catalogue, indicator) if rated else "",
            rows=tuple(
                self._row(ward, figures, asked.total, indicator)
                for ward, figures in zip(asked.wards, found, strict=True)
            ),
            total=_total(asked),
        )

    def _row(
        self, ward: str, found: dict[str, Figure], total: float | None, indicator: Indicator
    ) -> WardRow:
        now = found["rolling12"]
        decimals = indicator.rate.decimals if indicator.rate else 1
        return WardRow(
            ward,
            self.names.get(ward, ward),
            _said(now),
            _share(now, total),
            _said(found["rate"], decimals),
            _said(found["rolling12_previous"]),
            _change(found["rolling12_change"], found["rolling12_change_pct"].value),
            now.state.value,
        )


def _rate_unit(catalogue: Catalogue, indicator: Indicator) -> str:
    per = indicator.rate.per if indicator.rate else 1_000
    return words.per_words(per, words.rate_of(catalogue, indicator))


def _said(figure: Figure, decimals: int = 0) -> Said:
    if figure.value is None:
        return _why_none(figure)
    return Said(figure.value, words.number(figure.value, decimals))


def _why_none(figure: Figure) -> Said:
    """One word for whatever is withheld: which of the counts are small is not for the public."""
    withheld = words.is_withheld(figure)
    return Said(None, WITHHELD if withheld else words.missing(figure.state))


def _share(now: Figure, total: float | None) -> Said:
    """A ward's part of all wards together."""
    if now.value is None:
        return _why_none(now)
    value = None if not total else scalar(measures.share, now.value, total)
    return _NONE if value is None else Said(value, words.percent(value, 1))


def _change(change: Figure, change_pct: float | None) -> Said:
    if change.value is None:
        return _why_none(change)
    return Said(change.value, words.difference(change.value, change_pct))


def _total(asked: ByWard) -> WardRow:
    """All wards together; one that is not known leaves the sum unknown."""
    now, before = asked.total, asked.total_before
    change = pct = None
    if now is not None and before is not None:
        change = scalar(measures.change, now, before)
        pct = scalar(measures.change_pct, now, before)
    state = State.DERIVED if now is not None else State.NOT_SUPPLIED
    return WardRow(
        "",
        "All wards",
        _number(now),
        Said(100.0, words.percent(100, 1)) if now else _NONE,
        Said(None, ""),
        _number(before),
        _NONE if change is None else Said(change, words.difference(change, pct)),
        state.value,
    )


def _number(value: float | None) -> Said:
    if value is None:
        return Said(None, words.missing(State.NOT_SUPPLIED))
    return Said(value, words.number(value))
