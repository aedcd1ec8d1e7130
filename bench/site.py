"""The site under readers: a real server on each database, and a load generator beside it.

What the server's processes and the generator's take of the CPU is reported apart: both share the
machine's cores.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.results import Result, within
from callover.web.operations.server import free_port

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from postgresql_cluster import Cluster, programs
from providers import PEOPLE, SESSIONS, Provider
from site_process import Site as Processes
from site_process import answers, await_

READERS, REQUESTS = 20, 10_000
PROVIDERS = 50
P95_MS = 150
AREA = "exampleford"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, and the process that began it."""

    host: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of CPU that all its processes have taken."""
        return sum(_cpu(pid) for pid in _tree(self.process.pid))


def run(folder: Path, said: Callable[[str], None], requests: int = REQUESTS) -> list[Result]:
    """Dashboard and indicator page for 20 readers at once, on SQLite and on PostgreSQL."""
    workspace = folder / "site-demo"
    _work("prepare", workspace)
    results = [
        *_reading("SQLite", workspace, {}, requests, said),
        *_sending("SQLite", folder, {}, said),
    ]
    if programs() is None:
        said("PostgreSQL is not installed: its rows are left out")
        return results
    cluster = Cluster()
    try:
        there = {"CALLOVER_DATABASE_URL": cluster.url}
        _work("people", workspace, there)
        results += _reading("PostgreSQL", workspace, there, requests, said)
        other = {"CALLOVER_DATABASE_URL": cluster.another("sending")}
        results += _sending("PostgreSQL", folder, other, said)
    finally:
        cluster.stop()
    return results


def _reading(
    name: str, workspace: Path, environment: dict[str, str], requests: int,
    said: Callable[[str], None],
) -> list[Result]:  # fmt: skip
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    served = Processes(workspace, CALLOVER_URL=address, CALLOVER_REQUIRE_MFA="0", **environment)
    with serving(served, port, "--no-worker") as site:
        _load(site, workspace, READERS * 5)  # processes are warm, pages in memory
        before = site.cpu()
        told = _load(site, workspace, requests)
        server = site.cpu() - before
    said(
        f"{name}: {told['rate']:.0f} requests a second; server {1000 * server / requests:.1f} ms "
        f"of CPU a request, load generator {1000 * told['cpu'] / requests:.1f} ms"
    )
    results = [
        within(f"{page}, p95 of {READERS} readers, {name}", told["p95"][page], P95_MS, "ms")
        for page in told["p95"]
    ]
    errors = float(told["errors"])
    name = f"errors in {requests:,} requests, {name}"
    return [*results, Result(name, errors, 0, "errors", errors, 0)]


@contextmanager
def serving(site: Processes, port: int, *options: str) -> Iterator[Site]:
    """The site on a port, stopped at the end."""
    process = site.start("serve", "--port", str(port), *options)
    try:
        await_(lambda: answers(port), pause=0.2)
        yield Site(f"127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(60)


def _load(site: Site, workspace: Path, requests: int) -> dict:
    command = [sys.executable, "-m", "bench.site_load", site.host, str(workspace), str(READERS),
               str(requests)]  # fmt: skip
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict = json.loads(done.stdout)
    return told


def _work(what: str, workspace: Path, environment: dict[str, str] | None = None) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bench.site_work", what, str(workspace)]
    subprocess.run(command, check=True, env={**os.environ, **(environment or {})},
                   stderr=subprocess.DEVNULL)  # fmt: skip


def _tree(pid: int) -> list[int]:
    """A process and everything below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(found for child in below for found in _tree(int(child)))]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


COUNT = """
from callover.web.submissions.models import Submission
found = Submission.objects.filter(state="checked")
print(json.dumps([found.count(), found.values("sha256").distinct().count()]))
"""


def _sending(
    name: str, folder: Path, environment: dict[str, str], said: Callable[[str], None]
) -> list[Result]:  # fmt: skip
    """Fifty providers send a file in at the same moment; each is checked, none twice."""
    port = free_port()
    site = Processes(
        folder / "site-demo", CALLOVER_SITE=str(folder / f"sending-{name}"),
        CALLOVER_LEASE_SECONDS="30", CALLOVER_URL=f"http://127.0.0.1:{port}", **environment,
    )  # fmt: skip
    site.run(PEOPLE.format(count=PROVIDERS) + "print('null')")
    providers = [Provider(port, key, n) for n, key in enumerate(site.run(SESSIONS))]
    with serving(site, port):
        begun = time.perf_counter()
        with ThreadPoolExecutor(PROVIDERS) as pool:
            receipts = set(pool.map(Provider.send, providers))
        sent = time.perf_counter() - begun
        await_(lambda: site.run(COUNT)[0] >= PROVIDERS, seconds=900, pause=2)
        done, (checked, different) = time.perf_counter() - begun, site.run(COUNT)
    said(f"{name}: {PROVIDERS} files sent in after {sent:.1f} s, all checked after {done:.0f} s")
    wrong = abs(PROVIDERS - len(receipts)) + abs(PROVIDERS - checked) + abs(PROVIDERS - different)
    row = f"{PROVIDERS} providers at once, lost or doubled, {name}"
    return [Result(row, wrong, 0, "files", wrong, 0)]
