"""Definition files: where they lie, reading them with line numbers, layering them by id."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from callover.catalogue.entries import NULL, Entry, Ledger, as_entries, nearest
from callover.domain.errors import Fault

SHIPPED = Path(__file__).resolve().parent.parent / "definitions"
"""The definitions that come with the package."""

COMMON = "common"
"""The folder of definitions that every set uses."""

LISTS = (
    "set",
    "groups",
    "strategic_groups",
    "series",
    "offences",
    "peer_groups",
    "sources",
    "denominators",
    "indicators",
    "headlines",
    "tables",
    "count_tables",
    "amend",
    "change_log",
)
"""Sections of a definitions file that hold entries."""

TERMS = "terms"
"""The section that is a plain mapping of term and meaning."""

GROWING = ("targets", "component_targets", "direction_changes", "breaks")
"""Lists of an indicator that an amendment adds to; every other key it replaces."""

DEEPEST = 50
"""How deep lists and mappings may stand in one another; definitions need five."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOT_YAML = (yaml.YAMLError, UnicodeDecodeError)
"""What :func:`composed` raises for a file that is none."""

_ID = re.compile(r"[a-z][a-z0-9_]*")


class _Named(io.BytesIO):
    """Bytes under a name, so that every node knows its file."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


@dataclass
class Shelf:
    """All entries by section and id, later layers over earlier ones, and the glossary."""

    ledger: Ledger = field(default_factory=Ledger)
    sections: dict[str, dict[str, Entry]] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    digest: str = ""

    def section(self, name: str) -> dict[str, Entry]:
        """Entries of a section by id, in order."""
        return self.sections.setdefault(name, {})


def layers(set_id: str, overlays: Sequence[Path]) -> Iterator[list[tuple[str, Path]]]:
    """The files of each layer with the names they are reported under: shipped first."""
    yield [(f"definitions/{p.relative_to(SHIPPED)}", p) for p in _in(SHIPPED / COMMON)]
    yield [(f"definitions/{p.relative_to(SHIPPED)}", p) for p in _in(SHIPPED / set_id)]
    for folder in overlays:
        own = [*sorted(folder.glob("*.yaml")), *_in(folder / COMMON), *_in(folder / set_id)]
        yield [(str(path), path) for path in own]


def _in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yaml"))


def gather(set_id: str, overlays: Sequence[Path]) -> Shelf:
    """Read every file of a set and lay the layers over one another."""
    shelf = Shelf()
    digest = hashlib.sha256()
    for files in layers(set_id, overlays):
        layer: dict[str, dict[str, Entry]] = {}
        for name, path in files:
            content = path.read_bytes()
            digest.update(name.encode() if path.is_relative_to(SHIPPED) else path.name.encode())
            digest.update(hashlib.sha256(content).digest())
            root = compose(content, name, shelf.ledger)
            if root is not None:
                _shelve(root, layer, shelf)
        _lay_over(layer, shelf)
    shelf.digest = digest.hexdigest()
    return shelf


def compose(content: bytes, name: str, ledger: Ledger) -> yaml.MappingNode | None:
    """The mapping that a file holds; None, with a fault, where it is no YAML mapping."""
    try:
        root = composed(content, name)
    except NOT_YAML as error:
        ledger.faults.append(_broken(name, error, content))
        return None
    if root is None:
        return None  # an empty file, or one of comments only, adds nothing
    if not isinstance(root, yaml.MappingNode):
        ledger.note(root, "", "", "Expected sections such as 'indicators:' at the left margin.")
        return None
    return root


def composed(content: bytes, name: str) -> yaml.Node | None:
    """What a file holds, each node knowing file and line; None for nothing, raises NOT_YAML."""
    _check_depth(content)
    return yaml.compose(_Named(content, name), Loader=_LOADER)


class _TooDeep(yaml.YAMLError):
    """Lists or mappings nested deeper than any definition needs."""

    def __init__(self, mark: object) -> None:
        self.problem = f"lists or mappings stand more than {DEEPEST} deep in one another"
        self.problem_mark = mark
        super().__init__(self.problem)


def _check_depth(content: bytes) -> None:
    """Raise YAMLError for lists nested without end: composing them would crash the C library."""
    depth = 0
    for event in yaml.parse(content, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _TooDeep(event.start_mark)


def _broken(name: str, error: Exception, content: bytes) -> Fault:
    line, problem = trouble(error, content)
    return Fault(name, line, "", "", f"This is not YAML: {problem}.", "Check indents and quotes.")


def trouble(error: Exception, content: bytes) -> tuple[int | None, str]:
    """The line at which a file is no YAML any more, None where that is not known, and why."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    line = mark.line + 1 if mark is not None else None
    if isinstance(error, yaml.reader.ReaderError):  # a character that YAML does not know
        line = content.count(b"\n", 0, error.position) + 1
    return line, problem


def _shelve(root: yaml.MappingNode, layer: dict[str, dict[str, Entry]], shelf: Shelf) -> None:
    """Put the sections of one file into its layer."""
    for key, value in root.value:
        section = str(key.value)
        if value.tag == NULL:
            continue  # a heading with nothing under it yet
        if section == TERMS:
            _take_terms(value, shelf)
        elif section in LISTS:
            nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
            _take_entries(as_entries(nodes, section, shelf.ledger), section, layer)
        else:
            remedy = nearest(section, (*LISTS, TERMS))
            shelf.ledger.note(key, section, "", "There is no such section.", remedy)


def _take_terms(node: yaml.Node, shelf: Shelf) -> None:
    if not isinstance(node, yaml.MappingNode):
        shelf.ledger.note(node, TERMS, "", "Expected terms, each with its meaning behind a colon.")
        return
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode) and value.value.strip():
            shelf.terms[str(key.value)] = " ".join(value.value.split())
        else:
            shelf.ledger.note(key, TERMS, str(key.value), "Expected the meaning of this term.")


def _take_entries(
    entries: Iterable[Entry], section: str, layer: dict[str, dict[str, Entry]]
) -> None:
    held = layer.setdefault(section, {})
    for entry in entries:
        name = _identity(entry, section, len(held))
        if name in held:
            remedy = f"It stands first at {held[name].place}. Give one of them another id."
            entry.fault("id", name, "This id is taken.", remedy)
        elif name:
            held[name] = entry


def _identity(entry: Entry, section: str, position: int) -> str:
    """What makes an entry the same one in another layer; empty, with a fault, where it has none."""
    if section in ("change_log", "amend"):
        return f"{entry.place}#{position}"
    if section == "denominators":
        return f"{entry.peek('kind')}/{entry.peek('from')}/{entry.place}"
    key = "series" if section == "offences" else "id"
    name = entry.peek(key)
    if not _ID.fullmatch(name):
        reason = "An id is needed: small letters, digits and underscores, a letter first."
        entry.fault(key, name, reason)
        return ""
    return name


def _lay_over(layer: dict[str, dict[str, Entry]], shelf: Shelf) -> None:
    """Add a layer's entries to the shelf, replacing those of the same id, then its amendments."""
    for section, entries in layer.items():
        if section != "amend":
            shelf.section(section).update(entries)
    for change in layer.get("amend", {}).values():
        _amend(change, shelf)


def _amend(change: Entry, shelf: Shelf) -> None:
    name = change.peek("id")
    held = shelf.section("indicators")
    if name in held:
        held[name] = held[name].amended(change, GROWING)
    else:
        change.fault("id", name, "No indicator with this id to amend.", nearest(name, held))
