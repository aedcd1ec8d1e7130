"""Tables by ward for both editions.

The public one is chosen when the public pack is finished: what that shows of the district is known
to every reader and stays, what it withholds stays withheld, and of the wards as few counts are
withheld as protect the small ones, in the same problem and by the same audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from callover.analysis.figures import Figures
from callover.analysis.suppress import CannotProtect, Choice, choose, small
from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.public import PublicFigures
from callover.analysis.suppress.publication import Publication
from callover.analysis.suppress.values import KnownValues
from callover.analysis.wards import ByWard, by_ward
from callover.domain.disclosure import Rule
from callover.domain.errors import UserError
from callover.domain.indicators import Indicator
from callover.domain.periods import Month
from callover.jobs.editions import PublicPack, weigher
from callover.jobs.workspace import Workspace
from callover.report.build.context import FigureService, PackContext
from callover.report.build.wards import WardWriter
from callover.report.wards import WardFile, WardTable, read_wards, wards_name

Counts = Mapping[Count, float]


def restricted_wards(ctx: PackContext, figures: Figures) -> WardFile:
    """Every indicator that a source counts by ward, in full."""
    asked = _asked(ctx, figures, ctx.indicators)
    return _file(ctx, figures, ctx.service, "restricted", asked)


def public_wards(
    workspace: Workspace, ctx: PackContext, figures: Figures, made: PublicPack, folder: Path | None
) -> WardFile:
    """The tables that may be shown beside the public pack for ``folder``, small counts withheld.

    One whose district's count is small or withheld, or of which no choice protects the small
    counts, is left out.
    """
    rules = {name: source.disclosure for name, source in ctx.catalogue.sources.items()}
    asked = _asked(ctx, figures, ctx.indicators)
    asked = tuple(each for each in asked if _may_be_shown(each, ctx, rules, made))
    known = KnownValues(figures)
    earlier = earlier_wards(workspace, ctx.partnership.area, known, folder)
    while asked:
        publication = _publication(ctx, known, rules, made, asked, earlier)
        try:
            chosen = _chosen(publication)
        except CannotProtect as error:
            asked = _without(asked, error)
            continue
        withheld = frozenset(c for c in publication.counts if c.name in chosen.secondary)
        every = frozenset(publication.counts)  # none is called small: all say "withheld"
        shown = PublicFigures(figures, rules, withheld, unnamed=every)
        return _file(ctx, figures, shown, "public", asked)
    return WardFile(ctx.partnership.area, str(ctx.month), "public")


def _asked(
    ctx: PackContext, figures: Figures, indicators: Iterable[Indicator]
) -> tuple[ByWard, ...]:
    return by_ward(figures.held, indicators, ctx.partnership.area, ctx.month)


def _file(
    ctx: PackContext, figures: Figures, service: FigureService, edition: str,
    asked: Iterable[ByWard],
) -> WardFile:  # fmt: skip
    writer = WardWriter(service, ctx.catalogue, ctx.month, dict(figures.held.names))
    tables = tuple(writer.table(each) for each in asked)
    return WardFile(ctx.partnership.area, str(ctx.month), edition, tables)


def _may_be_shown(
    asked: ByWard, ctx: PackContext, rules: Mapping[str, Rule], made: PublicPack
) -> bool:
    """Whether the wards' sums are no small counts and the pack withholds none such: a table says
    what its wards make together."""
    rule, area = rules[asked.source], ctx.partnership.area
    for total in (asked.total, asked.total_before):
        if total is not None and small(total, rule.threshold, rule.zero_hidden):
            return False
    hidden = {*made.small, *made.secondary}
    of_it = (c for c in hidden if c.series == asked.series and c.area == area)
    return not any(c.measure == "rolling12" and c.month in _months(ctx.month) for c in of_it)


def _months(month: Month) -> tuple[Month, Month]:
    """The last months of this year's twelve and of the twelve before."""
    return month, month - 12


