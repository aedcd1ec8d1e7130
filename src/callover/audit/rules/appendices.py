"""Appendices that a sentence names, in a pack that has others and not this one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.left_in import ATTACHMENT

_LABEL = r"(?P<kind>Appendix|Annex|Attachment)\s+(?P<label>[A-Z]|[1-9]\d?)(?![\w/])"
_NAMED = re.compile(rf"\b{_LABEL}(?!\s*(?:[:–-]|to\b(?! this)|of\b(?! this)|in\b))", re.I)
_HEADS = re.compile(rf"(?:^|\n|\d\.\s)\W*{_LABEL}", re.I)
_TITLED = re.compile(rf"\b{_LABEL}\s*[:–-]\s*\S", re.I)
_ELSEWHERE = re.compile(
    r"separate|apart|circulated|restricted|exempt|confidential|part (?:2|two|ii)\b|publish|website|"
    r"online|constitution|\bact\b|regulation|guidance|previous|earlier|last (?:year|meeting)",
    re.IGNORECASE,
)


def named_in_text(claims: Claims, book: Book) -> Iterator[Finding]:
    """Appendices of a kind that has one with a title somewhere in the pack, but not this."""
    titled, there = _enclosed(claims)
    seen: set[tuple[str, str]] = set()
    for said in claims.said:
        text = said.sentence.text
        for found in _NAMED.finditer(text):
            kind, label = found["kind"].lower(), found["label"].upper()
            if not _like(label, titled.get(kind, set())):
                continue
            book.note(said.sentence.place, found[0])
            if (kind, label) in there | seen or _ELSEWHERE.search(text):
                continue
            seen.add((kind, label))
            others = ", ".join(sorted(titled[kind]))
            yield finding(
                ATTACHMENT, spot_of_sentence(said.sentence, found[0]),
                f"one that the pack has: {found['kind']} {others}",
                f"nothing in the pack is headed {found[0]}", None, "", None, 0.7,
            )  # fmt: skip


def _like(label: str, others: set[str]) -> bool:
    """Whether the others are lettered where this is, or numbered where this is."""
    return any(label.isdigit() == other.isdigit() for other in others)


def _enclosed(claims: Claims) -> tuple[dict[str, set[str]], set[tuple[str, str]]]:
    """The labels of each kind that stand with a title, and every one that begins some text."""
    titled: dict[str, set[str]] = defaultdict(set)
    begun: set[tuple[str, str]] = set()
    for section in claims.sections:
        for found in _HEADS.finditer(plain(section.title)):
            titled[found["kind"].lower()].add(found["label"].upper())
        for text, _ in claims.texts_of(section):
            for found in _TITLED.finditer(plain(text)):
                titled[found["kind"].lower()].add(found["label"].upper())
            for found in _HEADS.finditer(plain(text)):
                begun.add((found["kind"].lower(), found["label"].upper()))
    return titled, begun | {(kind, label) for kind in titled for label in titled[kind]}


CHECKS = (Check(ATTACHMENT, named_in_text),)
