"""The public site as plain files, for a memory stick: every page through the site's own views.

It holds what the site shows to a stranger, for it is fetched as one. Whatever needs a server
(search, subscribing, signing in, the API) leaves itself out of a page that is written as a file.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from callover.data.reader import Progress, no_progress
from callover.domain.errors import UserError
from callover.web.journal.record import record

_LINK = re.compile(r'(?P<name>\b(?:href|src))="(?P<link>[^"]*)"')
_IN_STYLE = re.compile(r"""url\(["']?(?P<link>[^"')]+)["']?\)""")
PLACES = ("/areas/", "/static/", "/colour/", "/accessibility/", "/privacy/")
"""Below these addresses lies everything that can be a file; the front page besides."""


class NotAFile(ValueError):
    """A page links to what cannot be a file: a fault of ours."""


@dataclass(frozen=True)
class Exported:
    """How many files were written, and how many of them are pages."""

    files: int
    pages: int


def export_site(out: Path, progress: Progress = no_progress) -> Exported:
    """Write the public site into an empty or new folder. Raises UserError for any other."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} holds something already.", "Name a new folder with --out DIR.")
    stranger = Client(SERVER_NAME=_host())
    stranger.defaults["callover.exporting"] = "yes"
    waiting = deque([reverse("home")])
    seen, pages = set(waiting), 0
    while waiting:
        address = waiting.popleft()
        content, kind = _fetch(stranger, address)
        links: list[str] = []
        if kind == "text/html" and address.endswith("/"):
            pages += 1
            text, links = _as_file(content.decode(), address)
            content = text.encode()
        elif kind == "text/css":
            links = list(_styled(content.decode(), address))
        _write(out / file_of(address), content)
        waiting.extend(new for new in dict.fromkeys(links) if new not in seen)
        seen.update(links)
        progress("Writing the public site", 1 - len(waiting) / len(seen))
    record("export site", by=None, files=len(seen), pages=pages)
    return Exported(len(seen), pages)


def file_of(address: str) -> str:
    """Where an address lies among the files: ``areas/x/index.html`` of ``/areas/x/``."""
    path = address.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _fetch(stranger: Client, address: str) -> tuple[bytes, str]:
    """What a stranger is answered, and its kind; raises NotAFile for anything but an answer."""
    if address.startswith(settings.STATIC_URL):
        path = _static(address.removeprefix(settings.STATIC_URL))
        return path.read_bytes(), guess_type(path.name)[0] or ""
    answer: HttpResponseBase = stranger.get(address, secure=settings.HTTPS)
    if answer.status_code != 200:
        raise NotAFile(f"{address} is answered {answer.status_code}")
    content = b"".join(answer)  # read to its end, it closes by itself
    return content, answer.headers["Content-Type"].partition(";")[0]


def _static(name: str) -> Path:
    """A static file, as gathered or where it was written; the web server's work otherwise."""
    gathered: Path = settings.STATIC_ROOT / name
    found = gathered if gathered.is_file() else finders.find(name)
    if not found:
        raise NotAFile(f"there is no static file {name}")
    return Path(str(found))


def _as_file(text: str, address: str) -> tuple[str, list[str]]:
    """A page with its links led to files beside it, and where they lead."""
    found: list[str] = []
    here = posixpath.dirname(file_of(address))

    def led(match: re.Match[str]) -> str:
        link = unescape(match["link"])
        target = _target(address, link)
        if target is None:
            return match[0]
        found.append(target)
        mark = urlsplit(link).fragment
        near = posixpath.relpath(file_of(target), here or ".")
        return f'{match["name"]}="{near}{"#" + mark if mark else ""}"'

    return _LINK.sub(led, text), found


def _target(address: str, link: str) -> str | None:
    """The address that a link of a page leads to; None for one within the page or to elsewhere.

    Raises NotAFile for one that only a server can answer.
    """
    if not link or link.startswith(("#", "//")) or urlsplit(link).scheme:
        return None
    path = urlsplit(urljoin(address, link)).path
    if path != "/" and not path.startswith(PLACES):
        raise NotAFile(f"{address} links to {link}")
    return path


def _styled(text: str, address: str) -> Iterator[str]:
    """What a style sheet loads beside it."""
    for match in _IN_STYLE.finditer(text):
        target = None if match["link"].startswith("data:") else _target(address, match["link"])
        if target is not None:
            yield target


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
