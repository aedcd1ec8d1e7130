"""All readers, and which of them reads a file.

A reader's module is loaded by its name when readers are first asked for, so that no reader needs
to know another, and a new one is a module and a line here.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from callover.data.delimited import header_of
from callover.data.reader import Reader
from callover.domain.errors import UserError

_PACKAGE = "callover.data.sources"
MODULES = (
    "met_borough",
    "met_borough_recut",
    "met_ward",
    "met_recorded_offences",
    "street",
    "lfb_incidents",
    "lfb_borough_table",
    "borough_mye",
    "ons_population",
    "gla_households",
    "ward_population",
    "lookups",
    "area_names",
    "template",
)
"""Modules with ``READERS``; the first that recognises a file reads it."""

TEMPLATE = "template"
HEAD = 65_536
"""Bytes of a file that a reader sees to recognise it."""


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, in the order in which they are asked whether a file is theirs."""
    modules = (import_module(f"{_PACKAGE}.{name}") for name in MODULES)
    return tuple(reader for module in modules for reader in module.READERS)


def reader_named(reader_id: str) -> Reader | None:
    """The reader of that name (a source's ``reader``), if there is one."""
    return next((reader for reader in readers() if reader.id == reader_id), None)


def reader_for(path: Path, source_id: str | None = None) -> Reader:
    """The reader of a file: the one named ``source_id``, else the first that recognises it.

    A source without a reader of its own comes in the template, and any source may: a CSV with the
    template's header is read as one. Raises UserError where the file is not there or nobody
    recognises it, saying what its first line holds and what can be read.
    """
    if not path.exists():
        raise UserError(f"There is no file {path}.", "Check its name and folder.")
    head = head_of(path)
    template = reader_named(TEMPLATE)
    if source_id is not None:
        tidy = path.suffix.lower() == ".csv"
        if tidy and template is not None and template.recognises(path, head):
            return template
        named = reader_named(source_id) or template
        if named is not None:
            return named
    for reader in readers():
        if reader.recognises(path, head):
            return reader
    raise _unknown(path, head)


def head_of(path: Path) -> bytes:
    """The first bytes of a file; none of a folder."""
    if path.is_dir():
        return b""
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _unknown(path: Path, head: bytes) -> UserError:
    """What the file begins with, and what would be recognised."""
    if path.is_dir():
        what = f"The folder {path.name} holds no file that is recognised."
    elif not head.strip():
        what = f"{path.name} is empty."
    else:
        columns = ", ".join(header_of(head)[:8]) or "no line of text"
        what = f"{path.name} is not recognised; its first line holds: {columns}."
    remedy = "Name its source with --source; callover sources lists them."
    return UserError(what, f"{remedy} A partner's own file: callover template SOURCE.")
