"""Places: districts, wards, small areas, forces, and groups of areas."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AreaKind(StrEnum):
    """What kind of place a code stands for."""

    LSOA = "lsoa"
    WARD = "ward"
    DISTRICT = "district"
    CSP = "csp"
    FORCE = "force"
    FIRE_AUTHORITY = "fire_authority"
    GROUP = "group"
    NO_PLACE = "no_place"

    @classmethod
    def of_code(cls, code: str) -> AreaKind:
        """Kind by the published prefixes of English and Welsh codes (GROUP where none fits)."""
        for prefixes, kind in _PREFIXES:
            if code.startswith(prefixes):
                return kind
        return cls.GROUP


_PREFIXES: tuple[tuple[tuple[str, ...], AreaKind], ...] = (
    (("E01", "W01"), AreaKind.LSOA),
    (("E05", "W05"), AreaKind.WARD),
    (("E06", "E07", "E08", "E09", "W06"), AreaKind.DISTRICT),
    (("E22", "W14"), AreaKind.CSP),
    (("E23", "W15"), AreaKind.FORCE),
    (("E31", "W25"), AreaKind.FIRE_AUTHORITY),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A place by its published code and name."""

    code: str
    name: str
    kind: AreaKind
