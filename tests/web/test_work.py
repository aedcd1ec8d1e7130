"""The front of everybody's work: what waits for each."""

from __future__ import annotations

from pathlib import Path

from callover.web.snapshots.models import Signature, Snapshot
from callover.web.submissions.models import SourceState
from site_under_test import AsRole, person, seal_one


def page(client) -> str:
    return client.get("/members/").content.decode()


def test_a_chair_is_told_of_a_snapshot_to_sign_and_a_clerk_of_a_signed_one(
    as_role: AsRole, snapshot: Snapshot
) -> None:
    assert "<b>1</b> snapshot to sign off" in page(as_role("chair"))
    assert "Nothing waits for you" in page(as_role("clerk"))
    Signature.objects.create(snapshot=snapshot, by=person("chair"), post="Chair")
    assert "Nothing waits for you" in page(as_role("chair"))
    assert "<b>1</b> signed month to publish" in page(as_role("clerk"))


def test_a_role_over_the_county_has_a_desk_in_each_district(as_role: AsRole) -> None:
    said = page(as_role("chair", "wealdshire"))
    assert said.count("You are here as: Chair.") == 3


def test_who_has_no_role_is_told_whom_to_ask(as_role: AsRole) -> None:
    assert "no role in a partnership yet" in page(as_role(""))


def test_a_provider_begins_at_the_due_list(as_role: AsRole) -> None:
    assert 'href="/members/harrowmere/due/"' in page(as_role("data_provider", sources=("police",)))


def test_a_provider_is_told_that_a_source_is_late(as_role: AsRole) -> None:
    client = as_role("data_provider", sources=("police",))
    for source, missed in (("police", 3), ("asb_team", 2)):
        SourceState.objects.create(
            partnership_id="harrowmere", source=source, place=0, title=source, missed=missed
        )
    assert "<b>1</b> source of yours is late" in page(client)
    assert "of yours" not in page(as_role("chair"))


def test_only_the_newest_snapshot_of_a_month_waits_for_the_chair(
    as_role: AsRole, snapshot: Snapshot, sealed_folder: Path
) -> None:
    seal_one(sealed_folder, number=2)
    assert "<b>1</b> snapshot to sign off" in page(as_role("chair"))
    Signature.objects.create(
        snapshot=Snapshot.objects.get(number=2), by=person("chair"), post="Chair"
    )
    assert "Nothing waits for you" in page(as_role("chair"))
