"""What stays in memory when one process makes one PDF after another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from callover.report.blocks import Document
from callover.report.render.pdf import render_pdf
from sample_document import sample

STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Memory that this process holds now."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def other(number: int) -> Document:
    """A document of which every section differs from the other ones'."""
    document = sample()
    sections = tuple(replace(s, title=f"{s.title} {number}") for s in document.sections)
    return replace(document, sections=sections)


@pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc, which is Linux's")
def test_one_pack_after_another_needs_no_more_memory() -> None:
    for number in range(3):
        render_pdf(other(number))
    before = resident_mb()
    for number in range(3, 9):
        render_pdf(other(number))
    assert resident_mb() - before < 15  # 45 where Typst remembers them all
