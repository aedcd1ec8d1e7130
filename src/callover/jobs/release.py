"""Words that go to the public only after a named post has read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from callover.domain.errors import Fault, FaultsFound
from callover.report.build.context import PackContext
from callover.report.commentary import Commentary
from callover.report.release import Concern, concerns

_DIGITS = re.compile(r"(?<![\w/{])(?!(?:19|20)\d\d\b)\d[\d,.]*\b(?! *(?:%|per cent|/))")
"""A number that is no year, no percentage and no financial year."""

_COMPARED = re.compile(
    r"\b(?:more|fewer|less|higher|lower|larger|smaller|greater|bigger|highest|lowest|most|fewest|"
    r"least|as many|majority|identical|rose|risen|rise|fell|fallen|grew|grown|dropped|"
    r"increased?|decreased?|trebled?|tripled?|"
    r"double[ds]?|twice|half|halved|none|nobody|no one|equal|the same number|"
    r"behind|ahead|above|below|exceed(?:s|ed|ing)?|outnumber(?:s|ed|ing)?|swapped)\b",
    re.IGNORECASE,
)
"""Words that put counts in an order: of two that are withheld even that may be too much."""

_BESIDE_WITHHELD = (
    (_DIGITS, "is a number typed where counts are withheld"),
    (_COMPARED, "compares counts where counts are withheld"),
)


def check_words(
    ctx: PackContext, hidden: Collection[str], places: Collection[str], released_by: str
) -> int:
    """How many places a reader should look at. Raises FaultsFound with each, unless released.

    ``hidden`` are the series of which counts are withheld: a number typed beside them may be one.
    ``places`` are names of areas.
    """
    known = [*_names(ctx), *places]
    faults = [
        fault
        for name, written in ctx.written.items()
        for fault in _faults(written, known, _rests_on(ctx, name, hidden))
    ]
    reported = {indicator.id for indicator in ctx.indicators}
    faults += [
        Fault(
            f"partnerships/{ctx.partnership.id}.yaml",
            None,
            "",
            f"{name}: {each.words}",
            f"in the reason of an override, {each.reason}.",
        )
        for name, month, signed in ctx.partnership.overrides
        if month == ctx.month and name in reported
        for each in concerns(signed.reason, known)
    ]
    if faults and not released_by.strip():
        raise FaultsFound(
            "The public edition is not written: its words need a second look.",
            faults,
            "Change the words, or let a post that has read them release them: --released-by POST",
            every=True,
        )
    return len(faults)


def _rests_on(ctx: PackContext, indicator: str, hidden: Collection[str]) -> bool:
    """Whether a count of the indicator is withheld, or one that its percentage is made of."""
    series = ctx.catalogue.series[ctx.catalogue.indicators[indicator].series]
    return not {series.id, series.numerator, series.denominator}.isdisjoint(hidden)


def _faults(written: Commentary, known: Collection[str], withheld: bool) -> Iterator[Fault]:
    lines = written.source.splitlines()
    texts = (written.body, written.ask, *(action.action for action in written.actions))
    for text in texts:
        found = concerns(text, known)
        if withheld:
            found += _beside_withheld(text)
        for each in found:
            line = next((i for i, said in enumerate(lines, 1) if each.words in said), None)
            yield Fault(written.place, line, "", each.words, f"{each.reason}.")


def _beside_withheld(text: str) -> list[Concern]:
    """Numbers written out, then words that order them, where counts are withheld."""
    return [
        Concern(number, match[0], reason)
        for pattern, reason in _BESIDE_WITHHELD
        for number, line in enumerate(text.splitlines(), 1)
        for match in pattern.finditer(re.sub(r"\{\{.*?\}\}", "", line))
    ]


def _names(ctx: PackContext) -> list[str]:
    """Capitalised words that are nobody's name: places, indicators, bodies, terms."""
    catalogue = ctx.catalogue
    return [
        *(each.title for each in catalogue.indicators.values()),
        *(each.portfolio for each in catalogue.indicators.values()),
        *(title for _, title in (*catalogue.groups, *catalogue.strategic_groups)),
        *(f"{each.title} {each.owner} {each.contact}" for each in catalogue.sources.values()),
        *catalogue.terms,
        *catalogue.terms.values(),
        ctx.partnership.name,
        ctx.partnership.force_name,
    ]
