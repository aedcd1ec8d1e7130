"""The words of a paragraph: inserted ones count, deleted and hidden ones do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from callover.audit.readers.docx.names import CHOICES, MATH, W, is_on, named, value
from callover.audit.wording import raised

_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_UNSEEN = named(
    "pPr rPr del moveFrom instrText delText delInstrText fldChar softHyphen rubyPr rt "
    "sdtPr sdtEndPr annotationRef"
)
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")


@dataclass(slots=True)
class Words:
    """A paragraph's text, and its text boxes, which stand beside it."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)


NoteMark = Callable[[etree._Element], str]
"""The sign of the note that a reference points to."""


def words_of(paragraph: etree._Element, mark: NoteMark) -> Words:
    """What a paragraph says; ``mark`` is asked for the sign of each note."""
    words = Words()
    words.text = "".join(_pieces(paragraph, words, mark))
    return words


def _pieces(node: etree._Element, words: Words, mark: NoteMark) -> Iterator[str]:
    for child in node:
        tag = child.tag
        if tag in (f"{W}t", f"{MATH}t"):
            yield child.text or ""
        elif tag == f"{W}r":
            yield from _run(child, words, mark)
        elif tag == f"{W}txbxContent":
            words.boxes.append(child)
        elif tag in _NOTES:
            yield mark(child)
        elif tag == f"{CHOICES}AlternateContent":
            yield from _pieces(_chosen(child), words, mark)
        elif tag not in _UNSEEN:
            yield _sign(child) or "".join(_pieces(child, words, mark))


def _run(run: etree._Element, words: Words, mark: NoteMark) -> Iterator[str]:
    if is_on(run, "rPr/vanish"):
        return
    text = "".join(_pieces(run, words, mark))
    is_raised = value(run, "rPr/vertAlign") == "superscript"
    yield raised(text) if is_raised else text


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of a thing given twice the modern one; the other is for older programs."""
    choice = alternatives.find(f"{CHOICES}Choice")
    return alternatives if choice is None else choice


def _sign(element: etree._Element) -> str:
    """What an element without text prints: a tab, a break of line, a symbol."""
    if element.tag == f"{W}br":
        return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " "
    if element.tag == f"{W}sym":
        return _symbol(str(element.get(f"{W}char", "")))
    return _SIGNS.get(str(element.tag), "")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    # symbol fonts lie in the private area, where their signs mean nothing as text
    return chr(number) if 0x20 <= number < 0xD800 else ""
