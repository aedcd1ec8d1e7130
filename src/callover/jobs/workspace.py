"""A workspace: a folder with settings, partnerships, definitions, commentary, data and packs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import yaml

from callover.catalogue import for_partnership, known_sets, load_catalogue, load_partnership
from callover.catalogue.plain import plain_values
from callover.data.london import BOROUGH_NAMES, borough_code
from callover.data.store import Store
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, FaultsFound, UnknownName, UserError, WorkspaceError
from callover.domain.indicators import Catalogue, Partnership

SETTINGS = "workspace.yaml"
FOLDERS = ("partnerships", "definitions", "commentary", "data", "packs")
_VERSION = 1
_CODE = re.compile(r"[A-Z]\d{8}")
_SUFFIX = "Community Safety Partnership"
_WHAT_TO_ADD = {
    AreaKind.WARD: "Wards are made of small areas: add a lookup of small areas to wards "
    "(columns such as LSOA21CD and WD22CD).",
    AreaKind.CSP: "Partnerships are made of districts: add a lookup of districts to community "
    "safety partnerships (columns such as LAD24CD and CSP24CD).",
    AreaKind.DISTRICT: "Street-crime files name districts without a code: use the name, or add a "
    "lookup of small areas to districts (columns such as LSOA11CD and LAD18CD).",
    AreaKind.FORCE: "Forces are made of districts: add a lookup of districts to police force areas "
    "(columns such as LAD24CD and PFA24CD).",
}
"""What makes figures of a kind of place possible that has none yet."""


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. ``default`` is the partnership that commands mean unless told."""

    path: Path
    set_id: str
    default: str

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open the workspace in ``path``; raises WorkspaceError where there is none."""
        settings = path / SETTINGS
        if not settings.is_file():
            raise WorkspaceError(
                f"{path} is no workspace: it has no {SETTINGS}.",
                "Name one with --workspace DIR, or make one: callover init DIR --area CODE",
            )
        try:
            content = plain_values(settings.read_bytes(), str(settings))
        except FaultsFound as error:
            raise WorkspaceError(f"{error.faults[0]}", "Put it right.") from error
        if content.get("callover") != _VERSION:
            raise WorkspaceError(
                f"{settings} does not say 'callover: {_VERSION}'.",
                "It belongs to another version or another program.",
            )
        set_id = str(content.get("set") or "")
        if set_id not in known_sets():
            raise UnknownName("indicator set", set_id, known_sets())
        return cls(path, set_id, str(content.get("partnership") or ""))

    @cached_property
    def store(self) -> Store:
        """All values of all partnerships."""
        return Store(self.path / "data" / "store")

    @cached_property
    def partnerships(self) -> dict[str, Partnership]:
        """The partnerships by id; raises FaultsFound with all faults of their files."""
        return {known.id: known for known in self.partnership_files.values()}

    @cached_property
    def partnership_files(self) -> dict[Path, Partnership]:
        """The partnerships by the file that describes them; raises FaultsFound."""
        found: dict[Path, Partnership] = {}
        faults: list[Fault] = []
        for path in sorted((self.path / "partnerships").glob("*.yaml")):
            try:
                found[path] = load_partnership(path)
            except FaultsFound as error:
                faults.extend(error.faults)
        first: dict[str, Path] = {}
        for path, known in found.items():
            other = first.setdefault(known.id, path)
            if other != path:
                remedy = f"It stands in {other.name} too."
                faults.append(Fault(str(path), None, "id", known.id, "This id is taken.", remedy))
        if faults:
            raise FaultsFound(f"Partnerships of {self.path} are at fault.", faults)
        return found

    def catalogue(self, set_id: str = "") -> Catalogue:
        """A set as this workspace has it."""
        return load_catalogue(set_id or self.set_id, (self.path / "definitions",))

    def catalogue_of(self, partnership: Partnership) -> Catalogue:
        """The set of a partnership with its own peer groups.

        Raises FaultsFound where the partnership names an indicator that the set does not have.
        """
        catalogue = self.catalogue(partnership.set_id)
        for path, known in self.partnership_files.items():
            if known.id == partnership.id:
                load_partnership(path, frozenset(catalogue.indicators))
        return for_partnership(catalogue, partnership)

    def sets(self) -> tuple[str, ...]:
        """The sets in use, the workspace's own first."""
        return tuple(dict.fromkeys((self.set_id, *(p.set_id for p in self.partnerships.values()))))

    @cached_property
    def area_codes(self) -> dict[str, str]:
        """Lower-case name of a district to its code, from lookups added and London's boroughs."""
        codes = {name.lower(): code for code, name in BOROUGH_NAMES.items()}
        for code, area in self.store.areas.items():
            if area.kind is AreaKind.DISTRICT and not code.startswith("name:"):
                codes[area.name.lower()] = code
        return codes

    @cached_property
    def districts(self) -> frozenset[str]:
        """Codes of all districts, once a lookup has named them; else none."""
        if not any(record.source.startswith("lookup_") for record in self.store.imports):
            return frozenset()
        return frozenset(
            code
            for code, area in self.store.areas.items()
            if area.kind is AreaKind.DISTRICT and _CODE.fullmatch(code)
        )

    def partnership(self, area: str = "") -> Partnership:
        """The partnership of an area (its id, code or name); the default one where none is named.

        An area without a file of its own gets a plain partnership, so that a pack for any borough
        needs no settings.
        """
        if not area:
            return self._default_partnership()
        by_id = self.partnerships.get(area)
        if by_id is not None:
            return by_id
        code = self.area_code(area)
        for known in self.partnerships.values():
            if known.area == code:
                return known
        return plain_partnership(code, self.area_name(code), self.set_id)

    def _default_partnership(self) -> Partnership:
        known = self.partnerships
        if self.default in known:
            return known[self.default]
        if len(known) == 1:
            return next(iter(known.values()))
        raise UserError(
            f"{self.path} holds {len(known)} partnerships.",
            f"Say which with --area: {', '.join(known) or 'none yet'}.",
        )

    def area_code(self, text: str) -> str:
        """The code of an area given by code or name; raises UnknownName."""
        if self._is_place(text):
            return self._code_of_alias(text)
        code = self.area_codes.get(text.lower()) or borough_code(text)
        if code is not None:
            return code
        if f"name:{text}" in self.store.areas:
            return f"name:{text}"
        remedy = _WHAT_TO_ADD.get(AreaKind.of_code(text)) if _CODE.fullmatch(text) else None
        if remedy:
            raise UserError(f"Nothing is held for {text}.", remedy)
        known = sorted({area.name for area in self.store.areas.values() if area.name})
        also = (*self.partnerships, *BOROUGH_NAMES.values(), *sorted(self._codes()))
        raise UnknownName("area", text, known or sorted(BOROUGH_NAMES.values()), also)

    def _is_place(self, text: str) -> bool:
        """Whether ``text`` is the code of a place: one that is held, or, while nothing is held
        that could tell, anything written as a code."""
        if text in self.store.areas or text in self._codes():
            return True
        nothing_held = not self.store.areas and not self.store.keys["area"]
        return bool(_CODE.fullmatch(text)) and nothing_held

    def _codes(self) -> frozenset[str]:
        """Codes of places: those with figures, those of partnerships, London's boroughs."""
        own = {partnership.area for partnership in self.partnerships.values()}
        return frozenset({*self.store.keys["area"], *own, *BOROUGH_NAMES})

    def _code_of_alias(self, text: str) -> str:
        """The published code of a place that is stored by name, once lookups name it."""
        if not text.startswith("name:"):
            return text
        return self.area_codes.get(text.removeprefix("name:").lower(), text)

    def area_name(self, code: str) -> str:
        """The name of a place; its code where none is known."""
        area = self.store.areas.get(code)
        if area is not None and area.name:
            return area.name
        return BOROUGH_NAMES.get(code, code.removeprefix("name:"))


