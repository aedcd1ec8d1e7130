"""Signals on the example partnerships: what was built in is found, and little else."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
from typer.testing import CliRunner

from callover.analysis.process.alarms import alarm_share
from callover.analysis.process.chart import History, ProcessChart, process_chart
from callover.analysis.process.rules import Special
from callover.cli import app
from callover.domain.units import Unit
from callover.examples.invented import truths
from callover.examples.invented.generate import LOCAL_COUNTS, POLICE_COUNTS, expected
from callover.examples.invented.noise import count

SEEDS = 60
FEWEST_A_MONTH = 2.0


def _asked(demo: Path, *words: str) -> dict:
    result = CliRunner().invoke(
        app, ["signals", "--workspace", str(demo), "--month", "2016-09", *words]
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.output) if "json" in words else {"text": result.output}


def test_the_step_and_the_trend_are_concerns_and_stay_on_the_list(demo: Path) -> None:
    found = _asked(demo, "--area", truths.AREA, "--format", "json")
    by_id = {each["indicator"]: each for each in found["signals"]}
    step, trend = by_id[truths.STEP.series], by_id["violence_with_injury"]
    assert (step["standing"], step["kept"]) == ("concern", True)
    assert step["rule"] == "run_above"
    assert (trend["standing"], trend["kept"]) == ("concern", True)
    assert found["signals"][0]["p"] <= found["signals"][-1]["p"]


def test_the_new_recording_is_not_called_a_rise(demo: Path) -> None:
    found = _asked(demo, "--area", truths.AREA, "--format", "json")
    recorded = next(s for s in found["signals"] if s["indicator"] == "domestic_violence")
    assert recorded["standing"] == "not enough to say"
    assert "counting changed" in recorded["why"]


def test_years_known_only_as_sums_are_still_compared(demo: Path) -> None:
    """The pack's borough: +5.4 per cent on 16,906 offences is clear, +17 per cent on 191 is not."""
    found = _asked(demo, "--area", "E09000002", "--format", "json")
    by_id = {each["indicator"]: each for each in found["signals"]}
    assert by_id["tno"]["year_change_clear"] is True
    assert by_id["serious_youth_violence"]["year_change_clear"] is False
    assert by_id["serious_youth_violence"]["disagreement"] == "red, but the change may be chance"


def test_text_says_each_in_a_sentence_and_how_many_by_chance(demo: Path) -> None:
    said = _asked(demo, "--area", truths.AREA)["text"]
    assert "16 months in a row lie above what earlier months lead to expect." in said
    assert "By chance alone" in said
    assert "nan" not in said.lower()


def test_nothing_in_json_is_nan(demo: Path) -> None:
    for area in (truths.AREA, "E09000002"):
        content = json.dumps(_asked(demo, "--area", area, "--format", "json"))
        assert "NaN" not in content
        assert "Infinity" not in content


def test_unknown_indicator_names_the_near_ones(demo: Path) -> None:
    result = CliRunner().invoke(
        app, ["signals", "--workspace", str(demo), "--month", "2016-09", "--indicator", "robery"]
    )
    assert result.exit_code != 0
    assert "robbery" in result.output


def _history(series: str, base: float, seed: int) -> History:
    """A series of the invented district drawn anew."""
    months = range(truths.FIRST.index, truths.LAST.index + 1)
    first = truths.FIRST
    means = [expected(series, truths.AREA, first + (i - first.index), base) for i in months]
    values = [float(count(mean, seed, series, i)) for i, mean in zip(months, means, strict=True)]
    return History(first, np.array(values), Unit.OFFENCES)


def _last(series: str, base: float, seed: int) -> Special | None:
    chart = process_chart(_history(series, base, seed), truths.LAST)
    return chart.last if isinstance(chart, ProcessChart) else None


def test_built_in_truths_are_found_whatever_the_seed() -> None:
    step = [
        _last(truths.STEP.series, POLICE_COUNTS[truths.STEP.series], seed) for seed in range(SEEDS)
    ]
    trend = [
        _last(truths.TREND.series, POLICE_COUNTS[truths.TREND.series], seed)
        for seed in range(SEEDS)
    ]
    up = {Special.OUTSIDE_ABOVE, Special.RUN_ABOVE, Special.TREND_UP, Special.TWO_IN_THREE_ABOVE}
    assert sum(each in up for each in step) >= 0.95 * SEEDS
    assert sum(each in up for each in trend) >= 0.95 * SEEDS


def test_others_are_found_as_often_as_stated_and_no_more() -> None:
    """No more than the stated share of false alarms, three standard errors allowed."""
    true = {truths.STEP.series, truths.TREND.series, truths.RECORDING.series}
    steady = {
        name: base
        for name, base in {**POLICE_COUNTS, **LOCAL_COUNTS}.items()
        if name not in true and base >= FEWEST_A_MONTH
    }
    found = [_last(name, base, seed) for name, base in steady.items() for seed in range(SEEDS // 3)]
    judged = [each for each in found if each is not None]
    assert len(judged) > 400
    alarms = sum(each is not Special.COMMON for each in judged) / len(judged)
    stated = alarm_share(72)
    assert alarms < stated + 3 * math.sqrt(stated * (1 - stated) / len(judged))
    assert alarms > 0  # a chart that never alarms finds nothing
