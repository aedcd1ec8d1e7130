"""The serving copy of a snapshot: each page ready as a fragment, with an index of what there is.

Made from the pack file when the snapshot is sealed, and again when a newer version of the program
lays pages out otherwise; so it is not sealed itself, and may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from callover.report.packfile import read_pack
from callover.report.render import fragments, html
from callover.report.render import traces as trace_words
from callover.report.render.fragments import Fragments, slug
from callover.report.render.traces import traces
from callover.report.wards import WardFile, read_wards, wards_name
from callover.web.snapshots import charts, index
from callover.web.snapshots.charts import charts_of
from callover.web.snapshots.index import Bar, Comparison, Index, Line, Page, Sign, index_of
from callover.web.snapshots.seal import FilesMissing

RESTRICTED, PUBLIC = "restricted", "public"
PACK_FILES = {RESTRICTED: "callover-pack", PUBLIC: "callover-pack-public"}
INDEX = "index.json"
CHARTS = ".charts.json"
_HOUR = 60 * 60
DOCUMENTS = ("html", "pdf", "docx", "xlsx")


@cache
def layout() -> str:
    """A short name of how this version lays pages out: another one when its code differs."""
    templates = ("blocks.html.j2", "fragment.html.j2")
    modules = (fragments, html, trace_words, index, charts)
    paths = [html.TEMPLATES / name for name in templates]
    paths += [Path(str(module.__file__)) for module in modules]
    told = b"".join(path.read_bytes() for path in paths)
    return hashlib.sha256(told).hexdigest()[:10]


def serving_of(snapshot: Path, edition: str) -> Path:
    """The serving copy of a sealed snapshot's edition, made now where there is none yet.

    ``snapshot`` is its folder. Raises FilesMissing where it does not hold the edition.
    """
    place = snapshot.relative_to(settings.SNAPSHOTS)
    folder: Path = settings.SERVING / layout() / place / edition
    if not (folder / INDEX).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as beside:
            made = Path(beside) / "made"
            write_serving(snapshot / f"{PACK_FILES[edition]}.json", made)
            with suppress(OSError):  # another process was first
                made.rename(folder)
        clear_old_layouts()
    return folder


def clear_old_layouts() -> int:
    """Remove the copies of earlier versions, an hour after this one began its own; gives how many.

    Who has a file open reads on; a process of the version before makes its copy anew.
    """
    own: Path = settings.SERVING / layout()
    if not own.is_dir() or own.stat().st_mtime > time.time() - _HOUR:
        return 0
    began = own.stat().st_mtime
    older = [p for p in settings.SERVING.iterdir() if p.is_dir() and p.stat().st_mtime < began]
    for each in older:
        shutil.rmtree(each, ignore_errors=True)
    return len(older)


def write_serving(pack_file: Path, folder: Path) -> None:
    """Write the serving copy of a pack file into a new ``folder``."""
    if not pack_file.is_file():
        raise FilesMissing(pack_file)
    pack = read_pack(pack_file)
    folder.mkdir(parents=True)
    fragments = Fragments(pack.document, traces(pack))
    for section in pack.document.sections:
        text = fragments.section(section)
        (folder / f"{slug(section.id)}.html").write_text(text, encoding="utf-8")
        if drawings := charts_of(section):
            (folder / f"{slug(section.id)}{CHARTS}").write_text(drawings, encoding="utf-8")
    held = asdict(index_of(pack))
    del held["by_slug"]
    listed = json.dumps(held, ensure_ascii=False, sort_keys=True)
    (folder / INDEX).write_text(listed, encoding="utf-8")


@lru_cache(maxsize=64)
def read_index(folder: Path) -> Index:
    """The index of a sealed serving copy; kept in memory, for it never changes."""
    held: dict[str, Any] = json.loads((folder / INDEX).read_bytes())
    pages = tuple(_page(each) for each in held.pop("pages"))
    lines = tuple(_line(each) for each in held.pop("lines"))
    comparisons = tuple(
        Comparison(**{**each, "bars": tuple(Bar(**bar) for bar in each["bars"])})
        for each in held.pop("comparisons")
    )
    return Index(
        pages=pages, lines=lines, comparisons=comparisons,
        by_slug={page.slug: page for page in pages}, **held,
    )  # fmt: skip


def _page(held: dict[str, Any]) -> Page:
    return Page(**{
        **held, "signs": tuple(Sign(**sign) for sign in held["signs"]),
        "strategic": tuple(held["strategic"]), "facts": tuple(map(tuple, held["facts"])),
    })  # fmt: skip


def _line(held: dict[str, Any]) -> Line:
    signs = {name: Sign(**held[name]) if held[name] else None for name in ("rating", "evidence")}
    return Line(**{**held, **signs, "strategic": tuple(held["strategic"])})


@lru_cache(maxsize=512)
def read_page(folder: Path, page: str) -> str:
    """A page's fragment by its slug; raises KeyError for one that is not in the index."""
    return _file_of(folder, page, ".html").read_text(encoding="utf-8")


def read_charts(folder: Path, page: str) -> str:
    """A page's charts by its slug; raises KeyError for a page that is none or has none."""
    path = _file_of(folder, page, CHARTS)
    if not path.is_file():
        raise KeyError(page)
    return path.read_text(encoding="utf-8")


def _file_of(folder: Path, page: str, ending: str) -> Path:
    if page not in read_index(folder).by_slug:
        raise KeyError(page)
    return folder / f"{page}{ending}"


@lru_cache(maxsize=64)
def read_ward_file(snapshot: Path, edition: str) -> WardFile:
    """The tables by ward of a sealed snapshot's edition, none where nothing is counted by ward;
    kept in memory, for they never change. ``snapshot`` is its folder."""
    path = snapshot / wards_name(edition)
    return read_wards(path) if path.is_file() else WardFile("", "", edition)
