"""A copy of an audited Word document with a comment at the place of each finding."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from callover.audit.findings import Finding, Spot
from callover.audit.pack import Format
from callover.audit.report.docx_runs import runs_of
from callover.audit.report.groups import grouped
from callover.audit.report.result import Result
from callover.audit.report.words import confidence, plain, where
from callover.domain.archives import normalised
from callover.domain.errors import UserError

AUTHOR = "Callover audit"
INITIALS = "CA"

_STAMP = "1980-01-01"  # the archive's times: the same findings give the same bytes
_PARAGRAPH, _DATE = qn("w:p"), qn("w:date")


def with_comments(original: bytes, result: Result) -> bytes:
    """The document with its findings in the margin, byte for byte the same each time.

    Raises UserError where the pack was no Word document. A finding whose place the document does
    not have stands at its first paragraph.
    """
    if result.pack.format is not Format.DOCX:
        kind = result.pack.format.value.upper()
        raise UserError(
            f"{result.file} is {kind}: only a Word document takes comments.",
            "Write a page instead: --format html",
        )
    document = _opened(original, result.file)
    paragraphs = _paragraphs(document)
    told = (each for group in grouped(result.standing) for each in group.found)
    for finding in (finding for each in told for finding in each.all):
        _comment(document, paragraphs, finding, result.title_of(finding.rule))
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue(), _STAMP)


def _opened(original: bytes, file: str) -> Any:
    try:
        return docx.Document(io.BytesIO(original))
    except (ValueError, KeyError) as error:  # a template, macros, or the strict kind
        what = f"{file} is no plain Word document."
        raise UserError(what, "Save it as .docx and audit that.") from error


def _paragraphs(document: Any) -> list[Any]:
    """Every paragraph element in document order; those of tables and text boxes too."""
    found = list(document.element.iter(_PARAGRAPH))
    return found or [document.add_paragraph().paragraph_format.element]


def _comment(document: Any, paragraphs: Sequence[Any], finding: Finding, title: str) -> None:
    paragraph = paragraphs[_place(finding.spot, len(paragraphs))]
    runs = [Run(run, document) for run in runs_of(paragraph, finding.spot.printed)]
    comment = document.add_comment(runs, _text(finding, title), AUTHOR, INITIALS)
    # the clock's time would make every copy another; a comment needs none
    element = comment.paragraphs[0].paragraph_format.element.getparent()
    element.attrib.pop(_DATE, None)


def _place(spot: Spot, number: int) -> int:
    """The index of the paragraph that ``p17`` names; 0 where there is no such paragraph."""
    mark = spot.place.spot
    named = int(mark[1:]) if mark[:1] == "p" and mark[1:].isdecimal() else 0
    return named - 1 if 1 <= named <= number else 0


def _text(finding: Finding, title: str) -> str:
    """A line each for the kind, what is printed and follows, the arithmetic, the other place."""
    severity = finding.severity.value.capitalize()
    lines = [
        f"{severity}, {confidence(finding.confidence)}: {plain(title)}",
        f"Printed: {plain(finding.spot.printed)}",
        f"Follows: {plain(finding.follows)}",
        plain(finding.arithmetic),
    ]
    if finding.other is not None:
        lines.append(f"Against: {plain(finding.other.printed)} ({where(finding.other)})")
    return "\n".join(line for line in lines if line)
