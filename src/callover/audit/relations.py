"""Which parts of a Word or Excel archive belong to which, as the archive itself says."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from callover.audit.files import Parts, tree
from callover.audit.unreadable import damaged


@dataclass(frozen=True, slots=True)
class Related:
    """A part that another refers to: its kind (``styles``, ``header``) and its name."""

    kind: str
    part: str


def relations(name: str, parts: Parts, part: str) -> dict[str, Related]:
    """By id the parts within the archive that ``part`` refers to; links outside are left out."""
    folder, file = posixpath.split(part)
    found = tree(name, parts, posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        each.get("Id", ""): Related(
            posixpath.basename(each.get("Type", "")), _within(folder, each.get("Target", ""))
        )
        for each in (() if found is None else found)
        if each.get("TargetMode") != "External"
    }


def main_part(name: str, parts: Parts) -> str:
    """The part with the document itself; raises Unreadable where there is none."""
    for related in relations(name, parts, "").values():
        if related.kind == "officeDocument":
            check_part(name, parts, related.part)
            return related.part
    raise damaged(name, "it does not say where its text is")


def check_part(name: str, parts: Parts, part: str, what: str = "its text") -> None:
    """Raise Unreadable where a part is named and not there; ``what`` it holds is told."""
    if part not in parts:
        raise damaged(name, f"{what} is missing (the part {part})")


def absent(found: Mapping[str, Related], parts: Parts, kinds: Collection[str]) -> list[str]:
    """The parts of some kinds that are named and not there."""
    named = dict.fromkeys(each.part for each in found.values() if each.kind in kinds)
    return [part for part in named if part not in parts]


def _within(folder: str, target: str) -> str:
    """The name of a part as a relation gives it: from the root, or from the folder."""
    if target.startswith("/"):
        return posixpath.normpath(target[1:])
    return posixpath.normpath(posixpath.join(folder, target))
