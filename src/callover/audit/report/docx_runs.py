"""The runs of a Word paragraph that hold certain words, cut so that they hold nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from callover.audit.report.marked import whole

_RUN, _PARAGRAPH, _TEXT, _LOOK = (qn(name) for name in ("w:r", "w:p", "w:t", "w:rPr"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def runs_of(paragraph: Any, printed: str) -> list[Any]:
    """The runs of the printed words; all runs where the words are not found, a new one for none."""
    runs = [run for run in paragraph.iter(_RUN) if _own(run, paragraph)]
    if not runs:
        runs = [paragraph.makeelement(_RUN)]
        paragraph.append(runs[0])
    pattern = whole(printed)
    found = pattern.search("".join(_text(run) for run in runs)) if pattern else None
    return list(_between(runs, *found.span())) if found else runs


def _own(run: Any, paragraph: Any) -> bool:
    """Whether a run is the paragraph's and not that of a text box within it."""
    return next(run.iterancestors(_PARAGRAPH)) is paragraph


def _text(run: Any) -> str:
    """The words of a run; those of a text box anchored in it are not its own."""
    return "".join(_said(node) for node in run.iterchildren() if node.tag != _LOOK)


def _said(node: Any) -> str:
    """Words; whatever else stands in a run, such as a tab, parts words."""
    return (node.text or "") if node.tag == _TEXT else " "


def _between(runs: list[Any], start: int, end: int) -> Iterator[Any]:
    """The runs of the words between two offsets; one that holds more is cut where it can be."""
    offset = 0
    for run in runs:
        length = len(_text(run))
        if offset < end and offset + length > start:
            yield _cut(run, max(0, start - offset), min(length, end - offset))
        offset += length


def _cut(run: Any, start: int, end: int) -> Any:
    """The run with its words from ``start`` to ``end`` only; the others go to runs beside it.

    A run that holds more than words, such as a tab or a picture, stays whole.
    """
    if [child.tag for child in run if child.tag != _LOOK] != [_TEXT]:
        return run
    text = _text(run)
    if text[:start]:
        run.addprevious(_like(run, text[:start]))
    if text[end:]:
        run.addnext(_like(run, text[end:]))
    _say(run, text[start:end])
    return run


def _like(run: Any, text: str) -> Any:
    """Another run of the same look."""
    made = deepcopy(run)
    _say(made, text)
    return made


def _say(run: Any, text: str) -> None:
    node = run.find(_TEXT)
    node.text = text
    node.set(_SPACE, "preserve")
