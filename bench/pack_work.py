"""One piece of work with packs, run and timed: ``-m bench.pack_work WAY PATH …``.

What a way needs is imported and warmed before the clock starts: the drawing engine by one empty
chart, Typst by the pack's cover alone.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from bench.cost import report
from callover.domain.periods import Month
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.pack_folder import FORMATS, NAME
from callover.jobs.workspace import Workspace
from callover.report.charts import drawn
from callover.report.packfile import read_pack
from callover.report.render.html import render_html
from callover.report.render.pdf import render_pdf

MONTH = Month.of(2016, 9)
EXAMPLE = "E09000002"
_NO_CHART = {"mark": "point", "data": {"values": []}}

Work = Callable[[], object]


def pack(workspace: str, out: str) -> Work:
    """The example pack: read, computed, written in four formats."""
    for name in FORMATS:
        import_module(f"callover.report.render.{name}")
    drawn(_NO_CHART, 10, 10)
    return lambda: build_pack(
        Workspace.open(Path(workspace)), PackRequest(MONTH, Path(out), area=EXAMPLE)
    )


def packs(workspace: str, *codes: str) -> Work:
    """A pack for each area, one after another; nothing is warm."""

    def work() -> None:
        for code in codes:
            request = PackRequest(MONTH, Path(workspace) / code, area=code)
            build_pack(Workspace.open(Path(workspace)), request)

    return work


def pdf(out: str) -> Work:
    """Our PDF. The charts are drawn beforehand, for the HTML that the peer reads holds them."""
    document = read_pack(Path(out) / f"{NAME}.json").document
    render_html(document)
    render_pdf(replace(document, sections=document.sections[:1]))
    return lambda: render_pdf(document)


def weasyprint(out: str) -> Work:
    """The same pack's HTML printed by WeasyPrint."""
    html = import_module("weasyprint").HTML
    logging.disable(logging.CRITICAL)  # it tells of every style that it does not know
    html(string="<p>warm</p>").write_pdf()
    return lambda: html(filename=str(Path(out) / f"{NAME}.html")).write_pdf()


WAYS: dict[str, Callable[..., Work]] = {
    "pack": pack,
    "packs": packs,
    "pdf": pdf,
    "weasyprint": weasyprint,
}


def main() -> None:
    """Run the way named on the command line."""
    report(WAYS[sys.argv[1]](*sys.argv[2:]))


if __name__ == "__main__":
    main()
