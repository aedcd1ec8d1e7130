"""Reminders by e-mail: to a late source's providers, and above them after two misses.

Each due day is told once to each of the two: a record says so before the message goes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from callover.domain.roles import Task, above
from callover.web.accounts.models import Membership, Partnership, Person
from callover.web.submissions.mail import send
from callover.web.submissions.models import Reminder, SourceState

MISSES = 2
"""Due days missed after which the analyst and the chair are told."""

_AGAIN = timedelta(minutes=10)
"""After which a message that was claimed and never sent is tried again."""

Step = Reminder.Step


def remind(partnership: str) -> None:
    """Send what is to be sent for the sources that are late now."""
    late = [s for s in SourceState.objects.filter(partnership=partnership) if s.is_late]
    members = tuple(_members(partnership))
    for state in late:
        _note(state, Step.REMIND)
        if max(state.missed, _reminded(state)) >= MISSES:
            _note(state, Step.ESCALATE)
    dues = {(state.source, state.due): state for state in late}
    _send(partnership, Step.REMIND, dues, members)
    _send(partnership, Step.ESCALATE, dues, members)


def _note(state: SourceState, step: Reminder.Step) -> None:
    if state.due is None:
        return
    Reminder.objects.get_or_create(
        partnership=state.partnership, source=state.source, due=state.due, step=step
    )


def _reminded(state: SourceState) -> int:
    """Due days of which the source was reminded since it last gave something."""
    found = Reminder.objects.filter(
        partnership=state.partnership, source=state.source, step=Step.REMIND
    )
    if state.received:
        found = found.filter(due__gt=timezone.localdate(state.received))
    return found.count()


def _members(partnership: str) -> Iterable[Membership]:
    """Memberships that hold in the partnership, its own and those of the ones over it."""
    over = {p.id: p.over_id for p in Partnership.objects.filter(active=True) if p.over_id}
    return Membership.objects.filter(
        partnership__in=above(partnership, over), ended__isnull=True, person__is_active=True
    ).select_related("person")


def _send(
    partnership: str, step: Reminder.Step, dues: dict[tuple[str, date | None], SourceState],
    members: Iterable[Membership],
) -> None:  # fmt: skip
    """One message a person, about all sources of which that person is to be told now."""
    claimed = [each for each in _unsent(partnership, step) if _claim(each)]
    lists: dict[Person, list[SourceState]] = defaultdict(list)
    for each in claimed:
        state = dues.get((each.source, each.due))
        if state is None:
            each.to = 0
            continue
        people = _told(step, each.source, members)
        for person in people:
            lists[person].append(state)
        each.to = len(people)
    for person, states in lists.items():
        send([person], _subject(step, states), step.value, states=states,
             partnership=states[0].partnership)  # fmt: skip
    for each in claimed:
        each.sent = timezone.now()
        each.save(update_fields=["sent", "to"])


def _unsent(partnership: str, step: Reminder.Step) -> Iterable[Reminder]:
    return Reminder.objects.filter(partnership=partnership, step=step, sent__isnull=True)


def _claim(reminder: Reminder) -> bool:
    """Whether this call is the one that sends it."""
    now = timezone.now()
    free = Q(claimed__isnull=True) | Q(claimed__lt=now - _AGAIN)
    mine = Reminder.objects.filter(free, pk=reminder.pk, sent__isnull=True)
    return bool(mine.update(claimed=now))


def _told(step: Reminder.Step, source: str, members: Iterable[Membership]) -> set[Person]:
    """Providers of the source for a reminder; else who checks figures and who signs off."""
    if step == Step.REMIND:
        return {each.person for each in members if source in each.sources}
    tasks = {Task.CHECK, Task.SIGN_OFF}
    return {each.person for each in members if each.held.role.may & tasks}


def _subject(step: Reminder.Step, states: list[SourceState]) -> str:
    count = f"{len(states)} source{'' if len(states) == 1 else 's'}"
    if step == Step.REMIND:
        return f"figures of {count} are late"
    return f"{count} missed two due dates or more"
