"""A first pack counts what it cannot speak of: indicators not fed, and figures without a past."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from callover.domain.periods import Month
from callover.jobs.add import add_file
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.blocks import BulletList, Paragraph, Section, every, plain
from callover.report.packfile import Pack, read_pack

HEADER = "series,area,period,start,end,measure,peer_group,value,state,note\n"
KNOWN = datetime(2017, 4, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of one indicator of which five months are held."""
    folder = tmp_path_factory.mktemp("reach")
    init_workspace(folder / "w", "london", "E09000016")
    workspace = Workspace.open(folder / "w")
    path = folder / "police_local.csv"
    months = ("2016-11", "2016-12", "2017-01", "2017-02", "2017-03")
    rows = [f"asb_calls,E09000016,month,,{month},,,300,,\n" for month in months]
    path.write_text(HEADER + "".join(rows))
    add_file(workspace, path, "police_local", KNOWN)
    build_pack(workspace, PackRequest(Month.of(2017, 3), folder / "out", formats=("pdf",)))
    return folder / "out"


@pytest.fixture(scope="module")
def pack(out: Path) -> Pack:
    return read_pack(out / "callover-pack.json")


def part(pack: Pack, name: str) -> Section:
    return next(each for each in pack.document.sections if each.id == name)


def said(section: Section) -> str:
    lines = []
    for block in every(section.blocks):
        if isinstance(block, Paragraph):
            lines.append(plain(block.spans))
        elif isinstance(block, BulletList):
            lines += [plain(item) for item in block.items]
    return " ".join(lines)


def test_the_unfed_are_counted_where_the_report_begins(pack: Pack) -> None:
    listed = [b for b in every(part(pack, "not-yet-fed").blocks) if hasattr(b, "rows")]
    count = len(listed[0].rows)
    assert count == 34
    assert f"{count} more are not fed yet" in said(part(pack, "introduction"))
    assert f"{count} more are not fed yet" in said(part(pack, "executive-summary"))


def test_figures_without_a_past_are_said_to_be_so(pack: Pack) -> None:
    """Five months are no year: no colour, and no claim that nothing is missing."""
    assert "None lacks data" not in said(part(pack, "introduction"))
    summary = said(part(pack, "executive-summary"))
    assert "1 has figures, but none to compare them with." in summary


def test_the_page_named_is_the_page(out: Path) -> None:
    pdf = pypdfium2.PdfDocument(str(out / "callover-pack.pdf"))
    try:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    named = re.findall(r"not fed yet:\s+see\s+page\s+(\d+)", "\n".join(texts))
    assert len(named) == 2
    own = next(i for i, t in enumerate(texts, 1) if "Nothing has been received for the" in t)
    assert set(named) == {str(own)}
