"""The guide's pages on the rules, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Sequence

from callover.audit.report.words import MEANINGS
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

INDEX = "index.md"
_MADE = "<!-- made by scripts/audit_rules_pages.py from the rules; change them there -->"


def rule_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name and text of a page for each rule, and of their index."""
    return {INDEX: _index(rules), **{f"{rule.id}.md": _page(rule) for rule in rules}}


def _index(rules: Sequence[Rule]) -> str:
    lines = [_MADE, "", "# Rules of the audit", ""]
    lines += ["How to read a finding stands in [the guide](../audit.md).", ""]
    if not rules:
        return "\n".join([*lines, "There are no rules yet.", ""])
    lines += ["| rule | severity of a sure finding | what it finds |", "|---|---|---|"]
    lines += [f"| [{r.id}]({r.id}.md) | {r.severity.value} | {_cell(r.title)} |" for r in rules]
    return "\n".join([*lines, ""])


def _page(rule: Rule) -> str:
    severity = f"`{rule.id}` · *{rule.severity.value}*: {MEANINGS[rule.severity]}."
    parts = [
        ("What it looks for", rule.looks_for),
        ("Example", _quote(rule.example)),
        ("What to do", rule.remedy),
        ("When it may be right", rule.may_be_right or _never(rule)),
    ]
    lines = [_MADE, "", f"# {rule.title}", "", severity, ""]
    for heading, text in parts:
        lines += [f"## {heading}", "", text, ""]
    return "\n".join([*lines, "[All rules](index.md)", ""])


def _never(rule: Rule) -> str:
    if rule.severity is Severity.WRONG:
        return "Never: nothing makes both places true."
    return "No reason is known that would excuse it."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
