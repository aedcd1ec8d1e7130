"""What stands twice is refused, columns as well as ids; and ids lead to no other folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue import load_catalogue
from callover.data.delimited import read_delimited
from callover.data.reader import ReadContext
from callover.data.sources.template import Template
from callover.domain.errors import Fault, FaultsFound, UserError
from callover.jobs.workspace import Workspace, init_workspace

CATALOGUE = load_catalogue("london")


def read(path: Path, mapping: dict[str, object]) -> tuple[Fault, ...]:
    source = CATALOGUE.sources["victim_support"]
    result = Template().read(path, ReadContext(source, CATALOGUE.series, mapping=mapping))
    return tuple(result.faults)


def test_headings_that_differ_in_capitals_only_are_the_same() -> None:
    with pytest.raises(UserError, match="twice"):
        read_delimited(b"Area,area\n1,2\n", "own.csv", needs=["area"])


def test_a_template_with_a_column_twice_is_at_fault(tmp_path: Path) -> None:
    path = tmp_path / "victim_support.csv"
    path.write_text(
        "series,area,period,end,value,Value\nsafer_homes_secured,E09000002,month,2016-04,5,6\n"
    )
    assert any("stands there twice" in fault.reason for fault in read(path, {}))


def test_a_mapped_column_that_stands_twice_is_at_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Measure,Apr-16,Apr-16\nsafer_homes_secured,22,35\n")
    mapping: dict[str, object] = {
        "columns": {"Measure": "series"},
        "months_across": True,
        "fixed": {"area": "E09000002", "period": "month"},
    }
    with pytest.raises(FaultsFound) as caught:
        read(path, mapping)
    assert [(f.line, f.column) for f in caught.value.faults] == [(1, "Apr-16")]


def test_a_fixed_value_beside_a_mapped_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Measure,Place,Month,Number\nsafer_homes_secured,E09000003,2016-04,22\n")
    mapping: dict[str, object] = {
        "columns": {"Measure": "series", "Place": "area", "Month": "end", "Number": "value"},
        "fixed": {"area": "E09000002", "period": "month"},
    }
    with pytest.raises(UserError, match="area is filled twice"):
        read(path, mapping)


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "w", "london", "E09000002").path


def partnership(space: Path) -> Path:
    return next((space / "partnerships").glob("*.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("id: barking-and-dagenham", "id: ../../x", "id"),
        ("id: barking-and-dagenham", "id: Barking", "id"),
        ("area: E09000002", "area: ../../x", "area"),
        ("area: E09000002", "area: name:../x", "area"),
    ],
)
def test_ids_lead_to_no_other_folder(space: Path, old: str, new: str, column: str) -> None:
    path = partnership(space)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(FaultsFound) as caught:
        Workspace.open(space).partnership("E09000002")
    assert caught.value.faults[0].column == column


def test_two_files_with_the_same_id_are_at_fault(space: Path) -> None:
    path = partnership(space)
    path.with_name("other.yaml").write_text(path.read_text())
    with pytest.raises(FaultsFound) as caught:
        _ = Workspace.open(space).partnerships
    assert "taken" in str(caught.value.faults[0])


def test_an_override_of_an_unknown_indicator_is_at_fault(space: Path) -> None:
    path = partnership(space)
    path.write_text(
        path.read_text() + "overrides:\n- {indicator: tnoo, month: 2016-09, rating: red, "
        "reason: r, signed_by: Chair, on: 2016-10-01}\n"
    )
    opened = Workspace.open(space)
    with pytest.raises(FaultsFound) as caught:
        opened.catalogue_of(opened.partnership())
    assert caught.value.faults[0].text == "tnoo"
    assert caught.value.faults[0].line
