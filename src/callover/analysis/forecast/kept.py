"""Forecasts that were kept when data arrived, as reading commands find them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from callover.analysis.forecast.types import Kept, Try
from callover.data.forecasts import ForecastFiles
from callover.domain.periods import Month


class KeptInFolder:
    """The forecasts kept beside the store in ``store_root``; each is read when asked for."""

    def __init__(self, store_root: Path) -> None:
        self.files = ForecastFiles(store_root)

    def get(self, key: str, /) -> Kept | None:
        """What is kept for the months of ``key``."""
        content = self.files.read(key)
        return None if content is None else _kept(content)

    def put(self, key: str, kept: Kept) -> None:
        """Keep a forecast for the months of ``key``."""
        content = asdict(kept)
        content["tries"] = [asdict(each) | {"month": str(each.month)} for each in kept.tries]
        self.files.write(key, content)


def _kept(content: dict[str, Any]) -> Kept | None:
    """As written by ``put``; None where another version wrote it otherwise."""
    try:
        tries = tuple(
            Try(**each | {"month": Month.parse(each["month"])}) for each in content["tries"]
        )
        return Kept(content["model"], tuple(content["path"]), tries)
    except (KeyError, TypeError, ValueError):
        return None
