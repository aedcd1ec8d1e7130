"""Search over an edition: what its pages say, and the words that it explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from callover.report.blocks import TermList, every, plain
from callover.web.performance import searching
from callover.web.publication.published import Edition


@dataclass(frozen=True)
class Found:
    """Pages, those that have the words in their title first, and terms with their meaning."""

    pages: tuple[searching.Found, ...]
    terms: tuple[tuple[str, str], ...]


def search_in(edition: Edition, asked: str) -> Found:
    """Pages and terms that hold every word asked for."""
    words = asked.casefold()[: searching.LONGEST].split()
    terms = [(term, meaning) for term, meaning in terms_of(edition) if _holds(term, meaning, words)]
    return Found(searching.search(edition.view, asked), tuple(terms[: searching.MOST]))


def _holds(term: str, meaning: str, words: list[str]) -> bool:
    text = f"{term} {meaning}".casefold()
    return bool(words) and all(word in text for word in words)


def terms_of(edition: Edition) -> Iterator[tuple[str, str]]:
    """The words that the pack's notes explain, with their meaning."""
    for section in edition.pack.document.sections:
        if section.id == "notes":
            for block in every(section.blocks):
                if isinstance(block, TermList):
                    yield from ((term, plain(said)) for term, said in block.items)
