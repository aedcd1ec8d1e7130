"""Everything that a stranger can fetch, and every text that is in it, however packed."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

import pikepdf
import pypdfium2
from django.conf import settings
from django.test import Client

_LINK = re.compile(r'(?:href|src|action|data-charts)="([^"]*)"')
_ADDRESS = re.compile(r'https?://[^\s"<>]+')
_TAG = re.compile(r"<(?:svg\b.*?</svg|[^>]*)>", re.DOTALL)
_TOLD = re.compile(r'(?:aria-label|alt|content|title|value)="([^"]*)"')


@dataclass(frozen=True)
class Fetched:
    """An answer: its status, headers as text, kind and content."""

    address: str
    status: int
    headers: str
    kind: str
    content: bytes


def fetch(address: str, client: Client | None = None, **headers: str) -> Fetched:
    """Any answer at all, an error's too."""
    asked = client or Client(raise_request_exception=False)
    answer = asked.get(address, headers=headers)
    content = b"".join(answer)  # read to its end, it closes by itself
    told = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return Fetched(address, answer.status_code, told, answer.get("Content-Type", ""), content)


def crawl(start: Iterable[str]) -> dict[str, Fetched]:
    """Follow every link to this site from some addresses; static files are not followed."""
    waiting, found = deque(start), {}
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        one = found[address] = fetch(address)
        waiting.extend(link for link in _links(one) if link not in found)
    return found


def _links(one: Fetched) -> Iterator[str]:
    if not one.kind.startswith(("text/html", "application/json", "application/atom+xml")):
        return
    text = one.content.decode(errors="replace")
    own = [each.removeprefix(settings.SITE_URL) for each in _ADDRESS.findall(text)
           if each.startswith(f"{settings.SITE_URL}/")]  # fmt: skip
    linked = _LINK.findall(text) if one.kind.startswith("text/html") else []
    for link in (*linked, *own):
        parts = urlsplit(urljoin(one.address, unescape(link)))
        if not parts.scheme and not parts.netloc and not parts.path.startswith("/static/"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The content as text, and that of everything packed in it: archives, PDF streams, metadata."""
    yield name, content.decode("utf-8", errors="replace")
    yield f"{name} (UTF-16)", content.decode("utf-16-le", errors="ignore")
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from texts(f"{name}:{inner}", archive.read(inner))
    elif content[:5] == b"%PDF-":
        yield from _of_pdf(name, content)


def _of_pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield f"{name}:info", " ".join(str(value) for value in pdf.docinfo.values())
        for number, item in enumerate(pdf.objects):
            if isinstance(item, pikepdf.Stream) and "/Image" not in str(item.get("/Subtype", "")):
                yield f"{name}:{number}", item.read_bytes().decode("utf-8", errors="replace")
            elif isinstance(item, pikepdf.Dictionary):
                said = " ".join(str(v) for v in item.values() if isinstance(v, pikepdf.String))
                yield f"{name}:{number}", said
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        text = document[number].get_textpage().get_text_bounded()
        yield f"{name} page {number + 1}", text
    document.close()


def visible(text: str) -> str:
    """What a page says to a reader or a screen reader, without tags and drawings."""
    return " ".join([unescape(_TAG.sub(" ", text)), *map(unescape, _TOLD.findall(text))])
