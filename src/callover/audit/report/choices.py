"""What the page shows for each choice of severities, said without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from callover.audit.findings import SEVERITIES
from callover.audit.report.groups import Group
from callover.domain.errors import Severity


@dataclass(frozen=True, slots=True)
class Choice:
    """What to say while some severities are ticked: ``when`` selects the page's body then."""

    when: str
    says: str


def choices(groups: Iterable[Group]) -> tuple[Choice, ...]:
    """One for each set of severities; none where there is nothing to choose.

    An entry is shown or hidden by its own severity, with all that stand beneath it.
    """
    sizes: Counter[Severity] = Counter()
    for each in (each for group in groups for each in group.found):
        sizes[each.finding.severity] += len(each.all)
    kinds = [kind for kind in SEVERITIES if sizes[kind]]
    ticks = product((True, False), repeat=len(kinds)) if len(kinds) > 1 else ()
    return tuple(_choice(kinds, ticked, sizes) for ticked in ticks)


def _choice(kinds: Sequence[Severity], ticked: Sequence[bool], sizes: Counter[Severity]) -> Choice:
    pairs = list(zip(kinds, ticked, strict=True))
    shown, of = sum(sizes[kind] for kind, on in pairs if on), sizes.total()
    boxes = (f"#show-{kind.value}{':checked' if on else ':not(:checked)'}" for kind, on in pairs)
    when = "body" + "".join(f":has({box})" for box in boxes)
    said = f"all {of:,}" if shown == of else f"{shown:,} of {of:,}"
    return Choice(when, f"Showing {said} findings")
