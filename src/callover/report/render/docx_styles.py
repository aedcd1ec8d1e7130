"""The styles of the Word document: one table of them, written into styles.xml."""

from __future__ import annotations

from dataclasses import dataclass

from callover.report.render.docx_look import (
    FONT,
    INK,
    QUIET,
    RULE,
    SHADE,
    TEXT_WIDTH,
    TONES,
    readable,
)
from callover.report.render.docx_xml import Element, element, properties

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


_HEADINGS = ((22, 0, 8), (16, 12, 4), (12, 10, 3), (10.5, 8, 2), (10, 8, 2), (10, 6, 2))


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
        size=22,
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
    Style("Body Text", after=6),
    Style("Lead", based="Body Text", size=13, after=8),
    Style("Small text", based="Body Text", size=8.5, after=4),
    Style("Quiet text", based="Body Text", size=9, colour=QUIET, after=4),
    Style("caption", follows="Body Text", size=9, bold=True, before=8, after=3, keep_next=True),
    Style("Chart title", size=11, bold=True, before=8, after=3, keep_next=True),
    Style("Picture", after=2, keep_next=True),
    Style("Chart caption", based="Normal", size=9, colour=QUIET, after=8),
    Style("Table heading", size=9, bold=True, before=1, after=1),
    Style("Table heading number", based="Table heading", align="right"),
    Style("Table text", size=9, before=1, after=1),
    Style("Table number", based="Table text", align="right"),
    Style("Table heading small", size=8, bold=True, before=1, after=1),
    Style("Table heading number small", based="Table heading small", align="right"),
    Style("Table text small", size=8, before=1, after=1),
    Style("Table number small", based="Table text small", align="right"),
    Style("Table note", size=8.5, colour=QUIET, before=2, after=2),
    Style("Key label", size=9, colour=QUIET),
    Style("Key figure", size=17, bold=True),
    Style("Key detail", size=8.5),
    Style("Ratings", based="Body Text", before=2, after=6),
    Style("Term", based="Body Text", indent=2600, hanging=2600, after=3, tab="2600"),
    Style("Remark", based="Body Text", indent=170, before=4, after=8, rule_left=RULE),
    Style("Box title", size=11, bold=True, keep_next=True),
    Style("List Bullet", based="Body Text", after=3, list_number=1),
    Style("List Number", based="Body Text", after=3, list_number=2),
    Style("toc 1", size=10, bold=True, before=6, after=1, tab="right", quick=False),
    Style("toc 2", size=10, indent=284, after=1, tab="right", quick=False),
    Style("toc 3", size=9, indent=567, after=1, tab="right", quick=False),
    Style("header", size=9, bold=True, align="center", quick=False),
    Style("footer", size=8, colour=QUIET, tab="right", quick=False),
)


