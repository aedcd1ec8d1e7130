"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Publishing, correcting, the public site, feeds, open data and the API."""

    name = "callover.web.publication"
    label = "publication"

    def ready(self) -> None:
        """Let every worker look at what is due."""
        from callover.web.publication.schedule import look_at_the_clock
        from callover.web.queue.worker import CLOCK

        if look_at_the_clock not in CLOCK:
            CLOCK.append(look_at_the_clock)
