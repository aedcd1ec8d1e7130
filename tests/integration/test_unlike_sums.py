"""A sum and a table of lines carry the breaks of what they are made of (DAT-21, IND-13)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callover.analysis.figures import Figures
from callover.analysis.stored import held_from
from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.jobs.add import add_file
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace, init_workspace
from callover.report.blocks import Block, Paragraph, Table, every, plain
from callover.report.packfile import Pack, read_pack
from shared_data import shared

AREA = "E09000002"
TYPES = {
    "Violence Against the Person": "Murder, Wounding/GBH, Assault with Injury, Common Assault, "
    "Offensive Weapon, Harassment, Other Violence",
    "Sexual Offences": "Rape, Other Sexual",
    "Robbery": "Personal Property, Business Property",
    "Burglary": "Burglary in a Dwelling, Burglary in Other Buildings",
    "Theft and Handling": "Theft/Taking of Motor Vehicle, Theft From Motor Vehicle, Motor Vehicle "
    "Interference & Tampering, Theft From Shops, Other Theft Person, Theft/Taking of Pedal Cycle, "
    "Other Theft, Handling Stolen Goods",
    "Fraud or Forgery": "Counted Per Victim, Other Fraud & Forgery",
    "Criminal Damage": "Criminal Damage to Dwelling, Criminal Damage to Other Building, Criminal "
    "Damage to Motor Vehicle, Other Criminal Damage, Arson",
    "Drugs": "Drug Trafficking, Possession of Drugs, Other Drugs",
    "Other Notifiable Offences": "Going Equipped, Other Notifiable",
}


def made_up(path: Path, first: Month, months: int, arson: bool) -> Path:
    """The force's table of one borough, ten of every type a month."""
    names = [str(first + i).replace("-", "") for i in range(months)]
    rows = [f"Borough,Major Category,Minor Category,{','.join(names)}"]
    for major, minors in TYPES.items():
        for minor in minors.split(", "):
            number = 12 if minor == "Other Criminal Damage" and not arson else 10
            if arson or minor != "Arson":
                numbers = ",".join([str(2 if minor == "Arson" else number)] * months)
                rows.append(f"Barking and Dagenham,{major},{minor},{numbers}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def invented(folder: Path) -> list[Path]:
    """Nothing changes but that two fires a month leave other damage in January 2017."""
    return [
        made_up(folder / "historic.csv", Month.of(2011, 1), 72, arson=False),
        made_up(folder / "recent.csv", Month.of(2017, 1), 24, arson=True),
    ]


def real(folder: Path) -> list[Path]:
    """The borough's lines of the force's own two files."""
    paths = []
    for name in (
        "MPS_Borough_Level_Crime_Historic.csv",
        "MPS Borough Level Crime (most recent 24 months).csv",
    ):
        head, *lines = shared("data", "met-borough", name).read_text("utf-8-sig").splitlines()
        own = [line for line in lines if line.startswith("Barking and Dagenham,")]
        paths.append(folder / name)
        paths[-1].write_text("\n".join([head, *own]), encoding="utf-8")
    return paths


@pytest.fixture(scope="module", params=[invented, real], ids=["invented", "real"])
def space(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("sums")
    init_workspace(folder / "w", "london", AREA)
    workspace = Workspace.open(folder / "w")
    for path in request.param(folder):
        add_file(workspace, path, "met_borough", datetime(2019, 3, 1, tzinfo=UTC))
    return workspace


def built(space: Workspace, out: Path, month: str) -> Pack:
    build_pack(space, PackRequest(Month.parse(month), out, formats=("html",)))
    return read_pack(out / "callover-pack.json")


def blocks(pack: Pack, section: str) -> list[Block]:
    return every(next(each for each in pack.document.sections if each.id == section).blocks)


def headline(pack: Pack) -> str:
    """The sentence about the seven crime types together."""
    texts = [plain(b.spans) for b in blocks(pack, "executive-summary") if isinstance(b, Paragraph)]
    return next(text for text in texts if text.startswith("MOPAC 7 crime types together"))


def test_a_sum_of_unlike_years_claims_no_change(space: Workspace, tmp_path: Path) -> None:
    said = headline(built(space, tmp_path, "2017-12"))
    assert "Counting changed in " in said
    assert "riminal damage" in said
    assert "from 1 January 2017 (arson apart)" in said
    assert "in 2011/12" in said  # both numbers are still there
    assert "down by" not in said
    assert "up by" not in said


@pytest.mark.parametrize(
    ("month", "rated"), [("2016-12", True), ("2017-06", False), ("2017-12", False)]
)
def test_a_sum_of_unlike_years_has_no_colour(space: Workspace, month: str, rated: bool) -> None:
    service = Figures(held_from(space.store, space.catalogue()))
    result = service.rating("mopac7", AREA, Month.parse(month))
    assert (result.computed is not Rating.NOT_RATED) is rated
    assert ("ounting changed on 1 January 2017" in result.reason) is not rated


def marked(pack: Pack) -> tuple[set[str], list[str]]:
    """The lines with a letter at their change, and the notes that open it."""
    table = next(b for b in blocks(pack, "offences") if isinstance(b, Table))
    lines = {row.cells[0].text for row in table.rows if row.cells[4].mark}
    assert lines == {row.cells[0].text for row in table.rows if row.cells[5].mark}
    return lines, [note for each in table.notes if (note := plain(each)).startswith("a: ")]


def test_unlike_lines_of_the_breakdown_bear_a_letter(space: Workspace, tmp_path: Path) -> None:
    lines, notes = marked(built(space, tmp_path, "2017-03"))
    assert lines == {"Other criminal damage"}  # the group holds arson in both years
    (note,) = notes
    assert "counting changed on 1 January 2017 (arson apart)" in note
    assert "not alike" in note


def test_each_day_of_change_is_named(space: Workspace, tmp_path: Path) -> None:
    lines, (note,) = marked(built(space, tmp_path, "2017-12"))
    assert len(lines) == 3  # both kinds of burglary have another content from April 2017
    assert "Other criminal damage" in lines
    assert "1 April 2017 (new types)" in note


def test_like_lines_bear_none(space: Workspace, tmp_path: Path) -> None:
    assert marked(built(space, tmp_path, "2016-12")) == (set(), [])
