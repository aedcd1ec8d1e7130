"""Which parts of a Word or Excel archive belong to which, as the archive itself says."""

from __future__ import annotations

import posixpath
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
        if related.kind == "officeDocument" and related.part in parts:
            return related.part
    raise damaged(name, "it does not say where its text is")


def _within(folder: str, target: str) -> str:
    """The name of a part as a relation gives it: from the root, or from the folder."""
    if target.startswith("/"):
        return posixpath.normpath(target[1:])
    return posixpath.normpath(posixpath.join(folder, target))
