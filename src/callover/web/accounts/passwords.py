"""What a password must be besides long enough and not common."""

from __future__ import annotations

from django.core.exceptions import ValidationError

LONGEST = 128


class NotTooLong:
    """So that nobody makes the server hash a novel."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError beyond ``LONGEST`` characters."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"Your password must have no more than {LONGEST} characters."
