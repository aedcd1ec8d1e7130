"""A look at what was handed in before anything is read: a plain file or folder, and what kind."""

from __future__ import annotations

import os
from pathlib import Path

from callover.domain.errors import UserError

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a workbook of the time before XLSX, and any workbook that is locked with a password."""

_KNOWN_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (
        _OLD_OFFICE,
        "is an old workbook (.xls) or one locked with a password",
        "Open it, take the password off, and save it as XLSX or CSV.",
    ),
    (b"%PDF-", "is a PDF", "Ask its publisher for the table itself, as CSV or XLSX."),
    (b"\x89PNG", "is a picture", "Ask its publisher for the table itself, as CSV or XLSX."),
    (b"\xff\xd8\xff", "is a picture", "Ask its publisher for the table itself, as CSV or XLSX."),
    (b"PAR1", "is a Parquet file", "Add the CSV that its publisher gives out."),
    (b"\x1f\x8b", "is packed with gzip", "Unpack it and add what is inside."),
)


def check_incoming(path: Path) -> None:
    """Raise UserError for what is no plain file or folder, cannot be opened, or is no table."""
    _refuse_odd_name(path)
    if not path.exists():
        why = ": it is a link that leads nowhere" if path.is_symlink() else ""
        raise UserError(f"There is no file {path}{why}.", "Check its name and folder.")
    if not os.access(path, os.R_OK):
        raise UserError(f"{path.name} may not be read.", "Ask for leave to read it, or copy it.")
    if path.is_dir():
        return
    if not path.is_file():  # a pipe or a device never ends
        raise UserError(f"{path.name} is no plain file.", "Save it as a file and add that.")
    if not path.stat().st_size:
        raise UserError(f"{path.name} is empty.", "Ask its publisher for the file again.")
    _refuse_other_kinds(path)


def _refuse_odd_name(path: Path) -> None:
    """A name with line ends or unreadable bytes would break every list that shows it."""
    if path.name.isprintable() and path.name.isascii():
        return
    shown = ascii(path.name)
    if not all(c.isprintable() for c in path.name) or "\\udc" in shown:
        raise UserError(
            f"The name {shown} holds line ends or other signs that cannot be shown.", "Rename it."
        )


def _refuse_other_kinds(path: Path) -> None:
    """A file that says in its first bytes that it is no table."""
    with path.open("rb") as stream:
        start = stream.read(8)
    for begins, what, remedy in _KNOWN_STARTS:
        if start.startswith(begins):
            raise UserError(f"{path.name} {what}.", remedy)
