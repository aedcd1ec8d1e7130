"""Suppression attacked: no independent solver narrows a hidden count below its threshold."""

from __future__ import annotations

from itertools import combinations

import pytest

from callover.analysis.suppress import CannotProtect, Choice, Part, Problem, choose
from property.random_tables import random_publication
from property.reckoning_reader import Reader

BY_WORDS = {False: "by sums", True: "by words too"}


def _attacked(
    problem: Problem, hidden: frozenset[str], by_words: bool, unnamed: frozenset[str] = frozenset()
) -> list[str]:
    """What the independent reader can say too exactly, in words."""
    reader = Reader(problem, hidden)
    reads_words = Reader(problem, hidden, by_words=True, unnamed=unnamed) if by_words else None
    found = []
    for cell in problem.cells:
        if cell.name not in hidden:
            continue
        low, high = reader.ends(cell.name)
        if high - low < cell.threshold:
            found.append(f"{cell.name} lies between {low} and {high}")
        if reads_words is not None and cell.part is Part.PRIMARY:
            low, high = reads_words.ends(cell.name)
            if high - low < cell.threshold - 1 - (0 if cell.zero_hidden else 1):
                found.append(f"{cell.name} is {low} to {high} by its words")
    return found


def _check(seed: int, by_words: bool) -> Choice | None:
    problem = random_publication(seed)
    primary = {cell.name for cell in problem.cells if cell.part is Part.PRIMARY}
    open_ = {cell.name for cell in problem.cells if cell.part is Part.OPEN}
    try:
        choice = choose(problem, by_words)
    except CannotProtect as error:
        everything = frozenset(primary | open_)
        told = _attacked(problem, everything, by_words=False)
        assert {t.split()[0] for t in told} & set(error.cells), (seed, error.cells, told)
        return None
    assert set(choice.primary) == primary
    assert set(choice.secondary) <= open_
    assert not _attacked(problem, choice.hidden, by_words, choice.unnamed), seed
    return choice


@pytest.mark.parametrize("by_words", BY_WORDS, ids=BY_WORDS.get)
@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_count_is_narrowed(seed: int, by_words: bool) -> None:
    _check(seed, by_words)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_thousands_of_publications(block: int) -> None:
    """None is narrowed; most can be protected, so that the attack has something to attack."""
    seeds = range(1000 + block * 100, 1100 + block * 100)
    protected = [_check(seed, by_words=bool(seed % 2)) for seed in seeds]
    assert sum(choice is not None for choice in protected) > len(protected) / 3


@pytest.mark.parametrize("seed", range(0, 160, 4))
def test_at_most_a_tenth_more_than_the_fewest(seed: int) -> None:
    problem = random_publication(seed)
    open_ = [cell.name for cell in problem.cells if cell.part is Part.OPEN]
    primary = frozenset(cell.name for cell in problem.cells if cell.part is Part.PRIMARY)
    if not primary or len(open_) > 12:
        pytest.skip("too large to try every choice")
    try:
        choice = choose(problem, by_words=False)
    except CannotProtect:
        pytest.skip("cannot be protected")
    fewest = next(
        size
        for size in range(len(open_) + 1)
        if any(not _attacked(problem, primary | set(c), False) for c in combinations(open_, size))
    )
    assert len(choice.secondary) + len(primary) <= 1.1 * (fewest + len(primary))
