"""Tiles of dashboards: number, change and per cent belong together, and to the table."""

from __future__ import annotations

import pytest

from callover.audit.audit import audit
from callover.audit.readers.text import pack_of

TABLE = "\tApr-23\tMay-23\tJun-23\nMonth\t40\t44\t38\nYear to date\t40\t84\t122"
PAGE = "# Burglary\n\nYear to date\n\n{0}\n\n{1}\n\n" + TABLE


@pytest.mark.parametrize(
    ("number", "change", "rule"),
    [
        ("122", "+12 (+11 %) on last year", ""),
        ("122", "+12 (+15 %) on last year", "change-percent"),
        ("127", "+17 (+15 %) on last year", "text-and-table"),
    ],
)
def test_a_tile_is_held_to_itself_and_the_table(number: str, change: str, rule: str) -> None:
    found = audit(pack_of(PAGE.format(number, change), "pack.txt")).findings
    assert {each.rule for each in found} == ({rule} if rule else set())
