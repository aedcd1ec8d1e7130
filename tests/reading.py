"""What tests of readers share: a context, and picking rows of a result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from callover.data.contracts import ReadResult
from callover.data.sources.base import ReadContext, Reader
from callover.domain.indicators import SourceDefinition


def source(id_: str, **mapping: object) -> ReadContext:
    """A context that knows only its source and a mapping."""
    definition = SourceDefinition(id_, id_, "a publisher", id_, "month")
    return ReadContext(definition, {}, mapping=mapping)


def read_text(reader: Reader, folder: Path, text: str, **mapping: object) -> ReadResult:
    """What a reader makes of a file with this text."""
    path = folder / "any name.csv"
    path.write_text(text, encoding="utf-8")
    return reader.read(path, source(reader.id, **mapping))


def rows(result: ReadResult, **wanted: object) -> list[dict[str, Any]]:
    """The observations whose columns equal ``wanted``, in order."""
    found: list[dict[str, Any]] = result.observations.to_pylist()
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]
