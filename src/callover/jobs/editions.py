"""The public edition: the same pack, built from the same figures, with what is small withheld.

What to withhold is chosen from the counts that the built pack gives away, and the pack is built
again, until a pack gives nothing away that was not reckoned with.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from callover.analysis.figures import Figures
from callover.analysis.suppress import CannotProtect, Choice, choose
from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.public import PublicFigures
from callover.analysis.suppress.publication import Publication
from callover.domain.errors import UserError
from callover.report.build.assemble import assemble
from callover.report.build.context import PackContext
from callover.report.packfile import Pack

ROUNDS = 10

WEIGHTS = {"rolling12": 4.0, "ytd": 3.0, "month": 1.0, "level": 2.0}
"""What hiding a count costs: a year says more than a month."""
TOTAL_WEIGHT = 4.0
"""A sum of parts costs so many times more than a part."""


@dataclass(frozen=True)
class Withheld:
    """A public pack and what was kept out of it."""

    pack: Pack
    small: tuple[Count, ...]
    secondary: tuple[Count, ...]


def public_edition(
    ctx: PackContext, figures: Figures, whole: bool, outside: Collection[Count] = ()
) -> Withheld:
    """The pack for the public. Raises UserError where it cannot be made safe."""
    rules = {name: source.disclosure for name, source in ctx.catalogue.sources.items()}
    withheld: frozenset[Count] = frozenset()
    reckoned: dict[Count, float] = {}
    chosen = Choice((), ())
    for _ in range(ROUNDS):
        service = PublicFigures(figures, rules, withheld)
        pack = assemble(replace(ctx, service=service, used={}, warnings=[]), whole)
        counts = {**service.printed, **service.kept_back}
        if counts == reckoned:  # settled
            small = tuple(sorted(c for c in counts if c.name in chosen.primary))
            return Withheld(pack, small, tuple(sorted(withheld)))
        reckoned = counts
        publication = Publication(
            counts, rules, ctx.catalogue.series, outside, lambda count: _weight(ctx, count)
        )
        chosen = _chosen(publication)
        withheld = frozenset(count for count in counts if count.name in chosen.secondary)
    raise UserError(
        "The public edition did not settle: what is withheld changes what is printed.",
        "Build fewer indicators with --only, and tell us which.",
    )


def _weight(ctx: PackContext, count: Count) -> float:
    series = ctx.catalogue.series.get(count.series)
    total = TOTAL_WEIGHT if series is not None and series.parts else 1.0
    return total * WEIGHTS.get(count.measure, 1.0)


def _chosen(publication: Publication) -> Choice:
    try:
        return choose(publication.problem())
    except CannotProtect as error:
        named = "; ".join(name.replace("|", ", ") for name in error.cells[:5])
        raise UserError(
            f"The public edition is not written: it would give small counts away ({named}).",
            "Withdraw the earlier edition that shows them, or leave the indicator out: --only.",
        ) from error
