"""The audit reads packs of other layouts: silent on what is right, and finding what is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.audit.audit import audit
from callover.audit.findings import Finding
from callover.audit.read import read_pack
from callover.domain.errors import Severity
from made_packs import MadePack, names, write

ENDINGS = (".txt", ".html", ".docx", ".xlsx")
OWN = {"county_quarter": ".docx", "district_tiles": ".html", "workbook": ".xlsx"}
"""The format in which a pack of that kind usually comes; text where none is given."""


def found(text: str, path: Path) -> tuple[Finding, ...]:
    return audit(read_pack(write(text, path))).findings


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", names())
def test_nothing_is_wrong_in_a_clean_pack(name: str, ending: str, tmp_path: Path) -> None:
    findings = found(MadePack(name).text, tmp_path / f"pack{ending}")
    assert [each for each in findings if each.severity is Severity.WRONG] == []


@pytest.mark.parametrize("name", names())
def test_what_is_planted_is_found(name: str, tmp_path: Path) -> None:
    pack, ending = MadePack(name), OWN.get(name, ".txt")
    before = {_mark(each) for each in found(pack.text, tmp_path / f"clean{ending}")}
    missed = []
    for at, plant in enumerate(pack.plants):
        after = found(pack.planted(plant), tmp_path / f"{at}{ending}")
        if not {each.rule for each in after if _mark(each) not in before} & plant.rules:
            missed.append(plant)
    assert missed == []


def _mark(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.spot.printed, finding.arithmetic
