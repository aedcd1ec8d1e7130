"""The log: append-only in the database itself, and every change shows."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from callover.web.journal.models import Entry, Head
from callover.web.journal.record import record, verify
from site_under_test import person


def test_the_run_uses_the_database_that_was_asked_for() -> None:
    asked = os.environ.get("CALLOVER_DATABASE_URL", "sqlite").split(":")[0]
    assert connection.vendor == asked


def test_entries_follow_from_one_another() -> None:
    someone = person("analyst")
    for number in range(5):
        record(
            "do something", by=someone, partnership="harrowmere", subject=str(number), step=number
        )
    found = verify()
    assert (found.entries, found.faults) == (5, ())
    assert Entry.objects.get(number=3).post == "analyst"
    assert Entry.objects.get(number=3).before == Entry.objects.get(number=2).hash


@pytest.mark.parametrize("change", [
    "UPDATE journal_entry SET subject = 'x' WHERE number = 2",
    "DELETE FROM journal_entry WHERE number = 2",
])  # fmt: skip
def test_the_database_refuses_to_change_the_past(change: str) -> None:
    for _ in range(3):
        record("do something", by=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)
    assert verify().faults == ()


def _without_triggers(*statements: str) -> None:
    """What somebody with all rights over the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
            cursor.execute("DROP TRIGGER journal_entry_no_delete")
        else:
            cursor.execute("DROP TRIGGER journal_entry_append_only ON journal_entry")
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(("change", "fault"), [
    ("UPDATE journal_entry SET subject = 'x' WHERE number = 2", "Entry 2 was changed"),
    ("DELETE FROM journal_entry WHERE number = 2", "Entries 2 to 2 are missing"),
    ("DELETE FROM journal_entry WHERE number = 4", "The log ends at entry 3"),
])  # fmt: skip
def test_what_an_administrator_of_the_database_changes_shows(change: str, fault: str) -> None:
    for _ in range(4):
        record("do something", by=None)
    _without_triggers(change)
    assert fault in " ".join(verify().faults)


def test_an_entry_goes_with_what_it_tells_of() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record("do something", by=None)
        raise RuntimeError
    assert not Entry.objects.exists()
    assert not Head.objects.filter(number__gt=0).exists()


def test_who_writes_while_the_log_is_checked_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        record("do something", by=None)

    def read(_: int) -> Iterator[Entry]:
        yield from list(Entry.objects.order_by("number"))
        record("do something meanwhile", by=None)

    monkeypatch.setattr("callover.web.journal.record._behind", read)
    found = verify()
    assert (found.entries, found.faults) == (3, ())


def test_entries_beyond_where_the_log_was_last_written_show() -> None:
    for _ in range(3):
        record("do something", by=None)
    Head.objects.update(number=2, hash=Entry.objects.get(number=2).hash)
    assert "ends at entry 3" in verify().faults[-1]
