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
from callover.audit.uncollected import uncollected
from callover.data.manifest import write_whole
from callover.domain.errors import Severity, UnknownName, UserError

FORMATS = ("table", "json", "sarif", "html", "docx")
_RULES = "callover audit --rules lists all"
OF_ONE_FILE = ("html", "docx")
"""Formats that hold one pack; the others hold several."""
_NO_LETTER = "backslashreplace"
"""How the bytes of a file's name that are no letters are written: a name may be any bytes."""


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
    _check_rules(request.rules, known)
    accepted = _accepted(request, known)
    with uncollected():
        pack = by.read(request.file)
        found = by.check(pack, request.holding)
    settled = settle(sorted(found.findings, key=lambda each: each.order), accepted)
    settled = replace(
        settled,
        standing=tuple(each for each in settled.standing if _asked(each, request)),
        accepted=tuple(each for each in settled.accepted if _asked(each.finding, request)),
    )
    return Result(str(request.file), pack, found, settled, by.rules)


def _check_rules(asked: Collection[str], known: Sequence[str]) -> None:
    """Raise UnknownName for a rule that there is not, UserError for several, each with its near."""
    unknown = [UnknownName("rule", each, known, told_by=_RULES) for each in asked
               if each not in known]  # fmt: skip
    if len(unknown) == 1:
        raise unknown[0]
    if unknown:
        said = [f"{each.name}: did you mean {' or '.join(each.near)}?"
                for each in unknown if each.near]  # fmt: skip
        named = " and ".join(repr(each.name) for each in unknown)
        raise UserError(f"There are no rules called {named}.", " ".join((*said, f"{_RULES}.")))


def _accepted(request: AuditRequest, known: Collection[str]) -> tuple[Acceptance, ...]:
    if request.baseline is None:
        return ()
    content = _baseline_content(request.baseline)
    return read_baseline(content, str(request.baseline), known, request.today)


def _baseline_content(path: Path) -> bytes:
    """The bytes of a baseline; raises UserError for what is no file that can be opened."""
    if path.is_dir():
        raise UserError(f"--baseline: {path} is a folder.", "Name the file in it.")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        make = f"Check the name, or make it: callover audit FILE --write-baseline {path}"
        raise UserError(f"--baseline: There is no file {path}.", make) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        what = f"--baseline: {path} cannot be opened: {why}."
        raise UserError(what, "Check that you may read it.") from error


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
            return as_json(results).encode(errors=_NO_LETTER)
        case "sarif":
            return as_sarif(results).encode(errors=_NO_LETTER)
        case "html":
            return as_html(results[0]).encode(errors=_NO_LETTER)
        case "docx":
            return with_comments(Path(results[0].file).read_bytes(), results[0])
        case _:
            return as_table(results).encode(errors=_NO_LETTER)


def write_report(path: Path, content: bytes, audited: Sequence[Path]) -> None:
    """Write a report as a whole or not at all, through a link to what it leads to.

    Raises UserError where it would replace a pack.
    """
    if path.resolve() in {file.resolve() for file in audited}:
        raise UserError(f"{path} is the pack itself.", "Name another file with --out.")
    write_whole(path.resolve(), content)


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
    write_report(path, content.encode(errors=_NO_LETTER), [request.file])
