"""The serving copy of a snapshot: each page ready as a fragment, with an index of what there is.

Written once when the snapshot is sealed, read by every page; it can be made again from the pack
file at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from callover.report.blocks import Chip, Chips, KeyFacts, Paragraph, Section, plain
from callover.report.packfile import Pack, read_pack
from callover.report.render.fragments import Fragments, slug
from callover.report.render.traces import traces

RESTRICTED, PUBLIC = "restricted", "public"
PACK_FILES = {RESTRICTED: "callover-pack", PUBLIC: "callover-pack-public"}
DOCUMENTS = ("html", "pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Sign:
    """A rating or signal as its page and the dashboard show it."""

    letter: str
    shape: str
    words: str
    tone: str


@dataclass(frozen=True)
class Page:
    """What the index says of a page: enough for lists, search and the call-over."""

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
    def indicator(self) -> str:
        """The indicator's id; empty for other pages."""
        return slug(self.id) if self.kind == "indicator" else ""

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return slug(self.id)

    @property
    def rating(self) -> Sign | None:
        """The rating, which stands first."""
        return self.signs[0] if self.signs else None


@dataclass(frozen=True)
class Index:
    """Everything of an edition that lists and headings need."""

    title: str
    organisation: str
    marking: str
    month: str
    known_at: str
    edition: str
    colour: str
    pages: tuple[Page, ...] = ()
    by_id: dict[str, Page] = field(default_factory=dict, compare=False, repr=False)

    @property
    def indicators(self) -> tuple[Page, ...]:
        """The indicators' pages in the pack's order."""
        return tuple(page for page in self.pages if page.kind == "indicator")


def write_serving(pack_file: Path, folder: Path) -> None:
    """Write the serving copy of a pack file into a new ``folder``."""
    pack = read_pack(pack_file)
    folder.mkdir(parents=True)
    fragments = Fragments(pack.document, traces(pack))
    for section in pack.document.sections:
        text = fragments.section(section)
        (folder / f"{slug(section.id)}.html").write_text(text, encoding="utf-8")
    index = json.dumps(asdict(_index(pack)), ensure_ascii=False, sort_keys=True)
    (folder / "index.json").write_text(index, encoding="utf-8")


def _index(pack: Pack) -> Index:
    document, facts = pack.document, pack.facts
    return Index(
        document.title, document.organisation, document.marking, str(facts["month"]),
        str(facts["known_at"]), str(facts.get("edition", "")), document.colour,
        tuple(_page(section, facts.get("kinds", {})) for section in document.sections),
    )  # fmt: skip


def _page(section: Section, kinds: Mapping[str, Any]) -> Page:
    """What a list says of a section, taken from its own blocks."""
    first = {type(block): block for block in reversed(section.blocks)}
    chips, lead, facts = first.get(Chips), first.get(Paragraph), first.get(KeyFacts)
    own = section.kind == "indicator"
    kind = kinds.get(slug(section.id), {}) if own else {}
    return Page(
        section.id, section.title, section.kind, section.kicker, int(kind.get("number") or 0),
        str(kind.get("group", "")), tuple(kind.get("strategic", ())),
        tuple(_sign(c) for c in chips.chips) if own and isinstance(chips, Chips) else (),
        plain(lead.spans) if own and isinstance(lead, Paragraph) else "",
        tuple((f.label, f.value, f.detail) for f in facts.facts)
        if own and isinstance(facts, KeyFacts) else (),
    )  # fmt: skip


def _sign(chip: Chip) -> Sign:
    return Sign(chip.letter, chip.shape, chip.words, chip.tone)


@lru_cache(maxsize=64)
def read_index(folder: Path) -> Index:
    """The index of a sealed serving copy; kept in memory, for it never changes."""
    held: dict[str, Any] = json.loads((folder / "index.json").read_bytes())
    pages = tuple(_read_page(page) for page in held.pop("pages"))
    held["by_id"] = {page.slug: page for page in pages}
    return Index(pages=pages, **held)


def _read_page(held: dict[str, Any]) -> Page:
    held["signs"] = tuple(Sign(**sign) for sign in held["signs"])
    held["strategic"] = tuple(held["strategic"])
    held["facts"] = tuple(tuple(fact) for fact in held["facts"])
    return Page(**held)


@lru_cache(maxsize=512)
def read_page(folder: Path, page: str) -> str:
    """A page's fragment; raises KeyError for one that is not in the index."""
    if page not in read_index(folder).by_id:
        raise KeyError(page)
    return (folder / f"{page}.html").read_text(encoding="utf-8")
