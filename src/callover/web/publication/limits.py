"""How often something may be asked for: in the database for what writes, in memory for what reads.

Nobody's address is kept: the key is a keyed hash, useless without the installation's secret.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from callover.web.publication.models import Allowance


@dataclass(frozen=True)
class Limit:
    """So often in so many seconds."""

    name: str
    most: int
    seconds: int


READ = Limit("api read", 300, 60)  # of one address, by each process of the server
SUBMIT = Limit("api submit", 60, 3600)  # of one token
REFUSED = Limit("api refused", 30, 3600)  # wrong tokens of one address
SUBSCRIBE = Limit("subscribe", 10, 3600)  # of one address
SUBSCRIBE_MAIL = Limit("subscribe mail", 3, 86_400)  # to one mailbox


def seconds_to_wait(limit: Limit, who: str) -> int:
    """Count one more, kept in the database; gives 0 where it is allowed, else the seconds until it
    will be."""
    key = _key(limit, who)
    now = timezone.now()
    with transaction.atomic():
        held, _ = Allowance.objects.select_for_update().get_or_create(
            key=key, defaults={"since": now}
        )
        if now - held.since >= timedelta(seconds=limit.seconds):
            held.since, held.used = now, 0
        if held.used >= limit.most:
            return _left(limit, (now - held.since).total_seconds())
        held.used += 1
        held.save()
    return 0


def seconds_to_wait_here(limit: Limit, who: str) -> int:
    """The same in this process's memory: a reader costs no writing."""
    now = time.time()
    begun = int(now // limit.seconds)
    key = f"{_key(limit, who)}:{begun}"
    cache.add(key, 0, limit.seconds)
    try:
        used = cache.incr(key)
    except ValueError:  # it was dropped between the two
        return 0
    return _left(limit, now - begun * limit.seconds) if used > limit.most else 0


def forget_old() -> None:
    """Drop what no limit asks for any more."""
    Allowance.objects.filter(since__lt=timezone.now() - timedelta(days=2)).delete()


def _left(limit: Limit, passed: float) -> int:
    return max(1, round(limit.seconds - passed))


def _key(limit: Limit, who: str) -> str:
    return salted_hmac("callover.limits", f"{limit.name}|{who}", algorithm="sha256").hexdigest()
