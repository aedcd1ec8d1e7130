"""Hidden sheets, rows and columns of a workbook: read like the others, so they must be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from callover.data.archives import Member
from callover.domain.errors import Finding, Severity

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")


@dataclass(frozen=True)
class Hidden:
    """What of a sheet is not shown: the sheet itself, rows and columns, counted from 1."""

    sheet: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = field(default=())  # hidden, and not read


def hidden_in(files: Sequence[Member], sheet: str) -> Hidden:
    """What is hidden in the sheet of that name; ``files`` are the archive's."""
    by_name = {file.name: file for file in files}
    book = by_name.get("xl/workbook.xml")
    if book is None:
        return Hidden()
    entries = {_said(tag, "name"): tag for tag in _SHEET.findall(book.read().decode())}
    unseen = {name for name, tag in entries.items() if _said(tag, "state").endswith("idden")}
    content = _content(by_name, entries.get(sheet, ""))
    rows = tuple(
        int(number)
        for tag in _ROW.findall(content)
        if _HIDDEN.search(tag) and (number := _said(tag.decode(), "r")).isdigit()
    )
    others = tuple(name for name in entries if name in unseen and name != sheet)
    return Hidden(sheet in unseen, rows, tuple(_columns(content)), others)


def _content(by_name: dict[str, Member], entry: str) -> bytes:
    """The part of the archive that holds a sheet."""
    relations = by_name.get("xl/_rels/workbook.xml.rels")
    wanted = _said(entry, "r:id")
    if relations is None or not wanted:
        return b""
    for tag in _RELATION.findall(relations.read().decode()):
        if _said(tag, "Id") == wanted:
            target = _said(tag, "Target")
            name = target[1:] if target.startswith("/") else f"xl/{target}"
            return by_name[name].read() if name in by_name else b""
    return b""


def _columns(content: bytes) -> Iterable[int]:
    for tag in _COLUMN.findall(content):
        first, last = (_said(tag.decode(), end) for end in ("min", "max"))
        if _HIDDEN.search(tag) and first.isdigit() and last.isdigit():
            yield from range(int(first), min(int(last), int(first) + 16_384) + 1)


def _said(tag: str, name: str) -> str:
    """An attribute of a tag, its entities undone."""
    found = re.search(rf"""\s{re.escape(name)}=["']([^"']*)["']""", tag)
    text = found[1] if found else ""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def hidden_words(name: str, hidden: Hidden, rows: Sequence[Sequence[str]]) -> list[str]:
    """What was read though it is hidden, and which hidden sheets were not; empty ones pass."""
    said = ["The sheet is hidden and was read."] if hidden.sheet else []
    full = [number for number in hidden.rows if number <= len(rows) and any(rows[number - 1])]
    wide = [
        letters(number)
        for number in hidden.columns
        if any(number <= len(row) and row[number - 1] for row in rows)
    ]
    for what, places in (("row", [str(number) for number in full]), ("column", wide)):
        if places:
            many = len(places) > 1
            listed = ", ".join(places[:20]) + (" …" if len(places) > 20 else "")
            said.append(
                f"Hidden {what}{'s' * many} {listed} hold{'' if many else 's'} values "
                "and were read with the others."
            )
    if hidden.other_sheets:
        said.append(f"Hidden and not read: {', '.join(map(repr, hidden.other_sheets))}.")
    return [f"{name}: {sentence}" for sentence in said]


def hidden_findings(source: str, said: Iterable[str]) -> list[Finding]:
    """A finding for each: what nobody saw may not be meant to be read."""
    return [
        Finding("hidden-cells", Severity.SUSPICIOUS, source, "", "", "", sentence)
        for sentence in said
    ]


@lru_cache(maxsize=2048)
def column_of(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=2048)
def letters(number: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
