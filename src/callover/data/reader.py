"""What every reader offers, and nothing else: readers do not know one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from callover.data.contracts import ReadResult
from callover.domain.indicators import Series, SourceDefinition

Progress = Callable[[str, float], None]
"""Called with what is being done and how far (0 to 1) it is."""


def no_progress(_what: str, _share: float) -> None:
    """For callers that show nothing."""


@dataclass(frozen=True)
class ReadContext:
    """What a reader may know of the rest: its register entry, series and area names to check by.

    ``area_codes`` maps a lower-case area name to its published code, from lookups added before;
    ``districts`` holds every district's code where a lookup has named them all, else none;
    ``peer_groups`` the size of each group by id (0: found from the areas held).
    """

    source: SourceDefinition
    series: Mapping[str, Series]
    area_codes: Mapping[str, str] = field(default_factory=dict)
    peer_groups: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, object] = field(default_factory=dict)
    progress: Progress = no_progress
    districts: frozenset[str] = frozenset()


class Reader(Protocol):
    """A reader of one publisher's files."""

    @property
    def id(self) -> str:
        """Its name: the source it reads, or "template"."""
        ...

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether this file (name and first 64 KiB) is one of the publisher's."""
        ...

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Everything the file says. Raises UserError where it cannot be read at all."""
        ...