def plain_partnership(code: str, name: str, set_id: str) -> Partnership:
    """A partnership known by its area alone."""
    return Partnership(
        id=_slug(name) or _slug(code),
        area=code,
        name=f"{name} {_SUFFIX}",
        short_name=name,
        set_id=set_id,
        force_name="Met" if set_id == "london" else "",
    )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def init_workspace(path: Path, set_id: str, area: str) -> Workspace:
    """Make a workspace for one partnership in ``path``.

    ``area`` is a published code or a name. Raises UserError where a workspace stands there already.
    """
    if (path / SETTINGS).exists():
        raise UserError(f"{path} is a workspace already.", "Choose another folder.")
    if set_id not in known_sets():
        raise UnknownName("indicator set", set_id, known_sets())
    partnership = _partnership_for(area, set_id)
    for folder in FOLDERS:
        (path / folder).mkdir(parents=True, exist_ok=True)
    (path / "commentary" / partnership.id).mkdir(exist_ok=True)
    write_partnership(path, partnership)
    (path / SETTINGS).write_text(
        "# Settings of this workspace. Partnerships stand in partnerships/, a file each.\n"
        f"callover: {_VERSION}\nset: {set_id}\npartnership: {partnership.id}\n",
        encoding="utf-8",
    )
    return Workspace.open(path)


def guess_set(area: str) -> str:
    """The London set for a London borough, the street set elsewhere.

    Raises UserError for what is nearly a borough's name: a slip would make an empty workspace.
    """
    if borough_code(area) or area in BOROUGH_NAMES:
        return "london"
    near = get_close_matches(
        area.lower(), [name.lower() for name in BOROUGH_NAMES.values()], 1, 0.8
    )
    if near and not _CODE.fullmatch(area):
        meant = next(name for name in BOROUGH_NAMES.values() if name.lower() == near[0])
        raise UserError(
            f"There is no London borough called {area!r}.",
            f"Did you mean {meant}? If not, name the set as well: --set street",
        )
    return "street"


def _partnership_for(area: str, set_id: str) -> Partnership:
    """A plain partnership for a code or a name; a name outside London waits for a lookup."""
    if not area.strip():
        raise UserError("--area is empty.", "Name a place: --area Havering, or --area E09000016")
    if _CODE.fullmatch(area):
        return plain_partnership(area, BOROUGH_NAMES.get(area, area), set_id)
    code = borough_code(area)
    if code is not None:
        return plain_partnership(code, BOROUGH_NAMES[code], set_id)
    if set_id == "london":
        raise UnknownName("London borough", area, sorted(BOROUGH_NAMES.values()))
    return plain_partnership(f"name:{area}", area, set_id)


def write_partnership(path: Path, partnership: Partnership) -> None:
    """Write a partnership's settings for people to go on with."""
    content = {
        "id": partnership.id,
        "area": partnership.area,
        "name": partnership.name,
        "short_name": partnership.short_name,
        "set": partnership.set_id,
        "force_name": partnership.force_name,
        "colour": partnership.colour,
        "marking": partnership.marking,
        "author_post": partnership.author_post,
        "contact": partnership.contact,
    }
    text = "# Who this partnership is. Posts, not people's names.\n"
    text += yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    (path / "partnerships" / f"{partnership.id}.yaml").write_text(text, encoding="utf-8")
