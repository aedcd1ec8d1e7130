"""What a table must look like on its way from a reader to the store."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from callover.domain.errors import Fault, Finding

OBSERVATIONS = pa.schema(
    [
        ("series", pa.string()),
        ("area", pa.string()),
        ("kind", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("measure", pa.string()),
        ("peer_group", pa.string()),
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("state", pa.string()),
        ("as_at", pa.date32()),
        ("released", pa.date32()),
        ("note", pa.string()),
        ("row", pa.int32()),
        ("member", pa.string()),
    ]
)
"""One row per published value; columns are described in docs/architecture.md, section 1."""

KEY = ("series", "area", "kind", "start", "end", "measure", "peer_group")
"""What makes a value the same value when it is published again by the same source."""

AREAS = pa.schema([("code", pa.string()), ("name", pa.string()), ("kind", pa.string())])
"""Places by code; ``kind`` is an ``AreaKind``."""

LINKS = pa.schema([("child", pa.string()), ("parent", pa.string())])
"""Which place lies in which."""

MEASURES = (
    "value",
    "rate",
    "rank",
    "average",
    "change_pct",
    "change",
    "quartile_low",
    "quartile_high",
)
"""What a published number can be, beside a plain value; the quartile ends are of a peer group's
published top-quartile range."""


@dataclass(frozen=True)
class ReadResult:
    """What a reader found in one file. ``faults`` block it; ``findings`` are stored beside it.

    ``summary`` says in short sentences what was seen and what was left out, with counts;
    ``left_out`` holds those counts by reason, so that status and pack can show them.
    """

    observations: pa.Table
    areas: pa.Table = field(default_factory=AREAS.empty_table)
    links: pa.Table = field(default_factory=LINKS.empty_table)
    faults: tuple[Fault, ...] = ()
    findings: tuple[Finding, ...] = ()
    summary: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    members: tuple[str, ...] = ()  # files that were read of a folder or an archive
