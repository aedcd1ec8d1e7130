"""A finished pack read, audited, set against what is accepted, and reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from callover.audit.audit import RULES, audit
from callover.audit.baseline import Acceptance, settle
from callover.audit.baseline_file import as_baseline, read_baseline
from callover.audit.findings import SEVERITIES, Audit, Finding
from callover.audit.pack import Pack
from callover.audit.read import read_pack
from callover.audit.report.as_json import as_json
from callover.audit.report.docx_comments import with_comments
from callover.audit.report.html import as_html
from callover.audit.report.result import Result
from callover.audit.report.sarif import as_sarif
from callover.audit.report.table import as_table
from callover.audit.rules.held import Holding
from callover.audit.rules.rule import Rule
from callover.data.manifest import write_whole
from callover.domain.errors import Severity, UnknownName, UserError

FORMATS = ("table", "json", "sarif", "html", "docx")
OF_ONE_FILE = ("html", "docx")
"""Formats that hold one pack; the others hold several."""


@dataclass(frozen=True)
class Auditor:
    """Who reads and who checks; tests put others in their place."""

    read: Callable[[Path], Pack]
    check: Callable[[Pack, Holding | None], Audit]
    rules: tuple[Rule, ...]


AUDITOR = Auditor(read_pack, audit, RULES)


@dataclass(frozen=True)
class AuditRequest:
    """Which pack, and which of its findings; no ``rules`` are all of them.

    ``holding`` is what its figures are compared with, None for nothing.
    """

    file: Path
    today: date
    rules: tuple[str, ...] = ()
    least: Severity = Severity.EXPLAINABLE
    baseline: Path | None = None
    holding: Holding | None = None


def audit_file(request: AuditRequest, auditor: Auditor | None = None) -> Result:
    """What was found in a pack, and what of that is accepted.

    Raises Unreadable for the pack, UnknownName for a rule, FaultsFound for the baseline.
    """
    by = auditor or AUDITOR
    known = tuple(rule.id for rule in by.rules)
    for name in request.rules:
        if name not in known:
            raise UnknownName("rule", name, known)
    accepted = _accepted(request, known)
    pack = by.read(request.file)
    found = by.check(pack, request.holding)
    settled = settle(sorted(found.findings, key=lambda each: each.order), accepted)
    settled = replace(
        settled,
        standing=tuple(each for each in settled.standing if _asked(each, request)),
        accepted=tuple(each for each in settled.accepted if _asked(each.finding, request)),
    )
    return Result(str(request.file), pack, found, settled, by.rules)


def _accepted(request: AuditRequest, known: Collection[str]) -> tuple[Acceptance, ...]:
    if request.baseline is None:
        return ()
    if not request.baseline.is_file():
        what = f"There is no file {request.baseline}."
        raise UserError(what, f"Make it: callover audit FILE --write-baseline {request.baseline}")
    content = request.baseline.read_bytes()
    return read_baseline(content, str(request.baseline), known, request.today)


def _asked(finding: Finding, request: AuditRequest) -> bool:
    enough = SEVERITIES.index(finding.severity) <= SEVERITIES.index(request.least)
    return enough and (not request.rules or finding.rule in request.rules)


def check_format(format_: str, packs: int) -> None:
    """Raise UnknownName for another format, UserError for one that does not hold so many packs."""
    if format_ not in FORMATS:
        raise UnknownName("format", format_, FORMATS)
    if format_ in OF_ONE_FILE and packs > 1:
        what = f"--format {format_} takes one file at a time."
        raise UserError(what, "Name one, or take table, json or sarif.")


def report(results: Sequence[Result], format_: str) -> bytes:
    """The results in a format; raises UserError where the pack cannot take it."""
    match format_:
        case "json":
            return as_json(results).encode()
        case "sarif":
            return as_sarif(results).encode()
        case "html":
            return as_html(results[0]).encode()
        case "docx":
            return with_comments(Path(results[0].file).read_bytes(), results[0])
        case _:
            return as_table(results).encode()


def write_report(path: Path, content: bytes, audited: Sequence[Path]) -> None:
    """Write a report as a whole or not at all; raises UserError where it would replace a pack."""
    if path.resolve() in {file.resolve() for file in audited}:
        raise UserError(f"{path} is the pack itself.", "Name another file with --out.")
    write_whole(path, content)


def write_baseline(path: Path, result: Result, request: AuditRequest) -> None:
    """Write what was found as a baseline to be filled in.

    Raises UserError where that would lose a baseline that was not read, or the pack.
    """
    read = request.baseline is not None and path.resolve() == request.baseline.resolve()
    if path.exists() and not read:
        raise UserError(
            f"{path} is there already, and its reasons would be lost.",
            f"Read it too (--baseline {path}), or name another file.",
        )
    content = as_baseline(result.settled, result.pack.name, request.today)
    write_report(path, content.encode(), [request.file])
