"""The audit as one accessible page: no script, nothing from other hosts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from callover.audit.findings import SEVERITIES, Finding, Spot
from callover.audit.report.choices import choices
from callover.audit.report.groups import Group, Numbered, beneath, grouped, left_out, within
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

LIST_LINES = 118
"""Lines of the list to fix: two columns of A4 below the page's head."""

LINE_LENGTH = 46
"""Characters of an entry that a line of such a column surely holds."""

TITLE_LENGTH = 50
"""Characters of a bold title that it surely holds."""

SHAPES = {
    Severity.WRONG: '<path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" stroke-width="2.4"/>',
    Severity.SUSPICIOUS: '<path d="M5 0l5 9.4H0z" fill="currentColor"/>',
    Severity.EXPLAINABLE: '<circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" '
    'stroke-width="1.8"/>',
}
"""What stands beside each word of severity, so that no colour is needed."""

_COUNTED = re.compile(r"\b(page|line|paragraph|cell) (?=\d|[A-Z]+\d)")


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
            shown=choices(groups),
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


def _place(finding: Finding) -> str:
    """Where on its page a finding stands; its group says which page that is."""
    return _unbroken(place_words(finding.spot.place, with_page=False))


def _where(spot: Spot) -> str:
    return _unbroken(where(spot))


def _unbroken(place: str) -> str:
    """A place whose numbers stay with their words at the end of a line."""
    return _COUNTED.sub("\\1\u00a0", place)


def _to_fix(each: Numbered) -> str:
    """A finding in the list: what is printed, what follows, and how many more tell of it."""
    finding = each.finding
    said = f"“{cut(finding.spot.printed, 40)}”, follows {cut(finding.follows, 40)}"
    if each.also:
        said += f"; {len(each.also)} more {'tells' if len(each.also) == 1 else 'tell'} of it"
    return said.replace(" %", "\u00a0%")  # a number keeps its sign of per cent


def _height(each: Numbered | Group) -> int:
    if isinstance(each, Group):
        return -(-len(each.title) // TITLE_LENGTH)
    return -(-(len(_place(each.finding)) + 2 + len(_to_fix(each))) // LINE_LENGTH)


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
        "place": _place,
        "plain": plain,
        "to_fix": _to_fix,
        "told_beneath": told_beneath,
        "where": _where,
    }
    return environment
