"""Areas that a partnership compares itself with: the force, similar areas, the country."""

from __future__ import annotations

import re

_FORCES = ("MET", "MPS", "Metropolitan Police", "GMP", "WMP", "WYP", "MOPAC area")
"""Short names of forces of which many districts are part; a pack that spells out another one calls
it the force or the county as well."""
_AROUND = (*_FORCES, "London", "force", "county", "constabulary")
_ALIKE = ("MSG", "MSF", "most similar", "similar group", "family group", "CSP family", "iQuanta")
_WIDER = ("England", "Wales", r"national(?:ly)?", r"region(?:al)?", "Great Britain", "UK")
_NO_AREA = r"(?!\s+(?:Road|Borough|Fire|Court|hospital))"


def _one_of(names: tuple[str, ...]) -> str:
    return "|".join(names)


ELSEWHERE = re.compile(
    rf"\b(?:{_one_of((*_FORCES, 'London', 'force', 'county average', 'group average'))}|"
    rf"{_one_of(_ALIKE)}|{_one_of(_WIDER)}|(?-i:[A-Z][a-z'-]+\s+){{1,3}}average)\b{_NO_AREA}",
    re.IGNORECASE,
)
"""Words that say that a figure is of another area."""
OWN = re.compile(
    r"\b(?:we|our|the borough|the district|the county borough|locally)\b", re.IGNORECASE
)
"""Words that say that it is of the pack's own."""
GROUPS = {
    "force": re.compile(rf"\b(?:{_one_of((*_AROUND, 'Metropolitan'))})\b", re.IGNORECASE),
    "similar": re.compile(rf"\b(?:{_one_of(_ALIKE)})\b", re.IGNORECASE),
}
"""The groups that an area is ranked in."""
