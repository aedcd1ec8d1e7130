"""Ward tables attacked: no reader who reckons narrows a small ward, however the counts fall.

The reader is written anew: a programme of SciPy over wards × (robbery, of persons, of businesses),
each a count from 0; persons and businesses make robbery, wards the total printed under them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from callover.analysis.suppress import CannotProtect, choose
from callover.analysis.suppress.behind import Count
from callover.analysis.suppress.publication import Publication
from callover.catalogue.load import load_catalogue
from callover.domain.disclosure import Rule
from callover.domain.periods import Month

SERIES = load_catalogue("london").series
RULES = {"met_ward": Rule()}
NAMES = ("robbery", "robbery_personal", "robbery_business")
DISTRICT, MONTH = "E09000002", Month.of(2016, 9)
Table = Sequence[tuple[int, int]]
"""Robberies of persons and of businesses, ward by ward."""

FEW = st.one_of(st.integers(0, 12), st.integers(10, 90))


def count(series: str, area: str) -> Count:
    return Count("met_ward", series, area, "rolling12", MONTH)


def truth(table: Table) -> dict[tuple[int, str], float]:
    found: dict[tuple[int, str], float] = {}
    for ward, (persons, businesses) in enumerate(table):
        for name, value in zip(NAMES, (persons + businesses, persons, businesses), strict=True):
            found[ward, name] = float(value)
    return found


def shown_of(table: Table, printed: Sequence[str]) -> set[tuple[int, str]] | None:
    """Which counts of the printed series may be shown; None where none can be safe."""
    true = truth(table)
    wards = [f"E0500{n:04d}" for n in range(len(table))]
    counts = {count(s, ward): true[n, s] for n, ward in enumerate(wards) for s in printed}
    totals = {count(s, DISTRICT): sum(true[n, s] for n in range(len(wards))) for s in printed}
    publication = Publication(counts, RULES, SERIES, totals, inside={DISTRICT: wards})
    problem = publication.problem()
    try:
        chosen = choose(problem.without_names(range(len(problem.cells))))
    except CannotProtect:
        return None
    return {
        (n, s)
        for n, ward in enumerate(wards)
        for s in printed
        if count(s, ward).name not in chosen.hidden
    }


def narrowed(
    table: Table, printed: Sequence[str], shown: set[tuple[int, str]]
) -> Mapping[tuple[int, str], float]:
    """Small counts of which a reader knows more than to ten, and how wide each interval is."""
    true = truth(table)
    keys = list(true)
    rows, sums = [], []
    for ward in range(len(table)):
        rows.append([{NAMES[0]: 1, NAMES[1]: -1, NAMES[2]: -1}[s] if w == ward else 0
                     for w, s in keys])  # fmt: skip
        sums.append(0.0)
    for series in printed:
        rows.append([1 if s == series else 0 for _, s in keys])
        sums.append(sum(value for (_, s), value in true.items() if s == series))
    bounds = [(true[k], true[k]) if k in shown else (0, None) for k in keys]
    found = {}
    for place, key in enumerate(keys):
        if true[key] < 10 and (key[1] in printed or len(printed) == 2):
            cost = np.eye(len(keys))[place]
            ends = [linprog(sign * cost, A_eq=rows, b_eq=sums, bounds=bounds) for sign in (1, -1)]
            if all(end.status == 0 for end in ends):  # 3: without bound
                width = -ends[1].fun - ends[0].fun
                if width < 10 - 1e-6:
                    found[key] = width
    return found


@settings(max_examples=40, deadline=None)
@given(table=st.lists(st.tuples(FEW, FEW), min_size=3, max_size=8))
def test_no_small_ward_comes_out_of_one_table(table: list[tuple[int, int]]) -> None:
    shown = shown_of(table, NAMES[:1])
    if shown is not None:
        assert not narrowed(table, NAMES[:1], shown)
        assert all(sum(table[ward]) >= 10 for ward, _ in shown)


@settings(max_examples=40, deadline=None)
@given(table=st.lists(st.tuples(FEW, FEW), min_size=3, max_size=8))
def test_nor_of_two_that_differ_by_a_third_nobody_prints(table: list[tuple[int, int]]) -> None:
    shown = shown_of(table, NAMES[:2])
    if shown is not None:
        assert not narrowed(table, NAMES[:2], shown)


def test_the_reader_does_find_what_is_left_open() -> None:
    """Else the tests above would say nothing."""
    table = [(40, 20), (30, 30), (3, 1)]
    everything_but_the_small = {(0, "robbery"), (1, "robbery")}
    assert narrowed(table, NAMES[:1], everything_but_the_small) == {(2, "robbery"): 0.0}
