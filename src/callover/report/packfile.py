"""The pack file ``callover-pack.json``: everything that renderers, comparisons and audits read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

from callover.domain.errors import UserError
from callover.domain.periods import Month
from callover.report.blocks import Document, from_json, to_json

SCHEMA = "callover-pack/1"
_COMMAND = "callover pack --month"


@dataclass(frozen=True)
class Pack:
    """A finished pack. ``figures`` are published records with lineage; ``facts`` says for whom, for
    which month, from which definitions and versions, as known at which moment."""

    document: Document
    facts: Mapping[str, Any]
    figures: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    commentary: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """The pack file: sorted keys, so that the same pack gives the same bytes.

        An item of a long list stands on a line of its own: two packs can be compared line by line.
        """
        content = {
            "schema": SCHEMA,
            **self.facts,
            "document": to_json(self.document),
            "figures": list(self.figures),
            "findings": list(self.findings),
            "commentary": dict(self.commentary),
            "warnings": list(self.warnings),
        }
        return _laid_out(content).encode() + b"\n"


def read_pack(path: Path) -> Pack:
    """The pack that ``path`` holds; raises UserError where it is none, or of another version."""
    try:
        content = json.loads(path.read_bytes(), parse_constant=_no_number)
    except (OSError, ValueError) as error:
        what = f"{path} is no pack file: {error}."
        raise UserError(what, f"Build it with, for example: {_COMMAND} 2016-09") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        what = f"{path} was written by another version of Callover."
        raise UserError(what, _build_again(content))
    try:
        return _pack(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        lacking = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        what = f"{path} is no whole pack file: {lacking}."
        raise UserError(what, _build_again(content)) from error


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _checked(figures: Sequence[Mapping[str, Any]]) -> None:
    """Raise KeyError for a record that lacks a field, ValueError for a value that is no number."""
    for record in figures:
        for name in _RECORD:
            record[name]
        value, kind = record["value"], str if record["measure"] in _IN_WORDS else int | float
        if value is not None and (isinstance(value, bool) or not isinstance(value, kind)):
            raise ValueError(f"the value of {record['key']} cannot be {value!r}")


_IN_WORDS = ("rating", "trend", "recent_trend")
"""Measures whose value is a word."""

_RECORD = ("key", "indicator", "series", "area", "measure", "month", "source", "value")


def _build_again(content: Any) -> str:
    """The command that builds it anew, for the month and area that the file still tells."""
    facts = content if isinstance(content, dict) else {}
    month, area = (str(facts.get(name) or "") for name in ("month", "area"))
    if not month:
        return f"Build it again with, for example: {_COMMAND} 2016-09"
    return f"Build it again: {_COMMAND} {quote(month)}" + (f" --area {quote(area)}" if area else "")


def _laid_out(content: Mapping[str, Any], indent: str = "") -> str:
    """JSON with a key or list item a line, three levels deep.

    The json module lays out with an encoder in Python that is ten times slower (1 s for a pack).
    """
    inner = indent + " "
    lines = []
    for key in sorted(content):
        value = content[key]
        if isinstance(value, Mapping) and not indent:
            text = _laid_out(value, inner)
        elif isinstance(value, list) and value:
            items = f",\n{inner} ".join(_dumped(item) for item in value)
            text = f"[\n{inner} {items}\n{inner}]"
        else:
            text = _dumped(value)
        lines.append(f"{inner}{_dumped(key)}: {text}")
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _pack(content: dict[str, Any]) -> Pack:
    own = {"schema", "document", "figures", "findings", "commentary", "warnings"}
    Month.parse(str(content["month"]))
    _checked(content["figures"])
    return Pack(
        document=from_json(content["document"]),
        facts={key: value for key, value in content.items() if key not in own},
        figures=tuple(content["figures"]),
        findings=tuple(content["findings"]),
        commentary=content["commentary"],
        warnings=tuple(content["warnings"]),
    )
