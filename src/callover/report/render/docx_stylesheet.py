"""Writes the table of styles as Word's styles.xml."""

from __future__ import annotations

from callover.report.render.docx_look import (
    BODY_SIZE,
    FONT,
    INK,
    LEADING,
    QUIET,
    RULE,
    SHADE,
    TEXT_WIDTH,
    TONES,
    readable,
)
from callover.report.render.docx_styles import ACCENT, FACTS, PARAGRAPHS, TABLE, Style, style_id
from callover.report.render.docx_xml import Element, element, properties


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
        *_size(BODY_SIZE),
        element("lang", val=language, eastAsia=language, bidi="ar-SA"),
    ]
    spacing = element("spacing", before=0, after=0, line=round(240 * LEADING), lineRule="auto")
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
    found = [
        element(
            "spacing",
            before=round(style.before * 20) or None,
            after=round(style.after * 20) or None,
            line=style.line or None,
            lineRule="auto" if style.line else None,
        )
    ]
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
