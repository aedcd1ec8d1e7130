"""The format-free document: what the pack says, before anyone decides how it looks.

Every class is frozen, holds plain values and survives JSON (``to_json`` / ``from_json``): the pack
file holds exactly these blocks and every renderer reads only them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. ``anchor`` links to a heading of this document, ``href`` to the outside;
    ``page_of`` adds the page of that heading to the text (its title in formats without pages),
    both as one link: ``More on page 12``, ``More on Burglary``;
    ``figure`` is the key of the figure that the text prints; ``opens`` are abbreviations first used
    here, in their order, with the words they stand for."""

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    anchor: str = ""
    href: str = ""
    page_of: str = ""
    figure: str = ""
    opens: tuple[tuple[str, str], ...] = ()

    def pieces(self) -> list[tuple[str, str]]:
        """The text cut at the abbreviations that it opens: each piece with its words, or none."""
        found, rest = [], self.text
        for short, full in self.opens:
            before, _, rest = rest.partition(short)
            found += [(before, ""), (short, full)]
        return [piece for piece in (*found, (rest, "")) if piece[0]]

    @property
    def opened(self) -> str:
        """The text for print: ``IDAP (Integrated Domestic Abuse Programme): residents``."""
        return "".join(f"{said} ({full})" if full else said for said, full in self.pieces())


Text = tuple[Span, ...]


def text(*parts: str | Span) -> Text:
    """Spans from plain strings and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def plain(spans: Text) -> str:
    """The words of a text without its marks."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 2 to 5 (level 1 is the section's own title)."""

    level: int
    text: str
    anchor: str = ""
    kicker: str = ""  # quiet line above: "Indicator 1 · Crime · Prevention, Protection"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Styles: body, lead (the sentence to read out), small, quiet."""

    spans: Text
    style: str = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; ``ordered`` numbers it."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A rating or signal in letter, shape, words and tone: never colour alone.

    Tones: red, amber, green, neutral (not rated), missing (no data), quiet (signals).
    Shapes of ratings: square, diamond, circle, ring, dash; of directions: up, down, level; of
    verdicts: cross, star, updown, equals, dots.
    """

    letter: str
    shape: str
    words: str
    tone: str

    @property
    def beside(self) -> bool:
        """Whether it goes on behind a rating: a direction, or what the evidence says."""
        return self.tone == "quiet" or self.shape in ("cross", "star", "updown")


@dataclass(frozen=True, slots=True)
class Chips:
    """A row of chips."""

    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A large figure with what it is above and what it compares with below."""

    label: str
    value: str
    detail: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Two to four key facts side by side."""

    facts: tuple[KeyFact, ...]


@dataclass(frozen=True, slots=True)
class TermList:
    """Terms with their descriptions (cover facts, sources, definitions)."""

    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; the heading names unit and period. ``width`` is a share (0: automatic).

    ``number_format`` is the spreadsheet format of numeric cells, e.g. ``#,##0`` or ``+0.0``.
    """

    heading: str
    numeric: bool = False
    width: float = 0
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell as printed, with the full value for spreadsheets and an optional chip.

    ``trend`` is drawn as a line the size of a word beside the text that says its range;
    ``alt`` says its course to those who cannot see it, empty where the text says enough.
    """

    text: str = ""
    value: float | None = None
    chip: Chip | None = None
    figure: str = ""
    anchor: str = ""
    page_of: str = ""
    strong: bool = False
    mark: str = ""  # raised note letter
    trend: tuple[float | None, ...] = ()
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. Kinds: body, subtotal, total, group (a heading across all columns)."""

    cells: tuple[Cell, ...]
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row; the first ``row_headers`` columns head their rows.

    ``book`` is the same content as the data book has it, where print mixes kinds of number in a
    column or says them in words.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    row_headers: int = 1
    sheet: str = ""  # worksheet in the data book, as long as it likes; empty: not in it on its own
    compact: bool = False
    book: Table | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification with finding, caption, alternative text and its own table."""

    id: str
    title: str
    caption: str
    alt: str
    spec: dict[str, Any] = field(hash=False)
    table: Table | None = None
    width: int = 480  # points at full size
    height: int = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A marked remark. Kinds: care (read with care), finding, stale, missing, computed."""

    spans: Text
    kind: str = "care"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side where there is room, one under the other where there is not."""

    columns: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """A shaded box."""

    blocks: tuple[Block, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, made by the renderer."""

    depth: int = 2


Block = (
    Heading
    | Paragraph
    | BulletList
    | Chips
    | KeyFacts
    | TermList
    | Table
    | Chart
    | Note
    | Columns
    | Panel
    | Contents
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under a level-1 title; ``new_page`` starts it on a fresh page.

    Kinds: cover, front, body, indicator (one page each), appendix.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    kind: str = "body"
    new_page: bool = True
    kicker: str = ""
    in_contents: bool = True
    level: int = 1  # place in the outline: an indicator's page is level 2 under its appendix


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``moment`` (ISO, from the known-at date) is the only clock."""

    title: str
    subtitle: str
    organisation: str
    marking: str
    moment: str
    sections: tuple[Section, ...]
    language: str = "en-GB"
    colour: str = "#1d70b8"
    subject: str = ""
    footer: str = ""


def every(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks, those inside columns and panels too, in reading order."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Columns):
            for column in block.columns:
                found += every(column)
        elif isinstance(block, Panel):
            found += every(block.blocks)
    return found


def anchors(document: Document) -> dict[str, str]:
    """Every anchor that can be linked to, with the title it leads to."""
    found = {section.id: section.title for section in document.sections}
    for section in document.sections:
        for block in every(section.blocks):
            if isinstance(block, Heading) and block.anchor:
                found[block.anchor] = block.text
    return found


_BLOCKS = {
    c.__name__: c
    for c in (
        Span, Heading, Paragraph, BulletList, Chip, Chips, KeyFact, KeyFacts, TermList, Column,
        Cell, Row, Table, Chart, Note, Columns, Panel, Contents, Section, Document,
    )
}  # fmt: skip


def to_json(value: Any) -> Any:
    """``value`` as JSON-ready data; a block is an object with its class name under ``is``.

    Fields at their default are left out, which halves the file.
    """
    if is_dataclass(value) and not isinstance(value, type):
        out: dict[str, Any] = {"is": type(value).__name__}
        for item in fields(value):
            current = getattr(value, item.name)
            if current != item.default:
                out[item.name] = to_json(current)
        return out
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return value


def from_json(data: Any) -> Any:
    """The blocks that ``to_json`` wrote; a chart's specification stays plain data.

    Raises ValueError for an unknown class name.
    """
    if isinstance(data, list):
        return tuple(from_json(item) for item in data)
    if isinstance(data, dict) and "is" in data:
        name = data["is"]
        if name not in _BLOCKS:
            raise ValueError(f"the pack holds a block called {name!r}, unknown to this version")
        raw = {"spec"}
        return _BLOCKS[name](
            **{k: (v if k in raw else from_json(v)) for k, v in data.items() if k != "is"}
        )
    return data
