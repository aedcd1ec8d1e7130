"""Reading a tagged PDF the way a screen reader does: structure elements, content, annotations."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

TEXT, PATHS, OTHER = "Tj TJ ' \"", "S s f F f* B B* b b*", "sh Do"
PAINTS = {*TEXT.split(), *PATHS.split(), *OTHER.split(), "INLINE IMAGE"}
"""Operators that put something on the page."""


@dataclass
class Element:
    """A structure element with what stands below it."""

    kind: str
    dictionary: Any
    parents: tuple[str, ...]
    below: list[Element] = field(default_factory=list)

    def every(self, kind: str = "") -> Iterator[Element]:
        """Elements below this one, in reading order."""
        for child in self.below:
            if not kind or child.kind == kind:
                yield child
            yield from child.every(kind)

    def attribute(self, name: str) -> Any:
        """An attribute from the element's attribute objects."""
        given = self.dictionary.get("/A")
        sheets = given if isinstance(given, pikepdf.Array) else [given] if given is not None else []
        return next((sheet[name] for sheet in sheets if name in sheet), None)


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF in ``content``."""
    return pikepdf.open(io.BytesIO(content))


def structure(pdf: pikepdf.Pdf) -> Element:
    """The structure tree, its root first."""
    root = Element("", pdf.Root.StructTreeRoot, ())
    _fill(root)
    return root


def _fill(element: Element) -> None:
    for item in _items(element.dictionary):
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            child = Element(str(item.S)[1:], item, (*element.parents, element.kind))
            element.below.append(child)
            _fill(child)


def _items(dictionary: Any) -> list[Any]:
    below = dictionary.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def tagged(root: Element, pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Page and number of every piece of content that the structure names."""
    numbers = {page.objgen: place for place, page in enumerate(pdf.pages)}
    found = set()
    for element in root.every():
        own = element.dictionary.get("/Pg")
        for item in _items(element.dictionary):
            if isinstance(item, int):
                found.add((numbers[own.objgen], item))
            elif isinstance(item, pikepdf.Dictionary) and "/MCID" in item:
                found.add((numbers[item.get("/Pg", own).objgen], int(item.MCID)))
    return found


def marked(page: pikepdf.Page, place: int) -> tuple[set[tuple[int, int]], int]:
    """Numbers of the page's marked content, and how much is painted outside any mark."""
    numbers: set[tuple[int, int]] = set()
    loose = depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                number = operands[1].get("/MCID")
                if number is not None:
                    numbers.add((place, int(number)))
        elif name == "EMC":
            depth -= 1
        elif name in PAINTS and depth == 0:
            loose += 1
    return numbers, loose


def headings(root: Element) -> list[int]:
    """Levels of the headings in reading order."""
    return [int(e.kind[1:]) for e in root.every() if e.kind[:1] == "H" and e.kind[1:].isdigit()]


def skipped(levels: list[int]) -> list[tuple[int, int]]:
    """Steps from one heading to the next that leave a level out."""
    return [(a, b) for a, b in itertools.pairwise([0, *levels]) if b > a + 1]


def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Every font of the pages and of the drawings in them."""
    found: dict[str, Any] = {}
    seen: set[Any] = set()
    waiting = [page.get("/Resources") for page in pdf.pages]
    while waiting:
        resources = waiting.pop()
        if resources is None:
            continue
        for font in resources.get("/Font", {}).values():
            found[str(font.BaseFont)] = font
        for inner in resources.get("/XObject", {}).values():
            if inner.objgen not in seen:
                seen.add(inner.objgen)
                waiting.append(inner.get("/Resources"))
    return found
