"""A file that a provider sent in: what a check of it tells, and its storing, as plain values.

Both run in a process of their own (``jobs.confined``); what they give can be written as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.differences import Differences, differences
from callover.data.sources.registry import TEMPLATE
from callover.data.store import ImportRecord, file_hash
from callover.domain.errors import Fault, Finding, UserError
from callover.domain.periods import Month
from callover.jobs.add import Checked, add_file, check_file
from callover.jobs.turns import one_at_a_time
from callover.jobs.workspace import Workspace

MOST_TOLD = 500
"""Faults, findings and changes that are told one by one; more are counted."""

_LONGEST = 300

Report = dict[str, Any]
"""What a page shows of a check: counts, and lists of plain values."""


@dataclass(frozen=True)
class Submitted:
    """A file for a source, sent in for a partnership.

    ``refused`` are areas of other partnerships, for which whoever sent it may not speak.
    """

    workspace: Path
    file: Path
    source: str
    partnership: str
    refused: tuple[str, ...] = ()


def check_submitted(given: Submitted) -> Report:
    """Faults at their rows, findings, what would be new and revised; stores nothing.

    Raises UserError where the file cannot be read at all.
    """
    workspace = Workspace.open(given.workspace)
    checked = check_file(workspace, given.file, given.source)
    faults = [*checked.result.faults, *_strays(given, checked)]
    batch = checked.result.observations
    names = set(pc.unique(batch["series"]).to_pylist())
    before = workspace.store.observations(sources=[checked.source], series=names)
    found = differences(before, batch)
    ends = batch["end"]
    return {
        "reader": checked.reader,
        "rows": batch.num_rows,
        "first": str(pc.min(ends).as_py() or "")[:7],
        "last": str(pc.max(ends).as_py() or "")[:7],
        "fault_count": len(faults),
        "faults": [_fault(each) for each in faults[:MOST_TOLD]],
        "finding_count": len(checked.findings),
        "findings": _told_findings(given, checked.findings),
        "new": found.new.num_rows,
        "revised": found.revised.num_rows,
        "unchanged": found.unchanged,
        "changes": _changes(workspace, given, found),
        "summary": [_short(line) for line in checked.result.summary],
        "stored_before": checked.before.received if checked.before else "",
        "superseded": bool(checked.superseded_by),
    }


def store_submitted(given: Submitted, since: datetime, good_rows: bool = False) -> Report:
    """Store the file as known from now on; a second call for the same decision finds it stored.

    ``since`` is the moment of the decision: an import of the same bytes after it is this one's.
    Raises UserError where it has faults and not only its ``good_rows`` are wanted.
    """
    workspace = Workspace.open(given.workspace)
    with one_at_a_time(workspace.path / "data" / ".submissions.lock"):
        done = _stored_since(workspace, given, since)
        if done is None:
            _refuse_strays(given, check_file(workspace, given.file, given.source))
            done = add_file(
                workspace,
                given.file,
                given.source,
                accept_good_rows=good_rows,
                again=True,
                forecast=False,
            ).record
    return {"import": done.id, "new": done.new, "revised": done.revised,
            "unchanged": done.unchanged, "rejected": done.rejected}  # fmt: skip


def _stored_since(workspace: Workspace, given: Submitted, since: datetime) -> ImportRecord | None:
    sha256 = file_hash(given.file)
    for record in reversed(workspace.store.imports):
        same = (record.sha256, record.source) == (sha256, given.source)
        if same and datetime.fromisoformat(record.received) >= since:
            return record
    return None


def _strays(given: Submitted, checked: Checked) -> Iterable[Fault]:
    """Rows of a template about an area of another partnership: nobody speaks for a neighbour.

    A publisher's own table covers many areas, and is read for all of them.
    """
    if checked.reader != TEMPLATE or not given.refused:
        return
    rows = checked.result.observations
    for row in rows.filter(pc.is_in(rows["area"], pa.array(given.refused))).to_pylist():
        yield Fault(
            given.file.name, int(row["row"]), "area", row["area"],
            "is the area of another partnership.", "Leave out its rows: it sends in its own.",
        )  # fmt: skip


def _refuse_strays(given: Submitted, checked: Checked) -> None:
    strays = next(iter(_strays(given, checked)), None)
    if strays is not None:
        raise UserError(str(strays), strays.remedy)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line, "column": _short(fault.column), "text": _short(fault.text),
        "reason": _short(fault.reason), "remedy": _short(fault.remedy),
    }  # fmt: skip


def _told_findings(given: Submitted, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings, the worst first; nothing of a partnership for which the sender may not speak."""
    order = {"wrong": 0, "suspicious": 1, "explainable": 2}
    own = [each for each in findings if each.area not in given.refused]
    own.sort(key=lambda each: order[each.severity.value])
    return [
        {
            "severity": each.severity.value, "series": each.series, "area": each.area,
            "period": each.period, "message": _short(each.message), "printed": each.printed,
            "follows": each.follows, "place": _short(each.place),
        }
        for each in own[:MOST_TOLD]
    ]  # fmt: skip


def _changes(workspace: Workspace, given: Submitted, found: Differences) -> list[dict[str, Any]]:
    """What would be revised, then what would be new, each with its value before and after."""
    titles = _titles(workspace, given.partnership)
    revised = zip(found.was.to_pylist(), found.revised.to_pylist(), strict=True)
    pairs = [*revised, *((None, row) for row in found.new.slice(0, MOST_TOLD).to_pylist())]
    own = [(was, row) for was, row in pairs if row["area"] not in given.refused]
    return [
        {
            "series": titles.get(row["series"], row["series"]),
            "area": workspace.area_name(row["area"]),
            "period": _period(row["start"], row["end"], row["kind"]),
            "measure": row["measure"], "line": row["row"],
            "before": _value(was) if was else "", "after": _value(row), "is_new": was is None,
        }
        for was, row in own[:MOST_TOLD]
    ]  # fmt: skip


def _titles(workspace: Workspace, partnership: str) -> dict[str, str]:
    catalogue = workspace.catalogue_of(workspace.partnership(partnership))
    return {one.id: one.title for one in catalogue.series.values()}


def _value(row: dict[str, Any]) -> str:
    """A value as it will be stored, or the state that stands for it."""
    if row["value"] is None and row["numerator"] is None:
        return str(row["state"]).replace("_", " ")
    parts = [f"{row[name]:,.10g}" for name in ("numerator", "denominator") if row[name] is not None]
    value = f"{row['value']:,.10g}" if row["value"] is not None else ""
    told = " of ".join(parts)
    return f"{value} ({told})" if value and told else value or told


def _period(start: date, end: date, kind: str) -> str:
    last = Month.containing(end).name
    if kind == "month":
        return last
    return f"{Month.containing(start).name} to {last}, {kind.replace('_', ' ')}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
