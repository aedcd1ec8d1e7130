"""What the styles of a page hide or set side by side, as far as words depend on it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree


def named(names: str) -> frozenset[str]:
    """Names of elements, written with spaces between."""
    return frozenset(names.split())


UNSEEN = named(
    "head script style template noscript svg math canvas audio video object iframe input select "
    "textarea datalist map del s strike"
)
"""Elements whose text is no text of the pack: not shown, drawn, typed in, or struck out."""

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"[a-zA-Z][\w-]*\.([\w-]+)|\.([\w-]+)")
_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
_GONE = re.compile(
    r"display:\s*none|visibility:\s*hidden|clip(?:-path)?:\s*(?:inset|rect)\(|left:\s*-\d{3,}",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(r"display:\s*(?:flex|grid)", re.IGNORECASE)
_UNMARKED = re.compile(r"list-style(?:-type)?:[^;]*none", re.IGNORECASE)
_SPOKEN_ONLY = frozenset(
    ("visually-hidden", "sr-only", "govuk-visually-hidden", "screen-reader-text")
)


@dataclass(frozen=True, slots=True)
class Look:
    """Classes by what the page's own styles do with them."""

    hidden: frozenset[str]
    side_by_side: frozenset[str]
    unmarked: frozenset[str]

    def hides(self, element: etree._Element) -> bool:
        """Whether a reader of the printed page does not see this element."""
        if element.tag in UNSEEN or "hidden" in element.attrib or "popover" in element.attrib:
            return True
        if element.tag == "dialog" and "open" not in element.attrib:
            return True
        style = element.get("style", "")
        return bool(style and _GONE.search(style)) or not self.hidden.isdisjoint(classes(element))

    def parts(self, element: etree._Element) -> bool:
        """Whether an element stands beside its neighbours with a gap, not within their text."""
        above = element.getparent()
        return above is not None and not self.side_by_side.isdisjoint(classes(above))

    def marks(self, listed: etree._Element) -> bool:
        """Whether a list shows its numbers or bullets."""
        if _UNMARKED.search(listed.get("style", "")):
            return False
        return self.unmarked.isdisjoint(classes(listed))


def classes(element: etree._Element) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def look_of(root: etree._Element) -> Look:
    """What the page's style elements say of single classes, those for print among them."""
    found: dict[re.Pattern[str], set[str]] = {
        _GONE: set(_SPOKEN_ONLY),
        _SIDE_BY_SIDE: set(),
        _UNMARKED: set(),
    }
    whole = {f".{name}" for each in root.iter("html", "body") for name in classes(each)}
    for style in root.iter("style"):
        for selectors, said in _RULE.findall(_NOTE.sub("", style.text or "")):
            for pattern, names in found.items():
                if pattern.search(said):
                    names.update(_selected(selectors, whole))
    return Look(*map(frozenset, found.values()))


def _selected(selectors: str, whole: Collection[str]) -> set[str]:
    """The selectors of a rule that are one class, as ``.of`` or ``p.of``, anywhere on the page or
    below a class that the ``whole`` page bears, as ``.pack .of``."""
    found = (_CLASS.fullmatch(_within(each.strip(), whole)) for each in selectors.split(","))
    return {match[1] or match[2] for match in found if match}


def _within(selector: str, whole: Collection[str]) -> str:
    first, _, rest = selector.partition(" ")
    return rest.strip() if first in whole and rest else selector
