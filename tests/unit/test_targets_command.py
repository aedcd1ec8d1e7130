"""``callover targets``: what is agreed, and a target set by the job that the site calls."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callover.cli.targets import app
from callover.domain.errors import FaultsFound, UnknownName, UserError
from callover.domain.periods import Month
from callover.domain.targets import Target, TargetKind, Tolerance, ToleranceUnit
from callover.jobs.targets import targets_of

AGREED = (
    "--from", "2016-10", "--kind", "percent_decrease", "--value", "3", "--tolerance", "5 points",
    "--reason", "Agreed at the half year", "--by", "Board, 6 December 2016",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "workspace.yaml").write_text(
        "callover: 1\nset: london\npartnership: a\n", encoding="utf-8"
    )
    (tmp_path / "partnerships").mkdir()
    for name, code, title in (("a", "E09000016", "Havering"), ("b", "E09000009", "Ealing")):
        settings = f"id: {name}\narea: {code}\nname: {title}\nshort_name: {title}\nset: london\n"
        (tmp_path / "partnerships" / f"{name}.yaml").write_text(settings, encoding="utf-8")
    return tmp_path


def run(workspace: Path, *words: str) -> Result:
    """What the command says; raises what it raises."""
    done = CliRunner().invoke(app, [*words, "--workspace", str(workspace)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def held(workspace: Path, month: str, partnership: str = "a") -> Target | None:
    found = targets_of(workspace, partnership, Month.parse(month))
    return next(each.target for each in found if each.indicator == "burglary")


def test_a_target_is_set_from_its_month_for_one_partnership(workspace: Path) -> None:
    before = held(workspace, "2016-09"), held(workspace, "2016-10", "b")
    said = run(workspace, "set", "burglary", *AGREED, "--area", "Havering")
    assert said.exit_code == 0, said.output
    assert "October 2016" in said.output
    made = held(workspace, "2016-10")
    assert made is not None
    assert (made.kind, made.value, made.decided_by) == (
        TargetKind.PERCENT_DECREASE, 3.0, "Board, 6 December 2016"
    )  # fmt: skip
    assert (held(workspace, "2016-09"), held(workspace, "2016-10", "b")) == before
    log = (workspace / "definitions" / "change-log.yaml").read_text(encoding="utf-8")
    assert "Agreed at the half year" in log
    shown = run(workspace, "show", "burglary", "--month", "2016-10", "--area", "a").output
    assert "burglary: percent decrease 3, amber to 5 percentage points" in shown
    assert "Agreed at the half year. Decided by Board, 6 December 2016" in shown


def test_every_indicator_of_the_month_is_shown(workspace: Path) -> None:
    lines = run(workspace, "show", "--month", "2016-09", "--area", "a").output.splitlines()
    assert lines[0] == "Havering, September 2016"
    assert len(lines) == 1 + len(targets_of(workspace, "a", Month.of(2016, 9)))
    assert any(line.endswith("no target") for line in lines)


@pytest.mark.parametrize(("wrong", "error"), [
    (("--from", "soon"), UserError), (("--reason", " "), UserError), (("--by", ""), UserError),
    (("--tolerance", "a bit"), FaultsFound), (("--area", "Nowhere"), UserError),
])  # fmt: skip
def test_what_does_not_fit_changes_no_file(
    workspace: Path, wrong: tuple[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        run(workspace, "set", "burglary", *AGREED, "--area", "a", *wrong)
    assert not list((workspace / "definitions").rglob("*.yaml"))


def test_a_number_that_the_kind_needs_is_asked_for(workspace: Path) -> None:
    with pytest.raises(FaultsFound):
        run(workspace, "set", "burglary", "--from", "2016-10", "--kind", "ceiling", "--reason", "x",
            "--by", "y", "--area", "a")  # fmt: skip


@pytest.mark.parametrize("command", [("show",), ("set",)])
def test_an_indicator_that_is_not_there_is_named(workspace: Path, command: tuple[str]) -> None:
    more = AGREED if command == ("set",) else ()
    with pytest.raises(UnknownName):
        run(workspace, *command, "burglery", *more, "--area", "a")


@pytest.mark.parametrize(("target", "words"), [
    (Target(Month.of(2016, 4).financial_year, TargetKind.BAND, Month.of(2016, 4), low=40, high=50),
     "band 40 to 50"),
    (Target(Month.of(2016, 4).financial_year, TargetKind.REDUCTION, Month.of(2016, 4)),
     "reduction"),
    (Target(Month.of(2016, 4).financial_year, TargetKind.LEVEL, Month.of(2016, 4), 62.5,
            tolerance=Tolerance(10, ToleranceUnit.RELATIVE)),
     "level 62.5, amber to 10 % of the target"),
])  # fmt: skip
def test_a_target_in_words(target: Target, words: str) -> None:
    assert target.words == words
