"""Every key of every shipped definition, taken away or of a wrong type: faults with file and line,
or a set that loads; never anything else."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from callover.catalogue import files, known_sets, load_catalogue
from callover.catalogue.roles import read_roles
from callover.domain.errors import Fault, FaultsFound

SHIPPED = files.SHIPPED
FILES = sorted(path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.yaml"))
LISTED, MAPPED = [["no", "such"], ["value"]], {"no_such_key": "no such value"}
WRONG = (LISTED, "no such value", MAPPED, "")
Path_ = tuple[str | int, ...]


class Texts(yaml.SafeLoader):
    """Reads every single value as it is written."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def read(name: Path) -> Any:
    """A shipped file; a day or an ``on`` stays the text that it is."""
    return Texts((SHIPPED / name).read_text(encoding="utf-8")).get_single_data()


def places(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Where every key of a document stands."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        if isinstance(node, dict):
            yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def kinds(content: Any) -> dict[tuple[str, ...], Path_]:
    """One place for every key that differs in more than its number in a list."""
    found: dict[tuple[str, ...], Path_] = {}
    for path in places(content):
        named = tuple("[]" if isinstance(part, int) else part for part in path)
        found.setdefault(named[:1] if named[0] == "terms" else named, path)
    return found


def damaged(content: Any, path: Path_, value: object) -> str:
    """The document with the value at a place replaced; with None, without its key."""
    broken = copy.deepcopy(content)
    inner = broken
    for part in path[:-1]:
        inner = inner[part]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return str(yaml.safe_dump(broken, sort_keys=False, allow_unicode=True))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped definitions that stands in for them."""
    folder = tmp_path / "definitions"
    shutil.copytree(SHIPPED, folder)
    monkeypatch.setattr(files, "SHIPPED", folder)
    return folder


def faults_of(name: Path) -> list[Fault]:
    """What is wrong with the set that a file belongs to, or with the roles."""
    try:
        if name.parts[0] == "roles":
            read_roles(files.SHIPPED / name)
        else:
            load_catalogue(name.parts[0] if name.parts[0] in known_sets() else "london")
    except FaultsFound as error:
        return list(error.faults)
    return []


def placed(faults: list[Fault], name: Path, whole_section: bool) -> bool:
    """Whether all say file and line, and one of them this file.

    Where a whole section is gone the places that name its entries are at fault, in any file.
    """
    known = all(fault.file and fault.line and fault.reason for fault in faults)
    return known and (whole_section or any(str(name) in fault.file for fault in faults))


def values(number: int) -> tuple[object, object, object]:
    """What stands in a key's place: nothing, and two of the wrong values in turn.

    All four for every key took over two minutes; a key that stands in several files meets others
    in the next.
    """
    return None, WRONG[number % 4], WRONG[(number + 1) % 4]


QUICK = ("common/terms.yaml", "street/peers.yaml", "street/denominators.yaml", "street/set.yaml")
CASES = [
    pytest.param(name, marks=[] if name.as_posix() in QUICK else pytest.mark.slow, id=str(name))
    for name in FILES
]


@pytest.mark.parametrize("name", CASES)
def test_damage_is_a_fault_with_file_and_line_or_none(name: Path, shelf: Path) -> None:
    content = read(name)
    told = []
    for number, (named, path) in enumerate(kinds(content).items(), start=FILES.index(name)):
        for value in values(number):
            (shelf / name).write_text(damaged(content, path, value), encoding="utf-8")
            faults = faults_of(name)
            must = value is LISTED or (value is MAPPED and named != ("terms",))  # none takes these
            gone = value is None and len(path) == 1
            if (faults and not placed(faults, name, gone)) or (must and not faults):
                told.append((".".join(named), value, [str(fault) for fault in faults[:3]]))
    assert not told


def test_the_copy_loads_as_the_original_does(shelf: Path) -> None:
    for name in FILES:
        text = yaml.safe_dump(read(name), sort_keys=False, allow_unicode=True)
        (shelf / name).write_text(text, encoding="utf-8")
    for folder in (*known_sets(), "roles"):
        assert not faults_of(Path(folder, "roles.yaml"))
