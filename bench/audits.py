"""How long a clerk waits for an audit: the example pack in four formats, and 300 pages of PDF."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf

from bench.cost import alternated, in_child
from bench.results import Result, within

ROUNDS = 5
FOUR_S, LARGE_S, MEMORY_GB = 15.0, 20.0, 1.0
PAGES = 300
PACKS = ("packs/2016-09", "packs/2016-09/exampleford")


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """Wall time and memory, reading included."""
    demo = folder / "demo"
    if not demo.exists():
        subprocess.run(
            [sys.executable, "-m", "callover", "demo", str(demo)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    example = [
        str(demo / PACKS[0] / f"callover-pack.{name}") for name in ("html", "pdf", "docx", "xlsx")
    ]
    large = str(large_pack(demo, folder / "large.pdf"))
    works = {
        "four formats": partial(in_child, "bench.audit_work", *example),
        "300 pages": partial(in_child, "bench.audit_work", large),
    }
    costs = alternated(works, rounds, said)
    four, pages = costs["four formats"], costs["300 pages"]
    return [
        within("audit of the example pack, four formats, wall", four.wall, FOUR_S, "s"),
        within("audit of a PDF of 300 pages, wall", pages.wall, LARGE_S, "s"),
        within("audit of a PDF of 300 pages, peak memory", pages.memory, MEMORY_GB, "GB"),
    ]


def large_pack(demo: Path, path: Path) -> Path:
    """The pages of both examples one after another, again and again, up to 300.

    Joined pages have lost their tags: they are read by where things stand, as most packs are.
    """
    made = pikepdf.new()
    while len(made.pages) < PAGES:
        for folder in PACKS:
            with pikepdf.open(demo / folder / "callover-pack.pdf") as pack:
                made.add_pages_from(pack)
    del made.pages[PAGES:]
    made.save(path)
    return path
