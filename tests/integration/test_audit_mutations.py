"""Contradictions of every kind, put at random places into packs that agree with themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from callover.audit.findings import Finding
from mutation.kinds import KINDS
from mutation.trial import Trial, Trials, clean_pack, findings_of
from mutation.writers import WRITERS

SEEDS = 20
"""So many clean packs are mutated."""
FOUND = 0.95


def _trials(folder: Path, form: str, rounds: int, kinds: Iterable[str]) -> list[Trial]:
    trials = Trials(folder)
    named = list(enumerate(kinds))
    return [
        trials.run(kind, form, (7 * at + 3 * number) % SEEDS, number)
        for at, kind in named
        for number in range(rounds)
    ]


def _judge(trials: list[Trial]) -> None:
    """Nearly all are found, each kind mostly, and nothing else is said."""
    strange = [_told(trial, each) for trial in trials for each in trial.strange]
    assert not strange, "\n".join(strange)
    missed = [trial for trial in trials if not trial.found]
    words = "\n".join(_told(trial) for trial in missed)
    assert len(missed) <= (1 - FOUND) * len(trials), words
    every = Counter(trial.mutation.kind for trial in trials)
    absent = Counter(trial.mutation.kind for trial in missed)
    assert not [kind for kind, times in absent.items() if 2 * times > every[kind] > 1], words


def _told(trial: Trial, found: Finding | None = None) -> str:
    mutation = trial.mutation
    told = f"{mutation.kind} in {trial.format} {trial.seed}: {mutation.was!r} -> {mutation.now!r}"
    return f"{told}: {found.rule} {found.spot.printed!r} {found.arithmetic}" if found else told


@pytest.mark.parametrize("form", [each for each in WRITERS if each != "pdf"])
def test_a_pack_that_agrees_with_itself_is_clean(form: str, tmp_path: Path) -> None:
    for seed in range(SEEDS, SEEDS + 4):
        _, found = findings_of(clean_pack(seed)[1], form, tmp_path)
        assert not found, found[0]


def test_contradictions_of_a_text_are_found(tmp_path: Path) -> None:
    _judge(_trials(tmp_path, "text", 1, list(KINDS)[::2]))


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
def test_packs_of_many_seeds_are_clean(form: str, tmp_path: Path) -> None:
    for seed in range(100, 110 if form == "pdf" else 130):
        _, found = findings_of(clean_pack(seed)[1], form, tmp_path)
        assert not found, (seed, found[0])


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
def test_contradictions_of_every_kind_are_found(form: str, tmp_path: Path) -> None:
    trials = _trials(tmp_path, form, 1 if form in ("pdf", "form") else 2, KINDS)
    assert len(trials) >= (40 if form == "pdf" else 60)
    _judge(trials)
