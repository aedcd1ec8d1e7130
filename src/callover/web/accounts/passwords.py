"""What a password must be besides long enough and not common, and how it is kept."""

from __future__ import annotations

from django.contrib.auth.hashers import ScryptPasswordHasher
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


class Scrypt(ScryptPasswordHasher):
    """Scrypt at the cost that OWASP asks for: 64 MB a password, twice.

    A password kept at another cost still opens, and is kept anew when its owner signs in.
    """

    work_factor = 2**16
    parallelism = 2
    maxmem = 2**27  # bytes; the library's own default is too little
