"""Tables by ward: which sources make one, worked by hand, and the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.domain.errors import UserError
from callover.report.wards import WardFile, read_wards, wards_name
from ward_cases import ward_file


@pytest.mark.parametrize("edition", ["restricted", "public"])
def test_the_file_is_read_as_it_was_written(edition: str, tmp_path: Path) -> None:
    path = tmp_path / wards_name(edition)
    path.write_bytes(ward_file(edition).to_bytes())
    found = read_wards(path)
    assert found == ward_file(edition)
    table = found.table("tno")
    assert table is not None
    assert table.withheld == (2 if edition == "public" else 0)
    assert found.table("asb") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"schema": "callover-wards/9"}', b'{"schema": "callover-wards/1"}'],
)
def test_what_is_no_ward_file_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "callover-wards.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="is no ward file"):
        read_wards(path)


def test_an_edition_without_wards_is_empty() -> None:
    assert WardFile("E07000998", "2016-09", "public").table("tno") is None
