"""The README's tutorial, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def blocks() -> list[str]:
    """The shell commands of the README, block by block."""
    return re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


def run(commands: str, folder: Path) -> str:
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", commands],
        cwd=folder,
        env=os.environ | {"PATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked_before_and_after(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Figures beside the corrected one, as the board knew them and as known now."""
    ask = (
        "callover figures --workspace demo --area E09000002 --month 2016-09 --indicator gun_crime "
        "--measure month_previous,ytd,ytd_previous,rolling12"
    )
    said = (run(f"{ask} --as-known-at 2016-11-28", folder), run(ask, folder))
    before, after = (dict(re.findall(r"gun_crime\s+(\S+)\s+(\d+)", each)) for each in said)
    return before, after


@pytest.mark.slow
def test_the_tutorial_works_literally(tmp_path: Path) -> None:
    run("callover demo demo", tmp_path)
    look, correct, judge, publish = (b for b in blocks() if "--workspace demo" in b)
    said = run(look.replace(". .venv/bin/activate", ""), tmp_path)
    assert "17,825" in said
    assert "17,754" in said
    assert "iquanta.csv, row" in said
    said = run(correct, tmp_path)
    month = re.findall(r"gun_crime\s+month\s+(\d+)", said)
    assert month == ["7", "5"]
    assert asked_before_and_after(tmp_path) == (
        {"month_previous": "4", "ytd": "28", "ytd_previous": "19", "rolling12": "62"},
        {"month_previous": "4", "ytd": "30", "ytd_previous": "19", "rolling12": "64"},
    )
    said = run(judge, tmp_path)
    assert "months in a row lie above what earlier months lead to expect" in said
    assert "by another number of residents" in said
    run(publish, tmp_path)
    assert (tmp_path / "public" / "callover-pack-public.pdf").is_file()
    assert "finding" not in said
    assert (tmp_path / "corrected" / "callover-pack.pdf").stat().st_size > 10_000


def test_links_of_the_documents_lead_to_files() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    ]
    assert len(links) > 20
    for page, target in links:
        assert (page.parent / target).exists(), f"{page.name}: {target}"
