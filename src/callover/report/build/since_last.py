"""What changed since the last pack: new months, revisions, denominators, colours."""

from __future__ import annotations

from dataclasses import dataclass

from callover.analysis.changes import Changed, Seen, diff
from callover.domain.periods import Month
from callover.domain.units import Unit
from callover.report import words
from callover.report.blocks import Cell, Column, Paragraph, Row, Section, Table, text
from callover.report.build.context import PackContext

SINCE_LAST = "since-last"


@dataclass(frozen=True)
class ThisPack:
    """The pack being built as one side of a comparison."""

    ctx: PackContext

    @property
    def label(self) -> str:
        """How to name it in a sentence."""
        return f"the pack of {self.month.name}"

    @property
    def month(self) -> Month:
        """The month that it is about."""
        return self.ctx.month

    @property
    def area(self) -> str:
        """Code of the area that it is about."""
        return self.ctx.partnership.area

    def holds(self, indicator: str) -> bool:
        """Whether it is among those that the pack is built for."""
        return any(each.id == indicator for each in self.ctx.indicators)

    def seen(self, indicator: str, measure: str, month: Month, source: str = "") -> Seen | None:
        """As this pack may print it."""
        found = self.ctx.figure(indicator, measure, month, source=source)
        return None if found.value is None else Seen(found.value, found.source)

    def rating(self, indicator: str) -> str:
        """The colour that this pack shows."""
        return self.ctx.rating(self.ctx.catalogue.indicators[indicator]).shown.words


def since_last(ctx: PackContext) -> Section | None:
    """A row for each indicator that differs; None where no earlier pack was found."""
    if ctx.last is None:
        return None
    names = [indicator.id for indicator in ctx.indicators]
    found = diff(ctx.last, ThisPack(ctx), ctx.catalogue, names)
    differing = [each for each in found if each.differs and each.before and each.now]
    lead = (
        f"Compared with {ctx.last.label}. The twelve months moved on; what was published then may "
        "have been revised since, and a rate may have another denominator."
    )
    if not differing:
        nothing = Paragraph(text(f"Nothing differs from {ctx.last.label}."))
        return Section(SINCE_LAST, _TITLE, (nothing,), "appendix")
    table = _table(differing)
    return Section(SINCE_LAST, _TITLE, (Paragraph(text(lead)), table), "appendix")


_TITLE = "What changed since the last pack"


def _table(found: list[Changed]) -> Table:
    return Table(
        id=SINCE_LAST,
        caption="Twelve months then and now, and what made the change",
        columns=(
            Column("Indicator", width=3.4),
            Column("Then", numeric=True),
            Column("Now", numeric=True),
            Column("New months", numeric=True),
            Column("Dropped out", numeric=True),
            Column("Revised", numeric=True),
            Column("By denominator", numeric=True, width=1.5),
            Column("Rating", width=1.8),
        ),
        rows=tuple(_row(each) for each in found),
        notes=(
            text(
                "Now is then, and new months, less those that dropped out, and revisions. “sum” "
                "stands where the months are not known one by one or another source speaks now."
            ),
        ),
        sheet="Since the last pack",
    )


def _row(each: Changed) -> Row:
    split = each.moved
    parts = (split.came, -split.went, split.revised) if split else (None, None, None)
    return Row(
        (
            Cell(each.indicator.title, anchor=f"page-{_page(each)}"),
            _value(each.before, each.indicator.unit),
            _value(each.now, each.indicator.unit),
            *(_part(part) for part in parts),
            _rate(each),
            Cell(_colour(each)),
        )
    )


def _page(each: Changed) -> str:
    return each.indicator.shares_page_of or each.indicator.id


def _value(seen: Seen | None, unit: Unit) -> Cell:
    if seen is None:
        return Cell(words.EN_DASH)
    if unit is Unit.PERCENTAGE:
        return Cell(words.percent(seen.value, 1), value=seen.value)
    return Cell(words.number(seen.value), value=seen.value)


def _part(value: float | None) -> Cell:
    return Cell("sum") if value is None else Cell(words.signed(value), value=value)


def _rate(each: Changed) -> Cell:
    """How much of the change of the rate another denominator made."""
    if each.rate is None:
        return Cell(words.EN_DASH)
    return Cell(words.signed(each.rate.denominator, 2), value=each.rate.denominator)


def _colour(each: Changed) -> str:
    if each.rating_before == each.rating_now or not each.rating_before:
        return each.rating_now
    return f"{each.rating_before}, now {words.within(each.rating_now)}"
