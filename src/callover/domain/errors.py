"""Errors and what was wrong with the input: one root, a named branch for users."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class CalloverError(Exception):
    """Root of every error that Callover raises on purpose."""


class UserError(CalloverError):
    """Something a person can put right: what happened, and what to do about it.

    ``exit_code`` is stable and documented in ``docs/command-line.md``.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}".strip())


class WorkspaceError(UserError):
    """The folder is no workspace, or its settings cannot be read."""

    exit_code = 4


class StoreBusy(UserError):
    """Another process holds the store for writing."""

    exit_code = 5


class DamagedStore(UserError):
    """A file of the store is missing or not as it was written."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path} is damaged: {why}.",
            "Restore the store from a backup, or move it away and add the files kept under "
            "data/originals again.",
        )


class UnknownName(UserError):
    """A name that the catalogue or the store does not hold; says which are near, then lists them.

    ``also`` holds other spellings that may be meant, such as the codes of places listed by name;
    ``told_by`` says what lists them all, where they are too many to be listed here.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        available: Sequence[str] = (),
        also: Sequence[str] = (),
        told_by: str = "",
    ) -> None:
        self.kind, self.name, self.available = kind, name, tuple(available)
        self.near = near_names(name, (*self.available, *also))
        known = ", ".join(self.available[:12]) + (" …" if len(self.available) > 12 else "")
        said = [f"Did you mean {' or '.join(self.near)}?"] if self.near else []
        said += [f"{told_by}." if told_by else f"Known: {known}."] if known else []
        super().__init__(f"There is no {kind} called {name!r}.", " ".join(said))


def near_names(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """Up to three names, capitals aside: those that a word of three letters or more begins, the
    shortest first, then those that ``name`` is most like."""
    wanted = name.lower()
    by_lower = {each.lower(): each for each in reversed(names)}
    close = difflib.get_close_matches(wanted, list(by_lower), n=20, cutoff=0.6)
    is_word = len(wanted) >= 3 and wanted.isalpha()
    begin = [each for each in by_lower if is_word and each.startswith(wanted)]
    places = {each: place for place, each in enumerate(names)}
    alike = {each: difflib.SequenceMatcher(None, each, wanted).ratio() for each in close}
    ordered = sorted(close, key=lambda each: (-alike[each], places[by_lower[each]]))
    found = dict.fromkeys((*sorted(begin, key=len), *ordered))
    return tuple(by_lower[each] for each in list(found)[:3])


@dataclass(frozen=True, order=True)
class Fault:
    """One place in a file that cannot be accepted: where, what stands there, why, what to do."""

    file: str
    line: int | None
    column: str
    text: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line is not None else "")
        if self.column:
            place += f", column {self.column}"
        shown = f" {self.text!r}" if self.text else ""
        return f"{place}:{shown} {self.reason}" + (f" {self.remedy}" if self.remedy else "")


class FaultsFound(UserError):
    """A file or a set of definitions was refused; carries every fault, not only the first.

    ``every``: all are to be shown, however many, for somebody answers for having read them.
    """

    exit_code = 3

    def __init__(
        self, what: str, faults: Sequence[Fault], remedy: str = "", every: bool = False
    ) -> None:
        self.faults, self.every = tuple(faults), every
        super().__init__(what, remedy)


class Severity(StrEnum):
    """How serious a finding is."""

    WRONG = "wrong"
    SUSPICIOUS = "suspicious"
    EXPLAINABLE = "explainable"


@dataclass(frozen=True)
class Finding:
    """Something that contradicts itself in data that could nevertheless be stored.

    ``printed`` is what the source says, ``follows`` what its own other figures imply.
    """

    rule: str
    severity: Severity
    source: str
    series: str
    area: str
    period: str
    message: str
    printed: float | None = None
    follows: float | None = None
    place: str = ""
