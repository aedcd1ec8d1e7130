"""What a careless or a hostile provider hands in, through the command line: told, never counted.

Each file is added as a person would add it. Whatever it is, the answer is one line and what to do,
the exit code is documented, nothing is printed of the program's inside, and nothing is stored.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from callover.cli import app
from callover.jobs.workspace import Workspace, init_workspace

RUN = CliRunner()
HEADER = "series,area,period,end,value,state,note\n"
GOOD = "gun_crime,E09000002,month,2016-09,5,,\n"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return init_workspace(tmp_path_factory.mktemp("ws") / "w", "london", "E09000002").path


def add(space: Path, path: Path, *more: str) -> Result:
    return RUN.invoke(app, ["add", str(path), "--workspace", str(space), *more])


def refused(space: Path, path: Path, *more: str) -> str:
    """What is said of a file that is refused; the store is as before."""
    result = add(space, path, *more)
    assert result.exit_code in (2, 3), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output
    assert not Workspace.open(space).store.imports
    lines = result.output.splitlines()
    assert len(lines) >= 2, "an error says what to do"
    return result.output


def text(content: str | bytes) -> Callable[[Path], None]:
    data = content if isinstance(content, bytes) else content.encode()

    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def row(value: str, end: str = "2016-09") -> Callable[[Path], None]:
    return text(f"{HEADER}gun_crime,E09000002,month,{end},{value},,\n")


def book(path: Path, value: object = 5, cell: str = "", content: object = None) -> None:
    made = openpyxl.Workbook()
    made.active.append(HEADER.strip().split(","))
    made.active.append(["gun_crime", "E09000002", "month", "2016-09", value, None, None])
    if cell:
        made.active[cell] = content
        if str(content).startswith("#"):
            made.active[cell].data_type = "e"
    made.save(path)


def packed(path: Path, name: str, piece: bytes, times: int) -> None:
    """A workbook in which one part unpacks to very much."""
    book(path)
    with zipfile.ZipFile(path) as whole:
        parts = {info.filename: whole.read(info.filename) for info in whole.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for part, content in parts.items():
            if part != name:
                whole.writestr(part, content)
        with whole.open(name, "w", force_zip64=True) as out:
            for _ in range(times):
                out.write(piece)


def macros(path: Path) -> None:
    book(path)
    with zipfile.ZipFile(path, "a") as whole:
        whole.writestr("xl/vbaProject.bin", b"x")


def hidden_formula(path: Path) -> None:
    """A formula behind a prefix of its own, in a sheet under another name."""
    book(path)
    with zipfile.ZipFile(path, "a") as whole:
        whole.writestr("xl/other/s.xml", '<x:worksheet xmlns:x="m"><x:f>1+1</x:f></x:worksheet>')


FILES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "empty": ("a.csv", text(b""), "is empty"),
    "blank lines": ("a.csv", text("\n\n\n"), "is empty"),
    "column names only": ("a.csv", text(HEADER), "no lines"),
    "another table": ("a.csv", text("a,b\n1,2\n"), "no column of the template"),
    "a web page": ("a.csv", text("<html><body>404</body></html>\n"), "no column"),
    "a picture": ("a.csv", text(b"\x89PNG\r\n\x1a\n" + bytes(99)), "is a picture"),
    "a PDF": ("a.csv", text(b"%PDF-1.7\n"), "is a PDF"),
    "an old workbook": ("a.xls", text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)), ".xls"),
    "a locked one": ("a.xlsx", text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9)), "password"),
    "half an archive": ("a.xlsx", text(b"PK\x03\x04" + bytes(99)), "no workbook"),
    "a workbook by name only": ("a.xlsx", text("hello\n"), "no column"),
    "NUL bytes": ("a.csv", text(HEADER + GOOD.replace("5", "5\0")), "no text file"),
    "UTF-16 without mark": ("a.csv", text((HEADER + GOOD).encode("utf-16-le")), "no text file"),
    "two encodings": (
        "a.csv",
        text(HEADER.encode() + b"gun_crime,E09000002,month,2016-09,5,,caf\xe9\n"
             + "knife_crime,E09000002,month,2016-09,5,,caf\u00e9\n".encode()),
        "line 2",
    ),
    "an open quote": ("a.csv", text(f'{HEADER}gun_crime,E09000002,month,2016-09,5,,"x\n'), "quote"),
    "a decimal comma": ("a.csv", row('"5,5"'), "decimal comma"),
    "commas out of place": ("a.csv", row('"1,50,5"'), "no number"),
    "a letter O": ("a.csv", row("O"), "no number"),
    "a formula as text": ("a.csv", row("=1+1"), "no number"),
    "no value, no reason": ("a.csv", row(""), "is empty"),
    "an American date": ("a.csv", row("5", "09/30/2016"), "no day"),
    "the year 1": ("a.csv", row("5", "0001-09"), "no date"),
    "a year to come": ("a.csv", row("5", "2106-09"), "future"),
    "the end of time": ("a.csv", row("5", "9999-12-31"), "1900 to 2199"),
    "400 digits": ("a.csv", row("9" * 400), "too large"),
    "the same twice": ("a.csv", text(HEADER + GOOD + GOOD), "second time"),
    "an unknown series": ("a.csv", text(HEADER + GOOD.replace("gun", "gnu")), "Did you mean"),
    "an unknown borough": ("a.csv", text(HEADER + GOOD.replace("002", "099")), "no district"),
    "macros": ("a.xlsm", macros, "macros"),
    "a formula": ("a.xlsx", lambda path: book(path, "=2+3"), "formulas"),
    "a hidden formula": ("a.xlsx", hidden_formula, "formulas"),
    "a cell in error": ("a.xlsx", lambda path: book(path, 5, "G2", "#REF!"), "cell G2"),
    "a cell at the far end": ("a.xlsx", lambda path: book(path, 5, "XFD1048576", 1), "stray"),
    "a sheet that bursts": (
        "a.xlsx",
        lambda path: packed(path, "xl/worksheets/sheet1.xml", b"<row/>" * 170_000, 30),
        "unpacks to",
    ),
    "texts that burst": (
        "a.xlsx",
        lambda path: packed(path, "xl/sharedStrings.xml", b"<si><t>a</t></si>" * 60_000, 30),
        "unpacks to",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_file_is_told_and_nothing_is_stored(space: Path, tmp_path: Path, kind: str) -> None:
    name, write, told = FILES[kind]
    write(tmp_path / name)
    assert told in refused(space, tmp_path / name, "--source", "police_local")


def test_an_archive_that_bursts_is_refused(space: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        member = "2018-10/2018-10-leicestershire-street.csv"
        with whole.open(member, "w", force_zip64=True) as out:
            for _ in range(30):
                out.write(b"a" * 1_000_000)
    assert "unpacks to 30 MB" in refused(space, path)


def test_what_is_no_plain_file_is_refused_without_opening_it(space: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "nowhere.csv").symlink_to("none.csv")
    (tmp_path / "round.csv").symlink_to("round.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    assert "no plain file" in refused(space, tmp_path / "pipe.csv")
    assert "no plain file" in refused(space, tmp_path / "zero.csv")
    assert "leads nowhere" in refused(space, tmp_path / "nowhere.csv")
    assert "leads nowhere" in refused(space, tmp_path / "round.csv")
    assert "no file that is recognised" in refused(space, tmp_path / "folder")
    assert "is a folder" in refused(space, tmp_path / "folder", "--source", "police_local")


def test_a_name_that_would_break_a_list_is_refused(space: Path, tmp_path: Path) -> None:
    for name in ("new\nline.csv", "\x1b[2Jclear.csv", os.fsdecode(b"caf\xe9.csv")):
        (tmp_path / name).write_text(HEADER + GOOD)
        assert "Rename it" in refused(space, tmp_path / name, "--source", "police_local")


def test_a_file_that_may_not_be_read(
    space: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + GOOD)
    allowed = os.access  # root may read everything: say that this one file may not be
    monkeypatch.setattr(os, "access", lambda it, mode: it != path and allowed(it, mode))
    assert "may not be read" in refused(space, path, "--source", "police_local")


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    space = init_workspace(tmp_path / "w", "london", "E09000002").path
    (tmp_path / "real.csv").write_text(HEADER + GOOD)
    (tmp_path / "police_local.csv").symlink_to("real.csv")
    assert add(space, tmp_path / "police_local.csv").exit_code == 0
    (kept,) = (space / "data" / "originals").rglob("*.csv")
    assert not kept.is_symlink()
    assert kept.read_text() == HEADER + GOOD


ADD_AND_TELL_MEMORY = """
import sys
from bench.cost import peak_memory
from callover.cli import main
try:
    main()
