"""What an indicator is: what it counts, which way is good, where its figures come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from callover.domain.agreements import Review
from callover.domain.breaks import PracticeBreak
from callover.domain.disclosure import USUAL_RULE, Rule
from callover.domain.peers import PeerGroup
from callover.domain.periods import FinancialYear, Month
from callover.domain.ratings import Direction, Rating, RatingOverride
from callover.domain.targets import Target
from callover.domain.units import Unit


class SeriesKind(StrEnum):
    """How a series gets its values."""

    COUNTED = "counted"  # observed counts that add over months
    SUM = "sum"  # the sum of its parts, per source
    RATIO = "ratio"  # numerator series over denominator series, as a percentage
    SNAPSHOT = "snapshot"  # the state on a day
    WINDOW = "window"  # a cohort or completion window: numerator, denominator, dates


@dataclass(frozen=True, slots=True)
class Series:
    """Something that is counted. ``parts`` for a sum, ``numerator``/``denominator`` for a ratio.

    ``overlapping`` says that the parts of a breakdown overlap (flags) and never add. ``contains``
    names series that are a part of it each, none of another; what else it holds nobody counts.
    """

    id: str
    title: str
    unit: Unit
    kind: SeriesKind = SeriesKind.COUNTED
    parts: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    overlapping: bool = False
    contains: tuple[str, ...] = ()
    note: str = ""


class RatingMeasure(StrEnum):
    """Which figure a rating looks at."""

    ROLLING12_CHANGE_PCT = "rolling12_change_pct"
    YTD_CHANGE_PCT = "ytd_change_pct"
    YTD = "ytd"  # the year to date (a ratio's is remade from its parts)
    ROLLING12 = "rolling12"
    LEVEL = "level"  # the latest snapshot, cohort or window


@dataclass(frozen=True, slots=True)
class RateBasis:
    """How a rate is made: per how many of which denominator."""

    denominator: str
    per: int
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class DirectionChange:
    """A direction in force from a month on, with reason and who decided."""

    from_month: Month
    direction: Direction
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ComponentTarget:
    """A target on a series behind an indicator: the starts or successes behind a success rate."""

    series: str
    target: Target
    title: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorTexts:
    """The words of an indicator's page."""

    definition: str
    how_it_works: str
    what_good_looks_like: str
    why_it_matters: str
    issues: str = ""
    lag_note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One page of the pack: an indicator, or a part of one (``part_of``).

    ``change_sources`` and ``rate_sources`` are in order of preference: the first that holds data
    speaks. ``breakdown`` lists series shown beneath the headline.
    """

    id: str
    number: int
    title: str
    group: str
    series: str
    unit: Unit
    count_basis: str
    direction: Direction
    rating_measure: RatingMeasure
    change_sources: tuple[str, ...]
    rate_sources: tuple[str, ...]
    texts: IndicatorTexts
    part_of: str = ""
    shares_page_of: str = ""  # shown on that indicator's page, has none of its own
    rate: RateBasis | None = None
    peer_groups: tuple[str, ...] = ()
    no_benchmark_reason: str = ""
    targets: tuple[Target, ...] = ()
    component_targets: tuple[ComponentTarget, ...] = ()
    strategic_groups: tuple[str, ...] = ()
    portfolio: str = ""
    forums: tuple[str, ...] = ()
    breakdown: tuple[str, ...] = ()
    breaks: tuple[PracticeBreak, ...] = ()
    direction_changes: tuple[DirectionChange, ...] = ()
    baseline_year: FinancialYear | None = None
    valid_from: Month | None = None
    valid_to: Month | None = None
    decimals: int = 0
    place: str = ""  # file and line of its definition

    def direction_in(self, month: Month) -> Direction:
        """The direction in force in ``month``."""
        past = [c for c in self.direction_changes if c.from_month <= month]
        return max(past, key=lambda c: c.from_month).direction if past else self.direction

    def valid_in(self, month: Month) -> bool:
        """Whether the indicator belongs to the set in ``month`` (``valid_to`` is its last)."""
        started = self.valid_from is None or self.valid_from <= month
        return started and (self.valid_to is None or month <= self.valid_to)

    def is_new(self, month: Month) -> bool:
        """Whether ``month`` is one of its first twelve: there is no year before to compare with."""
        return self.valid_from is not None and self.valid_from <= month < self.valid_from + 12


@dataclass(frozen=True, slots=True)
class OffenceType:
    """A node of the offence tree: a group (no parent), or a type within one."""

    series: str
    title: str
    parent: str = ""
    mopac7: bool = False


@dataclass(frozen=True, slots=True)
class DenominatorUse:
    """Which vintage of a denominator holds from which month on (until the next).

    ``vintage`` is a year (``2014``), a day (``2011-03-27``), ``year_before`` or ``latest``;
    ``otherwise`` one of the last two, for areas that hold no such vintage. The rules themselves
    are in ``domain.denominators``.
    """

    kind: str
    vintage: str
    from_month: Month
    indicators: tuple[str, ...] = ()  # empty: all that use the kind
    note: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table of measures: a series, which way is good, its target if it has one."""

    series: str
    title: str
    direction: Direction
    target: Target | None = None
    rolling: bool = False  # a percentage shown as published: its year to date cannot be remade
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """A table of measures that a partner reports as one, such as the fire brigade's."""

    id: str
    title: str
    source: str
    rows: tuple[TableRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by month that explain an indicator: a line each, and their sum as a series."""

    id: str
    title: str
    indicator: str
    source: str
    rows: tuple[str, ...]  # series
    total: str  # the sum of the rows
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceDefinition:
    """A register entry: who gives what, how often, how late, on which basis."""

    id: str
    title: str
    owner: str  # a post or a public body
    reader: str  # name of the reader in data/sources, or "template"
    frequency: str  # month, quarter, year, once
    lag_months: int = 0
    due_day: int | None = None  # day of the month after the lag
    series: tuple[str, ...] = ()
    year_ends: int = 3  # calendar month with which its years and quarters end
    licence: str = ""
    sharing_basis: str = ""
    review_date: date | None = None
    marking: str = "OFFICIAL"
    contact: str = ""
    note: str = ""
    disclosure: Rule = USUAL_RULE


@dataclass(frozen=True, slots=True)
class PrintedRating:
    """A colour that a published pack printed, kept to be compared with the computed one."""

    indicator: str
    month: Month
    rating: Rating
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rebase:
    """From a month on a process chart starts anew: what came before says nothing about it now."""

    indicator: str
    from_month: Month
    reason: str
    signed_by: str  # a post


@dataclass(frozen=True, slots=True)
class Leak:
    """A restricted figure that the public knows all the same: it can protect nothing any more."""

    indicator: str
    measure: str
    month: Month
    reason: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partnership in a workspace: its area, its indicator set, its names."""

    id: str
    area: str
    name: str
    short_name: str
    set_id: str
    within: str = ""  # the partnership over it, such as the county of a district
    force_name: str = ""
    colour: str = "#1d70b8"
    marking: str = "OFFICIAL-SENSITIVE"
    author_post: str = ""
    contact: str = ""
    licence: str = ""  # one of LICENCES; empty where the partnership names none
    overrides: tuple[tuple[str, Month, RatingOverride], ...] = ()
    printed_ratings: tuple[PrintedRating, ...] = ()
    peer_groups: tuple[tuple[str, str], ...] = ()  # group of the set, group used instead
    rebases: tuple[Rebase, ...] = ()
    leaked: tuple[Leak, ...] = ()
    unaffected: tuple[tuple[str, date], ...] = ()  # indicator, day of a break that was not here
    reviews: tuple[Review, ...] = ()  # of sharing agreements


@dataclass(frozen=True)
class Catalogue:
    """Everything the definitions say, checked. Mappings are by id."""

    set_id: str
    title: str
    groups: tuple[tuple[str, str], ...]  # id, title, in order
    strategic_groups: tuple[tuple[str, str], ...]
    indicators: dict[str, Indicator]
    series: dict[str, Series]
    offences: tuple[OffenceType, ...]
    peer_groups: dict[str, PeerGroup]
    sources: dict[str, SourceDefinition]
    denominator_uses: tuple[DenominatorUse, ...]
    terms: dict[str, str] = field(default_factory=dict)
    change_log: tuple[str, ...] = ()
    content_hash: str = ""
    headlines: dict[str, Indicator] = field(default_factory=dict)  # sums without number or page
    tables: dict[str, MeasureTable] = field(default_factory=dict)
    count_tables: dict[str, CountTable] = field(default_factory=dict)

    def pages(self, month: Month | None = None) -> tuple[Indicator, ...]:
        """Indicators with a page of their own, in order; only those valid in ``month`` if given."""
        return tuple(
            indicator
            for indicator in self.indicators.values()
            if not indicator.shares_page_of and (month is None or indicator.valid_in(month))
        )

    def added_in(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The indicators that a headline adds up; none for an indicator with a page."""
        if indicator.id not in self.headlines:
            return ()
        parts = self.series[indicator.series].parts
        return tuple(each for each in self.indicators.values() if each.series in parts)

    def sharing(self, page: str) -> tuple[Indicator, ...]:
        """The indicators shown on ``page`` beside the one that it belongs to."""
        return tuple(i for i in self.indicators.values() if i.shares_page_of == page)
