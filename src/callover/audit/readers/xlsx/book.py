"""A workbook's parts: its sheets in order, its texts, and the number format of each style."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from callover.audit.files import Parts, tree
from callover.audit.readers.xlsx.formats import BUILT_IN
from callover.audit.relations import Related, absent, check_part, relations
from callover.audit.unreadable import damaged
from callover.audit.wording import raised, tidy

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WITHOUT_STYLES = (
    "The part {} is missing: numbers were read as they are stored and not as the sheets show them."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its part of the archive, and whether it is shown."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool = False
    notes: tuple[str, ...] = ()

    def format(self, style: str) -> str:
        """The number format of a style by its number."""
        number = int(style) if style.isascii() and style.isdecimal() and len(style) < 7 else 0
        return self.formats[number] if number < len(self.formats) else "General"

    def text(self, number: str) -> str:
        """A shared text by its number."""
        plain = number.strip()
        place = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else -1
        return self.texts[place] if 0 <= place < len(self.texts) else ""


def book_of(name: str, parts: Parts, main: str) -> Book:
    """The workbook in an archive whose ``main`` part is known; raises Unreadable where a sheet, the
    place of one or the texts of all sheets are missing."""
    root = tree(name, parts, main)
    related = relations(name, parts, main)
    if root is None:
        return Book((), (), ())
    settings = root.find(f"{S}workbookPr")
    early = settings is not None and settings.get("date1904") in ("1", "true")
    sheets = tuple(_sheet(name, each, related) for each in root.iter(f"{S}sheet"))
    for sheet in sheets:
        check_part(name, parts, sheet.part, f"sheet {sheet.name!r}")
    texts = _of_kind(related, "sharedStrings")
    if texts:
        check_part(name, parts, texts)
    return Book(
        sheets,
        _texts(tree(name, parts, texts)),
        _formats(tree(name, parts, _of_kind(related, "styles"))),
        early,
        tuple(_WITHOUT_STYLES.format(part) for part in absent(related, parts, ("styles",))),
    )


def _sheet(name: str, said: etree._Element, related: dict[str, Related]) -> Sheet:
    title, id_ = said.get("name", ""), said.get(f"{R}id", "")
    if id_ not in related:
        raise damaged(name, f"it does not say where sheet {title!r} is")
    return Sheet(title, related[id_].part, said.get("state", "visible") != "visible")


def _of_kind(related: dict[str, Related], kind: str) -> str:
    return next((each.part for each in related.values() if each.kind == kind), "")


def _texts(root: etree._Element | None) -> tuple[str, ...]:
    return () if root is None else tuple(rich_text(each) for each in root.iter(f"{S}si"))


def rich_text(item: etree._Element) -> str:
    """A text that may change its look within; raised signs are told from the others."""
    pieces: list[str] = []
    for child in item:
        if child.tag == f"{S}t":
            pieces.append(child.text or "")
        elif child.tag == f"{S}r":
            text = child.findtext(f"{S}t") or ""
            lifted = child.find(f"{S}rPr/{S}vertAlign")
            is_raised = lifted is not None and lifted.get("val") == "superscript"
            pieces.append(raised(text) if is_raised else text)
    return tidy("".join(pieces))


def _formats(root: etree._Element | None) -> tuple[str, ...]:
    """The format code of each style, in the order in which cells name them."""
    if root is None:
        return ()
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter(f"{S}numFmt")}
    styles = root.find(f"{S}cellXfs")
    numbers = [] if styles is None else [each.get("numFmtId", "0") for each in styles]
    return tuple(own.get(number) or _built_in(number) for number in numbers)


def _built_in(number: str) -> str:
    return (
        BUILT_IN.get(int(number), "General")
        if number.isdecimal() and len(number) < 5
        else "General"
    )
