"""What the worker's clock does here, once a minute."""

from __future__ import annotations

from django.utils import timezone

from callover.web.queue.enqueue import QueueFull
from callover.web.submissions import uploads
from callover.web.submissions.tasks import ask_where_stale


def each_minute() -> None:
    """Due lists that went stale are asked for; once an hour files that nobody names are removed."""
    try:
        ask_where_stale()
    except QueueFull:
        return  # asked again in a minute
    if timezone.localtime().minute == 0:
        uploads.sweep()
