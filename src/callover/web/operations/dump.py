"""The database as one file, and back: SQLite by its own copy, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from callover.domain.errors import UserError


def kind() -> str:
    """``sqlite`` or ``postgresql``."""
    return connection.vendor


def sqlite_name() -> str:
    """How files of the SQLite database begin; for PostgreSQL a name that no file has."""
    return Path(_database()["NAME"]).name if kind() == "sqlite" else "\0"


def _database() -> dict[str, Any]:
    found: dict[str, Any] = settings.DATABASES["default"]
    return found


def is_empty() -> bool:
    """Whether the database holds no table, or is not there yet; closes its connection."""
    if kind() == "sqlite" and not Path(_database()["NAME"]).exists():
        return True
    tables = connection.introspection.table_names()
    connections.close_all()
    return not tables


def write(path: Path) -> None:
    """Copy the whole database at one moment into ``path``, while others go on using it."""
    if kind() == "sqlite":
        with (
            closing(sqlite3.connect(_database()["NAME"])) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def read(path: Path, made_by: str) -> None:
    """Put a copy into the empty database; raises UserError for a copy of the other kind."""
    if made_by != kind():
        raise UserError(
            f"The backup holds a {made_by} database, this installation uses {kind()}.",
            "Set CALLOVER_DATABASE_URL to one of that kind, or leave it out for SQLite.",
        )
    if kind() == "sqlite":
        target = Path(_database()["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o600)
    else:
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
             f"--dbname={_database()['NAME']}", str(path))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's on our database; raises UserError with what it says."""
    found = shutil.which(program)
    if found is None:
        raise UserError(f"{program} is missing.", "Install PostgreSQL's client programs.")
    done = subprocess.run(
        [found, *arguments], env={**os.environ, **_where()}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise UserError(f"{program}: {done.stderr.strip()}", "The database was left as it was.")


def _where() -> Mapping[str, str]:
    """Where the database is, as PostgreSQL's programs read it; the password stays off the list of
    processes."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
             "PGDATABASE": "NAME"}  # fmt: skip
    return {name: str(_database()[key]) for name, key in names.items() if _database().get(key)}
