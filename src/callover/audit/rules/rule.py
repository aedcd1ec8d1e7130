"""A rule of the audit: its id, what it looks for, and what a person does about it."""

from __future__ import annotations

from dataclasses import dataclass

from callover.domain.errors import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its page in the guide and the reports describe it.

    ``id`` is short, lower case with hyphens, and stays; ``severity`` is that of a sure finding.
    ``looks_for`` and ``remedy`` are sentences; ``example`` is a line of a pack and why it is wrong;
    ``may_be_right`` says when a finding can be explained, "" where it cannot.
    """

    id: str
    title: str
    severity: Severity
    looks_for: str
    example: str
    remedy: str
    may_be_right: str = ""
