"""Damaged, locked and hostile archives: the sentence names place and cause, and says what helps."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from callover.audit.read import read_pack
from callover.audit.unreadable import Unreadable

Edit = Callable[[str, bytes], bytes | None]
DAMAGED = ("word/document.xml", "xl/worksheets/sheet2.xml")
"""The part that is tampered with, of a document and of a workbook."""


@pytest.fixture(params=["docx", "xlsx"])
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"pack.{request.param}"
    if request.param == "docx":
        document = docx.Document()
        document.add_heading("Burglary", 1)
        document.add_paragraph("Burglary rose by 3 offences, from 5 to 8.")
        document.save(str(path))
    else:
        with xlsxwriter.Workbook(path) as book:
            for name in ("Summary", "Wards"):
                book.add_worksheet(name).write_row(0, 0, ["Burglary", 5, 8])
    return path


def edited(path: Path, edit: Edit) -> Path:
    """The archive anew, each part as ``edit`` makes it, without those it makes None."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            made = edit(name, content)
            if made is not None:
                archive.writestr(name, made)
    return path


def said(path: Path) -> tuple[str, str]:
    """What happened and what to do about it."""
    with pytest.raises(Unreadable) as raised:
        read_pack(path)
    return raised.value.what, raised.value.remedy


def damaged(path: Path, *parts: str) -> None:
    """Check that a damaged file is told as one, with these words, and not as a locked one."""
    what, remedy = said(path)
    assert path.name in what
    assert "damaged" in what
    for part in parts:
        assert part in what
    assert "save it again" in remedy
    assert "ask for the file anew" in remedy
    assert "password" not in what + remedy


def test_an_archive_that_breaks_off(whole: Path) -> None:
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) // 2])
    damaged(whole, "broken archive", "download that broke off")


def test_a_part_that_is_missing_is_named(whole: Path) -> None:
    edited(whole, lambda name, content: None if name in DAMAGED else content)
    damaged(whole, "is missing", DAMAGED[whole.suffix == ".xlsx"])


def test_a_sheet_that_is_missing_is_named_as_the_person_knows_it(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Summary", "Wards"):
            book.add_worksheet(name).write_row(0, 0, ["Burglary", 5, 8])
    edited(path, lambda name, content: None if name == DAMAGED[1] else content)
    damaged(path, "sheet 'Wards' is missing")


def test_a_workbook_that_does_not_say_where_its_sheets_are(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Wards").write_row(0, 0, ["Burglary", 5, 8])
    edited(path, lambda name, content: None if name == "xl/_rels/workbook.xml.rels" else content)
    damaged(path, "does not say where sheet 'Wards' is")


def test_texts_of_a_workbook_that_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Wards").write_row(0, 0, ["Burglary", 5, 8])
    edited(path, lambda name, content: None if name == "xl/sharedStrings.xml" else content)
    damaged(path, "its text is missing", "xl/sharedStrings.xml")


def test_a_part_whose_xml_breaks_off_is_told_with_its_line(whole: Path) -> None:
    edited(whole, lambda name, content: content[:-30] if name in DAMAGED else content)
    damaged(whole, DAMAGED[whole.suffix == ".xlsx"], "its XML is broken", "line ")


def test_nothing_that_says_where_the_text_is(whole: Path) -> None:
    damaged(edited(whole, lambda name, content: None if name.endswith(".rels") else content))


def test_a_part_that_cannot_be_unpacked(whole: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        info = archive.getinfo(DAMAGED[whole.suffix == ".xlsx"])
    content = bytearray(whole.read_bytes())
    start = info.header_offset + 30 + len(info.filename)
    content[start : start + info.compress_size] = b"\x55" * info.compress_size
    whole.write_bytes(content)
    damaged(whole, info.filename)


def lock(path: Path) -> Path:
    """Mark every entry of an archive as encrypted, as a password does."""
    content = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(sign, at + 4)
    path.write_bytes(content)
    return path


def test_an_archive_with_locked_entries_is_called_encrypted(whole: Path) -> None:
    what, remedy = said(lock(whole))
    assert what == f"{whole.name} is encrypted: it opens with a password only."
    assert remedy == "Open it with the password, save it without one and audit that."


def test_a_locked_archive_that_is_no_office_file_is_called_encrypted_too(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("paper.pdf", b"%PDF-1.4")
    assert said(path)[0] == "papers.zip is an archive of 1 file and no pack."
    assert "encrypted" in said(lock(path))[0]


def deep(tmp_path: Path, suffix: str) -> Path:
    """A pack whose elements stand ten thousand deep in one another."""
    path = tmp_path / f"pack.{suffix}"
    if suffix == "html":
        path.write_text("<html><body>\n" + "<div>" * 10_000 + "7 crimes</body></html>", "utf-8")
        return path
    docx.Document().save(str(path))
    nested = b"<w:ins>" * 10_000 + b"<w:p/>" + b"</w:ins>" * 10_000
    body = b"<w:body>"
    return edited(path, lambda _, content: content.replace(body, body + nested))


@pytest.mark.parametrize(
    ("suffix", "place"), [("html", "pack.html, line 2:"), ("docx", "pack.docx: word/document.xml:")]
)
def test_elements_without_end_are_told_with_place_cause_and_remedy(
    tmp_path: Path, suffix: str, place: str
) -> None:
    what, remedy = said(deep(tmp_path, suffix))
    assert what.startswith(f"{place} its elements stand more than 2")
    assert what.endswith("deep in one another: too deep to read.")
    assert "save it as PDF and audit that" in remedy


def test_tables_within_tables_without_end(tmp_path: Path) -> None:
    path = tmp_path / "pack.html"
    cells = "<table><tr><td>" * 30 + "7 crimes" + "</td></tr></table>" * 30
    path.write_text(f"<html><body>\n\n{cells}</body></html>", "utf-8")
    what, remedy = said(path)
    assert what.startswith("pack.html, line 3: its tables stand more than 8 deep")
    assert "save it as PDF" in remedy