def write_styles(root: Element, language: str, colour: str) -> None:
    """Replace what stands in ``root`` (a ``w:styles``) by ours."""
    accent = readable(colour)
    root[:] = [
        _defaults(language),
        _normal(),
        element(
            "style",
            element("name", val="Default Paragraph Font"),
            element("uiPriority", val=1),
            element("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _no_list(),
        *(_paragraph_style(style, accent) for style in PARAGRAPHS),
        *_character_styles(accent),
        _plain_table(),
        _table_style(),
        _facts_style(accent),
    ]


def _defaults(language: str) -> Element:
    """Font, size and language of everything."""
    letters = [
        element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT),
        element("color", val=INK),
        *_size(10),
        element("lang", val=language, eastAsia=language, bidi="ar-SA"),
    ]
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    return element(
        "docDefaults",
        element("rPrDefault", properties("rPr", letters)),
        element("pPrDefault", properties("pPr", [spacing])),
    )


def _normal() -> Element:
    return element(
        "style",
        element("name", val="Normal"),
        element("qFormat"),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _no_list() -> Element:
    return element(
        "style",
        element("name", val="No List"),
        element("semiHidden"),
        type="numbering",
        default=1,
        styleId="NoList",
    )


def _size(points: float) -> list[Element]:
    half_points = round(points * 2)
    return [element("sz", val=half_points), element("szCs", val=half_points)]


def _paragraph_style(style: Style, accent: str) -> Element:
    node = element(
        "style",
        element("name", val=style.name),
        element("basedOn", val=style_id(style.based)),
        type="paragraph",
        styleId=style.id,
        customStyle=None if _is_words_own(style.name) else 1,
    )
    if style.follows:
        node.append(element("next", val=style_id(style.follows)))
    if style.quick:
        node.append(element("qFormat"))
    node.append(properties("pPr", _paragraph_settings(style, accent)))
    node.append(properties("rPr", _letters(style, accent)))
    return node


def _is_words_own(name: str) -> bool:
    """Word's built-in styles: theirs begin in lower case, or are among these."""
    own = {"Title", "Subtitle", "Body Text", "List Bullet", "List Number"}
    return name[:1].islower() or name in own


def _paragraph_settings(style: Style, accent: str) -> list[Element]:
    found = [element("spacing", before=round(style.before * 20), after=round(style.after * 20))]
    if style.indent or style.hanging:
        found.append(element("ind", left=style.indent, hanging=style.hanging or None))
    if style.align != "left":
        found.append(element("jc", val=style.align))
    if style.keep_next:
        found += [element("keepNext"), element("keepLines")]
    if style.outline is not None:
        found.append(element("outlineLvl", val=style.outline))
    if style.list_number is not None:
        found.append(element("numPr", element("numId", val=style.list_number)))
    return [*found, *_rules(style, accent), *_tabs(style)]


def _rules(style: Style, accent: str) -> list[Element]:
    if style.rule_below:
        colour = accent if style.rule_below == ACCENT else style.rule_below
        return [element("pBdr", element("bottom", val="single", sz=12, space=3, color=colour))]
    if style.rule_left:
        return [
            element("pBdr", element("left", val="single", sz=24, space=6, color=style.rule_left))
        ]
    return []


def _tabs(style: Style) -> list[Element]:
    if not style.tab:
        return []
    if style.tab == "right":
        leader = "dot" if style.name.startswith("toc") else None
        return [element("tabs", element("tab", val="right", leader=leader, pos=TEXT_WIDTH))]
    return [element("tabs", element("tab", val="left", pos=style.tab))]


def _letters(style: Style, accent: str) -> list[Element]:
    found = []
    if style.bold:
        found += [element("b"), element("bCs")]
    if style.italic:
        found += [element("i"), element("iCs")]
    if style.colour:
        found.append(element("color", val=accent if style.colour == ACCENT else style.colour))
    return found + (_size(style.size) if style.size else [])


def rating_style(tone: str) -> str:
    """Id of the character style of a rating's tone."""
    return style_id(f"Rating {tone}")


def _character_styles(accent: str) -> list[Element]:
    """Strong, Emphasis, Hyperlink, and one for every tone of a rating."""
    ratings = [
        _character(
            f"Rating {tone}",
            element("b"),
            element("color", val=look.ink),
            element("shd", val="clear", color="auto", fill=look.ground),
        )
        for tone, look in TONES.items()
    ]
    return [
        _character("Strong", element("b"), element("bCs")),
        _character("Emphasis", element("i"), element("iCs")),
        _character("Hyperlink", element("color", val=accent), element("u", val="single")),
        *ratings,
    ]


def _character(name: str, *letters: Element) -> Element:
    return element(
        "style",
        element("name", val=name),
        element("basedOn", val="DefaultParagraphFont"),
        element("qFormat"),
        properties("rPr", letters),
        type="character",
        styleId=style_id(name),
        customStyle=1 if name.startswith("Rating") else None,
    )


def _margins(side: int) -> Element:
    return element(
        "tblCellMar",
        element("top", w=0, type="dxa"),
        element("left", w=side, type="dxa"),
        element("bottom", w=0, type="dxa"),
        element("right", w=side, type="dxa"),
    )


def _plain_table() -> Element:
    return element(
        "style",
        element("name", val="Normal Table"),
        element("semiHidden"),
        element("tblPr", element("tblInd", w=0, type="dxa"), _margins(60)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _line(side: str, weight: int, colour: str) -> Element:
    return element(side, val="single", sz=weight, space=0, color=colour)


def _table_style() -> Element:
    """Light horizontal rules, a firmer one under the heading row, none upright."""
    borders = element(
        "tblBorders", _line("top", 8, QUIET), _line("bottom", 8, QUIET), _line("insideH", 4, RULE)
    )
    heading = element("tcPr", element("tcBorders", _line("bottom", 8, QUIET)))
    return element(
        "style",
        element("name", val="Callover Table"),
        element("basedOn", val="TableNormal"),
        element("qFormat"),
        element("tblPr", borders, _margins(60)),
        element("tblStylePr", heading, type="firstRow"),
        type="table",
        customStyle=1,
        styleId=TABLE,
    )


def _facts_style(accent: str) -> Element:
    """Key facts: an upright rule before each, on a quiet ground."""
    borders = element("tblBorders", _line("left", 24, accent), _line("insideV", 24, accent))
    return element(
        "style",
        element("name", val="Callover Facts"),
        element("basedOn", val="TableNormal"),
        element("qFormat"),
        element("tblPr", borders, _margins(120)),
        element("tcPr", element("shd", val="clear", color="auto", fill=SHADE)),
        type="table",
        customStyle=1,
        styleId=FACTS,
    )
