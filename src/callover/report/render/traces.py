"""Where a printed number comes from, in the words that a page shows beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Document,
    KeyFacts,
    Note,
    Paragraph,
    Section,
    TermList,
    every,
)
from callover.report.packfile import Pack
from callover.report.render.figure_names import figure_name, formula_words

LINES = 6
"""So many lines of a file are named; of more the first and the last."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure's calculation, source, files with their lines, and when it was known.

    ``name`` tells it from every other: ``Total notifiable offences, 12 months to September 2016``.
    """

    id: str
    worked: str
    source: str
    files: tuple[str, ...]
    known: str
    name: str = ""


def traces(pack: Pack) -> dict[str, Trace]:
    """By the figure's key: the traces of all figures that prose and key figures print."""
    printed = set(_printed(pack.document))
    titles = {str(s["source"]): str(s["title"]) for s in pack.facts.get("sources", ())}
    names = {str(key): str(title) for key, title in pack.facts.get("titles", {}).items()}
    rows = pack.facts.get("rows", ())
    return {
        record["key"]: Trace(
            f"figure-{place}",
            formula_words(_worked(record["worked"]), names, titles),
            titles.get(str(record["source"]), str(record["source"])),
            _files([rows[each] for each in record["inputs"]]),
            _day(record["known_at"]),
            figure_name(record, names, titles),
        )
        for place, record in enumerate(pack.figures)
        if record.get("key") in printed and record.get("worked")
    }


def _worked(formula: str) -> str:
    """The formula with its numbers; of a number that was only read, ``17,825 as supplied``."""
    result, equals, parts = formula.partition(" = ")
    return f"{result} as supplied" if equals and result == parts else formula


def _day(moment: str) -> str:
    """The day of a moment; empty where nothing was ever known."""
    return words.day(datetime.fromisoformat(moment).date()) if moment else ""


def _files(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """``iquanta.csv, lines 12, 13``, a file each; a value made of many lines names none."""
    lines: dict[str, set[int]] = {}
    for row in rows:
        held = lines.setdefault(str(row["file"]), set())
        if row["row"] is not None:
            held.add(int(row["row"]))
    return tuple(f"{name}{_lines(sorted(found))}" for name, found in sorted(lines.items()))


def _lines(found: list[int]) -> str:
    if not found:
        return ""
    if len(found) == 1:
        return f", line {found[0]}"
    if len(found) > LINES:
        return f", {len(found)} lines from {found[0]} to {found[-1]}"
    return f", lines {', '.join(map(str, found))}"


def _printed(document: Document) -> Iterator[str]:
    """Keys of the figures that stand in prose and among key figures."""
    for section in document.sections:
        yield from printed_in(section)


def printed_in(section: Section) -> Iterator[str]:
    """Keys of the figures that stand in a section's prose and among its key figures."""
    for block in every(section.blocks):
        yield from _keys(block)


def _keys(block: Block) -> Iterator[str]:
    match block:
        case KeyFacts():
            yield from (fact.figure for fact in block.facts if fact.figure)
        case Paragraph() | Note():
            yield from (span.figure for span in block.spans if span.figure)
        case BulletList():
            yield from (span.figure for item in block.items for span in item if span.figure)
        case TermList():
            yield from (span.figure for _, said in block.items for span in said if span.figure)
        case _:
            return
