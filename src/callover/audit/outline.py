"""The sections of a pack: which page is about what.

Where a format keeps headings they are taken. Converted text has lost them: a short line before
longer ones is a heading there, and the one-page summaries are found by their form - when the first
label of a form stands again ("Definition", "What is measured"), a new page has begun, and the lines
before it that no other page repeats are its title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from callover.audit.pack import Block, Cell, Format, Heading, Pack, Paragraph, Place, Row, Table
from callover.audit.reading.months import days_in, read_month, spans_in
from callover.audit.reading.numbers import read_number
from callover.audit.titles import is_title

FORM = 3
"""So many times a label stands before it is one of a form, and a line before it is furniture."""
_LEAST_LABELS = 2
_LONGEST_TITLE = 160
_SENTENCE = 25
"""A cell at least so long says something in words."""
_SUBJECT = re.compile(r"(?:Subject|Title|Report title)\s*:\s*(.+)", re.IGNORECASE)
_ITEM = re.compile(r"[-•▪*–]\s|\(?(?:\d+(?:\.\d+)+|[ivxlc]+|[a-z])[.)]?\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]+)\.\s+\S.*[^.;,]")
_FIELD = re.compile(r"(?:Date|Time|Author|Contact|Security|Venue|Tel|E-?mail|Job title|Chair)\b.*:")
SOURCE = re.compile(r"(?:Data\s+)?Source\s*:\s*(?P<name>[^\n\t]*)", re.IGNORECASE)
_RATING = re.compile(r"\W*(?:RAG|rating|status)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two headings. ``level`` 1 is the highest; 0 before the first heading.

    ``header`` are the lines around the title that say source, month and group; ``sheet`` says
    whether the section is a one-page summary found by its form.
    """

    title: str
    level: int
    place: Place
    blocks: tuple[Block, ...]
    header: tuple[str, ...] = ()
    sheet: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def sections_of(pack: Pack) -> tuple[Section, ...]:
    """The sections of ``pack`` in order; every block is in one of them."""
    if pack.format is Format.TEXT:
        return tuple(_sections(_with_headings(_with_sheets(list(pack.blocks)))))
    if pack.format is Format.XLSX:  # a worksheet stays apart, whatever it is called
        return _marked(tuple(_sections(pack.blocks)))
    return _marked(tuple(_sections(map(_without_ratings, pack.blocks))))


def _without_ratings(block: Block) -> Block:
    """A rating or number that is set as a heading, such as "Amber 1", as a paragraph."""
    if isinstance(block, Heading) and block.text.strip() and _heads_nothing(block.text):
        return Paragraph(block.text, block.place)
    return block


def _heads_nothing(text: str) -> bool:
    """Whether a line says neither what follows nor of which months."""
    return not is_title(text) and not spans_in(text)


