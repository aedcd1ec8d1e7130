"""The analyst's changes to the three lists: read with every fault and its line."""

from __future__ import annotations

import pytest

from callover.domain.errors import FaultsFound
from callover.report.selection import Edits, parse_selection

INDICATORS = ("robbery", "knife_crime", "burglary")

GOOD = b"""
improvement:
  add:
    knife_crime: Three stabbings after the month closed
  remove:
    robbery: The rise belongs to last winter
"""


def test_additions_and_removals_with_their_reasons() -> None:
    assert parse_selection(GOOD, "selection.yaml", INDICATORS) == {
        "improvement": Edits(
            {"knife_crime": "Three stabbings after the month closed"},
            {"robbery": "The rise belongs to last winter"},
        )
    }


def test_a_file_without_entries_changes_nothing() -> None:
    assert parse_selection(b"# nothing this month\n", "selection.yaml", INDICATORS) == {}


def test_every_fault_is_listed_with_line_and_nearest_name() -> None:
    content = b"""improvment:
  add: {robbery: x}
success:
  ad: {robbery: x}
  add:
    robery: It fell
    burglary:
monitoring:
  add: [robbery]
"""
    with pytest.raises(FaultsFound) as caught:
        parse_selection(content, "selection.yaml", INDICATORS)
    found = {fault.line: str(fault) for fault in caught.value.faults}
    assert sorted(found) == [1, 4, 6, 7, 9]
    assert "selection.yaml, line 1" in found[1]
    assert "'improvement'" in found[1]
    assert "add or remove" in found[4]
    assert "'robbery'" in found[6]
    assert "reason" in found[7]


@pytest.mark.parametrize(
    "content",
    [
        b"success:\n  add: {robbery: a}\n  remove: {robbery: b}\n",
        b"success:\n  add: {robbery: a}\nmonitoring:\n  add: {robbery: b}\n",
    ],
)
def test_an_indicator_cannot_be_in_two_places(content: bytes) -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_selection(content, "selection.yaml", INDICATORS)
    assert len(caught.value.faults) == 1


def test_broken_yaml_names_its_line() -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_selection(b"success:\n  add: {robbery\n", "selection.yaml", INDICATORS)
    assert caught.value.faults[0].file == "selection.yaml"
    assert caught.value.faults[0].line
