"""A real disk that is full, a real database that is damaged, a gigabyte sent in earnest."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from callover.jobs.workspace import init_workspace
from site_process import Site, await_
from struck import own_address, served
from visitors import SESSIONS, Visitor

pytestmark = pytest.mark.slow

SOURCE = "/members/exampleford/sources/asb_team/"
MEGABYTE = 1024 * 1024
HEAD = "series,area,period,end,value\n"


def of_provider(demo: Path, folder: Path) -> tuple[Site, Visitor]:
    """A site in a folder, and its provider."""
    site = Site(demo, CALLOVER_SITE=str(folder), **own_address())
    told = site.run("prepare()\n" + SESSIONS.format(roles=("data_provider",))
                    + "\nprint(json.dumps(told))")  # fmt: skip
    port = int(site.environment["CALLOVER_URL"].rpartition(":")[2])
    return site, Visitor(port, told["data_provider"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_takes_nothing_by_half(demo: Path, small_disk: Path) -> None:
    site, provider = of_provider(demo, small_disk / "site")
    with served(site):
        provider.get(SOURCE)
        filler, free = small_disk / "filler", os.statvfs(small_disk)
        filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 3 * MEGABYTE))
        with pytest.raises(AssertionError, match=r"503(?s:.*)disk is full"):
            provider.send_file(SOURCE, HEAD + "x" * 5 * MEGABYTE)
        uploads, incoming = small_disk / "site" / "uploads", small_disk / "site" / "incoming"
        assert not uploads.is_dir() or not list(uploads.iterdir())
        assert not list(incoming.iterdir())
        filler.unlink()
        assert provider.send_file(SOURCE, HEAD).startswith(f"{SOURCE}submissions/")
    assert len(list(uploads.iterdir())) == 1


def test_a_workspace_moved_while_it_is_served_comes_back_as_it_was(
    demo: Path, tmp_path: Path
) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    site, provider = of_provider(demo, home / "site")
    with served(site):
        provider.get(SOURCE)
        home.rename(away)
        with pytest.raises(AssertionError, match=r"503(?s:.*)not where they were"):
            provider.send_file(SOURCE, HEAD)
        assert not home.exists()  # nobody begins a second site where it stood
        away.rename(home)
        assert provider.send_file(SOURCE, HEAD).startswith(f"{SOURCE}submissions/")


def test_a_gigabyte_is_refused_without_being_kept(demo: Path, tmp_path: Path) -> None:
    site, provider = of_provider(demo, tmp_path / "site")
    with served(site) as server:
        provider.get(SOURCE)
        answering = _last_child(_last_child(server.pid))
        before = _memory(answering)
        status, sent, kept = _pour(provider, tmp_path / "site" / "incoming", 1024)
        assert status in (413, 0)  # 0: the connection was closed on whoever went on sending
        assert sent < 1024
        assert kept == 0
        assert _memory(answering) - before < 30 * MEGABYTE
        provider.get(SOURCE)


def _pour(provider: Visitor, incoming: Path, megabytes: int) -> tuple[int, int, int]:
    """Send so much; gives the answer's status, how much was taken, the most that was kept."""
    head = b'--xx\r\nContent-Disposition: form-data; name="chosen"; filename="a.csv"\r\n\r\n'
    lines = [f"POST {SOURCE} HTTP/1.1", f"Host: 127.0.0.1:{provider.port}",
             f"Content-Length: {megabytes * MEGABYTE}"]  # fmt: skip
    held = provider.headers("multipart/form-data; boundary=xx")
    lines += [f"{name}: {value}" for name, value in held.items()]
    sent = kept = 0
    with closing(socket.create_connection(("127.0.0.1", provider.port), timeout=60)) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + head)
        answer = http.client.HTTPResponse(line)
        line.settimeout(5)
        for _ in range(megabytes):
            with suppress(OSError):
                line.sendall(b"x" * MEGABYTE)
                sent += 1
                kept = max(kept, sum(p.stat().st_size for p in incoming.iterdir()))
                line.setblocking(False)
                with suppress(BlockingIOError):
                    if line.recv(1, socket.MSG_PEEK) is not None:
                        break
                line.settimeout(5)
                continue
            break
        line.settimeout(10)
        with suppress(OSError, http.client.HTTPException):
            answer.begin()
            return answer.status, sent, kept
    return 0, sent, kept


def _last_child(of: int) -> int:
    found = Path(f"/proc/{of}/task/{of}/children")
    await_(lambda: bool(found.read_text().split()))
    return int(found.read_text().split()[-1])


def _memory(process: int) -> int:
    """Bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("begins", [0, 4096], ids=["its head", "its pages"])
def test_a_damaged_database_is_told_without_a_traceback(tmp_path: Path, begins: int) -> None:
    space = tmp_path / "space"
    init_workspace(space, "london", "E09000016")
    site = Site(space)
    site.run("prepare()\nprint('null')")
    database = space / "site" / "site.sqlite3"
    for beside in space.glob("site/site.sqlite3-*"):
        beside.unlink()
    content = bytearray(database.read_bytes())
    content[begins:] = b"\x5a" * (len(content) - begins)
    database.write_bytes(content)
    for command in (("serve", "--port", "0"), ("worker",), ("verify-log",)):
        done = subprocess.run(
            [sys.executable, "-m", "callover", *command, "--workspace", str(space)],
            env=site.environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 2, (command, done.stderr)
        assert "Traceback" not in done.stderr, command
        for said in ("database is damaged", str(database), "last backup into an empty folder"):
            assert said in done.stderr, command
