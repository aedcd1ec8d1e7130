"""A finished pack as it was found: headings, paragraphs and tables in reading order.

Readers make it; nothing here knows a file format, an indicator or a figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """What kind of file a pack was read from."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is printed; 0 and "" where the format does not say.

    ``page`` and ``line`` count from 1: of a text file or a page of HTML the line of the file, of a
    PDF the line on its page, of a workbook the row. ``spot`` is the reader's own mark: a sheet and
    cell of a workbook (``Burglary!C7``), the number of a Word paragraph (``p17``) or of a block of
    a web page (``e17``).
    """

    page: int = 0
    line: int = 0
    spot: str = ""

    @property
    def paragraph(self) -> int:
        """The number of a Word paragraph, 0 for any other place."""
        number = self.spot[1:]
        return int(number) if self.spot[:1] == "p" and number.isdecimal() else 0

    @property
    def in_sheet(self) -> bool:
        """Whether it is a cell of a workbook."""
        return "!" in self.spot

    @property
    def nearest_line(self) -> int:
        """The line, the row of a sheet or the number of a paragraph, 0 for none of them."""
        return self.line or self.paragraph


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the highest."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or an item of a list, with its number or bullet where it prints one."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text in one line or several, and how many columns it covers."""

    text: str
    place: Place
    columns: int = 1
    heading: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Rows need not be equally long: converters flatten and split tables."""

    rows: tuple[Row, ...]
    place: Place
    caption: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read. ``pages`` is 0 where the format has none; ``title`` may be empty."""

    name: str
    format: Format
    blocks: tuple[Block, ...]
    pages: int = 0
    title: str = ""
    notes: tuple[str, ...] = field(default=())
    """What could not be read, in sentences for the person: "page 7 is a picture"."""

    def texts(self) -> Iterator[tuple[str, Place]]:
        """Every text with its place, in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                if block.caption:
                    yield block.caption, block.place
                for row in block.rows:
                    for cell in row:
                        yield cell.text, cell.place
            else:
                yield block.text, block.place
