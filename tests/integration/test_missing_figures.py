"""The chair's brief says of what has no figures what is so: nothing came, it came without a value,
or it is not due yet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callover.data.sources.lfb_incidents import WORDS
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.jobs.add import add_file
from callover.jobs.pack import PackRequest, pack_context
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.blocks import BulletList, Paragraph, plain
from callover.report.build.brief import chairs_brief
from callover.report.build.context import PackContext

HEADER = "series,area,period,start,end,measure,peer_group,value,state,note\n"
APRIL = "safer_homes_secured,E09000016,month,,2017-04,,,40,,\n"


def context(folder: Path, month: str, known: datetime, **files: str) -> PackContext:
    init_workspace(folder / "w", "london", "E09000016")
    workspace = Workspace.open(folder / "w")
    for source, rows in files.items():
        path = folder / f"{source}.csv"
        path.write_text(HEADER + rows)
        add_file(workspace, path, source, known)
    partnership = workspace.partnership("")
    request = PackRequest(Month.parse(month), Path(), as_known_at=known)
    catalogue = workspace.catalogue_of(partnership)
    return pack_context(workspace, partnership, catalogue, request, lambda _what, _share: None)


def brief(ctx: PackContext) -> str:
    said = []
    for block in chairs_brief(ctx).blocks:
        if isinstance(block, Paragraph):
            said.append(plain(block.spans))
        elif isinstance(block, BulletList):
            said += [plain(item) for item in block.items]
    return "\n".join(said)


JULY = datetime(2017, 7, 1, tzinfo=UTC)
MAY = datetime(2017, 5, 2, tzinfo=UTC)


def test_nothing_came_where_nothing_came(tmp_path: Path) -> None:
    said = brief(context(tmp_path, "2017-05", JULY, victim_support=APRIL))
    assert "Nothing came for May 2017 on Safer Homes: homes visited and secured (" in said
    assert "Ask the agency named to say when the figures will come." in said


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("not_supplied", "Came without a figure:"),
        ("suppressed", "Came, but suppressed because the numbers are small:"),
        ("late", "The source says that it will be late:"),
    ],
)
def test_what_came_without_a_value_is_told_with_its_note(
    tmp_path: Path, state: str, told: str
) -> None:
    row = f"safer_homes_secured,E09000016,month,,2017-05,,,,{state},new system\n"
    said = brief(context(tmp_path, "2017-05", JULY, victim_support=APRIL + row))
    assert f"{told} Safer Homes: homes visited and secured (" in said
    assert "\u201cnew system\u201d" in said
    assert "Nothing came" not in said


def test_nobody_is_asked_for_what_is_not_due(tmp_path: Path) -> None:
    """Homes secured in April are due on 10 May; the report is of 2 May."""
    before = APRIL.replace("2017-04", "2017-03")
    ctx = context(tmp_path, "2017-04", MAY, victim_support=before)
    assert ctx.rating(ctx.catalogue.indicators["safer_homes_secured"]).shown is Rating.NO_DATA
    said = brief(ctx)
    assert "Nothing came" not in said
    assert "Nothing in this report asks for a decision." in said


def test_what_is_not_due_is_told_apart_from_what_is_owed(tmp_path: Path) -> None:
    calls = "asb_calls,E09000016,month,,2017-02,,,300,,\n"
    rows = APRIL.replace("2017-04", "2017-02")
    ctx = context(tmp_path, "2017-04", datetime(2017, 5, 15, tzinfo=UTC),
                  victim_support=rows, police_local=calls)  # fmt: skip
    said = brief(ctx)
    assert "Nothing came for April 2017 on Safer Homes: homes visited and secured (" in said
    assert "Not due until 20 May 2017: calls to the police about anti-social behaviour (" in said
    assert "when the figures that were due will come" in said


def fires_of_april(folder: Path) -> Path:
    """Incident records of April 2017 with two outdoor fires in the borough."""
    usual = {
        "incident_group": "Fire", "stop_code_description": "Secondary Fire",
        "property_category": "Outdoor Structure", "property_type": "Wheelie bin (domestic size)",
        "borough_code": "E09000016", "borough_name": "HAVERING", "ward_code": "E05000303",
        "ward_name": "BROOKLANDS", "frs": "London",
    }  # fmt: skip
    columns = ("incident_number", *WORDS)
    lines = [
        ",".join(
            {**usual, "incident_number": str(i), "date_of_call": day}.get(c, "") for c in columns
        )
        for i, day in enumerate(("2017-04-01", "2017-04-30"), 1)
    ]
    path = folder / "lfb_incidents.csv"
    path.write_text("\n".join([",".join(columns), *lines]) + "\n")
    return path


def test_a_month_that_is_held_is_not_called_missing(tmp_path: Path) -> None:
    """Fire in a London pack at April 2017: the month is there, a year before is not, and the source
    that stands first in the set never gave anything."""
    context(tmp_path, "2017-04", JULY, victim_support=APRIL)
    workspace = Workspace.open(tmp_path / "w")
    add_file(workspace, fires_of_april(tmp_path), "", JULY)
    partnership = workspace.partnership("")
    ctx = pack_context(
        workspace, partnership, workspace.catalogue_of(partnership),
        PackRequest(Month.of(2017, 4), Path()), lambda _what, _share: None,
    )  # fmt: skip
    fire = ctx.catalogue.indicators["outdoor_rubbish_fires"]
    assert ctx.value(fire, "month") == 2
    assert ctx.rating(fire).shown is Rating.NOT_RATED
    assert "the year before is not known" in ctx.rating(fire).reason
    assert "fires" not in brief(ctx)
