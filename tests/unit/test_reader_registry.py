"""Which reader takes a file."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

import pytest

from callover.data import sources
from callover.data.sources.registry import MODULES, reader_for, reader_named, readers
from callover.domain.errors import UserError


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [reader.id for reader in readers()]
    assert len(names) == len(set(names))
    assert {"met_borough", "street", "lfb_incidents", "borough_mye"} <= set(names)


def test_every_module_of_the_package_is_asked_but_the_register_itself() -> None:
    """A reader that is written but not listed would never read a file."""
    found = {module.name for module in iter_modules(sources.__path__)}
    assert found - {"registry"} == set(MODULES)


@pytest.mark.parametrize(
    ("header", "id_"),
    [
        ("Borough,Major Category,Minor Category,201609", "met_borough"),
        ("MajorText,MinorText,BoroughName,201609", "met_borough_recut"),
        ("WardName,WardCode,MajorText,MinorText,LookUp_BoroughName,201609", "met_ward"),
        ("Code,Borough,Year,Value", "met_recorded_offences"),
        ("Code,Borough,Year,pop", "borough_mye"),
        ("lsoa_code,ward_code", "lookup_lsoa_ward"),
    ],
)
def test_a_file_is_known_by_its_header(tmp_path: Path, header: str, id_: str) -> None:
    path = tmp_path / "download (3).csv"
    path.write_text(header + "\n")
    assert [r.id for r in readers() if r.recognises(path, path.read_bytes())] == [id_]
    assert reader_for(path).id == id_


def test_a_source_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text("a,b\n")
    assert reader_for(path, "street").id == "street"
    assert reader_named("no such reader") is None


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "is empty"), (b"apples,pears\n1,2\n", "apples, pears"), (b"\x89PNG\0\0", "no line")],
)
def test_what_nobody_knows_is_told_with_what_can_be_read(
    tmp_path: Path, data: bytes, told: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(data)
    with pytest.raises(UserError, match=told) as raised:
        reader_for(path)
    assert "--source" in raised.value.remedy
    assert "callover sources" in raised.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        reader_for(tmp_path / "gone.csv")


def test_any_source_may_come_in_the_template(tmp_path: Path) -> None:
    path = tmp_path / "brigade.csv"
    path.write_text("series,area,period,start,end,value\n")
    assert reader_for(path, "lfb_borough_table").id == "template"
