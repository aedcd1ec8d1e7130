"""Plain values of a small YAML file, such as settings or a front matter, read without trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from callover.catalogue.entries import Ledger
from callover.catalogue.files import compose
from callover.domain.errors import FaultsFound


def plain_values(content: bytes, name: str) -> dict[Any, Any]:
    """The mapping that ``content`` holds; empty where it holds nothing.

    Raises FaultsFound with file and line for what is no YAML, for a key that stands twice and for
    a value that cannot be, such as 30 February.
    """
    ledger = Ledger()
    root = compose(content, name, ledger)
    for node in _nodes(root, set()) if root is not None else ():
        _check(node, ledger)
    values: dict[Any, Any] = {}
    if root is not None and not ledger.faults:
        try:
            values = dict(SafeConstructor().construct_document(root))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            reason = getattr(error, "problem", None) or "it cannot be read"
            ledger.note(root, "", "", f"This is no plain mapping: {reason}.", "Write it plainly.")
    if ledger.faults:
        raise FaultsFound(f"{name} cannot be read.", ledger.faults)
    return values


Way = tuple[str | int, ...]
"""The way to a value: keys and places in lists, such as ``("actions", 0, "due")``."""


def lines_of(content: bytes, name: str) -> dict[Way, int]:
    """The line of every value of a mapping that ``plain_values`` can read."""
    root = compose(content, name, Ledger())
    return dict(_lines(root, ())) if root is not None else {}


def _lines(node: yaml.Node, way: Way) -> Iterator[tuple[Way, int]]:
    yield way, node.start_mark.line + 1
    within: list[tuple[str | int, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        within = [(str(key.value), value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        within = list(enumerate(node.value))
    for key, value in within:
        yield from _lines(value, (*way, key))


def _nodes(node: yaml.Node, seen: set[int]) -> Iterator[yaml.Node]:
    """A node and all within it, each once however often it is referred to."""
    if id(node) in seen:
        return
    seen.add(id(node))
    yield node
    within: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        within = [each for pair in node.value for each in pair]
    elif isinstance(node, yaml.SequenceNode):
        within = node.value
    for each in within:
        yield from _nodes(each, seen)


def _check(node: yaml.Node, ledger: Ledger) -> None:
    if isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in names:
                ledger.note(key, str(key.value), "", "This key stands twice.", "Keep one.")
            names.add(str(key.value))
    elif isinstance(node, yaml.ScalarNode):
        try:
            SafeConstructor().construct_document(node)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            reason = getattr(error, "problem", None) or str(error)
            ledger.note(node, "", str(node.value)[:60], f"cannot be: {reason}.", "Put it right.")
