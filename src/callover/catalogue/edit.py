"""Changing a person's definition files: comments, order and quotes stay as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from callover.domain.errors import UserError


def append_entry(path: Path, section: str, entry: Mapping[str, object]) -> None:
    """Add an entry to the end of a section; file and section are made if they are missing."""
    document = _read(path)
    if document.get(section) is None:
        document[section] = []
    document[section].append(CommentedMap(entry))
    _write(path, document)


def set_value(path: Path, section: str, name: str, key: str, value: str) -> bool:
    """Set a key of the entry with id ``name``; False where the file holds no such entry."""
    document = _read(path)
    for entry in document.get(section) or ():
        if entry.get("id") == name:
            entry[key] = value
            _write(path, document)
            return True
    return False


@contextmanager
def restore_on_fault(paths: Sequence[Path]) -> Iterator[None]:
    """Puts the files back as they were where the block raises a UserError."""
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    try:
        yield
    except UserError:
        for path, content in before.items():
            _put_back(path, content)
        raise


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(path: Path) -> CommentedMap:
    """The document with its comments; an absent or empty file is an empty document."""
    if not path.exists():
        return CommentedMap()
    document = _round_trip().load(path.read_bytes())
    return document if isinstance(document, CommentedMap) else CommentedMap()


def _write(path: Path, document: CommentedMap) -> None:
    """Write beside the file, then take its place, so that a kill leaves one or the other."""
    text = io.StringIO()
    _round_trip().dump(document, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text.getvalue(), encoding="utf-8")
    fresh.replace(path)
