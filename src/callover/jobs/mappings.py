"""Saved mappings of providers' own workbooks: what each says, and taking one away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from callover.catalogue.plain import plain_values
from callover.data.mapping_words import check_mapping
from callover.domain.errors import FaultsFound, UnknownName, UserError
from callover.jobs.turns import changing_definitions

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """What a mapping says of a source's workbook, in words; why it cannot be used, if it cannot."""

    source: str
    sheet: str = ""  # empty: the first
    header_row: int = 1
    columns: Pairs = ()  # theirs, ours
    fixed: Pairs = ()  # ours, the value of every row
    values: tuple[tuple[str, str, str], ...] = ()  # our column, their word, ours
    states: Pairs = ()  # their word, our state
    fill_down: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    months_across: bool = False
    fault: str = ""


def mapping_path(workspace: Path, source: str) -> Path:
    """Where the mapping of a source lies, or would lie."""
    return workspace / "definitions" / "mappings" / f"{source}.yaml"


def read_mapping(workspace: Path, source: str) -> dict[str, Any]:
    """The saved mapping of a provider's own workbook, empty where there is none.

    Raises FaultsFound for a file that is no plain YAML.
    """
    path = mapping_path(workspace, source)
    return plain_values(path.read_bytes(), str(path)) if path.is_file() else {}


def saved_mappings(workspace: Path, sources: Iterable[str]) -> tuple[SavedMapping, ...]:
    """The mappings of some sources, in their order; one that is at fault says so."""
    return tuple(_told(workspace, each) for each in sources
                 if mapping_path(workspace, each).is_file())  # fmt: skip


def remove_mapping(workspace: Path, source: str) -> str:
    """Take a mapping away, and give its text: the source is read from our template from then on.

    Figures stored through it stay. Raises UnknownName where none is saved.
    """
    path = mapping_path(workspace, source)
    with changing_definitions(workspace):
        saved = sorted(each.stem for each in path.parent.glob("*.yaml"))
        if source not in saved:
            raise UnknownName("saved mapping", source, saved)
        text = path.read_text(encoding="utf-8", errors="replace")
        path.unlink()
    return text


def _told(workspace: Path, source: str) -> SavedMapping:
    path = mapping_path(workspace, source)
    try:
        mapping = plain_values(path.read_bytes(), path.name)
        check_mapping(mapping)
    except FaultsFound as error:
        return SavedMapping(source, fault=" ".join(map(str, error.faults)))
    except UserError as error:
        return SavedMapping(source, fault=error.what)
    return SavedMapping(
        source, str(mapping.get("sheet") or ""), int(mapping.get("header_row") or 1),
        _pairs(mapping, "columns"), _pairs(mapping, "fixed"), tuple(_values(mapping)),
        _pairs(mapping, "states"), _list(mapping, "fill_down"), _list(mapping, "ignore"),
        bool(mapping.get("months_across")),
    )  # fmt: skip


def _pairs(mapping: Mapping[str, Any], key: str) -> Pairs:
    return tuple((str(one), str(other)) for one, other in (mapping.get(key) or {}).items())


def _list(mapping: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(str, mapping.get(key) or ()))


def _values(mapping: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for column, words in (mapping.get("values") or {}).items():
        for theirs, ours in (words or {}).items():
            yield str(column), str(theirs), str(ours)
