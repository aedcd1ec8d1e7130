"""Reading the publisher's files: one, a folder of them, or the archive as downloaded."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa

from callover.data.archives import ZIP_START, Member, opened
from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.delimited import header_of
from callover.data.reader import ReadContext
from callover.data.sources.street.observed import street_observations
from callover.data.sources.street.places import (
    TRANSPORT_POLICE,
    Counted,
    Placed,
    counted,
    place,
    street_areas,
)
from callover.data.sources.street.records import (
    FILE_NAME,
    NEEDED,
    FileCounts,
    count_file,
    force_slug,
)
from callover.domain.errors import Fault, Finding, Severity, UserError
from callover.domain.periods import Month

ID = "street"
FEW = 0.6
"""A month with fewer records than this share of the force's middle month is pointed out."""


class StreetCrime:
    """Reads street-level crime files."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the file, or the first one in the folder or archive, has the columns."""
        if path.is_dir() or head.startswith(ZIP_START):
            return self._inside(path)
        return _is_street(head)

    def _inside(self, path: Path) -> bool:
        if not path.is_dir() and not zipfile.is_zipfile(path):
            return False
        with opened(path) as files:
            first = next((m for m in files if FILE_NAME.search(_slashes(m.name))), None)
            return first is not None and _is_street(first.read()[:65536])

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Monthly counts by force, district and small area, with coverage; see the package."""
        files = []
        with opened(path) as everything:
            found = _street_files(path, everything)
            for i, member in enumerate(found):
                context.progress(f"reading {member.name}", i / len(found))
                files.append(count_file(member.read(), _slashes(member.name)))
        others = len(everything) - len(found)
        faults = [fault for file in files for fault in file.faults] + _twice(files)
        table = _together(files)
        members = tuple(file.name for file in files) if path.name != files[0].name else ()
        if not table.num_rows:
            if not faults:
                raise UserError(f"{path.name} holds no records.", "Fetch the download again.")
            return ReadResult(OBSERVATIONS.empty_table(), faults=tuple(faults))
        context.progress("adding up", 1.0)
        result = _result(files, counted(table, members), tuple(sorted(faults)), others)
        return replace(result, members=members)


def _together(files: list[FileCounts]) -> pa.Table:
    """The counts of all files, with the place of each file among them."""
    return pa.concat_tables(
        file.table.append_column("file", pa.repeat(pa.scalar(i), file.table.num_rows))
        for i, file in enumerate(files)
    )


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _is_street(head: bytes) -> bool:
    return {column.lower() for column in NEEDED} <= set(header_of(head))


def _street_files(path: Path, everything: list[Member]) -> list[Member]:
    """The street-level files among those in a folder or archive; a single file is one."""
    if len(everything) == 1 and everything[0].name == path.name:
        return everything
    found = [m for m in everything if FILE_NAME.search(_slashes(m.name))]
    if not found:
        raise UserError(
            f"{path.name} holds no street-level file.",
            "They are called 2018-10/2018-10-leicestershire-street.csv and so on.",
        )
    return found


def _twice(files: list[FileCounts]) -> list[Fault]:
    """A fault for each force and month that stands in two files."""
    holders: dict[tuple[str, str], list[str]] = {}
    for file in files:
        pairs = zip(
            file.table.column("force").to_pylist(),
            file.table.column("month").to_pylist(),
            strict=True,
        )
        for pair in sorted(set(pairs)):
            holders.setdefault(pair, []).append(file.name)
    return [
        Fault(
            names[-1],
            None,
            "",
            f"{force}, {month}",
            f"stands also in {names[0]}",
            "Keep one of them.",
        )
        for (force, month), names in holders.items()
        if len(names) > 1
    ]


def _result(
    files: list[FileCounts], data: Counted, faults: tuple[Fault, ...], others: int
) -> ReadResult:
    """Everything that the counts say."""
    placed = place(data)
    areas, links = street_areas(data, placed)
    return ReadResult(
        observations=street_observations(data, placed),
        areas=areas,
        links=links,
        faults=faults,
        findings=tuple(_few_records(data) + _empty_files(files)),
        summary=_summary(files, data, placed),
        left_out=_left_out(files, data, placed, others),
    )


def _few_records(data: Counted) -> list[Finding]:
    """Force months with far fewer records than that force's others: parts may be missing."""
    by_month = np.zeros((len(data.force_names), len(data.month_index)))
    np.add.at(by_month, (data.force, data.month), data.n)
    findings = []
    for force, row in zip(data.force_areas, by_month, strict=True):
        usual = median(row[row > 0])
        for position in np.flatnonzero((row > 0) & (row < FEW * usual)).tolist():
            month = Month(int(data.month_index[position]))
            message = (
                f"{force.removeprefix('force:')} gave {row[position]:,.0f} records for "
                f"{month.name}; its middle month has {usual:,.0f}. Records may be missing."
            )
            findings.append(
                Finding(
                    "few_records",
                    Severity.SUSPICIOUS,
                    ID,
                    "street_coverage",
                    force,
                    str(month),
                    message,
                    printed=float(row[position]),
                    follows=float(usual),
                )
            )
    return findings


def _empty_files(files: list[FileCounts]) -> list[Finding]:
    """Files with a header alone: the force gave nothing, which is not zero."""
    findings = []
    for file in files:
        named = FILE_NAME.search(file.name)
        if file.records == 0 and named:
            force = f"force:{force_slug(named[2].replace('-', ' '))}"
            message = f"{file.name} has no records: not supplied, not zero."
            findings.append(
                Finding(
                    "no_records",
                    Severity.SUSPICIOUS,
                    ID,
                    "street_coverage",
                    force,
                    named[1],
                    message,
                )
            )
    return findings


def _left_out(
    files: list[FileCounts], data: Counted, placed: Placed, others: int
) -> dict[str, int]:
    """Records that count in no district, by reason; records left out altogether do not exist."""
    btp = np.array([area == TRANSPORT_POLICE for area in data.force_areas])[data.force]
    counts = {
        "records of the transport police, in no district": int(data.n[btp].sum()),
        "records without a place, in their force only": int(data.n[placed.no_place].sum()),
        "records in another force's districts, in their force only": int(
            data.n[placed.stray].sum()
        ),
        "files of other kinds": others,
        "records that repeat a crime id of their file (counted)": sum(f.repeated for f in files),
    }
    return {reason: number for reason, number in counts.items() if number}


def _summary(files: list[FileCounts], data: Counted, placed: Placed) -> tuple[str, ...]:
    """What was seen, in short sentences."""
    months = [Month(int(i)) for i in (data.month_index.min(), data.month_index.max())]
    own = int((placed.owner >= 0).sum())
    lines = [
        f"{int(data.n.sum()):,} records in {len(files)} files: {len(data.force_names)} forces, "
        f"{len(data.month_index)} months, {months[0]} to {months[1]}; {own} districts.",
        *(note for file in files for note in file.notes),
    ]
    strays = Counter[str]()
    for district, number in zip(
        data.district[placed.stray].tolist(), data.n[placed.stray].tolist(), strict=True
    ):
        strays[data.district_names[district]] += number
    if strays:
        named = ", ".join(f"{name} {number}" for name, number in strays.most_common(8))
        lines.append(
            f"{strays.total():,} records lie in districts of other forces ({len(strays)} names: "
            f"{named}{' …' if len(strays) > 8 else ''}) and count in their force only."
        )
    return tuple(lines)
