"""Work in the background: sending invitations."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from callover.web.accounts.mail import deliver
from callover.web.accounts.models import Invitation
from callover.web.queue.again import tried_again
from callover.web.queue.order import QUICK


@task(queue_name=QUICK)
def send_invitation(invitation: str) -> None:
    """Send the link of an invitation that is open; a second run sends the same link again."""
    from callover.web.accounts.invitations import link

    found = Invitation.objects.select_related("partnership").filter(pk=invitation).first()
    if found is None or not found.open:
        return
    told = {"invitation": found, "link": link(found), "site_name": settings.SITE_NAME}
    subject = f"{found.partnership.short_name}: you are invited as {found.role_held.name}"
    body = render_to_string("accounts/invitation.txt", told)
    deliver(EmailMessage(subject, body, to=[found.email]))


tried_again(send_invitation)
