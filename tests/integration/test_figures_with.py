"""Intervals, comparisons and signals beside the figures of the example partnerships."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from scipy.stats import chi2
from typer.testing import CliRunner

from callover.cli import app
from callover.examples.invented import truths
from callover.jobs.beside import TYPES


def _run(demo: Path, *words: str):
    return CliRunner().invoke(
        app, ["figures", "--workspace", str(demo), "--month", "2016-09", *words]
    )


def _records(demo: Path, *words: str) -> list[dict]:
    result = _run(demo, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def _one(demo: Path, indicator: str, measure: str, *words: str) -> dict:
    found = _records(demo, "--indicator", indicator, "--measure", measure,
                     "--with", "intervals,signals", *words)  # fmt: skip
    return found[0]


def test_a_small_count_has_exact_limits(demo: Path) -> None:
    """Gun crime in a month is less than ten: the chi-square's own limits."""
    found = _one(demo, "gun_crime", "month", "--area", "E09000002")
    x = found["value"]
    assert x < 10
    assert found["interval_method"] == "exact"
    assert found["lower_95"] == pytest.approx(chi2.ppf(0.025, 2 * x) / 2)
    assert found["upper_95"] == pytest.approx(chi2.ppf(0.975, 2 * x + 2) / 2)
    assert found["lower_998"] < found["lower_95"]


def test_the_packs_changes_clear_and_not_clear(demo: Path) -> None:
    area = ("--area", "E09000002")
    assert _one(demo, "tno", "rolling12_change_pct", *area)["clear"] is True
    youth = _one(demo, "serious_youth_violence", "rolling12_change_pct", *area)
    assert youth["clear"] is False
    assert youth["lower_95"] < 0 < youth["upper_95"]


def test_a_rate_lies_in_its_interval_and_is_compared_with_the_group(demo: Path) -> None:
    rate = _one(demo, "robbery", "rate", "--area", truths.AREA)
    assert rate["lower_95"] < rate["value"] < rate["upper_95"]
    average = _one(demo, "robbery", "average", "--area", truths.AREA, "--peers", "invented_12")
    side = "better" if rate["upper_95"] < average["value"] else (
        "worse" if rate["lower_95"] > average["value"] else "similar")  # fmt: skip
    assert average["compared"] == side


def test_a_rank_may_as_well_be_others(demo: Path) -> None:
    rank = _one(demo, "robbery", "rank", "--area", truths.AREA, "--peers", "invented_12")
    assert 1 <= rank["rank_from"] <= rank["value"] <= rank["rank_to"] <= 12
    assert rank["rank_from"] < rank["rank_to"]


def test_signals_stand_beside_figures(demo: Path) -> None:
    found = _one(demo, truths.STEP.series, "rolling12", "--area", truths.AREA)
    assert found["variation"] == "concern"
    assert found["rule"] == "run_above"


def test_nothing_stands_beside_a_row_without_value_nor_the_whole_in_itself(demo: Path) -> None:
    words = ("--indicator", "idap_residents,tno", "--with", "intervals,signals")
    found = _records(demo, *words)
    empty = [each for each in found if each["value"] is None]
    whole = [each for each in found if each["measure"] == "share" and each["value"] == 100]
    assert empty
    assert whole
    assert not [each for each in empty if any(each[name] is not None for name in TYPES)]
    assert all(each["lower_95"] is None for each in whole)


def test_without_with_nothing_is_added(demo: Path) -> None:
    found = _records(demo, "--indicator", "tno", "--measure", "rolling12")
    assert set(found[0]) & set(TYPES) == set()


def test_every_format_holds_the_same(demo: Path, tmp_path: Path) -> None:
    words = ("--indicator", "robbery", "--area", truths.AREA, "--with", "intervals,signals")
    records = _records(demo, *words)
    rows = list(csv.DictReader(io.StringIO(_run(demo, *words, "--format", "csv").output)))
    out = tmp_path / "f.parquet"
    assert _run(demo, *words, "--format", "parquet", "--out", str(out)).exit_code == 0
    table = pq.read_table(out).to_pylist()
    assert len(records) == len(rows) == len(table) > 10
    for record, row, line in zip(records, rows, table, strict=True):
        assert record["lower_95"] == line["lower_95"]
        assert (float(row["lower_95"]) if row["lower_95"] else None) == record["lower_95"]
        assert record["variation"] == line["variation"] == (row["variation"] or None)
    assert "NaN" not in json.dumps(records)


def test_the_table_says_it_in_words(demo: Path) -> None:
    said = _run(demo, "--indicator", "robbery", "--area", truths.AREA,
                "--measure", "rank,rolling12_change_pct", "--peers", "invented_12",
                "--with", "intervals").output  # fmt: skip
    assert "between " in said
    assert "not clear" in said


def test_an_unknown_addition_names_those_that_are(demo: Path) -> None:
    result = _run(demo, "--with", "interval")
    assert result.exit_code != 0
    assert "intervals" in result.output


def test_the_funnel_is_said_beside_a_pooled_average(demo: Path) -> None:
    """Exampleford's robbery is near the pooled rate: within; a much safer district is far low."""
    own = _one(demo, "robbery", "pooled_average", "--area", truths.AREA, "--peers", "invented_12")
    assert own["funnel"] in ("Not significant", "High (0.025)", "Low (0.025)", "Low (0.001)",
                             "High (0.001)")  # fmt: skip
    safest = _records(
        demo,
        "--indicator",
        "robbery",
        "--measure",
        "pooled_average",
        "--area",
        "X00000007",
        "--peers",
        "invented_12",
        "--with",
        "intervals",
    )[0]
    dangerous = _records(
        demo,
        "--indicator",
        "robbery",
        "--measure",
        "pooled_average",
        "--area",
        "X00000010",
        "--peers",
        "invented_12",
        "--with",
        "intervals",
    )[0]
    assert safest["funnel"] == "Low (0.001)"
    assert dangerous["funnel"] == "High (0.001)"
    assert (safest["compared"], dangerous["compared"]) == ("better", "worse")
