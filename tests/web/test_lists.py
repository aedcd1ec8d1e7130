"""In which list of the report an indicator stands: a person decides, with a reason, in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.domain.errors import FaultsFound, UnknownName
from callover.domain.periods import Month
from callover.jobs.commentary import read_selection
from callover.jobs.lists import Standing, put_in_list, standing_of
from callover.jobs.workspace import Workspace
from callover.web.journal.models import Entry
from callover.web.writing.models import Change
from site_under_test import AsRole

AUGUST = Month.of(2016, 8)
AT = "/members/exampleford/writing/2016-08/robbery/list/"
WHY = "Three street robberies after the month closed"


@pytest.fixture
def file(real_workspace: Path) -> Path:
    path = real_workspace / "commentary/exampleford/2016-08/selection.yaml"
    path.unlink(missing_ok=True)
    return path


def put(root: Path, where: str, reason: str = WHY, indicator: str = "robbery") -> None:
    put_in_list(root, "exampleford", indicator, AUGUST, Standing(where, reason))


def test_what_is_put_into_a_list_is_read_back_and_leaves_the_others(
    real_workspace: Path, file: Path
) -> None:
    put(real_workspace, "improvement")
    put(real_workspace, "success")
    opened = Workspace.open(real_workspace)
    here = opened.partnership("exampleford")
    held = read_selection(opened, here, opened.catalogue_of(here), AUGUST)
    assert {name: (dict(e.add), dict(e.remove)) for name, e in held.items()} == {
        "success": ({"robbery": WHY}, {})
    }
    assert standing_of(real_workspace, "exampleford", "robbery", AUGUST) == Standing("success", WHY)


def test_in_none_of_the_lists_and_back_to_the_rule(real_workspace: Path, file: Path) -> None:
    put(real_workspace, "nowhere")
    standing = standing_of(real_workspace, "exampleford", "robbery", AUGUST)
    assert standing == Standing("nowhere", WHY)
    put(real_workspace, "rule", "")
    assert standing_of(real_workspace, "exampleford", "robbery", AUGUST) == Standing("rule")
    assert not file.exists()


def test_what_else_the_file_says_stays(real_workspace: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# agreed with the chair\nmonitoring:\n  add:\n    tno: The board asked\n")
    put(real_workspace, "improvement")
    text = file.read_text()
    assert "# agreed with the chair" in text
    assert "tno: The board asked" in text


@pytest.mark.parametrize(
    ("where", "reason", "indicator", "error"),
    [("improvement", " ", "robbery", ValueError), ("elsewhere", WHY, "robbery", UnknownName),
     ("success", WHY, "no_such", UnknownName)],
)  # fmt: skip
def test_what_cannot_be_changes_nothing(
    real_workspace: Path, file: Path, where: str, reason: str, indicator: str,
    error: type[Exception],
) -> None:  # fmt: skip
    with pytest.raises(error):
        put(real_workspace, where, reason, indicator)
    assert not file.exists()


def test_a_file_with_faults_stays_as_it_was(real_workspace: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("improvment:\n  add:\n    tno: The board asked\n")
    with pytest.raises(FaultsFound):
        put(real_workspace, "success")
    assert file.read_text().startswith("improvment:")


def test_the_analyst_decides_it_on_a_page(
    as_role: AsRole, real_workspace: Path, file: Path
) -> None:
    analyst = as_role("analyst", "exampleford")
    assert "As the rule has it" in analyst.get(AT).content.decode()
    answer = analyst.post(AT, {"where": "monitoring", "reason": ""})
    assert "the board will ask" in answer.content.decode()
    assert analyst.post(AT, {"where": "monitoring", "reason": WHY}).status_code == 302
    standing = standing_of(real_workspace, "exampleford", "robbery", AUGUST)
    assert standing == Standing("monitoring", WHY)
    assert WHY in analyst.get(AT).content.decode()
    assert Entry.objects.filter(action="sign place among the lists").exists()


def test_nobody_else_does(as_role: AsRole, real_workspace: Path, file: Path) -> None:
    for role in ("board_member", "chair", "data_provider", "auditor"):
        given = {"where": "monitoring", "reason": WHY}
        assert as_role(role, "exampleford").post(AT, given).status_code == 403
    assert as_role("analyst", "harrowmere").post(AT, {}).status_code == 403
    assert not Change.objects.exists()
