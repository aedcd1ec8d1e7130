"""Definitions are changed by one at a time, whether by a page or a command."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from callover.domain.periods import Month
from callover.jobs.lists import Standing, put_in_list, standing_of
from callover.jobs.turns import changing_definitions
from callover.jobs.workspace import init_workspace

SEPTEMBER = Month.of(2016, 9)
PUT = """
import sys
from pathlib import Path
from callover.domain.periods import Month
from callover.jobs.lists import Standing, put_in_list
put_in_list(Path(sys.argv[1]), "havering", sys.argv[2], Month.of(2016, 9),
            Standing("monitoring", "asked for"))
"""


def workspace(folder: Path) -> Path:
    init_workspace(folder, "london", "Havering")
    return folder


def test_a_block_within_a_block_goes_on(tmp_path: Path) -> None:
    with changing_definitions(tmp_path), changing_definitions(tmp_path):
        pass
    with changing_definitions(tmp_path):
        pass


def test_another_thread_waits(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with changing_definitions(tmp_path):
            order.append("second")

    other = threading.Thread(target=second)
    with changing_definitions(tmp_path):
        other.start()
        other.join(0.3)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_processes_that_change_one_file_lose_nothing_of_each_other(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "space")
    names = ("robbery", "burglary", "tno", "gun_crime")
    with changing_definitions(folder):
        put_in_list(folder, "havering", "knife_crime", SEPTEMBER, Standing("success", "fell"))
        started = [
            subprocess.Popen([sys.executable, "-c", PUT, str(folder), name]) for name in names
        ]
    assert [each.wait(120) for each in started] == [0] * len(names)
    for name in names:
        assert standing_of(folder, "havering", name, SEPTEMBER).where == "monitoring"
    assert standing_of(folder, "havering", "knife_crime", SEPTEMBER).where == "success"
