"""What kind of file a pack is, from what is in it and not from its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from callover.audit.files import names_in
from callover.audit.pack import Format
from callover.audit.report.words import counted
from callover.audit.unreadable import Unreadable, locked

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_PIECE = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|section)\b", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 65_536

_OLD = (("WordDocument", "Word", "DOCX"), ("Workbook", "Excel", "XLSX"), ("Book", "Excel", "XLSX"),
        ("PowerPoint Document", "PowerPoint", "PDF"))  # fmt: skip
_OTHER_ZIPS = (
    ("ppt/", "is a presentation", "Save it as PDF and audit that."),
    ("xl/workbook.bin", "is a binary workbook", "Save it as XLSX and audit that."),
    ("content.xml", "is an OpenDocument file", "Save it as DOCX, XLSX or PDF and audit that."),
)


def recognise(path: Path) -> Format:
    """The format of a file; raises Unreadable for what is no pack, saying what it seems to be."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_OLE):
        raise _old_office(path)
    if head.startswith(_ZIP):
        return _in_archive(path)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    _refuse_others(path.name, head)
    text = head.decode("utf-16" if head.startswith(_MARKS[1:]) else "utf-8", errors="replace")
    return Format.HTML if _is_page(path, text) else Format.TEXT


def _is_page(path: Path, text: str) -> bool:
    """A web page begins as one; a piece of one, saved by its name, has a table or a heading."""
    if _HTML.match(text.removeprefix("\ufeff")[:4096]):
        return True
    if path.suffix.lower() in (".htm", ".html", ".xhtml"):
        return _PIECE.search(text) is not None
    lower = text.lower()
    return lower.lstrip("\ufeff \t\r\n").startswith("<") and "<table" in lower and "<tr" in lower


def _in_archive(path: Path) -> Format:
    names = names_in(path)
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    for start, what, remedy in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            raise Unreadable(f"{path.name} {what}.", remedy)
    if any(name.startswith("xl/") for name in names):
        return Format.XLSX
    raise Unreadable(
        f"{path.name} is an archive of {counted(len(names), 'file')} and no pack.",
        "Unpack it and audit the pack within.",
    )


def _old_office(path: Path) -> Unreadable:
    """What an OLE2 container is, by the names in its directory, which are UTF-16."""
    raw = path.read_bytes()
    if b"EncryptedPackage".decode().encode("utf-16-le") in raw:
        return locked(path.name)
    for stream, program, better in _OLD:
        if stream.encode("utf-16-le") + b"\0\0" in raw:
            return Unreadable(
                f"{path.name} is an old {program} file, from before 2007.",
                f"Open it and save it as {better}.",
            )
    return Unreadable(f"{path.name} is no pack.", "Save the pack as PDF, DOCX, XLSX or HTML.")


def _refuse_others(name: str, head: bytes) -> None:
    """Raise Unreadable for pictures, rich text and whatever else is no text."""
    if head.startswith(_PICTURES):
        raise Unreadable(
            f"{name} is a picture.", "Recognise its text first (OCR) and save that as PDF or DOCX."
        )
    if head.startswith(b"{\\rtf"):
        raise Unreadable(f"{name} is a rich text file (RTF).", "Save it as DOCX and audit that.")
    if not head.startswith(_MARKS) and len(_CONTROLS.findall(head)) > len(head) // 1000:
        raise Unreadable(
            f"{name} is no document that is recognised.",
            "Name a pack in PDF, DOCX, XLSX, HTML or plain text.",
        )
    if not head.strip():
        raise Unreadable(f"{name} is empty: it has blanks only.", "Save or fetch the pack again.")
