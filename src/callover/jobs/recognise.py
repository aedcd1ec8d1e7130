"""Whose file it is and who reads it: its source, its reader, a saved mapping."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from callover.data.delimited import header_of
from callover.data.grids import read_grid
from callover.data.incoming import check_incoming
from callover.data.reader import Progress, ReadContext, Reader
from callover.data.sources.registry import TEMPLATE, head_of, reader_for, reader_named
from callover.data.sources.template import REQUIRED
from callover.data.store import file_hash
from callover.domain.errors import UnknownName, UserError
from callover.domain.indicators import Series, SourceDefinition
from callover.jobs.mappings import read_mapping
from callover.jobs.workspace import Workspace


@dataclass(frozen=True)
class Incoming:
    """A file or folder, the source that it comes from and the reader that takes it."""

    path: Path
    source: SourceDefinition
    reader: Reader
    mapping: Mapping[str, Any]
    series: Mapping[str, Series]
    peer_groups: Mapping[str, int]

    @cached_property
    def members(self) -> dict[str, str]:
        """SHA-256 of each file of a folder by its path in it; none for a file."""
        if self.path.is_file():
            return {}
        files = sorted(file for file in self.path.rglob("*") if file.is_file())
        return {file.relative_to(self.path).as_posix(): file_hash(file) for file in files}

    @cached_property
    def sha256(self) -> str:
        """Of a file; of a folder, over the names and hashes of its files."""
        if self.path.is_file():
            return file_hash(self.path)
        listed = "".join(f"{name} {sha256}\n" for name, sha256 in self.members.items())
        return hashlib.sha256(listed.encode()).hexdigest()

    @property
    def mapped_by(self) -> str:
        """SHA-256 of the saved mapping; empty where there is none."""
        return hashlib.sha256(repr(self.mapping).encode()).hexdigest() if self.mapping else ""

    def context(self, workspace: Workspace, progress: Progress) -> ReadContext:
        """What its reader may know."""
        return ReadContext(
            self.source,
            self.series,
            workspace.area_codes,
            self.peer_groups,
            self.mapping,
            progress,
            workspace.districts,
        )


def incoming(workspace: Workspace, path: Path, source: str = "") -> Incoming:
    """Look at a file: raises UserError where it is no table, or nobody's."""
    check_incoming(path)
    sources, series, peers = _register(workspace)
    definition, reader = _recognise(workspace, path, source, sources)
    if path.is_dir() and not reader.recognises(path, b""):
        raise UserError(
            f"{path.resolve().name} is a folder, which {reader.id} does not read.",
            "Name the files in it: only street-crime files are read by the folder.",
        )
    return Incoming(
        path, definition, reader, _mapping_of(workspace, path, definition), series, peers
    )


def _mapping_of(workspace: Workspace, path: Path, source: SourceDefinition) -> Mapping[str, Any]:
    """The saved mapping of the owner's workbook; our own template needs none."""
    mapping = read_mapping(workspace.path, source.id)
    return {} if mapping and _is_our_own(path) else mapping


def _is_our_own(path: Path) -> bool:
    """Whether a file or workbook begins with the header of our template."""
    if path.is_dir() or _is_template(path):
        return path.is_file()
    try:
        rows = read_grid(path).rows
    except UserError:  # whoever reads it says why it cannot be
        return False
    return bool(rows) and set(REQUIRED) <= {name.lower() for name in rows[0]}


def _register(
    workspace: Workspace,
) -> tuple[dict[str, SourceDefinition], dict[str, Series], dict[str, int]]:
    """Sources, series and the sizes of the peer groups of every set in use."""
    sources: dict[str, SourceDefinition] = {}
    series: dict[str, Series] = {}
    peers: dict[str, int] = {}
    for set_id in workspace.sets():
        catalogue = workspace.catalogue(set_id)
        sources = catalogue.sources | sources
        series = catalogue.series | series
        peers |= {name: group.size for name, group in catalogue.peer_groups.items()}
    return sources, series, peers


def _recognise(
    workspace: Workspace, path: Path, source: str, sources: dict[str, SourceDefinition]
) -> tuple[SourceDefinition, Reader]:
    """The source of a file and who reads it. Our own template is told by its header."""
    if source and source not in sources:
        raise UnknownName("source", source, sorted(sources))
    template = reader_named(TEMPLATE)
    if template is not None and _is_template(path):
        return sources[source or _source_by_name(path, sources)], template
    mapped = source and sources[source].reader == TEMPLATE and read_mapping(workspace.path, source)
    if template is not None and mapped:
        return sources[source], template
    reader = reader_for(path, sources[source].reader if source else None)
    if source:
        return sources[source], reader
    if reader.id == TEMPLATE:
        return sources[_source_by_name(path, sources)], reader
    owners = [name for name, known in sources.items() if known.reader == reader.id]
    if reader.id in sources:
        owners = [reader.id]
    if len(owners) != 1:
        raise UserError(
            f"{path.name} is read by {reader.id!r}, which serves {len(owners)} sources here.",
            f"Say which with --source: {', '.join(owners) or ', '.join(sorted(sources))}.",
        )
    return sources[owners[0]], reader


def _is_template(path: Path) -> bool:
    names = {name.strip().lower() for name in header_of(head_of(path))} if path.is_file() else set()
    return set(REQUIRED) <= names


def _source_by_name(path: Path, sources: dict[str, SourceDefinition]) -> str:
    """A template named after its source (``victim_support-2016-09.csv``) needs no --source."""
    stem = path.stem.lower()
    fitting = [
        name for name in sources if stem == name or stem.startswith((f"{name}-", f"{name}."))
    ]
    if not fitting:
        raise UserError(
            f"{path.name} is in our template, but does not say whose figures it holds.",
            f"Say so with --source: {', '.join(sorted(sources))}.",
        )
    return max(fitting, key=len)
