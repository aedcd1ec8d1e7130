"""One entry of a baseline file, read line by line; faults are worded for who fills it in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

import yaml

from callover.audit.baseline import Acceptance
from callover.domain.errors import Fault

T = TypeVar("T")

NULL = "tag:yaml.org,2002:null"
EXAMPLE = {
    "rule": "the rule as the audit names it, such as change-percent",
    "section": "the heading that the finding stands under",
    "printed": "the words or the number as the pack prints them",
    "reason": "why the finding may stand",
    "accepted_by": "the post that answers for it, such as Lead analyst",
    "date": "the day on which it was accepted, such as 2016-11-20",
    "until": "the last day on which it holds, such as 2017-03-31",
    "times": "how many findings alike it covers, such as 2",
}
"""What each line of an entry says."""

_LATER = "Write the day on which it was accepted."
_PAST = "Accept it anew with a later day, or take the entry out and put the pack right."


@dataclass
class Faults:
    """What is wrong with a baseline file so far."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def note(self, node: yaml.Node | None, text: str, reason: str, remedy: str) -> None:
        """A fault at the line of ``node``, of the whole file where there is none."""
        line = None if node is None else int(node.start_mark.line) + 1
        self.found.append(Fault(self.file, line, "", text, reason, remedy))


class BaselineEntry:
    """The lines of an entry by their names; each that is asked for and wrong is a fault."""

    def __init__(self, node: yaml.MappingNode, faults: Faults) -> None:
        self._node, self._faults = node, faults
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            self._take(key, value)

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        name = str(key.value)
        if name in self._values:
            self._faults.note(key, "", f"'{name}:' stands twice in this entry.", "Keep one.")
        elif name not in EXAMPLE:
            near = get_close_matches(name, EXAMPLE, n=1, cutoff=0.6)
            remedy = f"Did you mean '{near[0]}:'?" if near else f"It may have {', '.join(EXAMPLE)}."
            self._faults.note(key, "", f"An entry has no line '{name}:'.", remedy)
        self._values[name] = value

    def wrong(self, name: str, reason: str, remedy: str) -> None:
        """Note what is wrong with what stands on a line."""
        self._faults.note(self._values.get(name, self._node), self._text(name), reason, remedy)

    def _text(self, name: str) -> str:
        node = self._values.get(name)
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""

    def has(self, name: str) -> bool:
        """Whether there is such a line with something on it."""
        node = self._values.get(name)
        return node is not None and node.tag != NULL

    def words(self, name: str, needed: bool = True, filled: bool = True) -> str:
        """The words of a line, "" where there are none; a fault where they are ``needed``."""
        if not self.has(name):
            if needed:
                there = "has nothing behind it" if name in self._values else "is missing here"
                self.wrong(name, f"'{name}:' {there}.", f"Write {EXAMPLE[name]}.")
            return ""
        if not isinstance(self._values[name], yaml.ScalarNode):
            self.wrong(name, f"'{name}:' holds a list.", f"Write one text: {EXAMPLE[name]}.")
            return ""
        text = " ".join(self._text(name).split())
        if needed and filled and not text:
            self.wrong(name, f"'{name}:' has nothing behind it.", f"Write {EXAMPLE[name]}.")
        return text

    def parsed(self, name: str, parse: Callable[[str], T], otherwise: T, needed: bool = True) -> T:
        """What ``parse`` makes of a line; ``otherwise`` where it is absent or at fault."""
        text = self.words(name, needed)
        if not text:
            return otherwise
        try:
            return parse(text)
        except ValueError:
            self.wrong(name, f"cannot be read as '{name}:'.", f"Write {EXAMPLE[name]}.")
            return otherwise


def acceptance(entry: BaselineEntry, rules: Collection[str], today: date) -> Acceptance:
    """What an entry accepts; what is wrong with it is among the faults."""
    rule = entry.words("rule")
    if rule and rule not in rules:
        near = get_close_matches(rule, rules, n=1, cutoff=0.6)
        asked = f"Did you mean {near[0]!r}?" if near else "callover audit --rules lists them."
        entry.wrong("rule", "is no rule of the audit.", asked)
    day = entry.parsed("date", date.fromisoformat, today)
    if day > today:
        entry.wrong("date", "lies in the future.", _LATER)
    until = entry.parsed("until", date.fromisoformat, date.max, needed=False)
    if until < today:
        entry.wrong("until", "is past: the entry holds no longer.", _PAST)
    times = entry.parsed("times", int, 1, needed=False)
    if times < 1:
        entry.wrong(
            "times", "is too few: an entry covers one finding at least.", "Write 1 or more."
        )
    return Acceptance(
        rule=rule,
        section=entry.words("section", needed=False),
        printed=entry.words("printed", filled=False),
        reason=entry.words("reason"),
        accepted_by=entry.words("accepted_by"),
        day=day,
        until=until if entry.has("until") else None,
        times=max(1, times),
    )
