"""What the installation says of itself, read once from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from callover.domain.errors import UserError

_TRUTH = {"1": True, "true": True, "yes": True, "": False, "0": False, "false": False, "no": False}
_POSTGRESQL = ("postgres", "postgresql")


class BadSetting(UserError):
    """An environment variable that cannot be used."""

    def __init__(self, name: str, value: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}={value!r} {reason}.", remedy)


@dataclass(frozen=True)
class Environment:
    """The settings of one installation. ``docs/production.md`` tells each variable."""

    values: Mapping[str, str]

    @classmethod
    def current(cls) -> Environment:
        """The process's own environment."""
        return cls(dict(os.environ))

    def text(self, name: str, default: str = "") -> str:
        """A variable without blanks around it."""
        return self.values.get(name, default).strip()

    def flag(self, name: str, default: bool = False) -> bool:
        """A variable that is yes or no; raises BadSetting for anything else."""
        given = self.values.get(name)
        if given is None:
            return default
        if given.strip().lower() not in _TRUTH:
            raise BadSetting(name, given, "is neither yes nor no", "Write 1 or 0.")
        return _TRUTH[given.strip().lower()]

    def number(self, name: str, default: int) -> int:
        """A whole number; raises BadSetting for anything else."""
        given = self.text(name)
        if not given:
            return default
        if not given.isdecimal():
            raise BadSetting(
                name, given, "is no whole number", f"Write a number such as {default}."
            )
        return int(given)

    def day(self, name: str) -> date | None:
        """A day written 2016-11-20, or none; raises BadSetting for anything else."""
        given = self.text(name)
        try:
            return date.fromisoformat(given) if given else None
        except ValueError as error:
            raise BadSetting(name, given, "is no day", "Write one such as 2016-11-20.") from error

    def listed(self, name: str) -> list[str]:
        """A variable whose parts commas divide."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    @property
    def workspace(self) -> Path:
        """The folder of the workspace."""
        return Path(self.text("CALLOVER_WORKSPACE", ".")).resolve()

    @property
    def site(self) -> Path:
        """Where the site keeps what is its own: database, uploads, snapshots."""
        return Path(self.text("CALLOVER_SITE") or self.workspace / "site").resolve()

    @property
    def url(self) -> str:
        """The address under which people reach the site, without a slash at its end."""
        given = self.text("CALLOVER_URL", "http://127.0.0.1:8000").rstrip("/")
        if urlsplit(given).scheme not in ("http", "https") or not urlsplit(given).hostname:
            raise BadSetting(
                "CALLOVER_URL", given, "is no web address", "Write https://host.example"
            )
        return given

    @property
    def hosts(self) -> list[str]:
        """Names under which the site answers."""
        own = urlsplit(self.url).hostname or ""
        return list(dict.fromkeys([own, *self.listed("CALLOVER_HOSTS"), "127.0.0.1", "localhost"]))

    @property
    def organisation(self) -> list[str]:
        """Origins of the organisation's own sign-in, to which a form here may lead; often none."""
        server = urlsplit(self.text("CALLOVER_OIDC_SERVER"))
        own = [f"{server.scheme}://{server.netloc}"] if server.netloc else []
        return [*own, *self.listed("CALLOVER_OIDC_ORIGINS")]

    @property
    def secret_key(self) -> str:
        """The key that signs sessions and links: given, or in a file; empty where there is none."""
        if given := self.text("CALLOVER_SECRET_KEY"):
            return given
        path = self._key_file
        return path.read_text(encoding="ascii").strip() if path.is_file() else ""

    @property
    def _key_file(self) -> Path:
        return Path(self.text("CALLOVER_SECRET_KEY_FILE") or self.site / "secret-key")

    def make_secret_key(self) -> None:
        """Make a key where none was given, in a file that its owner alone can read."""
        path = self._key_file
        self.site.mkdir(parents=True, exist_ok=True)  # the database lies there as well
        if not self.secret_key:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(64))

    @property
    def database(self) -> dict[str, Any]:
        """Django's settings of the database: SQLite in the site's folder unless one is named."""
        given = self.text("CALLOVER_DATABASE_URL")
        if not given:
            return _sqlite(self.site / "site.sqlite3")
        parts = urlsplit(given)
        if parts.scheme == "sqlite":
            return _sqlite(Path(unquote(parts.path)))
        if parts.scheme not in _POSTGRESQL:
            remedy = "Write postgresql://user:password@host:5432/name, or leave it out for SQLite."
            shown = f"{parts.scheme}://…"  # never the password
            raise BadSetting("CALLOVER_DATABASE_URL", shown, "names no database known here", remedy)
        return _postgresql(parts.path, parts)


def _write_once(path: Path, text: str) -> None:
    """Write a file that nobody else may read; of two processes the first one's text stays."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    with suppress(FileExistsError):
        path.hardlink_to(beside)
    beside.unlink()


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite as a server uses it: readers beside one writer, who takes the lock at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;",
        },
    }


def _postgresql(path: str, parts: Any) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
