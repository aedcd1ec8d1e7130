"""Providers who send files in to a served site, without a browser."""

from __future__ import annotations

import re
import sqlite3

from site_process import Site
from visitors import Visitor

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
from callover.web.accounts.models import Person
from sessions import session_of
print(json.dumps([session_of(p) for p in Person.objects.filter(email__startswith="p")]))
"""


def states(site: Site) -> dict[int, str]:
    """How each submission stands."""
    database = sqlite3.connect(site.workspace / "site" / "site.sqlite3", timeout=20)
    try:
        return dict(database.execute("SELECT number, state FROM submissions_submission"))
    finally:
        database.close()


class Provider(Visitor):
    """Somebody who has a file of their own to send in."""

    def __init__(self, port: int, session: str, number: int) -> None:
        super().__init__(port, session)
        self.number = number

    def send(self, _: int = 0) -> int:
        """Send it in; gives the receipt's number."""
        address = f"/members/{PLACE}/sources/{SOURCE}/"
        content = HEAD + ROW.format(number=100 + self.number)
        where = self.send_file(address, content, f"{self.number}.csv")
        found = re.fullmatch(rf"{address}submissions/(\d+)/", where)
        assert found, where
        return int(found[1])
