"""Telling the sender what became of a submission."""

from __future__ import annotations

from django.urls import reverse

from callover.web.submissions.mail import send
from callover.web.submissions.models import State, Submission

SUBJECTS = {
    State.FAULTY: "your figures have faults",
    State.FAILED: "your figures could not be checked",
    State.RETURNED: "your figures came back with a message",
    State.ACCEPTED: "your figures are stored",
}
"""States of which the sender is told by e-mail; the others are seen on the page."""


def tell_sender(number: int) -> None:
    """Send the message for the state that the submission is in, if it was not sent before."""
    submission = Submission.objects.select_related("by", "partnership").get(pk=number)
    state = State(submission.state)
    if state not in SUBJECTS or submission.told == state or not submission.by.is_active:
        return
    path = reverse("submission", args=[submission.partnership_id, submission.source, number])
    send([submission.by], SUBJECTS[state], "outcome", submission=submission, path=path)
    Submission.objects.filter(pk=number).update(told=state)
