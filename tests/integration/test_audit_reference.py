"""The reference pack: what a person found in it, and that nothing else is called wrong.

The sample of documented contradictions is read from the shared folder; beside each stands here
which rule finds it, on which line of the text. C076 needs to know of which offence codes violence
with injury is made, which no table of the pack says.
"""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

import pytest

from callover.audit.audit import audit
from callover.audit.findings import Audit, Finding
from callover.audit.read import read_pack
from callover.domain.errors import Severity
from shared_data import shared

pytestmark = pytest.mark.shared
VERDICTS = Path(__file__).parents[1] / "golden" / "audit_verdicts.csv"

FOUND_BY = {
    "C001": ("running-total", 1482), "C003": ("figure-of-another-month", 1490),
    "C005": ("rest-falls", 889), "C007": ("part-above-whole", 1370),
    "C014": ("change-row", 1166), "C015": ("percentages-added", 2439),
    "C016": ("stated-share", 1308), "C021": ("majority-of-change", 811),
    "C028": ("rate-of-year", 853), "C039": ("history-change", 1290),
    "C042": ("history-change", 950), "C046": ("two-values", 341),
    "C050": ("same-sentence-other-figures", 1335), "C053": ("figure-of-another-row", 1374),
    "C058": ("year-twice", 1356), "C062": ("basis-of-summary", 439),
    "C073": ("text-and-table", 1017), "C090": ("opposite-directions", 2989),
    "C097": ("rate-base-changes", 914), "C098": ("rate-base-changes", 957),
    "C099": ("rate-base-changes", 983), "C101": ("rate-base-changes", 1042),
    "C102": ("rate-base-changes", 862), "C106": ("stated-base", 879),
    "C109": ("rate-of-figures", 398), "C110": ("stated-base", 930),
    "C121": ("rank-label", 1043), "C123": ("heading-year", 1005),
    "C124": ("heading-year", 2407), "C125": ("falling-total", 932),
    "C130": ("list-omits-a-row", 1534), "C134": ("unit-noun", 539),
    "C135": ("what-good-is", 1138), "C136": ("unit-of-definition", 1233),
    "C140": ("numbering", 432), "C143": ("footnote-missing", 741),
    "C146": ("year-pair", 1350), "C153": ("summary-says-none", 390),
    "C161": ("rating-against-rule", 1375), "C164": ("rating-against-rule", 812),
    "C169": ("rating-against-direction", 1444), "C172": ("date-after-pack", 1591),
    "C176": ("times-overlap", 2849), "C184": ("header-missing", 1278),
}  # fmt: skip
MISSED = {"C076": "needs the offence codes that violence with injury is made of"}


@pytest.fixture(scope="module")
def audited() -> Audit:
    return audit(read_pack(shared("pack", "000_9c820436f56cb8b8.txt")))


def _sample() -> list[dict[str, str]]:
    path = shared("pack", "known-contradictions-sample.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _finds(finding: Finding, wanted: tuple[str, int]) -> bool:
    rule, line = wanted
    other = finding.other.place.line if finding.other else 0
    return finding.rule == rule and line in (finding.spot.place.line, other)


def test_every_row_of_the_sample_is_named_here() -> None:
    assert {row["id"] for row in _sample()} == FOUND_BY.keys() | MISSED.keys()


@pytest.mark.parametrize("name", sorted(FOUND_BY))
def test_a_documented_contradiction_is_found(audited: Audit, name: str) -> None:
    assert any(_finds(finding, FOUND_BY[name]) for finding in audited.findings), FOUND_BY[name]


def test_as_many_as_promised(audited: Audit) -> None:
    rows = _sample()
    found = {
        name
        for name, wanted in FOUND_BY.items()
        if any(_finds(finding, wanted) for finding in audited.findings)
    }
    wrong = [row["id"] for row in rows if row["severity"] == "wrong"]
    assert sum(name in found for name in wrong) >= 0.95 * len(wrong)
    assert sum(row["id"] in found for row in rows) >= 0.85 * len(rows)


def test_nearly_every_finding_is_true(audited: Audit) -> None:
    """Each was judged by a person against the pack; one that is unsure counts as false."""
    rows = list(csv.DictReader(VERDICTS.read_text(encoding="utf-8").splitlines()))
    judged = {(row["rule"], int(row["line"]), row["follows"]): row["verdict"] for row in rows}
    found = [(each.rule, each.spot.place.line, each.follows) for each in audited.findings]
    assert set(found) == set(judged), "judge what is new in tests/golden/audit_verdicts.csv"
    true = sum(judged[each] == "true" for each in found)
    assert true >= 0.95 * len(found)


def test_the_verdicts_stand_in_the_docs() -> None:
    root = VERDICTS.parents[2]
    written = runpy.run_path(str(root / "scripts" / "audit_verdicts.py"))["page"]()
    assert written in (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_sums_that_are_right_stay_silent(audited: Audit) -> None:
    """Appendix 1, the calls by code, the fire table and the money of the pack all add up."""
    rules = {"total-of-rows", "total-of-columns", "row-change", "money-total", "share-of-rows"}
    assert not [each for each in audited.findings if each.rule in rules]


def test_running_totals_that_are_right_stay_silent(audited: Audit) -> None:
    """Twenty-two pages and eighteen rows of the fire table; one of them alone is wrong."""
    found = [each.spot.place.line for each in audited.findings if each.rule == "running-total"]
    assert found == [1482]


def test_much_is_read_and_checked(audited: Audit) -> None:
    assert audited.claims_read > 2500
    assert audited.claims_checked > 1200


def test_each_finding_says_where_what_and_why(audited: Audit) -> None:
    for finding in audited.findings:
        assert finding.spot.place.line
        assert finding.spot.printed
        assert finding.follows
        assert finding.arithmetic
        assert 0 < finding.confidence <= 1
        assert finding.severity in Severity
