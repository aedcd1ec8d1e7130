"""Reads any finished pack: its format is recognised from its content, its reader loaded then."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from callover.audit.bulk import without_bulk
from callover.audit.files import check
from callover.audit.pack import Format, Pack
from callover.audit.recognise import recognise
from callover.audit.unreadable import Unreadable, damaged

_READERS = {each: f"callover.audit.readers.{each.value}" for each in Format}


class PackReader(Protocol):
    """The reader of one format."""

    def read(self, path: Path) -> Pack:
        """The pack in a file of this format."""


def read_pack(path: Path) -> Pack:
    """The pack in a file of any format; raises Unreadable, which says what to do instead."""
    check(path)
    try:
        pack = _reader(recognise(path)).read(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise Unreadable(f"{path} cannot be read: {why}.", "Check that you may read it.") from error
    except UnicodeDecodeError as error:
        raise damaged(path.name, "its text is not in the encoding that it begins with") from error
    except RecursionError as error:
        raise damaged(path.name, "its elements stand too deep in one another") from error
    if not any(text.strip() for text, _ in pack.texts()):
        raise Unreadable(
            f"{path.name} holds no text.",
            "If it consists of pictures, recognise their text first (OCR).",
        )
    return without_bulk(pack)


def _reader(format_: Format) -> PackReader:
    """The reader's module; another format's libraries are not loaded."""
    return cast(PackReader, import_module(_READERS[format_]))
