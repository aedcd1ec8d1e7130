"""What a Word document links to: its headings, their bookmarks and the table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from callover.report.blocks import Block, Chart, Columns, Document, Heading, Panel, Section, Table

DEEPEST = 6  # our styles have six levels of headings


@dataclass(frozen=True, slots=True)
class Target:
    """A place to link to. ``listed`` places can stand in the table of contents."""

    bookmark: str
    title: str
    level: int
    listed: bool = True


@dataclass
class Outline:
    """The targets in order of reading, and which anchor leads to which."""

    targets: list[Target] = field(default_factory=list)
    by_anchor: dict[str, Target] = field(default_factory=dict)

    def add(self, anchors: tuple[str, ...], title: str, level: int, listed: bool) -> None:
        """Another target; an anchor that stands twice leads to its first place."""
        target = Target(f"_Toc{len(self.targets) + 1:08d}", title, level, listed)
        self.targets.append(target)
        for anchor in filter(None, anchors):
            self.by_anchor.setdefault(anchor, target)

    def entries(self, depth: int) -> list[Target]:
        """What a table of contents of this depth lists."""
        return [target for target in self.targets if target.listed and target.level <= depth]


def outline_of(document: Document) -> Outline:
    """The outline of ``document``; the writer meets the same places in the same order."""
    outline = Outline()
    for section in document.sections:
        if section.kind != "cover":
            outline.add((section.id,), section.title, level_of(section, 1), section.in_contents)
        else:
            outline.add((section.id,), document.title, 0, False)
        for block in walk(section.blocks):
            _add_block(outline, section, block)
    return outline


def _add_block(outline: Outline, section: Section, block: Block) -> None:
    if isinstance(block, Heading):
        level = level_of(section, block.level)
        outline.add((block.anchor,), block.text, level, section.kind != "cover")
    elif isinstance(block, Table):
        outline.add((block.id,), block.caption, DEEPEST, False)
    elif isinstance(block, Chart):
        outline.add((block.id,), block.title, DEEPEST, False)


def level_of(section: Section, level: int) -> int:
    """Level of a heading in the whole document: a section's place moves all within it down."""
    return min(section.level - 1 + level, DEEPEST)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in order of reading, those inside columns and panels too; not a chart's table."""
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            for column in block.columns:
                yield from walk(column)
        elif isinstance(block, Panel):
            yield from walk(block.blocks)
