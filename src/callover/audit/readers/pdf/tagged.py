"""Headings, paragraphs and tables from the structure of a tagged PDF, which says them exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callover.audit.limits import DEEPEST_TABLE
from callover.audit.pack import Block, Cell, Heading, Paragraph, Place, Table
from callover.audit.readers.pdf.gaps import Cells, with_gaps
from callover.audit.readers.pdf.page import Tag
from callover.audit.readers.pdf.setting import Setting
from callover.audit.spanned import Spanned, lined_up
from callover.audit.tally import Tally
from callover.audit.unreadable import too_much

_LEVELS = {"H": 1, "Title": 1} | {f"H{level}": level for level in range(1, 10)}
_GROUPS = ("THead", "TBody", "TFoot")
_AROUND = frozenset(
    ("Root", "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "BlockQuote", "Private",
     "NonStruct", "TOC", "TOCI", "L", "LI", "LBody", "Aside", "Index", "Form", "Table", "TR", "TD",
     "TH", *_GROUPS)
)  # fmt: skip
"""Elements that stand around paragraphs; words right in them are paragraphs of their own."""

_LEAST_HELD = 0.5
"""Share of the words that sound tags hold; the labels of charts are not among them."""

Runs = list[tuple[int, int]]


@dataclass(slots=True)
class Tagged:
    """A document as its tags have it, with the words of its pages."""

    setting: Setting
    tally: Tally
    depth: int = 0

    def blocks(self, tag: Tag) -> Iterator[Block]:
        """Everything below an element, in the order of the structure."""
        loose: Runs = []
        for kid in tag.in_order():
            if isinstance(kid, list):
                loose += kid
            elif kid.kind in _AROUND or kid.kind in _LEVELS or kid.kind in ("P", "Caption", "Lbl"):
                if kid.kind == "Lbl":
                    loose += kid.runs()  # a number or bullet belongs to the words behind it
                    continue
                yield from self._block(kid, loose)
                loose = []
            elif _has_blocks(kid):
                yield from self._paragraph(loose)
                loose = []
                yield from self.blocks(kid)
            else:
                loose += kid.runs()
        yield from self._paragraph(loose)

    def _block(self, tag: Tag, before: Runs) -> Iterator[Block]:
        if tag.kind in _AROUND:
            if before and tag.kind == "LBody" and not _has_blocks(tag):
                yield from self._paragraph(before + tag.runs())
                return
            if before and tag.kind == "LBody":
                yield from self._marked(before, self.blocks(tag))
                return
            yield from self._paragraph(before)
            yield from self._table(tag) if tag.kind == "Table" else self.blocks(tag)
            return
        if _has_blocks(tag):
            yield from self._paragraph(before)
            yield from self.blocks(tag)
            return
        yield from self._paragraph(before + tag.runs(), _LEVELS.get(tag.kind, 0))

    def _marked(self, mark: Runs, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks of an item of a list, its number or bullet before the first."""
        said = self.setting.text(mark)
        for block in blocks:
            if said and isinstance(block, Paragraph):
                yield Paragraph(f"{said} {block.text}", block.place)
                said = ""
            else:
                yield block

    def _paragraph(self, runs: Runs, level: int = 0) -> Iterator[Block]:
        text = self.setting.text(runs)
        if not text:
            return
        self.tally.block(text)
        place = self.setting.place(runs)
        yield Heading(text, level, place) if level else Paragraph(text, place)

    def _table(self, table: Tag) -> Iterator[Block]:
        self.depth += 1
        if self.depth > DEEPEST_TABLE:
            raise too_much(self.tally.name, "has tables within tables", DEEPEST_TABLE, "levels")
        captions = [
            kid for kid in table.kids.values() if isinstance(kid, Tag) and kid.kind == "Caption"
        ]
        said = [self.setting.text(each.runs()) for each in captions]
        inner: list[Block] = []
        tags = list(_rows(table))
        cells = with_gaps([_cells(row) for row, _ in tags], self.setting)
        rows = lined_up(
            self.tally,
            (
                [self._cell(cell, head, inner) for cell in row]
                for row, (_, head) in zip(cells, tags, strict=True)
            ),
        )
        self.depth -= 1
        self.tally.block()
        place = self.setting.place(table.runs())
        yield Table(tuple(row for row in rows if row), place, " ".join(filter(None, said)))
        yield from inner

    def _cell(self, cell: Tag | None, heading: bool, inner: list[Block]) -> Spanned:
        """A cell; words of its paragraphs stand below one another, tables within it follow."""
        if cell is None:
            return Spanned(Cell("", Place(), heading=heading))
        once = self._once(cell.runs()) if heading or cell.kind == "TH" else None
        if once is not None:
            text = self.setting.text(once)
            return Spanned(Cell(text, self.setting.place(once), cell.columns, True), cell.rows)
        lines: list[str] = []
        for block in self.blocks(cell):
            if isinstance(block, Table):
                inner.append(block)
            else:
                lines.append(block.text)
        place = self.setting.place(cell.runs())
        is_heading = heading or cell.kind == "TH"
        return Spanned(Cell("\n".join(lines), place, cell.columns, is_heading), cell.rows)

    def _once(self, runs: Runs) -> Runs | None:
        """A heading's words on its first page where each page repeats them, None otherwise."""
        by_page: dict[int, Runs] = {}
        for run in runs:
            by_page.setdefault(run[0], []).append(run)
        said = {self.setting.text(each) for each in by_page.values()}
        return next(iter(by_page.values())) if len(by_page) > 1 and len(said) == 1 else None


def _has_blocks(tag: Tag) -> bool:
    """Whether an element within a paragraph holds paragraphs, lists or tables."""
    kids = [kid for kid in tag.kids.values() if isinstance(kid, Tag)]
    return any(
        kid.kind in ("P", "L", "LI", "Table", "Div", "Sect")
        or kid.kind in _LEVELS
        or _has_blocks(kid)
        for kid in kids
    )


def _cells(row: Tag) -> Cells:
    """The cells of a row; those without words are no part of any page, and None."""
    kids = [row.kids.get(place) for place in range(row.places)]
    return [kid for kid in kids if not isinstance(kid, list) and _is_cell(kid)]


def _is_cell(kid: Tag | None) -> bool:
    return kid is None or kid.kind in ("TD", "TH")


def _rows(table: Tag) -> Iterator[tuple[Tag, bool]]:
    """The rows of a table, and whether they head it."""
    for kid in table.in_order():
        if isinstance(kid, Tag) and kid.kind in _GROUPS:
            yield from ((row, kid.kind == "THead") for row, _ in _rows(kid))
        elif isinstance(kid, Tag) and kid.kind == "TR":
            yield kid, False


def is_sound(root: Tag, words: int) -> bool:
    """Whether the tags hold most of the words that are printed."""
    return len(root.runs()) >= _LEAST_HELD * max(1, words)
