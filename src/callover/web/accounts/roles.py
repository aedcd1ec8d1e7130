"""The roles of this installation."""

from __future__ import annotations

from django.conf import settings

from callover.catalogue.roles import ROLES as SHIPPED
from callover.catalogue.roles import read_roles

_OWN = settings.WORKSPACE / "roles.yaml"

ROLES = read_roles(_OWN if _OWN.is_file() else SHIPPED)
"""By id: those that ship with Callover, or those of the workspace's own ``roles.yaml``."""
