"""The ward file beside a pack: an edition's tables by ward, as pages and maps show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from callover.domain.errors import UserError

SCHEMA = "callover-wards/1"
NAME = "callover-wards"


def wards_name(edition: str) -> str:
    """The name of an edition's file."""
    return f"{NAME}-public.json" if edition == "public" else f"{NAME}.json"


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and as it is printed; without a value the words say why."""

    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward, or all of them together: twelve months, share of all, rate, the year before, change.

    ``state`` is that of the twelve months.
    """

    code: str
    name: str
    now: Said
    share: Said
    rate: Said
    before: Said
    change: Said
    state: str

    @property
    def withheld(self) -> bool:
        """Whether its twelve months may not be shown."""
        return self.state == "suppressed"


@dataclass(frozen=True, slots=True)
class WardTable:
    """An indicator by ward. ``rate_unit`` is empty where no ward has a rate."""

    indicator: str
    series: str
    title: str
    unit: str
    months: str
    source: str
    source_title: str
    rate_unit: str
    rows: tuple[WardRow, ...]
    total: WardRow

    @property
    def withheld(self) -> int:
        """How many wards' twelve months may not be shown."""
        return sum(row.withheld for row in self.rows)


@dataclass(frozen=True)
class WardFile:
    """The tables of one edition, in the pack's order. ``area`` is the district's code."""

    area: str
    month: str
    edition: str
    tables: tuple[WardTable, ...] = ()

    def table(self, indicator: str) -> WardTable | None:
        """An indicator's table; None where it is not counted, or not shown, by ward."""
        return next((each for each in self.tables if each.indicator == indicator), None)

    def to_bytes(self) -> bytes:
        """The file: the same tables give the same bytes."""
        content = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def read_wards(path: Path) -> WardFile:
    """The ward file at ``path``; raises UserError where it is none, or of another version."""
    try:
        content = json.loads(path.read_bytes())
        if content.pop("schema") != SCHEMA:
            raise ValueError("it was written by another version of Callover")
        tables = tuple(_table(each) for each in content.pop("tables"))
        return WardFile(**content, tables=tables)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path} is no ward file: {error}.", "Build the snapshot anew.") from error


def _table(held: Mapping[str, Any]) -> WardTable:
    rows = tuple(_row(each) for each in held["rows"])
    return WardTable(**{**held, "rows": rows, "total": _row(held["total"])})


def _row(held: Mapping[str, Any]) -> WardRow:
    said = {name: Said(**held[name]) for name in ("now", "share", "rate", "before", "change")}
    return WardRow(**{**held, **said})
