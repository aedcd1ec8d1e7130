"""Something of everything on a served site, so that no page of it is empty."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from callover.domain.periods import Month
from callover.jobs.boundaries import keep_boundaries
from callover.jobs.mappings import mapping_path
from callover.jobs.template import make_template, template_text
from callover.jobs.workspace import Workspace
from callover.web.accounts import invitations
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.accounts.roles import ROLES
from callover.web.meetings import actions as meetings
from callover.web.publication.actions import correct
from callover.web.publication.models import Subscriber
from callover.web.publication.subscription_links import confirm_link, leave_link
from callover.web.publication.tokens import make_token
from callover.web.submissions import checking
from callover.web.submissions.intake import take_in
from callover.web.writing.actions import save_words
from callover.web.writing.words import Place, digest_of
from publication_cases import corrected_month, published_month, sealed_files, signed
from sessions import session_of
from site_under_test import person, seal_one
from ward_cases import ward_outlines

PACKS, FIGURES = "harrowmere", "exampleford"
"""The partnership that published, and the one that holds figures."""


def fill(workspace: Path, files: Path) -> dict[str, dict[str, str]]:
    """Fill a prepared site; gives a session of each role, and what addresses ask for."""
    sessions = {role: session_of(_everywhere(role)) for role in ROLES}
    _publish(files)
    known = {**_said(), **_invited(), "faulty": str(_sent_in(workspace))}
    _written()
    _mapped(workspace)
    return {"sessions": sessions, "known": known}


def _everywhere(role: str) -> Person:
    """Somebody with the role in every partnership."""
    held = ["asb_team"] if ROLES[role].of_sources else []
    made = person(role, PACKS, tuple(held))
    made.set_password("quiet harbour sings at nine")
    made.save()
    for each in Partnership.objects.filter(active=True).exclude(pk=PACKS):
        Membership.objects.create(person=made, partnership=each, role=role, sources=held)
    return made


def _publish(files: Path) -> None:
    """A month, its correction, another that waits, and a snapshot whose words wait for release."""
    keep_boundaries(settings.WORKSPACE, ward_outlines())
    published_month(files)
    corrected_month(files)
    third = signed(files, number=3, tno=1401)
    correct(by=person("clerk"), snapshot=third, reason="Two offences were recorded in error.",
            at=timezone.now() + timedelta(days=30))  # fmt: skip
    refused = "Violence: the words may touch a live case."
    seal_one(sealed_files(files / "fourth"), number=4, public_refused=refused)


def _said() -> dict[str, str]:
    here = Partnership.objects.get(pk=PACKS)
    page = {"partnership": here, "month": "2016-09", "page": "tno", "title": "All offences"}
    asked = meetings.ask(by=person("board_member"), text="Why the rise?", owner="Police, analyst",
                         due=date(2016, 12, 9), **page)  # fmt: skip
    told = meetings.ask(by=person("chair"), text="Which wards?", **page)
    meetings.answer(by=person("analyst"), question=told, text="Three of them.")
    sent_up = meetings.escalate(by=person("analyst"), reason="No money is left.", **page)
    return {"question": str(asked.pk), "escalation": str(sent_up.pk)}


def _invited() -> dict[str, str]:
    here = Partnership.objects.get(pk=PACKS)
    invited = invitations.invite(
        by=person("administrator"), partnership=here, email="new@council.example",
        post="Community safety officer", role="analyst",
    )  # fmt: skip
    make_token(by=person("data_provider"), partnership=here, name="Nightly export",
               sources=("asb_team",), ends=timezone.now() + timedelta(days=90))  # fmt: skip
    subscribed = Subscriber.objects.create(partnership=here, email="reader@council.example")
    held = person("analyst").memberships.get(partnership=here)
    return {
        "invitation": str(invited.pk), "person": str(held.person_id), "membership": str(held.pk),
        "join": invitations.link(invited), "confirm": confirm_link(subscribed),
        "leave": leave_link(subscribed),
    }  # fmt: skip


def _sent_in(workspace: Path) -> int:
    """A file with a fault, and one that waits for the analyst; gives the first's number."""
    here = Partnership.objects.get(pk=FIGURES)
    rows = template_text(make_template(Workspace.open(workspace), "asb_team", FIGURES)).splitlines()
    head, first = rows[0].split(","), rows[1].split(",")
    numbers = []
    for value in ("thirty", "31"):
        row = dict(zip(head, first, strict=True)) | {"end": "2016-10", "value": value}
        content = f"{rows[0]}\n{','.join(row[name] for name in head)}\n".encode()
        made = take_in(by=person("data_provider"), partnership=here, source="asb_team",
                       name=f"{value}.csv", chunks=[content])  # fmt: skip
        checking.check(made.pk)
        numbers.append(made.pk)
    return int(numbers[0])


def _mapped(workspace: Path) -> None:
    """A provider's own workbook, as its mapping is saved."""
    path = mapping_path(workspace, "asb_team")
    path.parent.mkdir(parents=True, exist_ok=True)
    said = "sheet: Monthly return\nheader_row: 3\nfill_down: [Service]\n"
    said += "columns: {Service: series, Month: end, Number: value}\nfixed: {period: month}\n"
    path.write_text(f"{said}states: {{not yet collected: not_due}}\n", encoding="utf-8")


def _written() -> None:
    place = Place(Partnership.objects.get(pk=FIGURES), Month.of(2016, 9), "robbery")
    text = f"{place.file.rstrip()}\nThe patrols go on.\n"
    save_words(by=person("analyst"), place=place, opened=digest_of(place.file), text=text)
