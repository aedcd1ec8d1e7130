"""Signing: whoever puts their name to something shows again who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required

Step = TypeVar("Step", bound=Callable[..., Any])


def signing(step: Step) -> Step:
    """Run a view's last step once its sender gave the password or second step within minutes.

    Else the library asks for it, then sends the same form again.
    """
    return cast(Step, reauthentication_required(step))
