"""Bullets and numbers of lists."""

from __future__ import annotations

from typing import Any

from callover.report.render.docx_xml import Element, element, properties

BULLET, NUMBER = 1, 2


def write_numbering(root: Element) -> None:
    """Replace what stands in ``root`` (a ``w:numbering``) by our two kinds of list."""
    root[:] = [
        _kind(BULLET, "bullet", "•", "ListBullet"),
        _kind(NUMBER, "decimal", "%1.", "ListNumber"),
        _list(BULLET, BULLET),
        _list(NUMBER, NUMBER),
    ]


def numbered(part: Any) -> int:
    """A new numbered list that begins at 1; gives its number."""
    root = part.numbering_part.element
    number = sum(1 for node in root if node.tag.endswith("}num")) + 1
    restart = element("lvlOverride", element("startOverride", val=1), ilvl=0)
    root.append(_list(number, NUMBER, restart))
    return number


def _kind(number: int, form: str, words: str, style: str) -> Element:
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=form),
        element("pStyle", val=style),
        element("lvlText", val=words),
        element("lvlJc", val="left"),
        properties("pPr", [element("ind", left=340, hanging=340)]),
        ilvl=0,
    )
    kind = element("multiLevelType", val="singleLevel")
    return element("abstractNum", kind, level, abstractNumId=number)


def _list(number: int, kind: int, *overrides: Element) -> Element:
    return element("num", element("abstractNumId", val=kind), *overrides, numId=number)
