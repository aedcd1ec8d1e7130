"""The rows of the dashboard as HTML, kept in memory: a snapshot never changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string
from django.urls import reverse

from callover.domain.periods import Month
from callover.web.performance.audience import View
from callover.web.performance.ordering import ORDERS, Board
from callover.web.performance.ordering import board as board_of
from callover.web.snapshots.serving import read_index


def board_rows(view: View, shown: Board) -> str:
    """The rows of one strategic group in one order, each linked to its page."""
    snapshot = view.snapshot
    place = [snapshot.partnership_id, snapshot.month, snapshot.number]
    return _rows(view.folder, reverse("snapshot", args=place), shown.chosen, shown.order)


@lru_cache(maxsize=256)
def _rows(folder: Path, base: str, chosen: str, order: str) -> str:
    index = read_index(folder)
    return render_to_string(
        "performance/board.html",
        {
            "board": board_of(index, chosen, order), "base": base, "order": ORDERS[order][0],
            "month_name": Month.parse(index.month).name,
        },
    )  # fmt: skip
