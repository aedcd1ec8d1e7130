"""Trouble of the machine told on the command line: place, cause and remedy, no traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import Error as DatabaseError

from callover.jobs.trouble import trouble
from callover.web.config.environment import Environment


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what a damaged, full or missing database raises into an error for people."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        stands = trouble(error, str(Environment.current().database["NAME"]))
        if stands is None:
            raise
        raise stands from error
