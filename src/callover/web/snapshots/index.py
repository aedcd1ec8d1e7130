"""What an edition holds, as lists, the dashboard, comparisons and search need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from callover.report.blocks import (
    Cell,
    Chart,
    Chip,
    Chips,
    KeyFacts,
    Paragraph,
    Row,
    Section,
    Table,
    every,
    plain,
)
from callover.report.charts import sparkline
from callover.report.packfile import Pack
from callover.report.render.fragments import slug

GLANCE = "at-a-glance"
PLACE = "place-"


@dataclass(frozen=True)
class Sign:
    """A rating or signal as its page and the dashboard show it."""

    letter: str
    shape: str
    words: str
    tone: str


@dataclass(frozen=True)
class Page:
    """What lists say of a page: enough for search and the call-over."""

    id: str
    title: str
    kind: str
    kicker: str = ""
    number: int = 0  # of an indicator
    group: str = ""
    strategic: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    sentence: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()  # label, value, detail

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return slug(self.id)

    @property
    def indicator(self) -> str:
        """The indicator's id; empty for other pages."""
        return self.slug if self.kind == "indicator" else ""

    @property
    def rating(self) -> Sign | None:
        """The rating, which stands first."""
        return self.signs[0] if self.signs else None


@dataclass(frozen=True)
class Line:
    """A row of the dashboard: one indicator, its latest figure, course, rating, evidence."""

    title: str
    slug: str  # of the page that it stands on
    group: str
    strategic: tuple[str, ...]
    latest: str
    course: str  # lowest and highest month in words
    course_read_out: str
    picture: str  # a line the size of a word, as SVG
    rating: Sign | None
    evidence: Sign | None
    change: str
    change_value: float | None


@dataclass(frozen=True)
class Bar:
    """An area's value as printed, and its length in a hundredth of the largest."""

    name: str
    words: str
    value: float
    width: float
    own: bool


@dataclass(frozen=True)
class Comparison:
    """Every area of an indicator's widest peer group with its value, from low to high."""

    slug: str
    name: str  # of the indicator
    title: str  # the finding
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Index:
    """Everything of an edition besides the fragments themselves."""

    title: str
    organisation: str
    marking: str
    month: str
    known_at: str
    edition: str
    colour: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    by_slug: Mapping[str, Page] = field(default_factory=dict, compare=False, repr=False)

    def beside(self, slug: str) -> tuple[Page | None, Page | None]:
        """The pages before and after one of the pack's; raises KeyError for one that is none."""
        place = self.pages.index(self.by_slug[slug])
        before, after = self.pages[:place], self.pages[place + 1 :]
        return before[-1] if before else None, after[0] if after else None

    @property
    def indicators(self) -> tuple[Page, ...]:
        """The indicators' pages in the pack's order."""
        return tuple(page for page in self.pages if page.kind == "indicator")


def index_of(pack: Pack) -> Index:
    """The index of a finished pack, taken from its own blocks: it says what the pack says."""
    document, facts = pack.document, pack.facts
    kinds: Mapping[str, Any] = facts.get("kinds", {})
    return Index(
        document.title, document.organisation, document.marking, str(facts["month"]),
        str(facts["known_at"]), str(facts.get("edition", "")), document.colour,
        tuple(_page(section, kinds) for section in document.sections),
        tuple(_lines(document.sections, {str(k["title"]): k for k in kinds.values()})),
        tuple(_comparisons(document.sections)),
    )  # fmt: skip


def _page(section: Section, kinds: Mapping[str, Any]) -> Page:
    """What a list says of a section; of an indicator also its rating, sentence and key figures."""
    if section.kind != "indicator":
        return Page(section.id, section.title, section.kind, section.kicker)
    first = {type(block): block for block in reversed(section.blocks)}
    chips, lead, facts = first.get(Chips), first.get(Paragraph), first.get(KeyFacts)
    kind = kinds.get(slug(section.id), {})
    return Page(
        section.id, section.title, section.kind, section.kicker, int(kind.get("number") or 0),
        str(kind.get("group", "")), tuple(kind.get("strategic", ())),
        tuple(_sign(c) for c in chips.chips) if isinstance(chips, Chips) else (),
        plain(lead.spans) if isinstance(lead, Paragraph) else "",
        tuple((f.label, f.value, f.detail) for f in facts.facts)
        if isinstance(facts, KeyFacts) else (),
    )  # fmt: skip


def _sign(chip: Chip) -> Sign:
    return Sign(chip.letter, chip.shape, chip.words, chip.tone)


def _lines(sections: tuple[Section, ...], kinds: Mapping[str, Any]) -> Iterator[Line]:
    """The rows of the page At a glance, each with the groups of its indicator."""
    for section in sections:
        for block in section.blocks if section.id == GLANCE else ():
            if isinstance(block, Table) and block.id == GLANCE:
                yield from (_line(row, kinds) for row in block.rows if row.kind == "body")


def _line(row: Row, kinds: Mapping[str, Any]) -> Line:
    name, latest, course, rating, evidence, change = row.cells
    kind = kinds.get(name.text, {})
    return Line(
        name.text, slug(name.anchor), str(kind.get("group", "")), tuple(kind.get("strategic", ())),
        latest.text, course.text, course.alt, sparkline(course.trend) if course.trend else "",
        _chip(rating), _chip(evidence), change.text, change.value,
    )  # fmt: skip


def _chip(cell: Cell) -> Sign | None:
    return _sign(cell.chip) if cell.chip is not None else None


def _comparisons(sections: tuple[Section, ...]) -> Iterator[Comparison]:
    """What the charts of place draw, from the tables under them."""
    for section in sections:
        for block in every(section.blocks):
            if isinstance(block, Chart) and block.id.startswith(PLACE) and block.table is not None:
                unit, bars = block.table.columns[1].heading, tuple(_bars(block.table))
                yield Comparison(slug(section.id), section.title, block.title, unit, bars)


def _bars(table: Table) -> Iterator[Bar]:
    rows = [row.cells for row in table.rows if row.cells[1].value is not None]
    largest = max((value.value or 0 for _, value in rows), default=0) or 1
    for name, value in rows:
        number = value.value or 0
        width = round(100 * number / largest, 2)
        yield Bar(name.text, value.text, number, width, name.strong)