def _marked(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """``sections`` under headings of their own, with those that hold one form as sheets."""
    labels = [set(_labels_of(section)) for section in sections]
    common = Counter(label for own in labels for label in own)
    form = {label for label, times in common.items() if times >= FORM}
    return tuple(
        replace(section, sheet=True) if len(own & form) >= _LEAST_LABELS else section
        for section, own in zip(sections, labels, strict=True)
    )


def _labels_of(section: Section) -> Iterator[str]:
    return (label for table in section.tables for row in table.rows if (label := label_of(row)))


@dataclass(frozen=True, slots=True)
class _Sheet(Heading):
    """The heading of a one-page summary found by its form."""

    header: tuple[str, ...] = ()


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    heading: Heading | None = None
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading or kept:
                yield _section(heading, kept)
            heading, kept = block, []
        else:
            kept.append(block)
    yield _section(heading, kept)


def _section(heading: Heading | None, blocks: list[Block]) -> Section:
    if heading is None:
        return Section("", 0, blocks[0].place if blocks else Place(), tuple(blocks))
    sheet = isinstance(heading, _Sheet)
    header = heading.header if isinstance(heading, _Sheet) else ()
    return Section(heading.text, heading.level, heading.place, tuple(blocks), header, sheet)


# One-page summaries


def _with_sheets(blocks: list[Block]) -> list[Block]:
    """``blocks`` with a heading before each one-page summary, and its header lines taken out."""
    pieces = _rows_apart(blocks)
    labels = _form_labels(pieces)
    starts = list(_starts(pieces, labels))
    headers = {start: _header_before(pieces, start, labels) for start in starts}
    common = Counter(
        part for start, first in headers.items() for part in set(_parts(pieces[first:start]))
    )
    furniture = {part for part in common if _repeats(part, common)}
    made: list[Block] = []
    at = 0
    for start, first in headers.items():
        made += pieces[at:first]
        made.append(_sheet(pieces[first:start], pieces[start].place, furniture))
        at = start
    return _joined(made + pieces[at:])


def _repeats(part: str, common: Counter[str]) -> bool:
    """Whether other pages have ``part`` too, alone or before more words."""
    return common[part] > 1 or any(each.startswith(f"{part} ") for each in common)


def _rows_apart(blocks: list[Block]) -> list[Block]:
    """Each row of a table as a table of its own."""
    pieces: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            pieces += [Table((row,), row[0].place) for row in block.rows if row]
        else:
            pieces.append(block)
    return pieces


def _joined(pieces: list[Block]) -> list[Block]:
    """Tables that follow each other as one."""
    made: list[Block] = []
    for is_table, group in groupby(pieces, lambda piece: isinstance(piece, Table)):
        found = list(group)
        if is_table:
            rows = tuple(row for piece in found if isinstance(piece, Table) for row in piece.rows)
            made.append(Table(rows, found[0].place))
        else:
            made += found
    return made


def label_of(row: Row) -> str:
    """The label of a row of a form, without years and what follows a colon; "" if it is none."""
    filled = [cell.text for cell in row if cell.text.strip()]
    if not filled or len(filled[0]) > 60 or read_number(filled[0]):
        return ""
    if len(filled) < 2 or len(filled[1]) < _SENTENCE:
        return ""
    return _label(filled[0])


def _label(text: str) -> str:
    return " ".join(_DIGITS.sub("", text.partition(":")[0]).lower().replace("/", " ").split())


def _form_labels(pieces: list[Block]) -> set[str]:
    tables = (piece for piece in pieces if isinstance(piece, Table) and not _is_header(piece))
    rows = (piece.rows[0] for piece in tables)
    labels = Counter(label for label in map(label_of, rows) if label)
    return {label for label, times in labels.items() if times >= FORM}


def _starts(pieces: list[Block], labels: set[str]) -> Iterator[int]:
    """Where a form begins anew: at a label that the form so far already holds."""
    seen: set[str] = set()
    for at, piece in enumerate(pieces):
        label = label_of(piece.rows[0]) if isinstance(piece, Table) else ""
        if label not in labels or _is_header(piece):
            continue
        if not seen or label in seen:
            yield at
            seen = set()
        seen.add(label)


def _is_header(piece: Block) -> bool:
    """A line or row that says only whose page it is, of when and from which source."""
    if isinstance(piece, Table):
        text = "\n".join(cell.text for cell in piece.rows[0])
        return len(text) < 2 * _LONGEST_TITLE and bool(SOURCE.search(text) or _only_month(text))
    return len(piece.text) <= _LONGEST_TITLE


def _only_month(text: str) -> bool:
    last = text.strip().rpartition("\n")[2]
    return read_month(last) is not None


def _header_before(pieces: list[Block], start: int, labels: set[str]) -> int:
    """The first of the header lines that stand right before ``start``."""
    first = start
    while first > 0 and start - first < 6 and _belongs_to_header(pieces[first - 1], labels):
        first -= 1
    return first


def _belongs_to_header(piece: Block, labels: set[str]) -> bool:
    if not isinstance(piece, Table):
        return (
            _is_header(piece) and not _ITEM.match(piece.text) and _label(piece.text) not in labels
        )
    row = piece.rows[0]
    filled = [cell.text for cell in row if cell.text.strip()]
    one = len(filled) == 1 and len(filled[0]) < _LONGEST_TITLE and not read_number(filled[0])
    one = one and not _RATING.match(filled[0])
    return _is_header(piece) or (one and _label(filled[0]) not in labels)


def _parts(pieces: Sequence[Block]) -> list[str]:
    """The texts of header lines, one by one."""
    found: list[str] = []
    for piece in pieces:
        cells: Iterable[Cell | Paragraph | Heading]
        cells = piece.rows[0] if isinstance(piece, Table) else (piece,)
        found += [part for cell in cells for part in cell.text.split("\n") if part.strip()]
    return [" ".join(part.split()) for part in found]


def _sheet(pieces: Sequence[Block], place: Place, furniture: set[str]) -> _Sheet:
    """The heading that header lines make: what is left when what other pages repeat is gone."""
    parts = _parts(pieces)
    left: list[str] = []
    for part in parts:
        rest = SOURCE.sub("", part)
        for repeated in sorted(furniture, key=lambda part: (-len(part), part)):
            rest = rest.replace(repeated, " ")
        rest = _without_months(rest).strip(" *:-–")
        if len(rest) > 3 and is_title(rest):
            left.append(" ".join(rest.split()))
    own = pieces[0].place if pieces else place
    return _Sheet(left[-1] if left else "", 3, own, tuple(parts))


def _without_months(text: str) -> str:
    for found in reversed(spans_in(text)):
        if found.span.months == 1:
            text = text[: found.start] + text[found.end :]
    return text


# Headings of prose


def _with_headings(blocks: list[Block]) -> list[Block]:
    """``blocks`` with short lines before longer ones, and subjects of papers, as headings."""
    made: list[Block] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        made.append(_heading_of(block, after) if isinstance(block, Paragraph) else block)
    return made


def _heading_of(block: Paragraph, after: Block | None) -> Block:
    subject = _SUBJECT.fullmatch(block.text)
    if subject:
        return Heading(subject[1], 1, block.place)
    if _NUMBERED.fullmatch(block.text) and len(block.text) <= _LONGEST_TITLE:
        return Heading(block.text, 2, block.place)
    if _ITEM.match(block.text) and block.text.endswith(":") and len(block.text) <= _LONGEST_TITLE:
        return Heading(block.text, 5, block.place)
    return Heading(block.text, 4, block.place) if _heads(block.text, after) else block


def _heads(text: str, after: Block | None) -> bool:
    """Whether a line stands over what follows: short, no sentence, and longer text after it."""
    if len(text) > _LONGEST_TITLE or _ITEM.match(text) or _FIELD.match(text) or "\n" in text:
        return False
    if text.endswith((".", ";", ",")) or not text[:1].isupper() or any(days_in(text)):
        return False
    if _heads_nothing(text):
        return False
    longer = isinstance(after, Paragraph) and len(after.text) > len(text)
    return longer or isinstance(after, Table)
