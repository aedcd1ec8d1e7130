"""Providers who send files in to a served site, without a browser."""

from __future__ import annotations

import http.client
import re
import sqlite3

from site_process import Site

PLACE, SOURCE = "exampleford", "asb_team"
HEAD = "series,area,period,end,value\n"
ROW = "asb_surveys_sent,X00000001,month,2016-10,{number}\n"

PEOPLE = """
prepare()
from callover.web.accounts.models import Membership, Person
for number in range({count}):
    person = Person.objects.create_user(f"p{{number}}@x.test", post="Provider")
    Membership.objects.create(person=person, partnership_id="exampleford", role="data_provider",
                              sources=["asb_team"])
analyst = Person.objects.create_user("analyst@x.test", post="Analyst")
Membership.objects.create(person=analyst, partnership_id="exampleford", role="analyst")
"""

SEND = """
from callover.web.accounts.models import Partnership, Person
from callover.web.submissions.intake import take_in
made = take_in(by=Person.objects.get(email="p0@x.test"), source="asb_team", name="october.csv",
               partnership=Partnership.objects.get(pk="exampleford"), chunks=[{content!r}])
print(json.dumps(made.number))
"""

SESSIONS = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from callover.web.accounts.models import Person
keys = []
for person in Person.objects.filter(email__startswith="p"):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    keys.append(session.session_key)
print(json.dumps(keys))
"""


def states(site: Site) -> dict[int, str]:
    """How each submission stands."""
    database = sqlite3.connect(site.workspace / "site" / "site.sqlite3", timeout=20)
    try:
        return dict(database.execute("SELECT number, state FROM submissions_submission"))
    finally:
        database.close()


class Provider:
    """Somebody with a session, without a browser."""

    def __init__(self, port: int, session: str, number: int) -> None:
        self.port, self.session, self.number = port, session, number
        self.address = f"/members/{PLACE}/sources/{SOURCE}/"

    def send(self, _: int = 0) -> int:
        """Send in a file of one's own; gives the receipt's number."""
        page, cookies = self._ask("GET")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        content = HEAD + ROW.format(number=100 + self.number)
        parts = (
            f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}'
            f'\r\n--xx\r\nContent-Disposition: form-data; name="chosen"; '
            f'filename="{self.number}.csv"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--xx--\r\n'
        )
        where, _ = self._ask("POST", parts, cookies)
        found = re.fullmatch(rf"{self.address}submissions/(\d+)/", where)
        assert found, where
        return int(found[1])

    def _ask(self, method: str, body: str = "", cookies: str = "") -> tuple[str, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        headers = {"Cookie": f"session={self.session}; {cookies}"}
        if body:
            headers["Content-Type"] = "multipart/form-data; boundary=xx"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        asked.request(method, self.address, body.encode(), headers)
        answer = asked.getresponse()
        text = answer.read().decode()
        assert answer.status == (302 if body else 200), (answer.status, text[:2000])
        set_ = "; ".join(each.split(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])
        asked.close()
        return (answer.headers["Location"] if body else text), set_
