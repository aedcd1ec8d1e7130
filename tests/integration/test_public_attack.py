"""No public pack, and no two of them together, give a small count away to a reader who reckons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from callover.catalogue.load import load_catalogue
from callover.cli import app
from example_pack import demo_workspace
from integration.pack_attack import narrowed

MONTHS = ("2016-08", "2016-09")


def _built(space: Path, area: str, month: str) -> tuple[Any, Any]:
    """The public and the restricted pack, put where the next one finds them."""
    result = CliRunner().invoke(
        app,
        ["pack", "--workspace", str(space), "--area", area, "--month", month, "--edition", "both",
         "--released-by", "Head of community safety", "--formats", "html"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    written = [Path(line) for line in result.output.splitlines() if line.endswith(".json")]
    public = next(path for path in written if path.stem.endswith("-public"))
    restricted = next(path for path in written if not path.stem.endswith("-public"))
    shown, whole = (json.loads(path.read_text(encoding="utf-8")) for path in (public, restricted))
    return shown, whole


def _expected(packs: list[Any]) -> list[float]:
    """What is expected of the year: a model's digits would tell of the months behind them."""
    measures = ("year_end", "year_end_low", "year_end_high", "target_chance")
    figures = [figure for pack in packs for figure in pack["figures"]]
    return [f["value"] for f in figures if f["measure"] in measures and f["value"] is not None]


def _forecasts_over_small_months(shown: Any, whole: Any) -> list[str]:
    """Who has the model can try guesses at such months until the printed forecast comes out."""
    rules = {name: each.disclosure for name, each in load_catalogue("london").sources.items()}
    small = {
        (f["series"], f["source"])
        for f in whole["figures"]
        if f["measure"] == "month" and f["value"] is not None
        and f["value"] < rules[f["source"]].threshold
    }  # fmt: skip
    assert small
    told = (f for f in shown["figures"] if f["measure"] == "year_end")
    return [f["indicator"] for f in told if (f["series"], f["source"]) in small]


@pytest.mark.slow
@pytest.mark.parametrize("area", ["E09000002", "X00000001"])
def test_two_months_of_packs_give_nothing_away(area: str, tmp_path: Path) -> None:
    space = tmp_path / "w"
    demo_workspace(space)
    catalogue = load_catalogue("london")
    public: list[Any] = []
    restricted: list[Any] = []
    for month in MONTHS:
        shown, whole = _built(space, area, month)
        public.append(shown)
        restricted.append(whole)
        assert not _forecasts_over_small_months(shown, whole), month
        assert not narrowed(catalogue, [shown], [whole]), month
        assert not narrowed(catalogue, [shown], [whole], by_words=True), month
    assert not narrowed(catalogue, public, restricted)
    assert not narrowed(catalogue, public, restricted, by_words=True)
    assert all(value == int(value) for value in _expected(public))
    whole_numbers = [value == int(value) for value in _expected(restricted)]
    assert not all(whole_numbers) or area == "E09000002"  # its histories are too short for a model
    told = narrowed(catalogue, restricted, restricted)
    assert len(told) > 50, "the reader learns nothing from the restricted packs either"
