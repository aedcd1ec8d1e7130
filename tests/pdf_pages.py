"""How many pages of a finished PDF each section takes, by its bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
from pikepdf import OutlineItem


def pages_of(pdf: Path, titles: Iterable[str]) -> dict[str, int]:
    """Pages from each title's bookmark to the next title's; the last title is not counted."""
    with pikepdf.open(pdf) as file, file.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        begins = {item.title: numbers[item.destination[0].objgen] for item in _every(outline.root)}
    return {title: begins[after] - begins[title] for title, after in pairwise(titles)}


def _every(items: Iterable[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _every(item.children)
