"""Under which licences a partnership may publish its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence for data: its name among machines, in words, and the address of its text."""

    name: str
    title: str
    address: str


LICENCES: Mapping[str, Licence] = {
    "ogl-3": Licence(
        "OGL-UK-3.0", "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "cc-by-4": Licence(
        "CC-BY-4.0", "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
}  # fmt: skip
"""By the word that a partnership's settings use; names as in the SPDX list."""
