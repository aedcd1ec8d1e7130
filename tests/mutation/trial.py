"""Audits of mutated packs: what was found of each contradiction, and what was found beside it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from callover.audit.audit import audit
from callover.audit.findings import Finding
from callover.audit.outline import sections_of
from callover.audit.pack import Pack
from callover.audit.read import read_pack
from mutation.document import Document
from mutation.facts import Facts, facts
from mutation.kinds import Mutation, mutate
from mutation.pack import pack
from mutation.writers import WRITERS

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Trial:
    """A mutation in one format: the findings that are of it, and those that are of nothing."""

    format: str
    seed: int
    mutation: Mutation
    found: tuple[Finding, ...]
    strange: tuple[Finding, ...]


@cache
def clean_pack(seed: int) -> tuple[Facts, Document]:
    told = facts(seed)
    return told, pack(told)


def findings_of(document: Document, form: str, folder: Path) -> tuple[Pack, tuple[Finding, ...]]:
    """What an audit finds in a document that is written in a format."""
    ending, write = WRITERS[form]
    path = folder / f"pack-{form}{ending}"
    write(document, path)
    read = read_pack(path)
    return read, audit(read).findings


class Trials:
    """Runs trials; the audit of each clean pack is made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clean: dict[tuple[int, str], frozenset[Key]] = {}

    def clean(self, seed: int, form: str) -> frozenset[Key]:
        """What is found in a clean pack."""
        if (seed, form) not in self._clean:
            _, found = findings_of(clean_pack(seed)[1], form, self._folder)
            self._clean[seed, form] = frozenset(map(_key, found))
        return self._clean[seed, form]

    def run(self, kind: str, form: str, seed: int, number: int = 0) -> Trial:
        """One mutation in one format."""
        told, document = clean_pack(seed)
        chance = random.Random(f"{kind} {seed} {number}")
        mutation = mutate(kind, chance, told, document)
        before = self.clean(seed, form)
        read, every = findings_of(mutation.document, form, self._folder)
        new = [each for each in every if _key(each) not in before]
        pages = _pages(read, document)
        own = tuple(each for each in new if mutation.page in _on(each, pages))
        named = tuple(each for each in own if _names(each, mutation))
        return Trial(form, seed, mutation, named, tuple(each for each in new if each not in own))


def _names(found: Finding, mutation: Mutation) -> bool:
    """Whether a finding tells of what was changed; of a whole row, of any figure or mark of it."""
    spots = (found.spot, found.other) if found.other else (found.spot,)
    texts = (each for spot in spots for each in (spot.printed, spot.excerpt))
    words = " ".join(_spaced(text) for text in (found.follows, found.arithmetic, *texts))
    changed = [_spaced(mutation.now), _spaced(mutation.was)]
    if not any(re.search(r"\d", text) for text in changed) or not all(changed):
        changed += re.findall(r"\S*[\d*]\S*", " ".join(changed))
    return any(text and text in words for text in changed)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _key(found: Finding) -> Key:
    return found.rule, found.spot.section, found.spot.printed


def _pages(read: Pack, document: Document) -> dict[str, str]:
    """The page of each section of a pack, by the section's title."""
    titles = {page.title for page in document.pages}
    found: dict[str, str] = {}
    page = document.pages[0].title
    for section in sections_of(read):
        page = section.title if section.title in titles else page
        found.setdefault(section.title, page)
    return found


def _on(found: Finding, pages: dict[str, str]) -> set[str]:
    spots = (found.spot, found.other) if found.other else (found.spot,)
    return {pages.get(spot.section, "") for spot in spots}
