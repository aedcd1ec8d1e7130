"""A pack is audited before it is put in its place: one that contradicts itself is not written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from callover.cli import app
from example_pack import example_workspace

RUN = CliRunner()
ASKED = ("--month", "2016-09", "--only", "robbery", "--as-known-at", "2016-11-20")


@pytest.fixture
def space(tmp_path: Path) -> Path:
    """The example whose commentary on robbery says a number that is not the pack's."""
    space = example_workspace(tmp_path / "w").path
    page = space / "commentary" / "barking-and-dagenham" / "2016-09" / "robbery.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(
        "# Overview\n\nOver the rolling 12 months to September 2016 robbery is up 46 offences "
        "(587 offences against 551 a year before).\n",
        encoding="utf-8",
    )
    return space


def pack(space: Path, out: Path, *words: str, code: int = 0) -> str:
    given = [*ASKED, *words, "--workspace", str(space), "--out", str(out)]
    result = RUN.invoke(app, ["pack", *given])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])  # the data book has no commentary
def test_the_analysts_slip_is_refused_and_nothing_written(
    space: Path, tmp_path: Path, format_: str
) -> None:
    said = pack(space, tmp_path / "out", "--formats", format_, code=3)
    assert "contradicts itself" in said
    assert "587 − 551 = 36" in said
    assert "change-number" in said
    assert "--baseline" in said
    assert not list((tmp_path / "out").iterdir())


def test_an_edition_that_slips_leaves_the_other_unwritten(space: Path, tmp_path: Path) -> None:
    both = ("--edition", "both", "--released-by", "Head of community safety", "--formats", "html")
    pack(space, tmp_path / "out", *both, code=3)
    assert not list((tmp_path / "out").iterdir())


def test_without_the_audit_it_is_written(space: Path, tmp_path: Path) -> None:
    pack(space, tmp_path / "out", "--formats", "html", "--no-audit")
    assert (tmp_path / "out" / "callover-pack.html").exists()


def test_what_somebody_answers_for_is_written(space: Path, tmp_path: Path) -> None:
    out, known = tmp_path / "out", tmp_path / "known.yaml"
    pack(space, out, "--formats", "html", "--no-audit")
    document = out / "callover-pack.html"
    asked = ["audit", str(document), "--write-baseline", str(known)]
    assert RUN.invoke(app, asked).exit_code == 1
    entries = yaml.safe_load(known.read_text(encoding="utf-8"))
    for entry in entries["accepted"]:
        entry |= {"reason": "Said to the board in person", "accepted_by": "Lead analyst"}
    known.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    pack(space, out, "--formats", "html", "--baseline", str(known))
    assert RUN.invoke(app, ["audit", str(document), "--baseline", str(known)]).exit_code == 0


def test_the_examples_commentary_passes(tmp_path: Path) -> None:
    space = example_workspace(tmp_path / "w").path
    pack(space, tmp_path / "out", "--formats", "html")
    assert (tmp_path / "out" / "callover-pack.html").exists()
