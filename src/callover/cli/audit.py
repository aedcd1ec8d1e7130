"""``callover audit``: what in a finished pack cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.options import PLAIN, AreaOption, AsKnownAt, counted, end_of_day, listed
from callover.domain.errors import Severity, UnknownName, UserError

if TYPE_CHECKING:
    from callover.audit.report.result import Result
    from callover.audit.rules.held import Holding
    from callover.jobs.audit import AuditRequest

app = typer.Typer(**PLAIN)

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="FILE...", help="PDF, DOCX, HTML, XLSX or text.")
]
Format = Annotated[str, typer.Option("--format", help="table, json, sarif, html or docx.")]
Out = Annotated[Path | None, typer.Option("--out", help="File to write instead of printing.")]
Baseline = Annotated[
    Path | None, typer.Option("--baseline", help="YAML file of findings that are accepted.")
]
WriteBaseline = Annotated[
    Path | None, typer.Option("--write-baseline", help="Write what is found as a baseline.")
]
OfRules = Annotated[
    list[str] | None, typer.Option("--rule", help="Rule ids, by commas; all where absent.")
]
Least = Annotated[
    str, typer.Option("--severity", help="The least to show: wrong, suspicious or explainable.")
]
OfWorkspace = Annotated[
    Path | None, typer.Option("--workspace", help="Compare every figure with this workspace too.")
]
ListRules = Annotated[bool, typer.Option("--rules", help="List the rules and stop.")]


@app.command()
def audit(
    files: Files = None,
    format_: Format = "table",
    out: Out = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
    rule: OfRules = None,
    severity: Least = "explainable",
    workspace: OfWorkspace = None,
    area: AreaOption = "",
    as_known_at: AsKnownAt = "",
    rules: ListRules = False,
) -> None:
    """Find what contradicts itself in a finished pack: exit code 1 where something is wrong."""
    from callover.jobs.audit import AuditRequest, audit_file, report

    if rules:
        _list_rules()
        return
    named, chosen = tuple(dict.fromkeys(files or ())), listed(rule)
    least, today = _least(severity), datetime.now(UTC).date()
    _check(named, format_, out)
    _check_targets(out, write_baseline, baseline)
    if baseline is not None or write_baseline is not None:
        _check_baseline(named, write_baseline is not None and _partial(chosen, least))
    holding = _holding(workspace, area, as_known_at)
    requests = [AuditRequest(file, today, chosen, least, baseline, holding) for file in named]
    results = [audit_file(request) for request in requests]
    content = report(results, format_)
    if write_baseline is not None:
        _write_baseline(write_baseline, results[0], requests[0])
    _give(content, results, out)
    raise typer.Exit(1 if any(result.wrong for result in results) else 0)


def _holding(workspace: Path | None, area: str, as_known_at: str) -> Holding | None:
    """What the figures are compared with; raises UserError for a day or area without workspace."""
    if workspace is None:
        if area or as_known_at:
            raise UserError("--area and --as-known-at need --workspace.", "Name the workspace too.")
        return None
    from callover.jobs.audit_against import WorkspaceHolding
    from callover.jobs.workspace import Workspace

    return WorkspaceHolding(Workspace.open(workspace), area, end_of_day(as_known_at))


def _list_rules() -> None:
    from callover.audit.report.table import rule_list
    from callover.jobs.audit import AUDITOR

    typer.echo(rule_list(AUDITOR.rules), nl=False)


def _least(word: str) -> Severity:
    words = tuple(each.value for each in Severity)
    if word not in words:
        raise UnknownName("severity", word, words)
    return Severity(word)


def _check(files: tuple[Path, ...], format_: str, out: Path | None) -> None:
    """Raise UserError for what cannot be asked together."""
    from callover.jobs.audit import check_format

    check_format(format_, len(files))
    if not files:
        raise UserError("Which pack? No file is named.", "For example: callover audit pack.pdf")
    if format_ == "docx" and out is None:
        raise UserError("A Word document is no text to print.", "Name a file: --out audited.docx")


def _check_targets(out: Path | None, write_baseline: Path | None, baseline: Path | None) -> None:
    """Raise UserError for what cannot be written, before anything is: a report over the reasons of
    a baseline would lose them."""
    for option, path in (("--out", out), ("--write-baseline", write_baseline)):
        if path is None:
            continue
        if not path.name or path.is_dir():
            raise UserError(f"{option}: {path} is a folder.", "Name a file in it.")
        if path.exists() and not path.is_file():  # a device would be replaced by a file
            raise UserError(f"{option}: {path} is no plain file.", "Name a file to write.")
        if not path.parent.is_dir():
            raise UserError(f"{option}: there is no folder {path.parent}.", "Make it first.")
    others = [path.resolve() for path in (baseline, write_baseline) if path is not None]
    if out is not None and out.resolve() in others:
        raise UserError(f"--out: {out} is the baseline.", "Name another file for the report.")


def _partial(rules: tuple[str, ...], least: Severity) -> bool:
    """Whether only some of the findings are asked for."""
    return bool(rules) or least is not Severity.EXPLAINABLE


def _check_baseline(files: tuple[Path, ...], of_some: bool) -> None:
    """Raise UserError for a baseline of several packs, or one that would hold only some findings:
    written over an older one, it would lose the others' reasons."""
    if len(files) > 1:
        raise UserError("A baseline belongs to one pack.", "Audit the files one by one.")
    if of_some:
        raise UserError("A baseline holds all findings.", "Leave --rule and --severity out.")


def _write_baseline(path: Path, result: Result, request: AuditRequest) -> None:
    from callover.jobs.audit import write_baseline

    write_baseline(path, result, request)
    said = f"{counted(len(result.settled.standing), 'finding')} to fill in written to {path}"
    typer.echo(f"{said}: each needs a reason and the post that accepts it.", err=True)


def _give(content: bytes, results: list[Result], out: Path | None) -> None:
    """Print the report, or write it and say in a line what it holds."""
    from callover.audit.report.words import tally
    from callover.jobs.audit import write_report

    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    write_report(out, content, [Path(result.file) for result in results])
    found = tally(each for result in results for each in result.standing)
    typer.echo(f"{found or 'Nothing found'}; written to {out}", err=True)
