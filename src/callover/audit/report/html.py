"""The audit as one accessible page: no script, nothing from other hosts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from callover.audit.findings import SEVERITIES
from callover.audit.report.groups import Numbered, beneath, grouped, left_out, within
from callover.audit.report.marked import excerpt_of
from callover.audit.report.result import Result
from callover.audit.report.words import (
    MEANINGS,
    SURENESS,
    confidence,
    counted,
    cut,
    place_words,
    plain,
    tally,
    told_beneath,
    where,
)
from callover.domain.errors import Severity

TEMPLATES = Path(__file__).parent / "templates"

LIST_LINES = 116
"""Lines of the list to fix: two columns of A4 below the page's head."""

LINE_LENGTH = 46
"""Characters of an entry that a line of such a column surely holds."""

SHAPES = {
    Severity.WRONG: '<path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" stroke-width="2.4"/>',
    Severity.SUSPICIOUS: '<path d="M5 0l5 9.4H0z" fill="currentColor"/>',
    Severity.EXPLAINABLE: '<circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" '
    'stroke-width="1.8"/>',
}
"""What stands beside each word of severity, so that no colour is needed."""


def as_html(result: Result) -> str:
    """The page of one pack. The same result gives the same text."""
    groups = grouped(result.standing)
    listed = within(groups, LIST_LINES, _height)
    return (
        _environment()
        .get_template("audit.html.j2")
        .render(
            result=result,
            notes=result.notes,
            kinds=len({each.severity for each in result.standing}),
            groups=groups,
            listed=listed,
            beneath=beneath(groups),
            left_out=tally(left_out(groups, listed)),
            known={rule.id for rule in result.at_work},
            severities=SEVERITIES,
            meanings=MEANINGS,
            sureness=SURENESS,
            shapes=SHAPES,
            css=(TEMPLATES / "audit.css").read_text(encoding="utf-8"),
        )
    )


def _to_fix(each: Numbered) -> str:
    """A finding in the list: where on its page, what is printed, what follows, who tells it too."""
    finding = each.finding
    place = place_words(finding.spot.place, with_page=False)
    said = f"“{cut(finding.spot.printed, 40)}”, follows {cut(finding.follows, 40)}"
    if each.also:
        said += f"; {counted(len(each.also), 'finding')} more of it"
    # a number keeps its sign of per cent
    return (f"{place}: {said}" if place else said).replace(" %", "\u00a0%")


def _height(each: Numbered) -> int:
    return -(-len(_to_fix(each)) // LINE_LENGTH)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "confidence": confidence,
        "counted": counted,
        "cut": cut,
        "excerpt": excerpt_of,
        "plain": plain,
        "to_fix": _to_fix,
        "told_beneath": told_beneath,
        "where": where,
    }
    return environment
