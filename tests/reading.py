"""What tests of readers share: a context, and picking rows of a result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from callover.data.contracts import ReadResult
from callover.data.reader import ReadContext, Reader
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
    table = result.observations
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], pa.scalar(value, table.schema.field(name).type)))
    found: list[dict[str, Any]] = table.to_pylist()
    return found
