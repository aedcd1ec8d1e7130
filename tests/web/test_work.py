"""The front of everybody's work: what waits for each."""

from __future__ import annotations

from callover.web.snapshots.models import Signature, Snapshot
from site_under_test import AsRole, person


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
