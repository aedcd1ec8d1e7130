"""Forecasts of the year's end, made once when data arrive and kept beside the store.

Reading commands never make one: a model's forecast is found by the months it was made from, and
where none fits they show the seasonal naive one and say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from callover.analysis.forecast import key_of
from callover.analysis.forecast.backtest import backtested
from callover.analysis.forecast.kept import KeptInFolder
from callover.analysis.forecast.year_end import unbroken
from callover.analysis.histories import histories_of
from callover.analysis.process.chart import History
from callover.analysis.stored import held_from
from callover.analysis.subjects import subject_of
from callover.data.reader import Progress, no_progress
from callover.domain.errors import UserError
from callover.domain.indicators import Catalogue, Partnership
from callover.domain.periods import Month
from callover.jobs.workspace import Workspace

LIBRARIES = ("statsmodels", "threadpoolctl")

LATEST = 2
"""Months after which a forecast is kept: a pack may be about the last month but one."""

Waiting = tuple[str, History, Month]
"""A key for which nothing is kept, its months, and the month after which to forecast."""

FEWEST_YEARS = 4
"""Financial years begun: two to learn from, one and a quarter to try it on."""


def installed() -> bool:
    """Whether the extra ``forecast`` is installed."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def keep_forecasts(workspace: Workspace, source: str, progress: Progress = no_progress) -> int:
    """Make and keep the forecasts of the partnerships' own series of ``source`` whose months
    changed; gives how many were made.

    Nothing is made without the library, and nothing raised for a partnership whose settings or
    data are at fault: the figures are stored, and what reads them says what is wrong.
    """
    if not installed() or not _long_enough(workspace, source):
        return 0
    kept = KeptInFolder(workspace.store.root)
    kept.files.sweep()
    waiting = list(_waiting(workspace, source, kept))
    return _make(waiting, kept, progress) if waiting else 0


def _make(waiting: Sequence[Waiting], kept: KeptInFolder, progress: Progress) -> int:
    """Forecast, try on the past and keep, where there is enough to try it on."""
    model = import_module("callover.jobs.forecast_model")
    made = 0
    with model.on_one_thread():
        for place, (key, history, month) in enumerate(waiting):
            progress("Forecasting", place / len(waiting))
            values = unbroken(history, month)
            found = backtested(model.NAME, model.forecast, values, month)
            if found is not None:
                kept.put(key, found)
                made += 1
    return made


def _long_enough(workspace: Workspace, source: str) -> bool:
    """Whether the source reaches over so many years that a model can be tried; reads no data."""
    parts = workspace.store.manifest.parts
    return len({part.year for part in parts if part.source == source}) >= FEWEST_YEARS


def _waiting(workspace: Workspace, source: str, kept: KeptInFolder) -> Iterator[Waiting]:
    """The months of each series, up to each of the latest, for which nothing is kept yet."""
    seen: set[str] = set()
    for partnership in workspace.partnerships.values():
        try:
            histories = list(_histories(workspace, partnership, source))
        except UserError:
            continue
        for history in histories:
            for month in _latest(history):
                key = key_of(history, month)
                if key not in seen and kept.get(key) is None:
                    seen.add(key)
                    yield key, history, month


def _histories(workspace: Workspace, partnership: Partnership, source: str) -> Iterator[History]:
    """What the source gives of the partnership's indicators, month by month."""
    catalogue = workspace.catalogue_of(partnership)
    names = _fed_by(catalogue, source)
    if not names:
        return
    series = {subject_of(catalogue, name).series.id for name in names}
    held = held_from(workspace.store, catalogue, None, series, [partnership.area])
    for name in names:
        subject = subject_of(catalogue, name)
        history = histories_of(held, subject, partnership.area).get(source)
        if history is not None and history.wholes is None and history.unit.adds:
            yield history


def _fed_by(catalogue: Catalogue, source: str) -> list[str]:
    """The indicators and headlines that the source feeds."""
    known = (*catalogue.indicators, *catalogue.headlines)
    return [name for name in known if source in subject_of(catalogue, name).sources]


def _latest(history: History) -> list[Month]:
    """The latest months with a figure."""
    known = np.flatnonzero(~np.isnan(history.values))[-LATEST:]
    return [history.first + int(place) for place in known]
