"""Changing a person's definition files: comments, order and quotes stay as they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from callover.domain.errors import UserError


def append_entry(path: Path, section: str, entry: Mapping[str, object]) -> None:
    """Add an entry to the end of a section; file and section are made if they are missing."""
    document = _read(path)
    if document.get(section) is None:
        document[section] = []
    _append(document[section], CommentedMap(entry))
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


def replace_entry(path: Path, section: str, entry: Mapping[str, object], *keys: str) -> None:
    """Put an entry in the place of the one that agrees with it in ``keys``, or at the end."""
    document = _read(path)
    held = document.setdefault(section, [])
    found = (each for each in held if all(str(each.get(key)) == str(entry[key]) for key in keys))
    if (same := next(found, None)) is not None:
        same.update(entry)
    else:
        _append(held, CommentedMap(entry))
    _write(path, document)


def remove_entries(path: Path, section: str, **where: str) -> bool:
    """Take out the entries that say ``where``; False where there is none."""
    document = _read(path)
    held = document.get(section) or []
    gone = [e for e in held if all(str(e.get(key)) == said for key, said in where.items())]
    for each in gone:
        place = held.index(each)
        behind = _take_comment(each) if place == len(held) - 1 else None
        held.pop(place)
        if behind is not None:
            _leave_comment(document, section, behind)
    if gone:
        _write(path, document)
    return bool(gone)


def _append(held: Any, entry: CommentedMap) -> None:
    """Add to the end of a list; a comment that stands behind the list stays behind it."""
    behind = _take_comment(held[-1]) if held else None
    held.append(entry)
    if behind is not None:
        _give_comment(entry, behind)


def _last(container: Any) -> tuple[Any, Any]:
    """The innermost container that ends a block, and its last key or place."""
    while isinstance(container, CommentedMap | CommentedSeq) and container:
        key = list(container)[-1] if isinstance(container, CommentedMap) else len(container) - 1
        if not isinstance(container[key], CommentedMap | CommentedSeq) or not container[key]:
            return container, key
        container = container[key]
    return None, None


def _leave_comment(document: CommentedMap, section: str, comment: Any) -> None:
    """Put what stood behind the last entry behind the one before it, or above the next section."""
    if document[section]:
        _give_comment(document[section][-1], comment)
        return
    following = list(document)[list(document).index(section) + 1 :]
    given = next((part for part in comment if part is not None), None)
    if following and given is not None:
        lines = [line.strip().removeprefix("#").strip() for line in given.value.splitlines()]
        said = "\n".join(line for line in lines if line)
        document.yaml_set_comment_before_after_key(following[0], before=said)


def _take_comment(entry: Any) -> Any:
    """The comment behind an entry's last value, where ruamel keeps what follows the entry."""
    container, key = _last(entry)
    return container.ca.items.pop(key, None) if container is not None else None


def _give_comment(entry: Any, comment: Any) -> None:
    container, key = _last(entry)
    place = 2 if isinstance(container, CommentedMap) else 0
    given = next((part for part in comment if part is not None), None)
    if container is not None and given is not None:
        container.ca.items[key] = [given if at == place else None for at in range(4)]


def holds_entry(path: Path, section: str, entry: Mapping[str, object]) -> bool:
    """Whether a section holds an entry that says the same."""
    said = {key: str(value) for key, value in entry.items()}
    return any(
        {key: str(value) for key, value in each.items()} == said
        for each in _read(path).get(section) or ()
    )


def changed_text(text: str, change: Callable[[CommentedMap], None]) -> str:
    """A YAML text after a change, with the comments that it had; empty where nothing is left."""
    yaml, out = _round_trip(), io.StringIO()
    document = yaml.load(text)
    if not isinstance(document, CommentedMap):
        document = CommentedMap()
    change(document)
    if document:
        yaml.dump(document, out)
    return out.getvalue()


@contextmanager
def restore_on_fault(paths: Sequence[Path]) -> Iterator[None]:
    """Puts the files back as they were where the block raises a UserError, or a ValueError of
    values that no definition holds."""
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    try:
        yield
    except (UserError, ValueError):
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
    text = io.StringIO()
    _round_trip().dump(document, text)
    write_whole(path, text.getvalue())


def write_whole(path: Path, text: str) -> None:
    """Write beside the file, then take its place, so that a kill leaves one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
