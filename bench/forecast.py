"""Which library forecasts the year's end: accuracy, intervals, CPU, loading time, installed size.

From the end of June, September and December each candidate forecasts what is left of the year, of
months to come never knowing one. Intervals come from its own earlier misses over as many months,
the way ``callover.analysis.forecast`` makes them. A candidate that is not installed is left out:
``pip install 'callover[candidates]'`` adds those that were not chosen.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from packaging.requirements import Requirement

from bench import forecast_series as given
from bench.cost import alternated, whole_command
from bench.forecast_work import CANDIDATES, LONGEST, STEP, YEAR, origins
from bench.results import Result, against, within
from callover.analysis.forecast.naive import naive_spread
from callover.analysis.forecast.spread import Spread, spread_of

CHOSEN = "statsmodels_theta"
ROUNDS = 3
LOADS = {
    "statsmodels": "from statsmodels.tsa.forecasting.theta import ThetaModel",
    "statsforecast": "from statsforecast.models import AutoETS",
}
FEWEST_TRIES, MOST_TRIES = 5, 12
SERIES_MS = 150.0
"""CPU of a series: thirteen fits at most, when its months change."""


@dataclass
class Score:
    """Errors of year-end totals over the usual miss of copying, how often the intervals held what
    came, and the errors where copying stands in for a candidate whose tries came no nearer."""

    scaled: list[float] = field(default_factory=list)
    within80: list[bool] = field(default_factory=list)
    within95: list[bool] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)

    @property
    def error(self) -> float:
        """Mean absolute scaled error."""
        return float(np.mean(self.scaled))

    def line(self, name: str, ms: float) -> str:
        """For people."""
        covered = f"{100 * np.mean(self.within80):.0f} and {100 * np.mean(self.within95):.0f} %"
        error = f"scaled error {self.error:.3f} ({np.mean(self.shown):.3f} as shown)"
        return f"{name:32} {error}, within {covered}, {ms:.1f} ms a forecast"


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """Every installed candidate on both sets of series; the chosen one against the naive."""
    results = []
    for title, series in _sets(said).items():
        file = given.saved(folder / "series.npz", series)
        scores = {}
        for name in CANDIDATES:
            if name != "seasonal_naive" and find_spec(name.split("_")[0]) is None:
                said(f"{name}: skipped, it is not installed.")
                continue
            scores[name], ms = _tried(name, file, folder / f"{name}.npz", series)
            said(f"{title}: {scores[name].line(name, ms)}")
            if name == CHOSEN:
                results.append(within(f"{title}, CPU a series", 13 * ms, SERIES_MS, "ms"))
        if CHOSEN in scores:
            ours, peer = scores[CHOSEN].error, scores["seasonal_naive"].error
            results.append(against(f"{title}, scaled error", ours, peer, "", 1.0))
    _say_loading(said, rounds)
    return results


def _sets(said: Callable[[str], None]) -> dict[str, list[given.Months]]:
    sets = {"invented": given.invented()}
    real = Path(os.environ.get("CALLOVER_SHARED", "../shared")) / "data" / given.MET
    if real.exists():
        sets["Met boroughs"] = given.met(real)
    else:
        said("Met boroughs: skipped, the shared open data are not here.")
    return sets


def _tried(name: str, file: Path, out: Path, series: list[given.Months]) -> tuple[Score, float]:
    """A candidate's score and CPU in milliseconds a forecast, on one thread as the job has it."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.forecast_work", name, str(file)]
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([*command, str(out)], check=True, cwd=Path(__file__).parents[1], env=alone)
    score = Score()
    with np.load(out) as made:
        for place, (first, counts) in enumerate(series):
            _add(score, name, first, counts, made[f"{place:04d}"])
        return score, float(made["ms"])


def _add(score: Score, name: str, first: int, counts: np.ndarray, paths: np.ndarray) -> None:
    """What every year-end forecast of a series came to."""
    known = origins(first, len(counts))
    for place, origin in enumerate(known):
        left = YEAR - ((first + origin - 2) % YEAR + 1)
        if not left or origin + left > len(counts):
            continue
        tries = [p for p in range(place) if known[p] + left <= origin][-MOST_TRIES:]
        if len(tries) < FEWEST_TRIES:
            continue
        starts = [known[p] for p in tries]
        actual, copied = (_sums(counts, [k - back for k in starts], left) for back in (0, YEAR))
        said = paths[tries, :left].sum(axis=1)
        expected = float(paths[place, :left].sum())
        spread = _spread(expected, actual, said, left)
        copy = naive_spread(counts[max(0, origin - LONGEST) : origin], left)
        if name == "seasonal_naive":
            spread = copy
        nearer = np.abs(actual - said).mean() < np.abs(actual - copied).mean()
        came, usual = float(counts[origin : origin + left].sum()), _usual_miss(counts, left)
        score.scaled.append(abs(came - spread.expected) / usual)
        score.shown.append(abs(came - (spread if nearer else copy).expected) / usual)
        for share, held in ((0.80, score.within80), (0.95, score.within95)):
            low, high = spread.interval(share)
            held.append(low - 0.5 <= came <= high + 0.5)


def _sums(counts: np.ndarray, starts: list[int], left: int) -> np.ndarray:
    return np.array([counts[start : start + left].sum() for start in starts])


def _spread(expected: float, actual: np.ndarray, said: np.ndarray, left: int) -> Spread:
    """The forecast with its spread by earlier tries, as ``year_end.model_spread`` has it."""
    apart = len(actual) * min(1.0, STEP / left)
    return spread_of(expected, actual - said, actual, expected, apart)


def _usual_miss(counts: np.ndarray, left: int) -> float:
    """Mean miss of the seasonal naive forecast of as many months over the whole series."""
    sums = np.convolve(counts, np.ones(left), "valid")
    return max(1.0, float(np.abs(sums[YEAR:] - sums[:-YEAR]).mean()))


def _say_loading(said: Callable[[str], None], rounds: int) -> None:
    """How long a library takes to load, and what it adds to what Callover needs anyway."""
    own = _needed("callover", set())
    works = {
        name: partial(whole_command, [sys.executable, "-W", "ignore", "-c", code])
        for name, code in {"python": "pass", **LOADS}.items()
        if name == "python" or find_spec(name)
    }
    costs = alternated(works, rounds, lambda _line: None)
    for name in works:
        added = 0 if name == "python" else _size(_needed(name, set()) - own)
        cost = costs[name]
        said(f"{name}: loads in {cost.cpu:.2f} s CPU, {cost.memory:.2f} GB; adds {added:.0f} MB")


def _needed(name: str, found: set[str]) -> set[str]:
    """A distribution with all that it requires, without extras."""
    key = name.lower().replace("_", "-")
    if key in found:
        return found
    try:
        requires = distribution(name).requires or []
    except PackageNotFoundError:
        return found
    found.add(key)
    for line in requires:
        required = Requirement(line)
        if required.marker is None or required.marker.evaluate({"extra": ""}):
            _needed(required.name, found)
    return found


def _size(names: set[str]) -> float:
    """Installed megabytes."""
    files = [file for name in names for file in distribution(name).files or []]
    return sum(p.stat().st_size for p in (f.locate() for f in files) if Path(p).is_file()) / 1e6
