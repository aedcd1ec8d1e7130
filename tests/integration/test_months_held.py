"""A pack for a month, or a moment, of which nothing is known is refused with what is held."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from callover.cli import app
from callover.jobs.workspace import init_workspace

RUN = CliRunner()


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knife crime from October 2018 to February 2019, and residents of 2010."""
    made = tmp_path_factory.mktemp("held") / "w"
    init_workspace(made, "london", "E09000016")
    months = ["2018-10", "2018-11", "2018-12", "2019-01", "2019-02"]
    rows = [f"knife_crime,E09000016,month,{each},9\n" for each in months]
    rows.append("population,E09000016,snapshot,2010-06-30,230000\n")
    file = made.parent / "police_local.csv"
    file.write_text("series,area,period,end,value\n" + "".join(rows), encoding="utf-8")
    words = ["add", str(file), "--known-from", "2019-03-20", "--workspace", str(made)]
    result = RUN.invoke(app, words)
    assert result.exit_code == 0, result.output
    return made


def pack(space: Path, *words: str, code: int) -> str:
    given = ["pack", *words, "--formats", "html", "--workspace", str(space)]
    result = RUN.invoke(app, given)
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("month", ["2018-09", "2011-01", "2020-06", "2090-01"])
def test_a_month_of_which_nothing_is_known(space: Path, month: str) -> None:
    said = pack(space, "--month", month, code=2)
    assert "figures are held from October 2018 to February 2019" in said
    assert not (space / "packs" / month).exists()


@pytest.mark.parametrize("month", ["2018-10", "2020-05"])
def test_the_first_month_and_fifteen_after_the_last_are_built(space: Path, month: str) -> None:
    pack(space, "--month", month, code=0)


def test_a_moment_before_anything_was_known(space: Path) -> None:
    said = pack(space, "--month", "2019-02", "--as-known-at", "2019-03-19", code=2)
    assert "Nothing was known on 19 March 2019" in said
    assert "20 March 2019" in said
