"""A ceiling that is used up before March is said to be so, not what "would still meet it"."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callover.domain.periods import Month
from callover.jobs.add import add_file
from callover.jobs.pack import PackRequest, pack_context
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.blocks import plain
from callover.report.build.pace import pace_sentence

HEADER = "series,area,period,start,end,measure,peer_group,value,state,note\n"


@pytest.mark.parametrize(
    ("fires", "said"),
    [
        (300, "The ceiling of 257 for 2016/17 is passed already."),
        (257, "The ceiling of 257 for 2016/17 is reached already."),
        (37, "To March 2017 20.0 a month would end the year on it."),
    ],
)
def test_what_is_left_of_a_ceiling(tmp_path: Path, fires: int, said: str) -> None:
    init_workspace(tmp_path / "w", "london", "E09000002")
    workspace = Workspace.open(tmp_path / "w")
    path = tmp_path / "lfb_monthly.csv"
    path.write_text(f"{HEADER}fire_outdoor_rubbish,E09000002,month,,2016-04,,,{fires},,\n")
    add_file(workspace, path, "lfb_monthly", datetime(2016, 5, 20, tzinfo=UTC))
    partnership = workspace.partnership("")
    ctx = pack_context(
        workspace, partnership, workspace.catalogue_of(partnership),
        PackRequest(Month.of(2016, 4), Path()), lambda _what, _share: None,
    )  # fmt: skip
    (sentence,) = pace_sentence(ctx, ctx.catalogue.indicators["outdoor_rubbish_fires"])
    assert said in plain(sentence)
    assert "would still" not in plain(sentence)
