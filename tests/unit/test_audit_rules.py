"""Each rule of the audit on a few lines of an invented pack: found where wrong, silent where right.

``audit_cases/RULE.txt`` holds both, with ``=====`` between them; tables are tab-separated.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.audit.audit import RULES, audit
from callover.audit.findings import Finding
from callover.audit.readers.text import pack_of
from made_packs import MadePack, names

CASES = sorted((Path(__file__).parent / "audit_cases").glob("*.txt"))


def found(path: Path, part: int) -> list[Finding]:
    text = path.read_text(encoding="utf-8").split("\n=====\n")[part]
    findings = audit(pack_of(text, path.name)).findings
    return [each for each in findings if each.rule == path.stem]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_wrong_is_found(path: Path) -> None:
    findings = found(path, 0)
    assert findings
    for each in findings:
        assert each.spot.printed
        assert each.follows
        assert each.arithmetic


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_right_is_not(path: Path) -> None:
    assert not found(path, 1)


def test_every_rule_has_a_case_here_or_a_plant_in_a_pack() -> None:
    planted = {rule for name in names() for plant in MadePack(name).plants for rule in plant.rules}
    told = {path.stem for path in CASES} | planted | {"against-data"}
    assert {rule.id for rule in RULES} <= told
