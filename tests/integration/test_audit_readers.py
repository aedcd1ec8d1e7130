"""Finished packs read back: the same in every format; hostile files told within seconds."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from callover.audit.pack import Block, Format, Pack, Table
from callover.audit.read import read_pack
from callover.audit.unreadable import Unreadable
from callover.jobs.pack_folder import FORMATS
from example_pack import example_pack, example_workspace

MONTHLY = "2016/17, month by month"
SECONDS = 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    """The example pack in all formats, and its PDF without tags as other programs export it."""
    folder = tmp_path_factory.mktemp("pack")
    example_pack(example_workspace(folder / "space"), folder / "out")
    found = {each: next((folder / "out").rglob(f"callover-pack.{each}")) for each in FORMATS}
    with pikepdf.open(found["pdf"]) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        pdf.save(folder / "untagged.pdf")
    return {name: read_pack(path) for name, path in found.items()} | {
        "untagged": read_pack(folder / "untagged.pdf")
    }


def one_line(text: str) -> str:
    return " ".join(text.split())


def rows(block: Table) -> list[list[str]]:
    return [[one_line(cell.text) for cell in row] for row in block.rows]


def monthly(pack: Pack) -> dict[str, list[list[str]]]:
    """Tables of months by their caption, or by the text right before them."""
    found: dict[str, list[list[str]]] = {}
    before = ""
    for block in pack.blocks:
        if not isinstance(block, Table):
            before = block.text
        elif MONTHLY in (block.caption or before):
            found.setdefault(block.caption or before, rows(block))
    return found


def test_every_format_is_recognised(packs: dict[str, Pack]) -> None:
    assert {name: pack.format for name, pack in packs.items()} == {
        "html": Format.HTML, "pdf": Format.PDF, "docx": Format.DOCX, "xlsx": Format.XLSX,
        "untagged": Format.PDF,
    }  # fmt: skip
    assert all("September 2016" in pack.title for pack in packs.values())
    assert not any(pack.notes for pack in packs.values())


@pytest.mark.parametrize("other", ["pdf", "docx", "untagged"])
def test_tables_of_months_are_the_same_in_every_format(packs: dict[str, Pack], other: str) -> None:
    wanted, found = monthly(packs["html"]), monthly(packs[other])
    assert len(wanted) > 25
    # Word sets the brigade's table, which is too wide for a page, as two
    unlike = {name for name in wanted if found.get(name) != wanted[name]}
    assert unlike <= {f"Fire brigade measures for the borough, {MONTHLY}"}


def test_the_workbook_has_the_same_months_one_below_the_other(packs: dict[str, Pack]) -> None:
    tables = [rows(b) for b in packs["xlsx"].blocks if isinstance(b, Table)]
    (found,) = [t for t in tables if t[0][:2] == ["Month", "In the month, offences"]
                and t[1][1] == "1,383"]  # fmt: skip
    printed = monthly(packs["html"])[f"Total notifiable offences, {MONTHLY}"]
    assert [row[1] for row in found[1:]] == printed[1][1:7]
    assert [row[2] for row in found[1:]] == printed[2][1:7]


@pytest.mark.parametrize("other", ["pdf", "docx"])
def test_every_heading_is_read(packs: dict[str, Pack], other: str) -> None:
    def headings(pack: Pack) -> set[str]:
        return {one_line(b.text) for b in pack.blocks if hasattr(b, "level")}

    assert headings(packs["html"]) - headings(packs[other]) <= {"Contents"}


@pytest.mark.parametrize("other", ["pdf", "docx", "untagged"])
def test_every_sentence_with_its_figures_is_read(packs: dict[str, Pack], other: str) -> None:
    """Sentences of the executive summary, word for word; links are worded by format."""
    held = one_line(" ".join(text for text, _ in packs[other].texts()))
    sentences = [
        one_line(block.text).split(" More on ")[0]
        for block in packs["html"].blocks
        if not isinstance(block, Table) and "in the 12 months to September 2016:" in block.text
    ]
    assert len(sentences) > 30
    assert [each for each in sentences if each not in held] == []


def test_what_only_a_click_shows_is_left_out(packs: dict[str, Pack]) -> None:
    said = " ".join(text for text, _ in packs["html"].texts())
    assert "Where this number comes from" not in said
    assert "Skip to contents" not in said
    assert ", source" not in said


def test_places(packs: dict[str, Pack]) -> None:
    def first(pack: Pack) -> Block:
        return next(b for b in pack.blocks if isinstance(b, Table) and MONTHLY in b.caption)

    assert first(packs["html"]).place.line > 100
    assert first(packs["pdf"]).place.page > 5
    assert first(packs["docx"]).place.spot.startswith("p")


def pdf(*pages: str) -> bytes:
    made = pikepdf.new()
    for text in pages:
        page = made.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 200), 128).save(out, "PDF")
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("L", (20, 20)).save(out, "PNG")
    return out.getvalue()


def office(kind: str, **replaced: bytes) -> bytes:
    """A Word document or workbook with some of its parts replaced: ``word__document_xml``."""
    out = io.BytesIO()
    if kind == "docx":
        document = docx.Document()
        document.add_paragraph("Burglary: 5")
        document.save(out)
    else:
        book = openpyxl.Workbook()
        book.active.append(["Burglary", 5])
        book.save(out)
    with zipfile.ZipFile(out) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts |= {
        name.replace("__", "/").replace("_xml", ".xml"): raw for name, raw in replaced.items()
    }
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return out.getvalue()


def locked_zip() -> bytes:
    raw = bytearray(office("docx"))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(sign, at + 4)
    return bytes(raw)


def old(stream: str) -> bytes:
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def laughs() -> bytes:
    entities = b'<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return b"<?xml version='1.0'?><!DOCTYPE x [" + entities + b"]><x>&j;</x>"


def bomb_pdf() -> bytes:
    """A page whose content unpacks to very much."""
    content = zlib.compress(b"BT ET " * 20_000_000, 9)
    made = pikepdf.open(io.BytesIO(pdf("x")))
    made.pages[0].Contents = pikepdf.Stream(made, content, Filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    made.save(out, compress_streams=False)
    return out.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = (
    b"<w:document "
    + W
    + b"><w:body>"
    + b"<w:sdt>" * 900
    + b"</w:sdt>" * 900
    + b"</w:body></w:document>"
)
ENDLESS = b"<w:document " + W + b"><w:body>" + b"<w:p/>" * 15_000_000 + b"</w:body></w:document>"

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zero bytes": ("a.pdf", lambda: b"", "is empty"),
    "blanks": ("a.html", lambda: b" \n \n", "is empty"),
    "random bytes": ("a.pdf", lambda: bytes(range(256)) * 40, "no document"),
    "NUL bytes": ("a.txt", lambda: bytes(4000), "no document"),
    "a picture": ("a.pdf", picture, "is a picture"),
    "rich text": ("a.docx", lambda: rb"{\rtf1 hello}", "rich text"),
    "a scan": ("a.pdf", scan, "OCR"),
    "a truncated PDF": ("a.pdf", lambda: pdf("one", "two")[:300], "damaged"),
    "PDF by its first line": ("a.pdf", lambda: b"%PDF-1.7\nhello", "damaged"),
    "a PDF that bursts": ("a.pdf", bomb_pdf, "no text"),
    "a locked workbook": ("a.xlsx", lambda: old("EncryptedPackage"), "password"),
    "an old document": ("a.docx", lambda: old("WordDocument"), "old Word"),
    "an old workbook": ("a.xls", lambda: old("Workbook"), "old Excel"),
    "an old presentation": ("a.ppt", lambda: old("PowerPoint Document"), "old PowerPoint"),
    "a locked archive": ("a.docx", locked_zip, "password"),
    "half an archive": ("a.docx", lambda: office("docx")[:2000], "broken archive"),
    "a directory of names only": ("a.zip", lambda: zipped({"a.txt": b"x"}), "no pack"),
    "a presentation": ("a.pptx", lambda: zipped({"ppt/presentation.xml": b"x"}), "presentation"),
    "an OpenDocument": ("a.odt", lambda: zipped({"content.xml": b"x"}), "OpenDocument"),
    "no body": ("a.docx", lambda: zipped({"word/document.xml": b"<x/>"}), "does not say"),
    "broken XML": ("a.docx", lambda: office("docx", word__document_xml=b"<w:document"), "damaged"),
    "a deep document": ("a.docx", lambda: office("docx", word__document_xml=DEEP), "too deep"),
    "a document that bursts": (
        "a.docx", lambda: office("docx", word__document_xml=ENDLESS), "bytes",
    ),
    "a thousand laughs": (
        "a.docx", lambda: office("docx", word__document_xml=laughs()), "entities",
    ),
    "laughs in a workbook": (
        "a.xlsx", lambda: office("xlsx", xl__styles_xml=laughs()), "entities",
    ),
    "a sheet that breaks off": (
        "a.xlsx", lambda: office("xlsx", xl__worksheets__sheet1_xml=b"<worksheet>"), "damaged",
    ),
    "an empty document": ("a.docx", lambda: office("docx", word__document_xml=b"<w:document " + W
                          + b"><w:body/></w:document>"), "no text"),
    "an empty page": ("a.html", lambda: b"<html><body></body></html>", "no text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_told_within_seconds(tmp_path: Path, kind: str) -> None:
    name, content, told = HOSTILE[kind]
    path = tmp_path / name
    path.write_bytes(content())
    began = time.monotonic()
    with pytest.raises(Unreadable, match=told) as caught:
        read_pack(path)
    assert time.monotonic() - began < SECONDS
    assert name in caught.value.what
    assert caught.value.remedy
    assert caught.value.exit_code == 2


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, told in ((tmp_path / "none.pdf", "no file"), (tmp_path, "folder"),
                       (tmp_path / "pipe", "no plain file")):  # fmt: skip
        with pytest.raises(Unreadable, match=told):
            read_pack(path)


@pytest.mark.parametrize("name", ["pack.txt", "pack.html", "pack", "pack.docx"])
def test_the_content_decides_and_not_the_name(tmp_path: Path, name: str) -> None:
    for content, wanted in ((pdf("Burglary 5"), Format.PDF), (office("docx"), Format.DOCX),
                            (office("xlsx"), Format.XLSX),
                            (b"<!DOCTYPE html><p>Burglary 5", Format.HTML)):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        assert read_pack(tmp_path / name).format is wanted


def test_macros_are_passed_over(tmp_path: Path) -> None:
    raw = io.BytesIO(office("xlsx"))
    with zipfile.ZipFile(raw, "a") as whole:
        whole.writestr("xl/vbaProject.bin", b"x")
    (tmp_path / "a.xlsm").write_bytes(raw.getvalue())
    assert "Burglary" in [text for text, _ in read_pack(tmp_path / "a.xlsm").texts()]


def test_some_pages_without_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Burglary 5", "", "Theft 6", ""))
    assert read_pack(tmp_path / "a.pdf").notes == (
        "Pages 2, 4: each has no text: it is empty or a picture.",
    )


STARTS = [
    b"%PDF-1.7\n", b"PK\x03\x04", OLE, b"<!doctype html><table><tr><td>", b"\xff\xfe", b"{\\rtf",
    pdf("Burglary 5")[:300], office("docx")[:2000],
    b"PK\x05\x06" + struct.pack("<HHHHIIH", *[9] * 7),
]  # fmt: skip


@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
def test_any_bytes_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(start + rest)
    try:
        read_pack(path)
    except Unreadable as error:
        assert error.remedy


SOUND = {"docx": office("docx"), "xlsx": office("xlsx"), "pdf": pdf("Burglary 5", "Theft 6")}


@given(
    kind=st.sampled_from(sorted(SOUND)),
    share=st.floats(0, 1, exclude_max=True),
    piece=st.binary(min_size=1, max_size=20),
)
def test_damaged_packs_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, kind: str, share: float, piece: bytes
) -> None:
    """One part of a file overwritten, as a bad transfer does."""
    raw = bytearray(SOUND[kind])
    at = int(share * len(raw))
    raw[at : at + len(piece)] = piece
    path = tmp_path_factory.getbasetemp() / f"damaged.{kind}"
    path.write_bytes(raw)
    try:
        read_pack(path)
    except Unreadable as error:
        assert error.remedy
