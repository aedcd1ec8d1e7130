"""The example fits the catalogue, its commentary types no numbers, its words are our own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from callover.catalogue.load import load_catalogue
from callover.catalogue.partnership import load_partnership
from callover.data.contracts import MEASURES
from callover.domain.indicators import Catalogue
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State
from callover.report.commentary import TOKEN, parse_commentary, stale_months, typed_numbers
from golden.example import example_figures
from golden.recount_files import DATA, read_rows
from shared_data import shared

FOLDER = DATA.parent
FILES = sorted(DATA.glob("*.csv"))
TEXTS = sorted((FOLDER / "commentary").glob("*.md"))
RUN = 8


@pytest.fixture(scope="module")
def london() -> Catalogue:
    return load_catalogue("london")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_only_what_the_catalogue_knows(path: Path, london: Catalogue) -> None:
    source = london.sources[path.stem]
    for row in read_rows(path):
        assert row["series"] in london.series, row
        assert row["series"] in source.series, row
        assert not row["peer_group"] or row["peer_group"] in london.peer_groups, row
        assert (row["measure"] or "value") in MEASURES, row
        assert PeriodKind(row["period"]), row
        state = State(row["state"] or "final")
        assert state.has_value == bool(row["value"] or row["numerator"]), row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_value_is_given_twice(path: Path) -> None:
    names = ("series", "area", "period", "start", "end", "measure", "peer_group")
    keys = Counter(tuple(row[name] for name in names) for row in read_rows(path))
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_partnership_rates_only_indicators_of_its_set(london: Catalogue) -> None:
    made = load_partnership(FOLDER / "partnership.yaml", frozenset(london.indicators))
    assert made.area == "E09000002"
    assert made.overrides == ()
    assert len({rating.indicator for rating in made.printed_ratings}) == 33


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_commentary_prints_tokens_not_typed_numbers(path: Path, london: Catalogue) -> None:
    assert path.stem in london.indicators
    text = parse_commentary(path.stem, path.read_text(encoding="utf-8"), str(path))
    assert text.updated is not None
    assert typed_numbers(text.body) == ()
    assert stale_months(text.body, Month.of(2016, 9), carried=False) == ()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.casefold().replace("’", "'"))


def test_no_run_of_eight_words_is_the_packs() -> None:
    pack = _words(shared("pack", "000_9c820436f56cb8b8.txt").read_text(encoding="utf-8"))
    printed = {tuple(pack[i : i + RUN]) for i in range(len(pack) - RUN + 1)}
    copied = []
    for path in (*TEXTS, FOLDER / "README.md", FOLDER / "partnership.yaml"):
        words = _words(path.read_text(encoding="utf-8"))
        runs = (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
        copied += [f"{path.name}: {' '.join(run)}" for run in runs if run in printed]
    assert copied == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_token_of_the_commentary_has_a_figure(path: Path) -> None:
    for match in TOKEN.finditer(path.read_text(encoding="utf-8")):
        indicator, measure, group = match[1] or path.stem, match[2], match[3] or ""
        figure = example_figures().figure(indicator, measure, "E09000002", Month.of(2016, 9), group)
        assert figure.known, f"{match[0]}: {figure.reason}"
