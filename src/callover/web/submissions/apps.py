"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """What sources owe, what providers send in, what the analyst checks."""

    name = "callover.web.submissions"
    label = "submissions"

    def ready(self) -> None:
        """Put the due list on the worker's clock."""
        from callover.web.queue.worker import CLOCK
        from callover.web.submissions.clock import each_minute

        CLOCK.append(each_minute)
