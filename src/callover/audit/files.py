"""The bytes of a pack, and the parts of one that is a ZIP archive, read within bounds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from callover.audit.limits import (
    MOST_DIRECTORY_BYTES,
    MOST_FILE_BYTES,
    MOST_UNPACKED_BYTES,
    MOST_XML_BYTES,
)
from callover.audit.unreadable import AGAIN, Unreadable, damaged, locked, too_deep, too_much
from callover.data.archives import BrokenArchive, LockedArchive, Member, is_locked, opened
from callover.domain.errors import UserError

_STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main",
     "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("http://purl.oclc.org/ooxml/spreadsheetml/main",
     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships",
     "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""Names that the strict kind of Office file has for what the usual kind calls otherwise."""

_END_WITHIN = 66_000
"""Bytes at the end of an archive within which its list of files says how long it is."""

_DEPTH = "Excessive depth"
"""How the parser begins its refusal of elements that stand too deep in one another."""

_TRAP = "Ask where the file comes from, and save it again in the program that made it."

Parts = Mapping[str, Member]
"""The files of an archive by name."""


def content(path: Path) -> bytes:
    """All bytes of a file of bearable size; raises Unreadable for what is no readable file."""
    check(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _closed(path, error) from error


def check(path: Path) -> None:
    """Raise Unreadable for a path that leads to no plain file of bearable size."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {path}.", "Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        raise _closed(path, error) from error
    if path.is_dir():
        raise Unreadable(f"{path} is a folder.", "Name the pack itself: one file.")
    if not path.is_file():
        raise Unreadable(f"{path} is no plain file.", "Save the pack as a file and name that.")
    if not size:
        raise Unreadable(f"{path.name} is empty.", "Save or fetch the pack again.")
    if size > MOST_FILE_BYTES:
        raise too_much(path.name, f"has {size:,} bytes", MOST_FILE_BYTES, "bytes")


def _closed(path: Path, error: Exception) -> Unreadable:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Unreadable(f"{path} cannot be opened: {why}.", "Check that you may read it.")


def names_in(path: Path) -> list[str]:
    """The names of an archive's files; raises Unreadable for a broken or locked archive."""
    _refuse_endless_directory(path)
    try:
        with zipfile.ZipFile(path) as found:
            files = found.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        why = f"it is a broken archive, as after a download that broke off ({error})"
        raise damaged(path.name, why) from error
    if any(is_locked(each) for each in files):
        raise locked(path.name)
    return [each.filename for each in files]


def _refuse_endless_directory(path: Path) -> None:
    """Raise Unreadable where the list of files alone would fill the memory."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _END_WITHIN))
        tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if size > MOST_DIRECTORY_BYTES:
        raise too_much(path.name, "lists too many files", MOST_DIRECTORY_BYTES, "bytes of names")


@contextmanager
def archive(path: Path) -> Iterator[Parts]:
    """The parts of an Office file; raises Unreadable for a broken, locked or bursting archive."""
    _refuse_endless_directory(path)
    try:
        with opened(path, in_lines=False) as members:
            total = sum(member.size for member in members)
            if total > MOST_UNPACKED_BYTES:
                raise too_much(
                    path.name, f"unpacks to {total:,} bytes", MOST_UNPACKED_BYTES, "bytes"
                )
            yield {member.name: member for member in members}
    except Unreadable:
        raise
    except LockedArchive as error:
        raise locked(path.name) from error
    except BrokenArchive as error:
        raise Unreadable(error.what, AGAIN) from error
    except UserError as error:  # a trap: too many files, or one packed beyond all measure
        raise Unreadable(error.what, _TRAP) from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path.name, str(error)) from error


def part(name: str, parts: Parts, wanted: str) -> bytes:
    """An XML part of an archive, b"" where there is none; raises Unreadable beyond the limit."""
    if wanted not in parts:
        return b""
    if parts[wanted].size > MOST_XML_BYTES:
        raise too_much(
            name, f"holds {wanted} of {parts[wanted].size:,} bytes", MOST_XML_BYTES, "bytes"
        )
    return parts[wanted].read()


def xml_of(name: str, parts: Parts, wanted: str) -> bytes:
    """A part without declarations of its own and in the usual names, b"" where there is none."""
    raw = part(name, parts, wanted)
    refuse_entities(f"{name}: {wanted}", raw)
    for strict, usual in _STRICT:
        raw = raw.replace(strict.encode(), usual.encode())
    return raw


def tree(name: str, parts: Parts, wanted: str) -> etree._Element | None:
    """A part as XML, None where there is none; nothing is fetched and no entity is resolved."""
    raw = xml_of(name, parts, wanted)
    if not raw:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_xml(f"{name}: {wanted}", error) from error


def broken_xml(name: str, error: etree.XMLSyntaxError | ValueError) -> Unreadable:
    """A part that the parser refuses: not whole, or deeper than any program nests its elements."""
    why = getattr(error, "msg", None) or str(error)
    return too_deep(name, 256) if _DEPTH in why else damaged(name, f"its XML is broken ({why})")


def refuse_entities(name: str, raw: bytes) -> None:
    """Raise Unreadable for XML with declarations of its own, which no Office program writes."""
    plain = raw.replace(b"\0", b"") if b"\0" in raw[:4] else raw
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable(
            f"{name} declares entities, as attacks on programs that read XML do.", _TRAP
        )
