"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Work in the background."""

    name = "callover.web.queue"
    label = "queue"

    def ready(self) -> None:
        """Listen to tasks that end."""
        from django_tasks.signals import task_finished

        from callover.web.queue.failures import finished

        task_finished.connect(finished)
