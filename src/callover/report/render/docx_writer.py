"""What the parts of the Word writer share: links, bookmarks, lists, and the place we are at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from callover.report.blocks import Cell, Chip, Section, Span, Text
from callover.report.render.docx_look import TEXT_WIDTH, chip_text
from callover.report.render.docx_outline import Outline, Target, level_of
from callover.report.render.docx_pictures import spark
from callover.report.render.docx_styles import rating_style
from callover.report.render.docx_xml import (
    Element,
    bookmark,
    element,
    field_runs,
    link_out,
    link_to,
    run,
)

UNKNOWN_PAGE = "–"


@dataclass
class Writer:
    """Carries the package part, the outline and the section being written."""

    part: Any  # python-docx's document part
    outline: Outline
    section: Section | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)  # of the data book, by table
    width: int = TEXT_WIDTH  # of the column being written, in twentieths of a point
    _awaiting: list[tuple[Element, str]] = field(default_factory=list)
    _places: Iterator[Target] = field(init=False)
    pictures: Iterator[int] = field(default_factory=lambda: count(1))  # numbers for them
    _marks: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._places = iter(self.outline.targets)

    def level(self, level: int) -> int:
        """Level of a heading of the present section in the whole document."""
        return level_of(self.section, level) if self.section else level

    def marked(self, *content: Element) -> list[Element]:
        """``content`` as the next target of the outline."""
        return bookmark(next(self._marks), next(self._places).bookmark, *content)

    def text(self, spans: Text) -> list[Element]:
        """The runs, links and fields of a text."""
        return [node for span in spans for node in self._span(span)]

    def _span(self, span: Span) -> list[Element]:
        words = f"{span.opened}page " if span.page_of else span.opened
        nodes = [run(words, *_letters(span))] if words else []
        if span.page_of:
            nodes += self.page_number(span.page_of, *_letters(span))
        if span.href:
            relation = self.part.relate_to(span.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return [link_out(relation, *nodes)]
        return self._linked(span.anchor or span.page_of, nodes)

    def _linked(self, anchor: str, nodes: list[Element]) -> list[Element]:
        """``nodes`` as a link; plain where a shorter edition left the target out."""
        target = self.outline.by_anchor.get(anchor)
        return [link_to(target.bookmark, *nodes)] if target and nodes else nodes

    def page_number(self, anchor: str, *letters: Element) -> list[Element]:
        """The number of the page that a target stands on, kept up to date by Word."""
        target = self.outline.by_anchor.get(anchor)
        if target is None:
            return [run(UNKNOWN_PAGE, *letters)]
        return self.page_field(target, *letters)

    def page_field(self, target: Target, *letters: Element) -> list[Element]:
        """The field behind ``page_number``."""
        nodes = field_runs(f"PAGEREF {target.bookmark} \\h", UNKNOWN_PAGE, *letters)
        self._awaiting.append((nodes[-2], target.bookmark))
        return nodes

    def fill_in(self, pages: Mapping[str, int]) -> None:
        """Put the numbers into the page fields written so far."""
        for node, name in self._awaiting:
            node.find(qn("w:t")).text = str(pages.get(name, UNKNOWN_PAGE))

    def chip(self, chip: Chip) -> Element:
        """``■ R Red: …`` in the colours of its tone: shape, letter and words say it without."""
        return run(chip_text(chip), element("rStyle", val=rating_style(chip.tone)))

    def cell(self, cell: Cell) -> list[Element]:
        """What stands in a table cell."""
        nodes = [self.chip(cell.chip)] if cell.chip else []
        if any(value is not None for value in cell.trend):
            nodes.append(spark(cell.trend, self.part, next(self.pictures), cell.alt))
        if cell.text and not (cell.chip and cell.text in said_by(cell.chip)):
            nodes.append(run(f" {cell.text}" if nodes else cell.text))
        if cell.mark:
            nodes.append(run(cell.mark, element("vertAlign", val="superscript")))
        if cell.page_of:
            nodes += self.page_number(cell.page_of)
        return self._linked(cell.anchor or cell.page_of, nodes)


def said_by(chip: Chip) -> tuple[str, ...]:
    """Texts that a chip says already."""
    return (chip.letter, chip.words, f"{chip.letter} {chip.words}")


def _letters(span: Span) -> list[Element]:
    """The run properties of a span."""
    style = [element("rStyle", val="Hyperlink")] if span.href or span.anchor else []
    strong = [element("b"), element("bCs")] if span.strong else []
    return style + strong + ([element("i"), element("iCs")] if span.emphasis else [])
