"""Every abbreviation of the set is opened where the prose of the document first uses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from callover.report import words
from callover.report.blocks import (
    Block,
    BulletList,
    Columns,
    Document,
    Note,
    Panel,
    Paragraph,
    Section,
    TermList,
    Text,
    plain,
)

_FIRST_PART = re.compile(r"[,;:]")


def open_abbreviations(document: Document, terms: Mapping[str, str]) -> Document:
    """``document`` with each abbreviation among ``terms`` opened where its prose first uses it.

    Headings, tables and charts keep their width; the glossary opens itself.
    """
    opener = _Opener(abbreviations(terms))
    return replace(document, sections=tuple(opener.section(each) for each in document.sections))


def abbreviations(terms: Mapping[str, str]) -> dict[str, str]:
    """The terms that are letters for words, with the words: the first part of their meaning."""
    return {
        term: words.within(_FIRST_PART.split(meaning)[0].strip())
        for term, meaning in terms.items()
        if term[:2].isupper()
    }


class _Opener:
    """Goes through a document once and remembers what it has met."""

    def __init__(self, full: Mapping[str, str]) -> None:
        self._full = dict(full)
        longest = sorted(self._full, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest)) or '(?!)'})s?\b")

    def section(self, section: Section) -> Section:
        return replace(section, blocks=tuple(self._block(block) for block in section.blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Note():
                return replace(block, spans=self._text(block.spans))
            case BulletList():
                return replace(block, items=tuple(self._text(item) for item in block.items))
            case TermList() if not any(term in self._full for term, _ in block.items):
                items = tuple((term, self._text(said)) for term, said in block.items)
                return replace(block, items=items)
            case Columns():
                columns = tuple(tuple(self._block(b) for b in column) for column in block.columns)
                return replace(block, columns=columns)
            case Panel():
                return replace(block, blocks=tuple(self._block(b) for b in block.blocks))
        return block

    def _text(self, spans: Text) -> Text:
        """Spans that say which of their abbreviations to open; one explained beside is met."""
        whole = plain(spans).lower()
        found = []
        for span in spans:
            opens = []
            for match in self._pattern.finditer(span.text):
                full = self._full.get(match[1], "")
                if full and full.lower() not in whole:
                    opens.append((match[0], full))
                self._full[match[1]] = ""
            found.append(replace(span, opens=tuple(opens)) if opens else span)
        return tuple(found)
