"""Somebody signed in to a served site, without a browser."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode

SESSIONS = """
from callover.web.accounts.models import Membership, Person
from sessions import session_of
for role in {roles!r}:
    made = Person.objects.create_user(f"{{role}}@x.test", post=role.title())
    held = ["asb_team"] if role == "data_provider" else []
    Membership.objects.create(person=made, partnership_id="exampleford", role=role, sources=held)
told = {{p.email.partition("@")[0]: session_of(p) for p in Person.objects.all()}}
"""
"""People of the roles with sessions that have just shown who they are, as ``told``."""

FILE = (
    '--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--xx\r\n'
    'Content-Disposition: form-data; name="chosen"; filename="{name}"\r\n'
    "Content-Type: text/csv\r\n\r\n{content}\r\n--xx--\r\n"
)


class Visitor:
    """Opens pages and sends forms with a session."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, {"session": session}

    def get(self, address: str) -> str:
        """A page."""
        status, text, _ = self._ask("GET", address)
        assert status == 200, (status, text[:2000])
        return text

    def post(self, address: str, form: str = "", **fields: str) -> str:
        """Send the form of a page (``form``, the address itself unless named); where it leads."""
        given = {**self.filled(form or address), **fields}
        return self._sent(address, urlencode(given), "application/x-www-form-urlencoded")

    def send_file(self, address: str, content: str, name: str = "sent.csv") -> str:
        """Send a file; where it leads."""
        token = self.filled(address)["csrfmiddlewaretoken"]
        body = FILE.format(token=token, content=content, name=name)
        return self._sent(address, body, "multipart/form-data; boundary=xx")

    def filled(self, address: str) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        page = self.get(address)
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))

    def headers(self, kind: str = "") -> dict[str, str]:
        """What a browser sends beside."""
        held = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            held |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"}
        return held

    def _sent(self, address: str, body: str, kind: str) -> str:
        status, text, where = self._ask("POST", address, body, kind)
        assert status == 302, (status, text[:3000])
        return where

    def _ask(
        self, method: str, address: str, body: str = "", kind: str = ""
    ) -> tuple[int, str, str]:  # fmt: skip
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            asked.request(method, address, body.encode(), self.headers(kind))
            answer = asked.getresponse()
            text = answer.read().decode()
        finally:
            asked.close()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location", "")
