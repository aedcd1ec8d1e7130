"""One mapping of a definitions file, read key by key; every fault is noted, none stops the rest."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from callover.domain.errors import Fault
from callover.domain.periods import FinancialYear, Month

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

NULL = "tag:yaml.org,2002:null"
"""The tag of a key without a value."""

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Reference:
    """``column`` of an entry names the ``id`` of a ``kind`` that has to exist."""

    kind: str
    id: str
    file: str
    line: int
    column: str


@dataclass
class Ledger:
    """What reading has found so far: faults, and the ids that were named."""

    faults: list[Fault] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def note(self, node: yaml.Node, column: str, text: str, reason: str, remedy: str = "") -> None:
        """Note a fault at ``node``."""
        file, line = place_of(node)
        self.faults.append(Fault(file, line, column, text, reason, remedy))


def place_of(node: yaml.Node) -> tuple[str, int]:
    """File and line (from 1) of a node; files are composed under their own names."""
    return str(node.start_mark.name), int(node.start_mark.line) + 1


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that suggests the nearest known name, or lists the known ones."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Known: {shown}." if shown else ""


class Entry:
    """A mapping whose values are asked for by key and type.

    A key that is missing, of the wrong type, or never asked for is a fault; the asker then gets a
    placeholder and goes on, so that the next fault is found too.
    """

    def __init__(self, node: yaml.MappingNode, ledger: Ledger) -> None:
        self.node, self.ledger = node, ledger
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            self._take(key, value)

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        name = str(key.value)
        if name in self._values:
            self.ledger.note(key, name, "", "This key stands twice.", "Keep one.")
        self._keys[name], self._values[name] = key, value

    @property
    def place(self) -> str:
        """File and line, for people."""
        file, line = place_of(self.node)
        return f"{file}:{line}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that stand in the file."""
        return tuple(self._values)

    def peek(self, key: str) -> str:
        """The plain text under ``key`` without any check; empty if there is none."""
        node = self._values.get(key)
        return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""

    def fault(self, key: str, text: str, reason: str, remedy: str = "") -> None:
        """Note a fault at ``key``, or at the entry's first line where the key is absent."""
        self.ledger.note(self._values.get(key, self.node), key, text, reason, remedy)

    def build(self, make: Callable[[Entry], T]) -> T | None:
        """What ``make`` builds from this entry, or None where anything in it is at fault."""
        before = len(self.ledger.faults)
        try:
            made = make(self)
        except ValueError as error:
            if len(self.ledger.faults) == before:
                self.ledger.note(self.node, "", self.peek("id"), f"{_sentence(error)}")
            return None
        self._note_unknown_keys()
        return made if len(self.ledger.faults) == before else None

    def _note_unknown_keys(self) -> None:
        for name, node in self._keys.items():
            if name not in self._asked:
                self.ledger.note(
                    node, name, "", "This key is not known here.", nearest(name, self._asked)
                )

    def _scalar(self, key: str, default: object) -> str | None:
        """The text under ``key``; None where it is absent or at fault (noted if it is needed)."""
        self._asked.add(key)
        node = self._values.get(key)
        if node is None or node.tag == NULL:
            if default is None:
                self.fault(key, "", "This key is missing.", f"Add {key!r}.")
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fault(key, "", "Expected one value here, not a list or a mapping.")
            return None
        return str(node.value).strip()

    def _parsed(
        self, key: str, parse: Callable[[str], T], expected: str, default: T | None, blank: T
    ) -> T:
        """The text under ``key`` through ``parse``; ``blank`` stands in for what is at fault."""
        text = self._scalar(key, default)
        if text is None:
            return blank if default is None else default
        try:
            return parse(text)
        except ValueError:
            self.fault(key, text, f"Expected {expected}.")
            return blank

    def text(self, key: str, default: str | None = None) -> str:
        """Words; line breaks of folded text become spaces."""
        text = self._scalar(key, default)
        if text is None:
            return default or ""
        if not text and default is None:
            self.fault(key, "", "This text is empty.", "Write it, or leave the entry out.")
        return " ".join(text.split())

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number."""
        return self._parsed(key, _finite, "a number, such as 5 or 2.5", default, 0.0)

    def maybe_number(self, key: str) -> float | None:
        """A number, or None where the key is absent."""
        return self.number(key) if self.has(key) else None

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._parsed(key, int, "a whole number", default, 0)

    def flag(self, key: str) -> bool:
        """true or false; false where absent."""
        return self._parsed(key, _truth, "true or false", False, False)

    def month(self, key: str, default: Month | None = None) -> Month:
        """A month such as 2016-09."""
        return self._parsed(
            key, Month.parse, "a month, such as 2016-09", default, Month.of(2000, 1)
        )

    def maybe_month(self, key: str) -> Month | None:
        """A month, or None where the key is absent."""
        return self.month(key) if self.has(key) else None

    def day(self, key: str, default: date | None = None) -> date:
        """A date such as 2016-09-30."""
        return self._parsed(
            key, date.fromisoformat, "a date, such as 2016-09-30", default, date(2000, 1, 1)
        )

    def maybe_day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        return self.day(key) if self.has(key) else None

    def year(self, key: str) -> FinancialYear:
        """A financial year such as 2016/17."""
        return self._parsed(
            key, FinancialYear.parse, "a financial year, such as 2016/17", None, FinancialYear(2000)
        )

    def word(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One of the words of an enumeration."""
        blank = default or next(iter(kind))
        text = self._scalar(key, default)
        if text is None:
            return blank
        words = {member.value: member for member in kind}
        if text not in words:
            remedy = f"One of: {', '.join(words)}."
            self.fault(key, text, "This word is not in the vocabulary.", remedy)
        return words.get(text, blank)

    def choice(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """One of a few plain words."""
        text = self._scalar(key, default)
        if text is None:
            return default or ""
        if text not in words:
            remedy = f"One of: {', '.join(words)}."
            self.fault(key, text, "This word is not in the vocabulary.", remedy)
        return text

    def has(self, key: str) -> bool:
        """Whether ``key`` stands here with a value (asking makes it a known key)."""
        self._asked.add(key)
        node = self._values.get(key)
        return node is not None and node.tag != NULL

    def _items(self, key: str, needed: bool) -> list[yaml.Node]:
        """The items of the list under ``key``; a single value counts as a list of one."""
        if not self.has(key):
            if needed:
                self.fault(key, "", "This key is missing.", f"Add {key!r} with a list.")
            return []
        node = self._values[key]
        items = list(node.value) if isinstance(node, yaml.SequenceNode) else [node]
        if needed and not items:
            self.fault(key, "", "This list is empty.", "Name at least one.")
        return items

    def texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        """A list of words."""
        return tuple(text for _, text in self._texts(key, needed))

    def _texts(self, key: str, needed: bool) -> list[tuple[yaml.ScalarNode, str]]:
        found = []
        for item in self._items(key, needed):
            if isinstance(item, yaml.ScalarNode):
                found.append((item, str(item.value).strip()))
            else:
                self.ledger.note(item, key, "", "Expected a list of single values.")
        return found

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        found = []
        for item, text in self._texts(key, needed=False):
            try:
                found.append(_finite(text))
            except ValueError:
                self.ledger.note(item, key, text, "Expected a number.")
        return tuple(found)

    def entries(self, key: str, needed: bool = False) -> list[Entry]:
        """A list of mappings."""
        return list(as_entries(self._items(key, needed), key, self.ledger))

    def entry(self, key: str) -> Entry | None:
        """A mapping, or None where the key is absent."""
        found = self.entries(key)
        return found[0] if found else None

    def reference(self, key: str, kind: str, default: str | None = None) -> str:
        """The id of a ``kind``, to be looked up once everything is read."""
        name = self.text(key, default)
        if name and key in self._values:
            self._refer(self._values[key], key, kind, name)
        return name

    def references(self, key: str, kind: str, needed: bool = False) -> tuple[str, ...]:
        """A list of ids of a ``kind``."""
        found = self._texts(key, needed)
        for node, name in found:
            self._refer(node, key, kind, name)
        return tuple(name for _, name in found)

    def _refer(self, node: yaml.Node, key: str, kind: str, name: str) -> None:
        self.ledger.references.append(Reference(kind, name, *place_of(node), key))

    def amended(self, change: Entry, appended: tuple[str, ...]) -> Entry:
        """This entry with the values of ``change``: lists under ``appended`` grow, the rest is
        replaced."""
        values = {name: (self._keys[name], node) for name, node in self._values.items()}
        for name, node in change._values.items():
            old = self._values.get(name)
            grows = name in appended and isinstance(old, yaml.SequenceNode)
            values[name] = (change._keys[name], _joined(old, node) if grows else node)
        merged = yaml.MappingNode(
            self.node.tag, list(values.values()), self.node.start_mark, self.node.end_mark
        )
        return Entry(merged, self.ledger)


def _joined(old: yaml.Node | None, more: yaml.Node) -> yaml.SequenceNode:
    """The items of one list, then those of another."""
    lists = [node.value for node in (old, more) if isinstance(node, yaml.SequenceNode)]
    items = [item for found in lists for item in found]
    return yaml.SequenceNode(more.tag, items, more.start_mark, more.end_mark)


def as_entries(nodes: Iterable[yaml.Node], column: str, ledger: Ledger) -> Iterable[Entry]:
    """The mappings among ``nodes``; anything else is noted."""
    for node in nodes:
        if isinstance(node, yaml.MappingNode):
            yield Entry(node, ledger)
        else:
            text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
            ledger.note(node, column, text, "Expected a mapping of keys and values.")


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise ValueError(text)
    return value


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise ValueError(text)
    return _TRUTH[text.lower()]


def _sentence(error: ValueError) -> str:
    """An error's words as a sentence."""
    words = str(error).rstrip(".")
    return words[:1].upper() + words[1:] + "."
