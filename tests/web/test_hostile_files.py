"""Files that mean harm: each ends in a fault that people can read, and in nothing else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from callover.domain.errors import UserError
from callover.jobs import confined
from callover.jobs.confined import Bounds, Unreadable, network_can_be_shut, run_confined
from callover.jobs.confined_work import storable
from callover.jobs.workspace import init_workspace

SHEET = b'<?xml version="1.0"?><worksheet><sheetData>'


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "space"
    init_workspace(folder, "london", "E09000002")
    return folder


def checked(
    workspace: Path, file: Path, name: str, bounds: Bounds | None = None
) -> dict[str, object]:
    return run_confined(
        "check", file, name, bounds, workspace=str(workspace), source="police_local",
        partnership="", refused=[],
    )  # fmt: skip


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        sheet.write(SHEET)
        for _ in range(300):
            sheet.write(b" " * 1024 * 1024)
    return out.getvalue()


def linked() -> bytes:
    """A workbook whose sheet is a link to a file of the server's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        sheet.external_attr = 0o120777 << 16
        book.writestr(sheet, "/etc/passwd")
    return out.getvalue()


FILES = {
    "bomb.xlsx": (bomb, "unpacks to"),
    "macros.xlsx": (
        lambda: archive(**{"xl__vbaProject.bin": b"x", "xl__worksheets__sheet1.xml": SHEET}),
        "macros",
    ),
    "entity.xlsx": (
        lambda: archive(**{
            "xl__worksheets__sheet1.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
            + SHEET + b"<row><c><v>&b;</v></c></row></sheetData></worksheet>"
        }),
        "",
    ),
    "above.xlsx": (lambda: archive(**{"..__..__..__..__callover-above": b"x"}), ""),
    "absolute.xlsx": (lambda: archive(**{"__tmp__callover-absolute": b"x"}), ""),
    "link.xlsx": (linked, ""),
    "archive.zip": (lambda: archive(**{"..__callover-above.csv": b"series,area\n"}), ""),
    "nothing.csv": (lambda: b"", ""),
    "binary.csv": (lambda: os.urandom(4096), ""),
    "one-line.csv": (lambda: b"series," * 2_000_000, ""),
    "page.csv": (lambda: b"<html><script>alert(1)</script></html>", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_becomes_a_fault(name: str, empty: Path, tmp_path: Path) -> None:
    make, said = FILES[name]
    path = tmp_path / "given"
    path.write_bytes(make())
    try:
        report = checked(empty, path, name)
    except UserError as error:
        assert said in error.what
        assert str(tmp_path) not in error.what  # no path of the server
        assert "callover-" not in error.what
    else:
        assert not said
        assert report["fault_count"]
        assert "root:" not in str(report)  # nothing of the server's own files
    beyond = [Path(tempfile.gettempdir()), Path("/"), tmp_path.parent, tmp_path]
    names = ("callover-above*", "callover-absolute*")
    assert not [found for folder in beyond for name in names for found in folder.glob(name)]


def test_what_a_database_refuses_is_taken_out() -> None:
    given = {"a": float("nan"), "b": ["x\0y", "\ud800"], "c": 1}
    assert storable(given) == {"a": None, "b": ["x\ufffdy", "?"], "c": 1}


def test_a_file_named_like_a_module_is_never_run(empty: Path, tmp_path: Path) -> None:
    path, proof = tmp_path / "given", tmp_path / "run"
    path.write_text(f"open({str(proof)!r}, 'w')\n")
    for name in ("json.py", "numpy.py"):
        with suppress(UserError):
            checked(empty, path, name)
    assert not proof.exists()


PROBE = """
import sys
from pathlib import Path
import callover.jobs.confined_work as work
import callover.jobs.submitted as submitted
def instead(given):
    {body}
submitted.check_submitted = instead
sys.exit(work.main())
"""


def run_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, bounds: Bounds | None = None
) -> dict[str, object]:
    """The confined process, with a body of a test's in place of the check."""
    script = tmp_path / "probe.py"
    script.write_text(PROBE.format(body=body.replace("\n", "\n    ")))
    monkeypatch.setattr(confined, "COMMAND", (sys.executable, str(script)))
    (tmp_path / "given").write_bytes(b"x")
    return run_confined(
        "check", tmp_path / "given", "a.csv", bounds, workspace="", source="", partnership="",
        refused=[],
    )  # fmt: skip


@pytest.mark.slow
def test_an_endless_check_is_stopped_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    body = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"Path({str(pid)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="was stopped"):
        run_instead(monkeypatch, tmp_path, body, Bounds(seconds=4))
    assert time.monotonic() - begun < 15
    time.sleep(0.2)
    state = Path(f"/proc/{pid.read_text()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


@pytest.mark.parametrize(("body", "bounds", "said"), [
    pytest.param("while True: pass", Bounds(cpu_seconds=4), "was stopped", marks=pytest.mark.slow),
    ("x = bytearray(4 * 1024**3)", None, "more memory"),
    ("import os; os.abort()", None, "more memory"),
    ("import ctypes; ctypes.string_at(0)", None, "broke off"),
    ("raise RuntimeError('ours')", None, "broke off"),
])  # fmt: skip
def test_what_hangs_grows_or_crashes_becomes_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, bounds: Bounds | None, said: str
) -> None:
    with pytest.raises(Unreadable, match=said):
        run_instead(monkeypatch, tmp_path, body, bounds)


def test_the_process_has_no_secret_few_files_and_no_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CALLOVER_SECRET_KEY", "very secret")
    body = (
        "import os, resource, socket\n"
        "seen = {'secret': 'CALLOVER_SECRET_KEY' in os.environ,\n"
        "        'files': resource.getrlimit(resource.RLIMIT_NOFILE)[0],\n"
        "        'size': resource.getrlimit(resource.RLIMIT_FSIZE)[0],\n"
        "        'core': resource.getrlimit(resource.RLIMIT_CORE)[0],\n"
        "        'cards': [name for _, name in socket.if_nameindex()]}\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except OSError as error:\n    seen['errno'] = error.errno\n"
        "return seen"
    )
    seen = run_instead(monkeypatch, tmp_path, body)
    assert (seen["secret"], seen["files"], seen["core"]) == (False, 256, 0)
    assert seen["size"] == Bounds().file_size
    if network_can_be_shut():
        assert seen["cards"] == ["lo"]
        assert seen["errno"] == 101  # network is unreachable: not even this machine's own


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """A worker that is killed leaves nobody behind who would store without it."""
    pid = tmp_path / "pid"
    inner = (
        "import os, time; from pathlib import Path; "
        "from callover.jobs.confined_work import die_with_parent; die_with_parent(); "
        f"Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen([sys.executable, "-c", outer]) as parent:
        while not (pid.exists() and pid.read_text()):
            time.sleep(0.05)
        parent.kill()
    time.sleep(0.3)
    state = Path(f"/proc/{pid.read_text()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"
