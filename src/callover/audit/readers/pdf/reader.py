"""Reads a pack in PDF; pages without text are told, a PDF without any text is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from callover.audit.files import check
from callover.audit.pack import Block, Format, Pack, Table
from callover.audit.readers.pdf.geometry import blocks_by_place, sheets_of
from callover.audit.readers.pdf.page import Page
from callover.audit.readers.pdf.pages import is_tagged, opened, pages_of
from callover.audit.readers.pdf.setting import Setting
from callover.audit.readers.pdf.tagged import Tagged, is_sound
from callover.audit.readers.pdf.tags import merged
from callover.audit.report.words import counted
from callover.audit.tally import Tally
from callover.audit.unreadable import AGAIN, Unreadable


def read(path: Path) -> Pack:
    """The pack in a PDF; raises Unreadable for one that is locked, broken or made of pictures."""
    check(path)
    document = opened(path)
    number, tagged, title = len(document), is_tagged(document), _title(document)
    document.close()
    pages = pages_of(path, number, by_tags=True) if tagged else []
    blocks = _by_tags(path.name, pages) if tagged else []
    if not _has_table(blocks):
        sheets = sheets_of(path, number)
        pages = [sheet.page for sheet in sheets]
        refuse_wordless(path.name, pages)
        by_place = blocks_by_place(sheets, Tally(path.name))
        # tags without a table are believed where nothing stands in columns either
        blocks = blocks if blocks and not _has_table(by_place) else by_place
    return Pack(path.name, Format.PDF, tuple(blocks), number, title, _notes(pages))


def refuse_wordless(name: str, pages: Sequence[Page]) -> None:
    """Raise Unreadable where no page has a word: as a rule a scan, else no page could be read."""
    if any(page.words for page in pages):
        return
    unread = [page for page in pages if page.problem]
    if unread:
        told = f"page {unread[0].number} {unread[0].problem}"
        raise Unreadable(f"No page of {name} could be read: {told}.", AGAIN)
    raise Unreadable(
        f"{name} has {counted(len(pages), 'page')} and no text: it is a scan, empty or damaged.",
        "If it is a scan, recognise its text first (OCR) and audit the PDF that this makes.",
    )


def _has_table(blocks: Sequence[Block]) -> bool:
    """Whether there is a table of three rows and columns, which no text looks like by chance."""
    return any(
        isinstance(block, Table) and len(block.rows) > 2 and any(len(row) > 2 for row in block.rows)
        for block in blocks
    )


def _by_tags(name: str, pages: Sequence[Page]) -> list[Block]:
    """The blocks that the tags give, none where these are not to be trusted."""
    root = merged([page.tags for page in pages if page.tags is not None])
    if not is_sound(root, sum(len(page.words) for page in pages)):
        return []
    return list(Tagged(Setting(pages), Tally(name)).blocks(root))


def _title(document: pdfium.PdfDocument) -> str:
    return str(document.get_metadata_value("Title") or "").strip()


def _notes(pages: Sequence[Page]) -> tuple[str, ...]:
    """Pages that could not be read, each reason once with its pages."""
    reasons: dict[str, list[int]] = {}
    for page in pages:
        if not page.words:
            reason = page.problem or "has no text: it is empty or a picture"
            reasons.setdefault(reason, []).append(page.number)
    return tuple(_note(reason, numbers) for reason, numbers in reasons.items())


def _note(reason: str, numbers: Sequence[int]) -> str:
    """``Page 7 has no text``, or ``Pages 7, 9 and 12 more: each has no text``."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} {reason}."
    listed = ", ".join(map(str, numbers[:20])) + (" and more" if len(numbers) > 20 else "")
    return f"Pages {listed}: each {reason}."
