"""An audited pack as every report sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.audit.baseline import Settled
from callover.audit.findings import Audit, Finding
from callover.audit.pack import Pack
from callover.audit.report.words import counted, cut, plain
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity


@dataclass(frozen=True, slots=True)
class Result:
    """A pack, what was found in it, what of that is accepted, and the rules that found it.

    ``file`` is the pack's path as the person named it.
    """

    file: str
    pack: Pack
    audit: Audit
    settled: Settled
    rules: Sequence[Rule] = ()

    @property
    def standing(self) -> tuple[Finding, ...]:
        """What nobody has accepted, the most serious first."""
        return tuple(sorted(self.settled.standing, key=lambda each: each.order))

    @property
    def wrong(self) -> bool:
        """Whether anything stands that cannot be true."""
        return any(each.severity is Severity.WRONG for each in self.settled.standing)

    @property
    def at_work(self) -> tuple[Rule, ...]:
        """The rules that found something, accepted or not, in the order of the guide."""
        found = {each.rule for each in self.settled.standing}
        found |= {each.finding.rule for each in self.settled.accepted}
        return tuple(rule for rule in self.rules if rule.id in found)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, and what the baseline names in vain, in sentences."""
        outdated = (
            f"The baseline accepts {cut(entry.printed, 60)!r} ({entry.rule}"
            f"{', ' + plain(entry.section) if entry.section else ''}), which is not found any more:"
            " take the entry out."
            for entry in self.settled.outdated
        )
        return (*(plain(note) for note in self.pack.notes), *outdated)

    def title_of(self, rule: str) -> str:
        """A rule's title; its id where the rule is not among ours."""
        return next((each.title for each in self.rules if each.id == rule), rule)

    @property
    def silence(self) -> str:
        """How much was read and checked, and what it means where nothing is said."""
        read, checked = self.audit.claims_read, self.audit.claims_checked
        if not read:
            return "No claim was understood in this file: that nothing is found means nothing."
        said = f"{counted(read, 'claim')} read, {checked:,} of them checked against another."
        if checked < read:
            said += f" Nothing is said of the other {read - checked:,}."
        return said
