"""Which indicators a pack is built of: ``--only``, ``--group``, ``--forum``."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue import load_catalogue
from callover.jobs.pack import PackRequest, select_indicators
from example_pack import SEPTEMBER


@pytest.mark.parametrize(
    "group", ["crime", "Crime", "CRIME", "Gangs and Serious Youth Violence", "GANGS_AND_SYV"]
)
def test_a_group_goes_by_key_or_title_in_any_case(group: str) -> None:
    request = PackRequest(SEPTEMBER, Path(), group=group)
    chosen = select_indicators(load_catalogue("london"), request)
    wanted = "crime" if "crime" in group.lower() else "gangs_and_syv"
    assert {each.group for each in chosen} == {wanted}
