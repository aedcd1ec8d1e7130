"""The guide's pages on the audit's rules are those of the rules, and the guide says what holds."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from audit_sample import DIFFERENCE
from audit_sample import RULES as SAMPLE
from callover.audit.audit import RULES
from callover.audit.findings import SEVERITIES
from callover.audit.report.as_json import record
from callover.audit.report.rule_pages import rule_pages

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "audit"
SCRIPT = ROOT / "scripts" / "audit_rules_pages.py"


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_the_pages_are_in_step_with_the_rules() -> None:
    assert held(FOLDER) == rule_pages(RULES), "run: python scripts/audit_rules_pages.py"


def test_every_rule_has_its_own_id() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.id) for rule in RULES)


def test_a_page_says_all_that_its_rule_says() -> None:
    pages = rule_pages(SAMPLE)
    assert set(pages) == {"index.md", *(f"{rule.id}.md" for rule in SAMPLE)}
    for rule in SAMPLE:
        page = pages[f"{rule.id}.md"]
        said = (rule.title, rule.looks_for, rule.example, rule.remedy, rule.may_be_right)
        assert all(each in page for each in said)
        assert f"[{rule.id}]({rule.id}.md)" in pages["index.md"]


def test_the_script_takes_away_the_page_of_a_rule_that_is_gone(tmp_path: Path) -> None:
    write = runpy.run_path(str(SCRIPT))["write"]
    write(tmp_path, rule_pages(SAMPLE))
    write(tmp_path, rule_pages(SAMPLE[:1]))
    assert held(tmp_path) == rule_pages(SAMPLE[:1])


def test_the_guide_names_every_severity_and_the_fields_of_a_finding() -> None:
    guide = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \|$", guide, re.MULTILINE)[1:] == [
        each.value for each in SEVERITIES
    ]
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    fields = re.search(r"a list of `(rule severity .+?)`", page, re.DOTALL)
    assert fields is not None
    assert fields[1].split() == list(record(DIFFERENCE))
