"""What may be printed for the public: from which count on, and the words where it may not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"1 to \d+")

THRESHOLD = 10
"""Counts below this are not printed, unless their source says otherwise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A source's rule. A threshold of 0 hides nothing: the source publishes every count itself."""

    threshold: int = THRESHOLD
    zero_hidden: bool = True  # none is as telling as one

    @property
    def words(self) -> str:
        """What is printed for a small count; never 0."""
        return f"fewer than {self.threshold}" if self.zero_hidden else f"1 to {self.threshold - 1}"


USUAL_RULE = Rule()


def is_printed(reason: str) -> bool:
    """Whether a reason is one of the words printed instead of a figure."""
    return reason == WITHHELD or reason.startswith("fewer than ") or bool(_RANGE.fullmatch(reason))


NOT_SHOWN = "Not shown in the public edition: its counts are small, or would give one away."
"""Why a rating is not shown."""

WITHHELD = "withheld"
"""What is printed for a count that would give a small one away, by its value or by its words."""
