"""The day that due dates are held against."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today; in an installation of examples the day that it was told (``CALLOVER_TODAY``)."""
    told: date | None = settings.TODAY
    return told or timezone.localdate()
