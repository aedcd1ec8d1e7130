"""No program text is run that came from outside, no shell is asked, no object is unpickled."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "callover"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}


def calls() -> dict[str, list[ast.Call]]:
    """Every call by the name under which it stands there, such as ``os.system``."""
    found: dict[str, list[ast.Call]] = {}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.setdefault(ast.unparse(node.func), []).append(node)
    return found


CALLS = calls()


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
    return found


def test_the_source_was_read() -> None:
    assert len(TREES) > 200
    assert "hashlib.sha256" in CALLS


def test_no_text_is_run_as_a_program() -> None:
    assert not {"eval", "exec", "compile", "__import__"} & set(CALLS)


def test_no_shell_is_asked() -> None:
    assert not {"os.system", "os.popen", "subprocess.getoutput"} & set(CALLS)
    for name, places in CALLS.items():
        for call in places:
            assert "shell" not in {each.arg for each in call.keywords}, name


def test_no_object_is_made_of_bytes_from_outside() -> None:
    bad = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
    assert {path.name for path in TREES if imported(path) & bad} == set()
    assert not {"yaml.unsafe_load", "yaml.full_load", "yaml.load_all"} & set(CALLS)


def test_chance_that_nobody_may_guess_is_the_system_s() -> None:
    site = [path for path in TREES if path.is_relative_to(SOURCE / "web")]
    assert len(site) > 50
    assert {path.name for path in site if "random" in imported(path)} == set()


def test_no_hash_that_is_broken_and_no_cipher_of_old() -> None:
    said = " ".join(CALLS)
    for name in ("md5", "sha1", "TripleDES", "Blowfish", "ARC4", "modes.ECB", "PKCS1v15"):
        assert name not in said