def _publication(
    ctx: PackContext, known: KnownValues, rules: Mapping[str, Rule], made: PublicPack,
    asked: Sequence[ByWard], earlier: Earlier,
) -> Publication:  # fmt: skip
    """The wards' counts beside all that the pack and earlier ward tables tell."""
    service = PublicFigures(known.figures, rules)
    writer = WardWriter(service, ctx.catalogue, ctx.month, {})
    for each in asked:
        writer.ask(each)
    counts = {**service.printed, **service.kept_back}
    hidden = {*made.small, *made.secondary}
    shown = {count: value for count, value in made.counts.items() if count not in hidden}
    kept = {count: value for count, value in made.counts.items() if count in hidden}
    kept |= {count: value for count, value in earlier.withheld.items() if count not in counts}
    area, totals = ctx.partnership.area, dict(_totals(asked, ctx, rules))
    return Publication(
        {**kept, **counts}, rules, ctx.catalogue.series, {**earlier.shown, **shown, **totals},
        weigh=weigher(ctx.catalogue), true_month=known.value, kept=frozenset(kept),
        inside={area: _all_wards(asked, earlier, area)},
    )  # fmt: skip


def _all_wards(asked: Iterable[ByWard], earlier: Earlier, area: str) -> tuple[str, ...]:
    """Every ward of the district that any table names."""
    now = [ward for each in asked for ward in each.wards]
    before = [count.area for count in (*earlier.shown, *earlier.withheld) if count.area != area]
    return tuple(dict.fromkeys([*now, *before]))


def _totals(
    asked: Iterable[ByWard], ctx: PackContext, rules: Mapping[str, Rule]
) -> Iterator[tuple[Count, float]]:
    """What the wards make together, which stands under each table."""
    for each in asked:
        for month, total in zip(_months(ctx.month), (each.total, each.total_before), strict=True):
            if total is not None and rules[each.source].threshold:
                area = ctx.partnership.area
                yield Count(each.source, each.series, area, "rolling12", month), total


def _chosen(publication: Publication) -> Choice:
    """What to withhold where every hidden count says "withheld" and no more."""
    problem = publication.problem()
    return choose(problem.without_names(range(len(problem.cells))))


def _without(asked: tuple[ByWard, ...], error: CannotProtect) -> tuple[ByWard, ...]:
    """Without the tables of which a count would come out; none where it is not theirs."""
    concerned = {name.split("|")[1] for name in error.cells}
    kept = tuple(each for each in asked if each.series not in concerned)
    return kept if len(kept) < len(asked) else ()


@dataclass(frozen=True)
class Earlier:
    """What other public editions say by ward: counts that they show, counts that they withhold,
    both with their values as known now."""

    shown: Counts
    withheld: Counts


def earlier_wards(
    workspace: Workspace, area: str, known: KnownValues, anew: Path | None
) -> Earlier:
    """What the ward files among the workspace's packs say; not the one that is built again."""
    shown: dict[Count, float] = {}
    withheld: dict[Count, float] = {}
    for held in _held(workspace, area, anew):
        for table in held.tables:
            for counts, are_shown in _columns(table, Month.parse(held.month)):
                values = {c: v for c in counts if (v := known.value(c)) is not None}
                for count, value in values.items():
                    (shown if are_shown[count] else withheld)[count] = value
                if values and len(values) == len(counts):
                    total = replace(next(iter(values)), area=area)
                    shown[total] = sum(values.values())
    return Earlier(shown, {c: value for c, value in withheld.items() if c not in shown})


def _held(workspace: Workspace, area: str, anew: Path | None) -> Iterator[WardFile]:
    for path in sorted((workspace.path / "packs").rglob(wards_name("public"))):
        if anew is not None and path.parent.resolve() == anew.resolve():
            continue
        with suppress(UserError):  # written by another version
            held = read_wards(path)
            if held.area == area:
                yield held


def _columns(
    table: WardTable, month: Month
) -> Iterator[tuple[tuple[Count, ...], Mapping[Count, bool]]]:
    """This year's twelve months and those before: the count of each ward, and which are shown."""
    for last, before in zip(_months(month), (False, True), strict=True):
        shown = {
            Count(table.source, table.series, row.code, "rolling12", last):
            (row.before if before else row.now).value is not None
            for row in table.rows
        }  # fmt: skip
        yield tuple(shown), shown
