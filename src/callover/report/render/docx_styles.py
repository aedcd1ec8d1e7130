"""The paragraph styles of the Word document, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from callover.report.render.docx_look import INK, QUIET, RULE

TABLE = "CalloverTable"
FACTS = "CalloverFacts"
ACCENT = "accent"  # stands for the partnership's colour


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: sizes in points, spaces in points, indents in twentieths of a point."""

    name: str
    based: str = "Normal"
    follows: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float = 0
    after: float = 0
    line: int = 0  # height in 240ths of the font's own; 0 as everywhere
    indent: int = 0
    hanging: int = 0
    align: str = "left"
    keep_next: bool = False
    outline: int | None = None
    rule_below: str = ""
    rule_left: str = ""
    list_number: int | None = None
    tab: str = ""  # right, dotted, or a place
    quick: bool = True

    @property
    def id(self) -> str:
        """Its id: the name without spaces, as Word's own styles have it."""
        return style_id(self.name)


def style_id(name: str) -> str:
    """``Heading 1`` → ``Heading1``; Word knows its own styles by these ids."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


_HEADINGS = ((20, 0, 6), (14, 9, 3), (11, 4, 1), (10.5, 6, 2), (10, 6, 2), (9.5, 6, 2))


def _heading(level: int) -> Style:
    size, before, after = _HEADINGS[level - 1]
    return Style(
        f"heading {level}",
        follows="Body Text",
        size=size,
        bold=True,
        italic=level == 6,
        colour=ACCENT if level == 3 else INK,
        before=before,
        after=after,
        keep_next=True,
        outline=level - 1,
        rule_below=ACCENT if level == 1 else "",
    )


PARAGRAPHS: tuple[Style, ...] = (
    *(_heading(level) for level in range(1, 7)),
    # a title that the table of contents leaves out; still a heading for the navigation pane
    Style(
        "Heading unlisted",
        follows="Body Text",
        size=20,
        bold=True,
        after=8,
        keep_next=True,
        outline=0,
        rule_below=ACCENT,
    ),
    Style("Cover line", size=11, colour=QUIET, before=130, after=4, keep_next=True),
    Style("Title", follows="Subtitle", size=28, bold=True, after=6, rule_below=ACCENT),
    Style("Subtitle", follows="Body Text", size=14, colour=QUIET, before=4, after=20),
    Style("Kicker", size=9, colour=QUIET, after=0, keep_next=True),
    Style("Body Text", after=3),
    Style("Lead", based="Body Text", size=11.5, after=4),
    Style("Small text", based="Body Text", size=8, after=3),
    Style("Quiet text", based="Body Text", size=9, colour=QUIET, after=4),
    Style("caption", follows="Body Text", size=9, bold=True, before=4, after=2, keep_next=True),
    Style("Chart title", size=9.5, bold=True, after=1, keep_next=True),
    Style("Picture", after=1, line=240, keep_next=True),  # less would cut it
    Style("Chart caption", based="Normal", size=8, colour=QUIET, after=2),
    Style("Table heading", size=9, bold=True, before=1, after=1),
    Style("Table heading number", based="Table heading", align="right"),
    Style("Table text", size=9, before=1, after=1),
    Style("Table number", based="Table text", align="right"),
    Style("Table heading small", size=8, bold=True, before=0.25, after=0.25),
    Style("Table heading number small", based="Table heading small", align="right"),
    Style("Table text small", size=8, before=0.25, after=0.25),
    Style("Table number small", based="Table text small", align="right"),
    Style("Table note", size=8, colour=QUIET, before=2, after=1),
    Style("Table gap", size=3),
    Style("Joint", size=1),
    Style("Key label", size=9, colour=QUIET),
    Style("Key figure", size=15, bold=True),
    Style("Key detail", size=8.5),
    Style("Ratings", based="Body Text", before=1, after=3, keep_next=True),
    Style("Term", based="Body Text", indent=2600, hanging=2600, after=3, tab="2600"),
    Style("Remark", based="Body Text", indent=170, before=4, after=8, rule_left=RULE),
    Style("Box title", size=11, bold=True, keep_next=True),
    Style("List Bullet", based="Body Text", after=2, list_number=1),
    Style("List Number", based="Body Text", after=2, list_number=2),
    Style("toc 1", size=10, bold=True, before=6, after=1, tab="right", quick=False),
    Style("toc 2", size=10, indent=284, after=1, tab="right", quick=False),
    Style("toc 3", size=9, indent=567, after=1, tab="right", quick=False),
    Style("header", size=9, bold=True, align="center", quick=False),
    Style("footer", size=8, colour=QUIET, tab="right", quick=False),
)


def rating_style(tone: str) -> str:
    """Id of the character style of a rating's tone."""
    return style_id(f"Rating {tone}")


STYLES = {style.id: style for style in PARAGRAPHS}
"""The paragraph styles by id."""


@cache
def inherited(identity: str, name: str) -> float:
    """A measure of a style, from the one it rests on where it has none of its own; 0 at the end."""
    style = STYLES.get(identity)
    if style is None:
        return 0.0
    return float(getattr(style, name)) or inherited(style_id(style.based), name)
