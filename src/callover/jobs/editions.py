"""The public edition: the same pack, built from the same figures, with what is small withheld.

What to withhold is chosen from the counts that the built pack gives away, and the pack is built
again, until a pack gives nothing away that was not reckoned with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from callover.analysis.figures import Figures
from callover.analysis.lineage import Tracer
from callover.analysis.suppress import CannotProtect, Choice, choose, small
from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.choose import Key, Solved
from callover.analysis.suppress.public import PublicFigures
from callover.analysis.suppress.publication import Publication, in_words
from callover.analysis.suppress.values import KnownValues
from callover.domain.disclosure import Rule
from callover.domain.errors import Finding, UserError
from callover.domain.indicators import Catalogue
from callover.jobs.earlier_editions import already_public, last_pack
from callover.jobs.lineage import with_lineage
from callover.jobs.release import check_words
from callover.jobs.workspace import Workspace
from callover.report.build.assemble import assemble
from callover.report.build.context import PackContext
from callover.report.build.tokens import hidden_in
from callover.report.commentary import without_hidden
from callover.report.packfile import Pack

ROUNDS = 10
MARKING = "Public edition"

NOTHING: Mapping[Count, float] = {}

WEIGHTS = {"rolling12": 4.0, "ytd": 3.0, "month": 1.0, "level": 2.0}
"""What hiding a count costs: a year says more than a month."""
TOTAL_WEIGHT = 4.0
"""A sum of parts costs so many times more than a part."""


@dataclass(frozen=True)
class PublicPack:
    """A public pack and what was kept out of it."""

    pack: Pack
    ctx: PackContext
    small: tuple[Count, ...]
    secondary: tuple[Count, ...]
    called: tuple[Count, ...]  # the small ones that are printed as "fewer than 10"
    counts: Mapping[Count, float] = field(default_factory=dict)  # all that was reckoned with


def public_pack(
    workspace: Workspace, ctx: PackContext, figures: Figures, whole: bool, released_by: str,
    folder: Path | None = None,
) -> tuple[Pack, str, PublicPack]:  # fmt: skip
    """The finished public pack for ``folder``, what was withheld in a line for who builds it alone
    (how many counts are small would tell a reader which), and all that was reckoned with.

    Raises UserError where counts or words cannot be published.
    """
    rules = {name: source.disclosure for name, source in ctx.catalogue.sources.items()}
    known = already_public(workspace, ctx, figures, folder)
    area, month = ctx.partnership.area, ctx.month
    last = last_pack(workspace, area, month, ctx.catalogue, "public")
    shown = replace(for_the_public(ctx), last=last)
    made = public_edition(shown, figures, rules, whole, known.shown, known.called)
    hidden = {count.series for count in (*made.small, *made.secondary)}
    places = [area.name for area in workspace.store.areas.values()]
    concerned = check_words(ctx, hidden, places, released_by)
    pack = _traced(made, figures, rules)
    note = (
        f"Public edition: {len(made.small)} small counts are withheld, and {len(made.secondary)}"
        " others that would show one."
    )
    release = {"released_by": released_by, "concerns": concerned} if released_by else {}
    findings = tuple(f for f in pack.findings if f["series"] not in hidden)
    called_small = [count.name for count in made.called]
    facts = {**pack.facts, "release": release, "called_small": called_small}
    pack = replace(pack, findings=findings, facts=facts, warnings=(*pack.warnings, *known.warnings))
    return pack, note, made


def for_the_public(ctx: PackContext) -> PackContext:
    """The context without what concerns the partnership's own work, and other indicators' words:
    a token of those would bring in figures that nobody reckoned with."""
    partnership = replace(ctx.partnership, marking=MARKING, printed_ratings=())
    reported = {indicator.id for indicator in ctx.indicators}
    words = {name: each for name, each in ctx.commentary.items() if name in reported}
    sources = [replace(source, state=source.bare) for source in ctx.sources]
    return replace(
        ctx, partnership=partnership, edition="public", commentary=words, sources=sources
    )


def public_edition(
    ctx: PackContext,
    figures: Figures,
    rules: dict[str, Rule],
    whole: bool,
    outside: Mapping[Count, float] = NOTHING,
    called: Mapping[Count, float] = NOTHING,
) -> PublicPack:
    """The pack for the public, not yet traced. Raises UserError where it cannot be made safe."""
    months = KnownValues(figures)
    withheld: frozenset[Count] = frozenset()
    unnamed: frozenset[Count] = frozenset()
    reckoned: dict[Count, float] = {}
    chosen = Choice((), ())
    solved: dict[Key, Solved] = {}  # most of a pack is as it was the round before
    for _ in range(ROUNDS):
        service = PublicFigures(figures, rules, withheld, unnamed)
        shown = replace(
            ctx, service=service, used={}, warnings=[], findings=_told(ctx, withheld, reckoned)
        )
        hidden = hidden_in(shown)
        words = {name: without_hidden(each, hidden) for name, each in ctx.commentary.items()}
        shown = replace(shown, commentary=words)
        pack = assemble(shown, whole)
        counts = {**reckoned, **service.printed, **service.kept_back}
        if counts == reckoned:  # settled: all that is given away was reckoned with
            small = tuple(sorted(c for c in counts if c.name in chosen.primary))
            said = tuple(sorted(service.called))
            return PublicPack(pack, shown, small, tuple(sorted(withheld)), said, counts)
        reckoned = counts  # what a round no longer prints stays: protecting it too is safe
        weigh, series = weigher(ctx.catalogue), ctx.catalogue.series
        publication = Publication(
            counts, rules, series, outside, called, weigh=weigh, true_month=months.value
        )
        chosen = _chosen(publication, solved)
        withheld = frozenset(count for count in counts if count.name in chosen.secondary)
        unnamed = frozenset(count for count in counts if count.name in chosen.unnamed)
    raise UserError(
        "The public edition did not settle: what is withheld changes what is printed.",
        "Build fewer indicators with --only, and tell us which.",
    )


def _told(
    ctx: PackContext, withheld: Collection[Count], reckoned: dict[Count, float]
) -> list[Finding]:
    """Findings whose sentences name no withheld count: they quote both sides of a contradiction."""
    hidden = {count.series for count in withheld}
    for count, value in reckoned.items():
        rule = ctx.catalogue.sources[count.source].disclosure
        if small(value, rule.threshold, rule.zero_hidden):
            hidden.add(count.series)
    wholes = {
        each.id
        for each in ctx.catalogue.series.values()
        if hidden & {*each.parts, *each.contains, each.numerator, each.denominator}
    }
    return [finding for finding in ctx.findings if finding.series not in hidden | wholes]


def _traced(made: PublicPack, figures: Figures, rules: dict[str, Rule]) -> Pack:
    """With the rows behind the figures of sources that publish every count themselves."""
    open_ = {name for name, rule in rules.items() if not rule.threshold}
    traced = tuple(f for f in made.pack.figures if f["source"] in open_)
    others = tuple(f for f in made.pack.figures if f["source"] not in open_)
    pack = with_lineage(replace(made.pack, figures=traced), made.ctx.used, Tracer(figures))
    bare = tuple({**record, "worked": "", "inputs": []} for record in others)
    ordered = sorted((*pack.figures, *bare), key=lambda record: str(record["key"]))
    return replace(pack, figures=tuple(ordered))


def weigher(catalogue: Catalogue) -> Callable[[Count], float]:
    """What hiding each count costs."""

    def weight(count: Count) -> float:
        series = catalogue.series.get(count.series)
        total = TOTAL_WEIGHT if series is not None and series.parts else 1.0
        return total * WEIGHTS.get(count.measure, 1.0)

    return weight


def _chosen(publication: Publication, solved: dict[Key, Solved]) -> Choice:
    try:
        return choose(publication.problem(), solved=solved)
    except CannotProtect as error:
        named = "; ".join(in_words(name, publication.series) for name in error.cells[:5])
        what = f"The public edition is not written: it would give small counts away ({named})."
        raise UserError(what, _remedy(error, publication)) from error


def _remedy(error: CannotProtect, publication: Publication) -> str:
    """What has been printed before of what cannot be protected, else what to leave out."""
    concerned = {name.split("|")[1] for name in error.cells}
    out = [count for count in publication.outside if count.series in concerned]
    if not out:
        return "Leave the indicator out: --only."
    newest = sorted(out, key=lambda count: (count.month, count.name), reverse=True)[:5]
    shown = "; ".join(in_words(count.name, publication.series) for count in newest)
    remedy = "Withdraw them, or leave the indicator out: --only."
    return f"Earlier editions or leaks show {shown}. {remedy}"
