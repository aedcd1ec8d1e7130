"""The audit of a pack: every rule over everything that the pack claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callover.audit.claims import Claims
from callover.audit.findings import Audit, Finding
from callover.audit.pack import Pack
from callover.audit.rules import (
    agreement,
    appendices,
    changes,
    cited,
    columns,
    copied,
    dates,
    due_dates,
    due_status,
    durations,
    extremes,
    heading_periods,
    held,
    hundred,
    labels,
    left_in,
    levels,
    listed,
    months,
    moves,
    neighbours,
    numbered,
    parts,
    people,
    rank_tables,
    ranks,
    rate_columns,
    rates,
    ratings,
    repeated,
    running,
    scorecards,
    scores,
    sizes,
    small_counts,
    summaries,
    sums,
    tables,
    targets,
    two_values,
)
from callover.audit.rules.check import Book, Check
from callover.audit.rules.rule import Rule
from callover.audit.rules.together import found_by
from callover.audit.titles import as_printed, is_title

FAMILIES = (
    running, neighbours, tables, sums, listed, columns, changes, moves, sizes, rates, people,
    rate_columns, parts, hundred, ranks, rank_tables, extremes, agreement, two_values, levels,
    copied, cited, summaries, months, dates, due_dates, ratings, scorecards, scores, targets,
    labels, small_counts, left_in, numbered, appendices, durations, repeated, heading_periods,
    due_status,
)  # fmt: skip
CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES for check in family.CHECKS)
"""Every rule with what finds its breaches, in the order of the guide."""

RULES: tuple[Rule, ...] = (*dict.fromkeys(check.rule for check in CHECKS), held.AGAINST_DATA)
"""Every rule, in the order of the guide."""


def audit(pack: Pack, holding: held.Holding | None = None) -> Audit:
    """Everything in ``pack`` that contradicts something else in it, the most serious first.

    With ``holding`` also what is not as it is held there.
    """
    claims, book = Claims(pack), Book()
    families: list[Sequence[Check]] = [family.CHECKS for family in FAMILIES]
    if holding is not None:
        families.append((Check(held.AGAINST_DATA, held.against(holding)),))
    found = found_by(families, claims, book)
    once = {
        (each.rule, each.spot.place, each.spot.printed, each.follows): each
        for each in reversed(found)
    }
    named = (replace(each, indicator=_about(claims, each)) for each in once.values())
    ordered = sorted(named, key=lambda each: each.order)
    return Audit(tuple(ordered), len(claims.read), book.of(claims.read))


def _about(claims: Claims, found: Finding) -> str:
    """The title of what a finding is about: its indicator's, else its section's."""
    section = found.spot.section
    return claims.subjects.title_of(found.indicator) or (
        as_printed(section) if is_title(section) else ""
    )
