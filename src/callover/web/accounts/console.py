"""Inviting from the command line, where no administrator is yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from callover.domain.errors import UnknownName, UserError
from callover.web.accounts.invitations import invite, link
from callover.web.accounts.models import Partnership
from callover.web.accounts.roles import ROLES


def invite_from_console(
    *, email: str, post: str, role: str, partnership: str, sources: Sequence[str] = ()
) -> str:
    """Invite somebody and give the link, which is sent to nobody.

    Raises UserError for an address that is none, a post left out, a name that is not known.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        what = f"{email!r} is no e-mail address."
        raise UserError(what, "Write it as post@council.example.") from error
    if not post.strip():
        raise UserError("--post is empty.", "Name the post that the person holds.")
    known = {each.pk: each for each in Partnership.objects.filter(active=True)}
    if partnership not in known:
        raise UnknownName("partnership", partnership, tuple(known))
    if role not in ROLES:
        raise UnknownName("role", role, tuple(ROLES))
    made = invite(
        by=None, partnership=known[partnership], email=email, post=post.strip(), role=role,
        sources=sources, send=False,
    )  # fmt: skip
    return link(made)
