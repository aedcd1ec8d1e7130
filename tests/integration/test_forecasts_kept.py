"""Forecasts are made once when data arrive, kept beside the store, and only read afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from callover.analysis.forecast import YearEnd, year_end
from callover.analysis.forecast.kept import KeptInFolder
from callover.analysis.forecast.types import NAIVE
from callover.analysis.histories import histories_of
from callover.analysis.stored import held_from
from callover.analysis.subjects import subject_of
from callover.data.forecasts import ForecastFiles
from callover.domain.periods import Month
from callover.jobs import forecast
from callover.jobs import forecast_model as model
from callover.jobs.add import add_file
from callover.jobs.workspace import Workspace, init_workspace

AREA = "E09000002"
FIRST, LAST = Month.of(2011, 4), Month.of(2016, 9)
SERIES, SOURCE, INDICATOR = "knife_crime", "police_local", "knife_crime"


def _counts() -> list[int]:
    months = np.arange(LAST.index - FIRST.index + 1)
    shape = 30 * (1 + 0.2 * np.cos(2 * np.pi * months / 12))
    return [int(n) for n in np.random.default_rng(1).poisson(shape)]


def _file(folder: Path, name: str, counts: list[int], first: Month = FIRST) -> Path:
    rows = [f"{SERIES},{AREA},month,{first + i},{n}" for i, n in enumerate(counts)]
    path = folder / f"{SOURCE}-{name}.csv"
    path.write_text("series,area,period,end,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = init_workspace(tmp_path / "w", "london", AREA)
    add_file(made, _file(tmp_path, "a", _counts()), known_from=datetime(2016, 10, 20, tzinfo=UTC))
    return made


def _year_end(workspace: Workspace, month: Month = LAST, known: datetime | None = None) -> YearEnd:
    partnership = workspace.partnership(AREA)
    catalogue = workspace.catalogue_of(partnership)
    held = held_from(workspace.store, catalogue, known, {SERIES}, [AREA])
    history = histories_of(held, subject_of(held.catalogue, INDICATOR), AREA)[SOURCE]
    found = year_end(history, month, None, KeptInFolder(workspace.store.root))
    assert isinstance(found, YearEnd), found
    return found


def _kept_files(workspace: Workspace) -> dict[Path, bytes]:
    found = (workspace.path / "data" / "forecasts").rglob("*.json")
    return {path: path.read_bytes() for path in found}


class Counter:
    """Counts the forecasts that are made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.forecast = model.forecast
        monkeypatch.setattr(model, "forecast", self)

    def __call__(self, values: np.ndarray, months: int) -> np.ndarray:
        self.calls += 1
        return self.forecast(values, months)


def test_a_kept_forecast_survives_reopening_and_is_reused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(monkeypatch)
    before = _kept_files(workspace)
    assert len(before) == forecast.LATEST
    again = Workspace.open(workspace.path)
    found = _year_end(again)
    assert found.comparison is not None
    assert found.comparison.tries >= 5
    assert forecast.keep_forecasts(again, SOURCE) == 0
    assert counter.calls == 0
    assert _kept_files(again) == before


def test_the_same_file_once_more_makes_no_forecast(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(monkeypatch)
    assert add_file(workspace, tmp_path / f"{SOURCE}-a.csv").already
    assert counter.calls == 0


def test_a_forecast_that_was_not_finished_is_made_up_for(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = _kept_files(workspace)
    for path in before:
        path.unlink()
    add_file(workspace, tmp_path / f"{SOURCE}-a.csv")
    assert _kept_files(workspace) == before


def test_a_revised_month_makes_a_new_forecast_and_the_old_one_stays(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter, first = Counter(monkeypatch), _year_end(workspace)
    before = _kept_files(workspace)
    known = datetime(2016, 11, 20, tzinfo=UTC)
    revised = _file(tmp_path, "b", [90], LAST - 30)
    add_file(workspace, revised, known_from=known)
    assert counter.calls > 0
    after = _kept_files(workspace)
    assert len(after) == len(before) + forecast.LATEST
    assert before.items() <= after.items()
    assert _year_end(workspace).comparison != first.comparison
    assert _year_end(workspace, known=datetime(2016, 11, 1, tzinfo=UTC)) == first


def test_a_series_that_did_not_change_is_left_alone(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(monkeypatch)
    other = _file(tmp_path, "c", [5] * 62)
    other.write_text(other.read_text().replace(SERIES, "gun_crime").replace("\n\n", "\n"))
    add_file(workspace, other)
    made = len(_kept_files(workspace)) - forecast.LATEST
    assert made == forecast.LATEST
    assert counter.calls <= made * 13


def test_where_none_fits_copying_is_shown_and_said(workspace: Workspace) -> None:
    found = _year_end(workspace, LAST - 8)
    assert found.method == NAIVE
    assert found.why_naive == "no model's forecast is kept for these months"


def test_without_the_library_adding_works_and_copying_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "installed", lambda: False)
    made = init_workspace(tmp_path / "w", "london", AREA)
    added = add_file(made, _file(tmp_path, "a", _counts()))
    assert added.record.new == len(_counts())
    assert not _kept_files(made)
    assert _year_end(made).method == NAIVE


def test_reading_commands_never_load_the_library(workspace: Workspace, tmp_path: Path) -> None:
    space = ("--workspace", str(workspace.path))
    commands = [
        ("--help",),
        ("figures", "--month", "2016-09", *space),
        ("pack", "--month", "2016-09", "--formats", "html", "--out", str(tmp_path / "p"), *space),
    ]
    for words in commands:
        code = (
            f"import sys; sys.argv = ['callover', *{words!r}]\n"
            "from callover.cli import main\n"
            "code = 0\n"
            "try: main()\n"
            "except SystemExit as stop: code = stop.code\n"
            "sys.exit(code or ('statsmodels' in sys.modules and 9) or 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_only_one_module_imports_the_library() -> None:
    source = Path(forecast.__file__).parents[1]
    naming = [p.name for p in source.rglob("*.py") if "import" in p.read_text("utf-8")
              and any(line.lstrip().startswith(("import statsmodels", "from statsmodels"))
                      for line in p.read_text("utf-8").splitlines())]  # fmt: skip
    assert naming == ["forecast_model.py"]


WRITER = """
import sys
from pathlib import Path
from callover.data.forecasts import ForecastFiles
files = ForecastFiles(Path(sys.argv[1]))
print("ready", flush=True)
step = 0
while True:
    step += 1
    for key in ("ab01", "cd02"):
        files.write(key, {"writer": sys.argv[2], "step": step, "path": [step] * 20000})
"""


def test_two_writers_killed_at_any_moment_leave_no_half_a_file(tmp_path: Path) -> None:
    root, rng = tmp_path / "store", random.Random(20161120)
    for _ in range(6):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(root), name],
                             stdout=subprocess.PIPE)
            for name in ("a", "b")
        ]  # fmt: skip
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        time.sleep(0.05 + rng.random() / 4)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    for key in ("ab01", "cd02"):
        held = ForecastFiles(root).read(key)
        assert held is not None
        assert held["path"] == [held["step"]] * 20000


def test_what_killed_writers_left_is_swept(tmp_path: Path) -> None:
    files = ForecastFiles(tmp_path / "store")
    files.write("ab01", {"path": [1]})
    old, young = (tmp_path / "forecasts" / "ab" / f"ab0{n}.json.9.part" for n in (2, 3))
    for path in (old, young):
        path.write_bytes(b"{")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    files.sweep()
    assert not old.exists()
    assert young.exists()
    assert files.read("ab01") == {"path": [1]}
