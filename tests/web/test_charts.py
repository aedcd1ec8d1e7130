"""What a browser draws a page's charts from: those of the page, for who may read it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.test import Client

from callover.web.journal.models import Entry
from callover.web.snapshots.models import Snapshot
from publication_cases import published_month
from site_under_test import AsRole

PAGE = "/members/harrowmere/snapshots/2016-09/1/tno/"


def test_each_chart_of_a_page_can_be_drawn_anew(as_role: AsRole, snapshot: Snapshot) -> None:
    member = as_role("board_member")
    page = member.get(PAGE).content.decode()
    told = json.loads(member.get(f"{PAGE}charts.json").content)
    named = re.findall(r'<figure data-chart="([^"]+)"', page)
    assert named
    assert set(named) == set(told)
    assert all(spec["$schema"].startswith("https://vega.github.io/schema/vega/v") and spec["marks"]
               for spec in told.values())  # fmt: skip


def test_a_page_says_where_its_charts_are(as_role: AsRole, snapshot: Snapshot) -> None:
    page = as_role("board_member").get(PAGE).content.decode()
    assert f'data-charts="{PAGE}charts.json"' in page


def test_reading_the_charts_of_the_restricted_edition_is_logged(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    as_role("board_member").get(f"{PAGE}charts.json")
    assert not Entry.objects.filter(action="read restricted").exists()
    as_role("analyst").get(f"{PAGE}charts.json")
    entry = Entry.objects.get(action="read restricted")
    assert entry.detail["page"] == "tno: charts"


def test_a_page_without_charts_has_none(as_role: AsRole, snapshot: Snapshot) -> None:
    assert as_role("chair").get(f"{PAGE[:-4]}contents/charts.json").status_code == 404
    assert as_role("chair").get(f"{PAGE[:-4]}nothing/charts.json").status_code == 404


def test_the_public_has_those_of_what_is_published(tmp_path: Path) -> None:
    assert Client().get("/areas/harrowmere/2016-09/tno/charts.json").status_code == 404
    published_month(tmp_path)
    answer = Client().get("/areas/harrowmere/2016-09/tno/charts.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"].startswith("public")
