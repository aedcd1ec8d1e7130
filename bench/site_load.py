"""The load generator: readers who each ask for one page after another, without a pause.

Every reader signs in once and keeps the connection. Prints JSON: the 95th percentile of each page
in milliseconds, errors, requests a second, and the seconds of CPU that the generator itself took.
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

AREA = "exampleford"
SNAPSHOT = f"/members/{AREA}/snapshots/2016-09/1"
PAGES = {
    "dashboard": (f"/members/{AREA}/", f"{SNAPSHOT}/?order=rating"),
    "indicator page": tuple(f"{SNAPSHOT}/{each}/" for each in ("tno", "burglary", "gun_crime")),
}
ROLES = ("chair", "analyst", "board_member", "auditor")


class Reader:
    """Somebody signed in, on one connection."""

    def __init__(self, host: str, email: str, password: str) -> None:
        self.connection = http.client.HTTPConnection(host, timeout=60)
        self.cookies: dict[str, str] = {}
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.get("/account/login/")[1])
        if token is None:
            raise RuntimeError("no form to sign in")
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        status, _ = self._ask("POST", "/account/login/", urlencode(form))
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, path, body, headers)
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:  # fmt: skip
        """As browsers do, ask once more where a kept connection was closed meanwhile: a server
        process that is replaced closes its own."""
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()


def read(reader: Reader, requests: int, first: int, times: list[tuple[str, float, int]]) -> None:
    """Ask for pages in turn; half the requests are dashboards."""
    for number in range(first, first + requests):
        page = ("dashboard", "indicator page")[number % 2]
        path = PAGES[page][number // 2 % len(PAGES[page])]
        begun = time.perf_counter()
        status, text = reader.get(path)
        wrong = status != 200 or "</html>" not in text
        times.append((page, time.perf_counter() - begun, int(wrong)))


def main(host: str, workspace: Path, readers: int, requests: int) -> None:
    people = json.loads((workspace / "site" / "example-people.json").read_bytes())
    signed_in = [
        Reader(host, f"{ROLES[n % len(ROLES)]}@{AREA}.example", people["password"])
        for n in range(readers)
    ]
    times: list[tuple[str, float, int]] = []
    each = requests // readers
    threads = [
        threading.Thread(target=read, args=(reader, each, n, times))
        for n, reader in enumerate(signed_in)
    ]
    begun, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - begun
    told = {
        "p95": {page: 1000 * _p95([s for p, s, _ in times if p == page]) for page in PAGES},
        "errors": sum(wrong for _, _, wrong in times) + requests - len(times),
        "rate": len(times) / wall,
        "cpu": time.process_time() - cpu,
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
