"""Saved mappings of providers' own workbooks: who sees them, what they say, taking one away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from callover.domain.errors import UnknownName
from callover.domain.roles import Task
from callover.jobs.mappings import read_mapping, remove_mapping, saved_mappings
from callover.web.accounts.models import Membership, Partnership
from callover.web.accounts.roles import ROLES
from callover.web.journal.models import Entry
from callover.web.submissions.mappings import forget_mapping
from site_under_test import AsRole, person, roles_with

PLACE, SOURCE = "exampleford", "asb_team"
PAGE = f"/members/{PLACE}/mappings/"
REMOVE = f"/members/{PLACE}/sources/{SOURCE}/mapping/remove/"
SAID = """sheet: Monthly return
header_row: 3
fill_down: [Service]
columns: {Service: series, Count <all>: value, Month: end}
fixed: {area: X00000001, period: month}
values: {series: {Noise: asb_noise}}
states: {not yet: not_due}
"""


@pytest.fixture
def saved(real_workspace: Path) -> Iterator[Path]:
    path = real_workspace / "definitions" / "mappings" / f"{SOURCE}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SAID, encoding="utf-8")
    yield path
    path.unlink(missing_ok=True)


def everywhere(role: str) -> None:
    """The person of the first partnership has the role in the other one as well."""
    Membership.objects.get_or_create(
        person=person(role, PLACE), partnership_id="barking-and-dagenham", role=role
    )


# --- the job


def test_a_mapping_is_told_column_by_column(saved: Path, real_workspace: Path) -> None:
    (found,) = saved_mappings(real_workspace, ["yos", SOURCE])
    assert (found.source, found.sheet, found.header_row) == (SOURCE, "Monthly return", 3)
    assert found.columns == (("Service", "series"), ("Count <all>", "value"), ("Month", "end"))
    assert found.fixed == (("area", "X00000001"), ("period", "month"))
    assert found.values == (("series", "Noise", "asb_noise"),)
    assert (found.states, found.fill_down) == ((("not yet", "not_due"),), ("Service",))


@pytest.mark.parametrize("wrong", ["columns: [a]", "sheet: {", "color: red", "header_row: 0"])
def test_a_mapping_at_fault_says_so(saved: Path, real_workspace: Path, wrong: str) -> None:
    saved.write_text(wrong, encoding="utf-8")
    (found,) = saved_mappings(real_workspace, [SOURCE])
    assert found.fault
    assert str(real_workspace) not in found.fault


def test_one_that_is_not_there_is_not_removed(saved: Path, real_workspace: Path) -> None:
    for name in ("yos", "../sources", ""):
        with pytest.raises(UnknownName):
            remove_mapping(real_workspace, name)
    assert remove_mapping(real_workspace, SOURCE) == SAID
    assert read_mapping(real_workspace, SOURCE) == {}


# --- the pages


def test_which_column_feeds_what(saved: Path, as_role: AsRole) -> None:
    page = as_role("data_provider", PLACE, (SOURCE,)).get(PAGE).content.decode()
    for words in (
        "Monthly return", "headings in line 3", "column “Count &lt;all&gt;”", "always “X00000001”",
        "an empty cell repeats the one above", "asb_noise",
    ):  # fmt: skip
        assert words in page
    assert REMOVE not in page, "a provider does not remove it"
    assert REMOVE in as_role("analyst", PLACE).get(PAGE).content.decode()
    source = as_role("data_provider", PLACE, (SOURCE,)).get(f"/members/{PLACE}/sources/{SOURCE}/")
    assert f'href="{PAGE}#{SOURCE}"' in source.content.decode()


def test_a_provider_sees_the_mappings_of_own_sources(saved: Path, as_role: AsRole) -> None:
    page = as_role("data_provider", PLACE, ("yos",)).get(PAGE).content.decode()
    assert "Monthly return" not in page
    assert "No mapping is saved" in page


@pytest.mark.parametrize("role", ["", *ROLES])
def test_who_sees_and_who_removes(role: str, saved: Path, as_role: AsRole) -> None:
    client = as_role(role, PLACE)
    sees = {*roles_with(Task.SUBMIT), *roles_with(Task.CHECK)}
    assert (client.get(PAGE).status_code == 200) == (role in sees)
    assert (client.get(REMOVE).status_code == 200) == (role in roles_with(Task.CHECK))
    if role not in roles_with(Task.CHECK):
        assert client.post(REMOVE).status_code == 403
        assert saved.is_file()


def test_it_takes_the_right_wherever_the_source_is_read(saved: Path, as_role: AsRole) -> None:
    client = as_role("analyst", PLACE)
    page = client.get(REMOVE).content.decode()
    assert "It takes somebody who checks" in page
    assert "<form" not in page.split("<main")[1]
    assert client.post(REMOVE).status_code == 403
    here = Partnership.objects.get(pk=PLACE)
    with pytest.raises(PermissionDenied):
        forget_mapping(by=person("analyst", PLACE), partnership=here, source=SOURCE)
    assert saved.is_file()


def test_a_mapping_is_removed_once_and_the_log_keeps_it(saved: Path, as_role: AsRole) -> None:
    client = as_role("analyst", PLACE)
    everywhere("analyst")
    assert "Remove the mapping" in client.get(REMOVE).content.decode()
    assert saved.is_file(), "not by looking"
    assert client.post(REMOVE)["Location"] == PAGE
    assert not saved.exists()
    entry = Entry.objects.get(action="remove mapping")
    assert (entry.subject, entry.detail["mapping"]) == (SOURCE, SAID)
    assert client.post(REMOVE).status_code == 404
