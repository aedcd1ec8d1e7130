"""Who may open what: every address against every role, and against a stranger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from callover.web.accounts.access import Rule
from callover.web.accounts.middleware import OTHERS
from callover.web.accounts.roles import ROLES
from callover.web.snapshots.models import Snapshot
from site_under_test import AsRole

KNOWN = {
    "partnership": "harrowmere", "month": "2016-09", "number": 1, "slug": "tno",
    "indicator": "tno", "source": "police", "name": "pdf",
    "person": 1, "membership": 1, "invitation": "00000000-0000-4000-8000-000000000000",
    "question": 1, "escalation": 1, "token": 1,
}  # fmt: skip
"""What an address may ask for, as the snapshot of these tests has it."""


def addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours with its name."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each)
        elif not each.callback.__module__.startswith(OTHERS):
            yield str(each.name), each


OWN = dict(addresses())


def rule_of(name: str) -> Rule:
    rule: Rule = OWN[name].callback.access
    return rule


def address(name: str) -> str:
    wanted = OWN[name].pattern.converters
    return reverse(name, kwargs={key: KNOWN[key] for key in wanted})


def status(client: Client, name: str) -> int:
    answer = client.get(address(name))
    if answer.streaming:  # read to its end, which closes the file; not the database's connection
        b"".join(answer.streaming_content)
    return answer.status_code


def test_every_address_has_a_name_and_says_for_whom_it_is() -> None:
    assert "None" not in OWN
    assert all(isinstance(getattr(each.callback, "access", None), Rule) for each in OWN.values())


RULED = sorted(name for name in OWN if rule_of(name).signed_in)


@pytest.mark.parametrize("name", RULED)
def test_a_stranger_is_sent_to_sign_in(name: str, snapshot: Snapshot) -> None:
    answer = Client().get(address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/")


OF_TASKS = [name for name in RULED if rule_of(name).tasks]


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_role_opens_what_its_tasks_allow_and_nothing_else(
    role: str, as_role: AsRole, snapshot: Snapshot
) -> None:
    client, tasks = as_role(role), ROLES[role].may if role else frozenset()
    opened = {name for name in OF_TASKS if status(client, name) != 403}
    assert opened == {name for name in OF_TASKS if tasks & set(rule_of(name).tasks)}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_nothing_of_another_partnership(
    role: str, as_role: AsRole, snapshot: Snapshot
) -> None:
    client = as_role(role, "elsewhere")
    of_one = [name for name in OF_TASKS if "partnership" in OWN[name].pattern.converters]
    assert len(of_one) > 20
    assert [name for name in of_one if status(client, name) != 403] == []


def test_a_role_over_the_county_opens_its_districts(as_role: AsRole, snapshot: Snapshot) -> None:
    assert as_role("analyst", "wealdshire").get("/members/harrowmere/").status_code == 200
    assert as_role("analyst", "exampleford").get("/members/harrowmere/").status_code == 403


def test_the_gate_refuses_a_view_that_says_nothing(settings: object) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.test import RequestFactory

    from callover.web.accounts.middleware import Gate

    def view() -> None:
        """A view that says nothing."""

    gate = Gate(lambda _: None)
    with pytest.raises(ImproperlyConfigured):
        gate.process_view(RequestFactory().get("/"), view, (), {})
