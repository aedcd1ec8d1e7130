"""Months in addresses."""

from __future__ import annotations

from django.core.validators import RegexValidator

MONTH = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$")
"""A month as records hold it: ``2016-09``."""


class MonthConverter:
    """``2016-09``; whatever else stands there leads nowhere and is never asked of the database."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value
