"""The methods page says every measure with the formula that the system shows."""

from __future__ import annotations

import re
from pathlib import Path

from callover.analysis.formulas import FORMULAS
from callover.analysis.vocabulary import STABLE

METHODS = Path(__file__).parents[2] / "docs" / "methods.md"


def test_every_measure_stands_there_with_its_formula() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", METHODS.read_text(), re.MULTILINE))
    assert rows == dict(FORMULAS)


def test_stable_ids_are_named_as_such() -> None:
    text = METHODS.read_text()
    stable = re.search(r"never change their meaning: (.+?)\.", text, re.DOTALL)
    assert stable is not None
    assert tuple(re.findall(r"`(\w+)`", stable[1])) == STABLE