finally:
    sys.stderr.write(f"peak {peak_memory():.3f} GB")
"""
"""A process's own peak: that of all children would be the largest of other tests' too."""


def test_a_line_of_two_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    """In a process of its own that may use 600 MB: one whose size tells, one whose line does."""
    space = init_workspace(tmp_path / "w", "london", "E09000002").path
    sparse = tmp_path / "sparse.csv"
    sparse.write_text(HEADER)
    os.truncate(sparse, 2_000_000_000)
    below = tmp_path / "below.csv"
    below.write_text(HEADER)
    os.truncate(below, 590_000_000)
    for path in (sparse, below):
        found = subprocess.run(
            [sys.executable, "-c", ADD_AND_TELL_MEMORY, "add", str(path), "--workspace",
             str(space), "--source", "police_local"],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert found.returncode == 2, found.stderr
        assert "longer than 1 MB" in found.stderr or "at most 600 MB" in found.stderr
        assert "Traceback" not in found.stderr
        most = re.search(r"peak (\S+) GB", found.stderr)
        assert most is not None, found.stderr
        assert float(most[1]) < 0.6


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("TBC", "not supplied"), ("N/A", "not applicable"), ("..", "not supplied"),
        ("*", "suppressed"), ("<5", "suppressed"), ("not due", "not due"), ("0", "0"),
        ('"1,505"', "1,505"), ("1505.0", "1,505"),
    ],
)  # fmt: skip
def test_what_people_write_is_the_right_state_or_number(
    tmp_path: Path, value: str, said: str
) -> None:
    space = init_workspace(tmp_path / "w", "london", "E09000002").path
    path = tmp_path / "police_local.csv"
    path.write_text(HEADER + GOOD.replace("5,,", f"{value},,"))
    assert add(space, path).exit_code == 0
    shown = RUN.invoke(app, ["figures", "--month", "2016-09", "--indicator", "gun_crime",
                             "--measure", "month", "--workspace", str(space)]).output  # fmt: skip
    cells = shown.splitlines()[1].split()
    assert said in shown.splitlines()[1]
    assert (cells[3] == "0") == (value == "0")
    assert (cells[3] == "-") == (said not in ("0", "1,505"))


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + GOOD).encode("utf-16"),
        b"\xef\xbb\xbf" + (HEADER + GOOD).encode(),
        (HEADER + GOOD).replace("\n", "\r\n").encode(),
        (HEADER + GOOD).replace("\n", "\r").encode(),
        (HEADER + GOOD).replace(",", ";").encode(),
        (HEADER + GOOD).replace(",", "\t").encode(),
        (HEADER + GOOD).replace("2016-09", "42643").encode(),
        (HEADER + GOOD.replace(",,", ",,caf\u00e9")).encode("cp1252"),
    ],
)
def test_honest_oddities_are_read(tmp_path: Path, content: bytes) -> None:
    space = init_workspace(tmp_path / "w", "london", "E09000002").path
    path = tmp_path / "police_local.csv"
    path.write_bytes(content)
    result = add(space, path)
    assert result.exit_code == 0, result.output
    assert "1 value, 2016-09 to 2016-09" in result.output
