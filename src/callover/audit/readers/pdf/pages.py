"""The pages of a PDF as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from callover.audit.limits import MOST_CHARACTERS, MOST_PAGES, MOST_TAGS
from callover.audit.readers.pdf.halves import in_halves
from callover.audit.readers.pdf.page import Page
from callover.audit.readers.pdf.rules import drawn_on
from callover.audit.readers.pdf.tags import tags_of
from callover.audit.readers.pdf.turn import Turn
from callover.audit.readers.pdf.words import without_drawings, words_of
from callover.audit.unreadable import Unreadable, damaged, too_much

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def opened(path: Path) -> pdfium.PdfDocument:
    """A PDF; raises Unreadable for one that is locked, broken or far too long."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise Unreadable(
                f"{path.name} is locked with a password.",
                "Save it without a password and audit that.",
            ) from error
        raise damaged(path.name, "it is no complete PDF") from error
    if len(document) > MOST_PAGES:
        raise too_much(path.name, f"has {len(document):,} pages", MOST_PAGES, "pages")
    return document


def is_tagged(document: pdfium.PdfDocument) -> bool:
    """Whether a PDF says that it has a structure."""
    return bool(raw.FPDFCatalog_IsTagged(document))


def pages_of(path: Path, number: int, by_tags: bool) -> list[Page]:
    """All pages: with their structure if ``by_tags``, else with the lines drawn on them."""
    return in_halves(path.name, range(number), some_pages, path, by_tags)


def some_pages(numbers: Sequence[int], path: Path, by_tags: bool) -> list[Page]:
    """Some pages, counted from 0."""
    document = opened(path)
    pages: list[Page] = []
    letters = 0
    try:
        for number in numbers:
            pages.append(_page(document, number, by_tags))
            letters += sum(len(word.text) for word in pages[-1].words)
            if letters > MOST_CHARACTERS:
                raise too_much(path.name, "holds too much", MOST_CHARACTERS, "characters")
        return pages
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int, by_tags: bool) -> Page:
    """A page; one that cannot be read is empty and says why."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Page(number + 1, 0, 0, [], problem="is damaged and was not read")
    try:
        return _read(page, number + 1, MOST_TAGS // len(document) if by_tags else 0)
    except OverflowError:
        return Page(number + 1, 0, 0, [], problem="holds too much and was not read")
    except pdfium.PdfiumError:
        return Page(number + 1, 0, 0, [], problem="is damaged and was not read")
    finally:
        page.close()


def _read(page: pdfium.PdfPage, number: int, most_tags: int) -> Page:
    """A page with its structure, or, if none is wanted, with the lines drawn on it."""
    width, height = page.get_size()
    quarters = page.get_rotation() // 90
    turn = Turn(quarters, *((height, width) if quarters % 2 else (width, height)))
    words = words_of(page, turn)
    if most_tags:
        return Page(number, width, height, words, tags=tags_of(page, number, words, most_tags))
    drawn = drawn_on(page, turn)
    return Page(
        number, width, height, without_drawings(words, drawn.texts), drawn.across, drawn.down
    )
