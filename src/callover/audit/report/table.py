"""The audit for a terminal: how much was read, every finding, and at the end what to do."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from callover.audit.findings import Finding, Spot
from callover.audit.report.groups import Group, Numbered, beneath, grouped
from callover.audit.report.result import Result
from callover.audit.report.words import (
    confidence,
    cut,
    place_words,
    plain,
    tally,
    told_beneath,
    where,
)
from callover.audit.rules.rule import Rule

SUMMARY_LINES = 12
"""Places that the summary lists: with what stands around them it fits a screen of 24 lines."""

_PRINTED = 60


def as_table(results: Sequence[Result]) -> str:
    """The packs one after another."""
    return "\n".join(_pack(each) for each in results)


def _pack(result: Result) -> str:
    groups = grouped(result.standing)
    lines = [*_head(result), ""]
    for group in groups:
        lines += [group.title, *(line for each in group.found for line in _finding(each)), ""]
    if result.settled.accepted:
        lines += [*_accepted(result), ""]
    return "\n".join([*lines, *_summary(result, groups), "", _to_do(result)]) + "\n"


def _head(result: Result) -> list[str]:
    pages = f", {result.pack.pages} pages" if result.pack.pages > 1 else ""
    named = f"{plain(result.pack.name)} ({result.pack.format.value.upper()}{pages})"
    return [named, result.silence, *(f"Note: {note}" for note in result.notes)]


def _finding(each: Numbered) -> list[str]:
    """Two lines, one for the other place, and one for each finding that it stands for."""
    found = each.finding
    kind = f"{found.severity.value.upper()}, {confidence(found.confidence)}"
    place = place_words(found.spot.place, with_page=False)  # it heads the group
    lines = [
        f"{each.number:>4}  {'; '.join(part for part in (kind, place, found.rule) if part)}",
        f"      printed {_quoted(found.spot)}, {_follows(found)}",
    ]
    if found.other is not None:
        lines.append(f"      against {_quoted(found.other)}: {where(found.other)}")
    return lines + [
        f"      also told by {also.rule} ({also.severity.value}): {told_beneath(also, found)}"
        for also in each.also
    ]


def _quoted(spot: Spot) -> str:
    return f"“{cut(spot.printed, _PRINTED)}”"


def _follows(found: Finding) -> str:
    return f"follows {cut(found.follows, _PRINTED)}: {plain(found.arithmetic)}"


def _accepted(result: Result) -> list[str]:
    lines = ["Accepted before"]
    for each in result.settled.accepted:
        by, until = each.by, f" until {each.by.until}" if each.by.until else ""
        lines += [
            f"      {each.finding.rule}, {where(each.finding.spot)}: {_quoted(each.finding.spot)}",
            f"      {plain(by.reason)} ({plain(by.accepted_by)}, {by.day}{until})",
        ]
    return lines


def _summary(result: Result, groups: Sequence[Group]) -> list[str]:
    accepted = len(result.settled.accepted)
    lines = [f"In short: {tally(result.standing) or 'nothing found'}"]
    under = beneath(groups)
    lines[0] += f"; {under:,} of them beneath another of the same place" if under else ""
    lines[0] += f"; {accepted:,} accepted before." if accepted else "."
    lines += [f"  {group.title}: {group.tally}" for group in groups[:SUMMARY_LINES]]
    rest = groups[SUMMARY_LINES:]
    if rest:
        left = tally(found for group in rest for each in group.found for found in each.all)
        lines.append(f"  … and {len(rest):,} more: {left}")
    return lines


def _to_do(result: Result) -> str:
    if not result.standing:
        return "Nothing to put right among what was checked."
    accept = f"callover audit {quote(result.file)} --write-baseline known.yaml"
    if result.wrong:
        return f"Put right what is wrong and look at the rest. What may stand, accept: {accept}"
    return f"Nothing is wrong; look at the rest. What may stand, accept: {accept}"


def rule_list(rules: Sequence[Rule]) -> str:
    """Every rule: id, severity of a sure finding, title."""
    wide = max((len(rule.id) for rule in rules), default=0)
    lines = [f"{rule.id:<{wide}}  {rule.severity.value:<11}  {rule.title}" for rule in rules]
    return "".join(f"{line}\n" for line in lines) or "There are no rules yet.\n"
