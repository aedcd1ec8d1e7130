"""Plain and Markdown-like text: what converters and exports leave of a pack.

A line with tabs, or within pipes, is a row of a table; rows that only pages, page numbers or rules
of dashes part belong to one table. Lines that only stand as tables do, with pipes or commas between
cells or with cells beneath one another, are a table where several do. Lists and emphasis of HTML
and Markdown are taken for what they show.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from callover.audit.limits import MOST_TEXT
from callover.audit.pack import Block, Cell, Format, Heading, Pack, Paragraph, Place, Row, Table
from callover.audit.readers.text.aligned import aligned
from callover.audit.readers.text.separated import delimited, piped
from callover.audit.readers.text.stretch import OUTER_PIPES, PAGE, RULE, Stretch
from callover.audit.unreadable import too_much

_BREAK = re.compile(r"<br\s*/?>|</?(?:li|p|ul|ol|div)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_MARKED = re.compile(r"[<*_!\n\u00a0]|  ")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_BOLD = re.compile(r"\*\*([^*]+)\*\*:?")
_OPEN_END = re.compile(r"[\w,;’']$")


def read(path: Path) -> Pack:
    """The pack in a text file."""
    return pack_of(decoded(path.read_bytes()), path.name)


def decoded(content: bytes) -> str:
    """Text of UTF-8, UTF-16 or UTF-32 with its mark, or Windows-1252 where it is none."""
    if content.startswith(codecs.BOM_UTF32_LE):  # begins as UTF-16 does
        return content.decode("utf-32")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def pack_of(text: str, name: str) -> Pack:
    """The pack that ``text`` holds; raises UserError for a line beyond ``MOST_TEXT``."""
    reader, lines = _Reader(), text.splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_TEXT:
            what = f"has a line that is too long (line {number:,})"
            raise too_much(name, what, MOST_TEXT, "characters")
    tables = _tables_in(lines)
    at = 0
    while at < len(lines):
        if at in tables:
            reader.take_table(tables[at])
            at = tables[at].end
        else:
            reader.take(lines[at], at + 1)
            at += 1
    return Pack(name, Format.TEXT, tuple(reader.blocks()), reader.page)


def _tables_in(lines: Sequence[str]) -> dict[int, Stretch]:
    """The tables of lines without tabs or outer pipes, by the index of their first lines."""
    found: dict[int, Stretch] = {}
    taken: set[int] = set()
    for tables in (piped(lines), aligned(lines), delimited(lines)):
        for each in tables:
            within = range(each.start, each.end)
            if taken.isdisjoint(within):
                taken.update(within)
                found[each.start] = each
    return found


class _Reader:
    """Takes lines in order and keeps what they make."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rows: list[Row] = []
        self.page = 0

    def take(self, line: str, number: int) -> None:
        page = PAGE.fullmatch(line)
        if page:
            self.page = int(page[1])
        elif line.strip() and not RULE.fullmatch(line):
            self._take_words(line, Place(self.page, number))

    def take_table(self, table: Stretch) -> None:
        """Lines that are a table together."""
        self._close()
        for at, cells in table.rows:
            place = Place(self.page, at + 1)
            self._rows.append(tuple(Cell(shown(c.text), place, c.columns) for c in cells))
        self._close()

    def _take_words(self, line: str, place: Place) -> None:
        cells = _cells(line)
        if cells is not None:
            self._rows.append(tuple(Cell(shown(cell), place) for cell in cells))
            return
        self._close()
        heading, bold = _HEADING.fullmatch(line.strip()), _BOLD.fullmatch(line.strip())
        if heading:
            self._blocks.append(Heading(shown(heading[2]), len(heading[1]), place))
        elif bold and len(bold[1]) < 120 and not bold[1].endswith("."):
            self._blocks.append(Heading(shown(bold[1]), 6, place))
        else:
            self._add(shown(line), place)

    def _add(self, text: str, place: Place) -> None:
        """A paragraph, or the rest of one that a page or a line's end cut in two."""
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Paragraph) and _OPEN_END.search(last.text) and text[:1].islower():
            self._blocks[-1] = Paragraph(f"{last.text} {text}", last.place)
        elif text:
            self._blocks.append(Paragraph(text, place))

    def _close(self) -> None:
        if self._rows:
            self._blocks.append(Table(tuple(self._rows), self._rows[0][0].place))
            self._rows = []

    def blocks(self) -> Iterator[Block]:
        """Everything taken so far."""
        self._close()
        yield from self._blocks


def _cells(line: str) -> list[str] | None:
    """The cells of a row; None where the line is none."""
    if "\t" in line:
        return line.split("\t")
    if OUTER_PIPES.fullmatch(line):
        return line.strip().strip("|").split("|")
    return None


def shown(text: str) -> str:
    """``text`` without marks of HTML and Markdown; what they put on lines of their own is so."""
    if not _MARKED.search(text):  # as almost every cell
        return text.strip()
    text = _PICTURE.sub(r"\1", text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _EMPHASIS.sub("", text)
    lines = (re.sub(r"[ \u00a0]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
