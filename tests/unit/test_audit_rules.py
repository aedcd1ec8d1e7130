"""Each rule of the audit on a few lines of an invented pack: found where wrong, silent where right.

``audit_cases/RULE.txt`` holds both, with ``=====`` between them, several packs of either with
``-----``; tables are tab-separated.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.audit.audit import RULES, audit
from callover.audit.findings import Finding
from callover.audit.readers.text import pack_of
from made_packs import MadePack, names

CASES = sorted((Path(__file__).parent / "audit_cases").glob("*.txt"))


def packs(part: int) -> list[tuple[str, str]]:
    """Each pack of one part of each case with its rule."""
    return [
        (path.stem, text)
        for path in CASES
        for text in path.read_text(encoding="utf-8").split("\n=====\n")[part].split("\n-----\n")
    ]


def found(rule: str, text: str) -> list[Finding]:
    findings = audit(pack_of(text, f"{rule}.txt")).findings
    return [each for each in findings if each.rule == rule]


@pytest.mark.parametrize(("rule", "text"), packs(0), ids=lambda each: each[:30])
def test_what_is_wrong_is_found(rule: str, text: str) -> None:
    findings = found(rule, text)
    assert findings
    for each in findings:
        assert each.spot.printed
        assert each.follows
        assert each.arithmetic


@pytest.mark.parametrize(("rule", "text"), packs(1), ids=lambda each: each[:30])
def test_what_is_right_is_not(rule: str, text: str) -> None:
    assert not found(rule, text)


def test_every_rule_has_a_case_here_or_a_plant_in_a_pack() -> None:
    planted = {rule for name in names() for plant in MadePack(name).plants for rule in plant.rules}
    told = {path.stem for path in CASES} | planted | {"against-data"}
    assert {rule.id for rule in RULES} <= told
