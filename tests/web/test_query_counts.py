"""How often the hot pages ask the database: a number that grows is a page that slows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from callover.web.snapshots.models import Snapshot
from site_under_test import AsRole

SNAPSHOT = "/members/harrowmere/snapshots/2016-09/1"


def asked(client: Client, path: str) -> int:
    """Statements for a page once the process is warm, without those that begin and end
    transactions."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    return sum(q["sql"].startswith(("SELECT", "INSERT", "UPDATE")) for q in found.captured_queries)


# session, person, memberships, partnerships, snapshot, and the others to choose among
DASHBOARD, PAGE = 6, 5
LOGGED = 3  # the head of the log, the entry, the head again


@pytest.mark.parametrize(("path", "most"), [
    ("/members/harrowmere/", DASHBOARD), (f"{SNAPSHOT}/?order=rating", DASHBOARD),
    (f"{SNAPSHOT}/tno/", PAGE + 2),  # questions and escalations on the indicator
    (f"{SNAPSHOT}/notes/", PAGE), (f"{SNAPSHOT}/compare/", PAGE),
])  # fmt: skip
@pytest.mark.parametrize(("role", "more"), [("board_member", 0), ("chair", LOGGED)])
def test_pages_of_figures(
    path: str, most: int, role: str, more: int, as_role: AsRole, snapshot: Snapshot
) -> None:
    assert asked(as_role(role), path) == most + more


def test_everybodys_work(as_role: AsRole, snapshot: Snapshot) -> None:
    assert asked(as_role("chair", "wealdshire"), "/members/") <= 4 + 3 * 3  # of three districts
