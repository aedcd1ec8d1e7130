"""Numbers of paragraphs: lists such as ``1.``, ``2.``, and paragraphs such as ``5.1``, ``5.2``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Paragraph, Place
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.left_in import NUMBERING

_LEAST = 3
_ITEM = re.compile(r"\(?(?P<number>[1-9]\d?)(?:[.)]|\.\))\s+(?=\S)")
_CLAUSE = re.compile(r"(?P<chapter>[1-9]\d?)\.(?P<number>[1-9]\d?)\.?\s+(?=[A-Z£(\d\"“‘'])")

_PRINTED = re.compile(r"(?<![\d.£])(?P<chapter>\d+)\.(?P<number>\d+)\.?(?![\d.]|\s?%)")
"""What may be the number of a paragraph wherever it stands."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A paragraph with a number: the number's last part, and as printed."""

    number: int
    printed: str
    place: Place
    text: str


def lists(claims: Claims, book: Book) -> Iterator[Finding]:
    """Items of a list, one right after the other, that do not run on."""
    for section in claims.sections:
        for items in _lists_in(section):
            yield from _out_of_order(section.title, items, book)


def _lists_in(section: Section) -> Iterator[list[_Numbered]]:
    run: list[_Numbered] = []
    for block in section.blocks:
        found = _ITEM.match(plain(block.text)) if isinstance(block, Paragraph) else None
        if found is None or not isinstance(block, Paragraph):
            yield run
            run = []
            continue
        item = _Numbered(int(found["number"]), found[0].strip(), block.place, block.text)
        if item.number == 1 and run:
            yield run
            run = []
        run.append(item)
    yield run


def clauses(claims: Claims, book: Book) -> Iterator[Finding]:
    """Paragraphs of one chapter, whatever stands between them, that do not run on."""
    printed = frozenset(
        (found["chapter"], found["number"])
        for text, _ in claims.pack.texts()
        for found in _PRINTED.finditer(plain(text))
    )
    for paper in _papers(claims):
        chapters: dict[str, list[_Numbered]] = defaultdict(list)
        titles: dict[str, str] = {}
        for text, place, title in paper:
            found = _CLAUSE.match(plain(text))
            if found:
                item = _Numbered(int(found["number"]), found[0].strip(), place, text)
                chapters[found["chapter"]].append(item)
                titles.setdefault(found["chapter"], title)
        for chapter, items in chapters.items():
            if not _printed_elsewhere(printed, chapter, items):
                yield from _out_of_order(titles[chapter], items, book)


def _papers(claims: Claims) -> Iterator[list[tuple[str, Place, str]]]:
    """Headings and paragraphs of each paper with the title that they stand under."""
    papers: dict[int, list[tuple[str, Place, str]]] = defaultdict(list)
    for section in claims.sections:
        paper = papers[claims.paper_of(section)]
        paper.append((section.title, section.place, section.title))
        paper += [
            (block.text, block.place, section.title)
            for block in section.blocks
            if isinstance(block, Paragraph)
        ]
    yield from papers.values()


def _printed_elsewhere(
    printed: frozenset[tuple[str, str]], chapter: str, items: Sequence[_Numbered]
) -> bool:
    """Whether a number that the paragraphs leave out stands somewhere else: in a cell, or in the
    midst of a text that lost its lines."""
    numbers = {item.number for item in items}
    missing = set(range(1, max(numbers))) - numbers
    return any((chapter, str(number)) in printed for number in missing)


def _out_of_order(title: str, items: Sequence[_Numbered], book: Book) -> Iterator[Finding]:
    numbers = [item.number for item in items]
    if len(items) < _LEAST or numbers[0] != 1:
        return
    for item in items:
        book.note(item.place, item.printed)
    at = _slip(numbers)
    if at is not None:
        item, was = items[at], items[at - 1]
        follows = item.printed.replace(str(item.number), str(was.number + 1))
        if "." in item.printed.rstrip("."):
            follows = f"{item.printed.partition('.')[0]}.{was.number + 1}"
        yield finding(
            NUMBERING, Spot(title, item.place, item.printed, item.text[:200]), follows,
            f"{was.printed.rstrip('.')} is followed by {item.printed.rstrip('.')}",
            None, "", None, 0.85,
        )  # fmt: skip


def _slip(numbers: Sequence[int]) -> int | None:
    """Which number is the only slip of a list: one that should be another, or the one after a
    number left out. None for none, or for a list that does not run on at all."""
    steps = [now - was for was, now in pairwise(numbers)]
    wrong = [at for at, step in enumerate(steps, 1) if step != 1]
    if len(wrong) == 1 and steps[wrong[0] - 1] == 2:
        return wrong[0]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sum(steps[at - 1] for at in wrong) == 2:
        return wrong[0]
    last = len(numbers) - 1
    return last if wrong == [last] and steps[-1] == 0 else None


CHECKS = (
    Check(NUMBERING, lists),
    Check(NUMBERING, clauses),
)
