"""Names of WordprocessingML, and the small questions one asks of its elements."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_OFF = ("0", "false", "off")


def named(names: str) -> frozenset[str]:
    """Full names of elements, written short with spaces between."""
    return frozenset(W + name for name in names.split())


def value(element: etree._Element | None, path: str) -> str:
    """The ``w:val`` of the element at ``path`` (``pPr/pStyle``), "" where there is none."""
    found = at(element, path)
    return "" if found is None else str(found.get(f"{W}val", ""))


def at(element: etree._Element | None, path: str) -> etree._Element | None:
    """The element at ``path`` below ``element``."""
    return None if element is None else element.find("/".join(W + step for step in path.split("/")))


def is_on(element: etree._Element | None, path: str) -> bool:
    """Whether a switch such as ``trPr/tblHeader`` is there and not switched off."""
    found = at(element, path)
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def whole(said: str, otherwise: int = 0) -> int:
    """A whole number of an attribute; a senseless one is ``otherwise``."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else otherwise
