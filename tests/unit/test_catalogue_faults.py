"""Every kind of fault in definitions is found, all at once, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.catalogue import load_catalogue
from callover.domain.errors import Fault, FaultsFound, UnknownName

GOOD = """\
indicators:
  - id: moped_crime
    number: 32
    title: Moped-enabled crime
    group: crime
    series: gun_crime
    unit: offences
    count_basis: Offences
    direction: lower
    rating_measure: rolling12_change_pct
    change_sources: [police_local]
    rate_sources: [police_local]
    rate: {denominator: population, per: 1000}
    peer_groups: [met_32]
    valid_from: 2016-10
    targets:
      - {year: 2016/17, kind: reduction, tolerance: 5 points}
    texts:
      definition: Crimes by offenders on mopeds.
      how_it_works: Counted by month.
      what_good_looks_like: Fewer.
      why_it_matters: Victims are hurt.
"""


def faults_of(tmp_path: Path, text: str) -> list[Fault]:
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound) as caught:
        load_catalogue("london", (tmp_path,))
    return list(caught.value.faults)


def test_the_entry_that_the_mutations_start_from_is_good(tmp_path):
    (tmp_path / "own.yaml").write_text(GOOD, encoding="utf-8")
    catalogue = load_catalogue("london", (tmp_path,))
    assert catalogue.indicators["moped_crime"].number == 32
    assert len(catalogue.pages()) == 35


MUTATIONS = [
    # what is replaced, by what, line, key, words of the reason or remedy
    ("    unit: offences\n", "    unti: offences\n", 7, "unti", "Did you mean 'unit'?"),
    ("    unit: offences\n", "", 2, "unit", "missing"),
    ("number: 32", "number: many", 3, "number", "whole number"),
    ("number: 32", "number: 31", 3, "number", "taken"),
    ("number: 32", "number: [32]", 3, "number", "one value"),
    ("title: Moped-enabled crime", "title: ''", 4, "title", "empty"),
    ("id: moped_crime", "id: Moped Crime", 2, "id", "small letters"),
    ("group: crime", "group: crimes", 5, "group", "Did you mean 'crime'?"),
    ("series: gun_crime", "series: gun_crimes", 6, "series", "Did you mean 'gun_crime'?"),
    ("unit: offences", "unit: offenses", 7, "unit", "vocabulary"),
    ("unit: offences", "unit: victims", 7, "unit", "counts offences"),
    ("direction: lower", "direction: down", 9, "direction", "lower, higher, band, monitor"),
    ("change_sources: [police_local]", "change_sources: [police]", 11, "change_sources", "source"),
    ("change_sources: [police_local]", "change_sources: []", 11, "change_sources", "empty"),
    ("denominator: population", "denominator: populace", 13, "denominator", "population"),
    ("per: 1000", "per: 0", 13, "per", "above zero"),
    ("per: 1000", "per: 1000, of: x", 13, "of", "not known"),
    ("peer_groups: [met_32]", "peer_groups: [met_33]", 14, "peer_groups", "met_32"),
    ("peer_groups: [met_32]", "decimals: 0", 2, "no_benchmark_reason", "no benchmark"),
    ("valid_from: 2016-10", "valid_from: October", 15, "valid_from", "2016-09"),
    ("valid_from: 2016-10", "valid_to: 2016-13", 15, "valid_to", "a month"),
    ("year: 2016/17", "year: 2016/18", 17, "year", "2016/17"),
    ("year: 2016/17", "years: [2016/17]", 17, "years", "first and the last"),
    ("kind: reduction", "kind: reduce", 17, "kind", "vocabulary"),
    ("kind: reduction", "kind: ceiling", 17, "", "needs a value"),
    ("kind: reduction", "kind: band, low: 40, high: 28", 17, "", "below its start"),
    ("kind: reduction", "kind: band, low: 28, high: 40", 17, "targets", "does not fit"),
    ("kind: reduction", "kind: count, value: 12", 17, "targets", "does not fit"),
    ("kind: reduction", "kind: ceiling, value: 12, profile: [1, 2]", 17, "", "12 months"),
    ("kind: reduction", "kind: ceiling, value: a", 17, "value", "number"),
    ("kind: reduction", "kind: reduction, from: 2017-05", 17, "from", "outside"),
    ("tolerance: 5 points", "tolerance: 5", 17, "tolerance", "points"),
    ("tolerance: 5 points", "tolerance: 500 points", 17, "tolerance", "0 to 100"),
    ("    texts:\n", "    words:\n", 2, "texts", "missing"),
    ("      why_it_matters: Victims are hurt.\n", "", 19, "why_it_matters", "missing"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), MUTATIONS)
def test_a_mutation_is_found_at_its_line(tmp_path, old, new, line, key, words):
    faults = faults_of(tmp_path, GOOD.replace(old, new, 1))
    hits = [f for f in faults if f.line == line and f.column == key and words in str(f)]
    assert hits, "\n".join(map(str, faults))
    assert all(fault.file.endswith("own.yaml") for fault in hits)


def test_all_faults_are_found_at_once(tmp_path):
    text = GOOD.replace("number: 32", "number: many").replace("2016-10", "soon")
    text = text.replace("group: crime", "group: crimes").replace("5 points", "five")
    assert sorted(f.line for f in faults_of(tmp_path, text) if f.line) == [3, 5, 15, 17]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "series:\n  - {id: x, title: X, unit: offences, kind: sum, parts: [tno, hom]}",
            2,
            "'hom'",
        ),
        (
            "series:\n  - id: x\n    title: X\n    unit: offences\n    kind: sum\n"
            "    parts: [gun_crime, serious_youth_violence]",
            6,
            "Cannot add offences, victims",
        ),
        (
            "series:\n  - id: x\n    title: X\n    unit: percentage\n    kind: sum\n"
            "    parts: [phof_opiate, phof_non_opiate]",
            6,
            "never add",
        ),
        (
            "series:\n  - id: x\n    title: X\n    unit: percentage\n    kind: ratio\n"
            "    numerator: serious_youth_violence\n    denominator: gun_crime",
            7,
            "unlike",
        ),
        (
            "series:\n  - {id: x, title: X, unit: percentage, kind: ratio, numerator: tno}",
            2,
            "missing",
        ),
        (
            "series:\n  - id: x\n    title: X\n    unit: offences\n    kind: ratio\n"
            "    numerator: tno\n    denominator: tno",
            4,
            "percentage",
        ),
        ("series:\n  - {id: x, title: X, unit: offences, parts: [tno]}", 2, "no parts"),
        ("series:\n  - {id: x, title: X, unit: offences, numerator: tno}", 2, "has none"),
        ("series:\n  - {id: x, title: X, unit: offences, kind: sum, parts: [x]}", 2, "itself"),
        ("series:\n  - {id: x, title: X, unit: offences, overlapping: maybe}", 2, "true or false"),
        (
            "series:\n  - {id: x, title: X, unit: calls}\n  - {id: x, title: Y, unit: calls}",
            3,
            "taken",
        ),
        ("offences:\n  - {series: rape, parent: murder}", 2, "two levels"),
        (
            "peer_groups:\n  - {id: p, title: P, short_title: P, kind: force, size: 3,\n"
            "     rank_order: lowest_first, members: [{from: 2010-01-01, areas: [A, B]}]}",
            2,
            "has 2 members",
        ),
        (
            "peer_groups:\n  - {id: p, title: P, short_title: P, kind: force, size: 2,\n"
            "     rank_order: lowest_first, members: [{from: 2010-01-01, areas: [A, A]}]}",
            3,
            "stand twice",
        ),
        (
            "peer_groups:\n  - {id: p, title: P, short_title: P, kind: same_force,\n"
            "     rank_order: lowest_first, members: [{from: 2010-01-01, areas: [A]}]}",
            3,
            "follow from lookups",
        ),
        (
            "peer_groups:\n  - {id: p, title: P, short_title: P, kind: force, size: 1,\n"
            "     rank_order: lowest_first,\n"
            "     members: [{from: 2010-01-01, until: 2009-01-01, areas: [A]}]}",
            4,
            "ends before it starts",
        ),
        (
            "sources:\n  - {id: s, title: S, owner: Post, frequency: daily}",
            2,
            "month, quarter, year, once",
        ),
        (
            "sources:\n  - {id: s, title: S, owner: Post, frequency: year, year_ends: 13}",
            2,
            "1 to 12",
        ),
        ("series:\n  - {id: x, title: X, unit: offences, contains: [x]}", 2, "of itself"),
        (
            "sources:\n  - {id: s, title: S, owner: Post, frequency: month, due_day: 32}",
            2,
            "1 to 31",
        ),
        (
            "sources:\n  - {id: s, title: S, owner: Post, frequency: month, sharing_basis: Act}",
            2,
            "reviewed",
        ),
        (
            "sources:\n  - {id: s, title: S, owner: P, frequency: month, review_date: 31/3/2017}",
            2,
            "a date",
        ),
        ("denominators:\n  - {kind: peoples, from: 2016-04, vintage: latest}", 2, "no series"),
        ("denominators:\n  - {kind: population, from: 2016-04, vintage: new}", 2, "a year, a day"),
        ("tables:\n  - {id: t, title: T, source: lfb, rows: [{series: fire_all}]}", 2, "no source"),
        (
            "count_tables:\n  - {id: c, title: C, indicator: asb_calls, source: police_cad,\n"
            "     rows: [asb_cad_personal], total: asb_cad}",
            3,
            "are not the rows",
        ),
        ("change_log:\n  - {month: 2016-09, action: added, indicator: x}", 2, "missing"),
        ("amend:\n  - {id: tnoo, valid_to: 2017-03}", 2, "Did you mean 'tno'?"),
        ("indicator:\n  - {id: x}", 1, "Did you mean 'indicators'?"),
        ("series:\n  - just words", 2, "mapping of keys"),
        ("- a\n- b", 1, "sections"),
        ("terms:\n  ABC: [1]", 2, "meaning"),
        ("series: [\n", None, "not YAML"),
        ("series:\n  - {id: x, title: X, title: Y, unit: calls}", 2, "stands twice"),
    ],
)
def test_faults_of_the_other_sections(tmp_path, text, line, words):
    faults = faults_of(tmp_path, text)
    hits = [f for f in faults if words in str(f) and (line is None or f.line == line)]
    assert hits, "\n".join(map(str, faults))
    assert all(fault.file.endswith("own.yaml") for fault in hits)


def test_a_second_target_in_a_year_needs_reason_and_who_decided(tmp_path):
    later = "      - {year: 2016/17, kind: reduction, from: 2016-10}\n    texts:"
    faults = faults_of(tmp_path, GOOD.replace("    texts:", later, 1))
    assert "reason and who decided" in str(faults[0])


def test_two_targets_may_not_start_in_the_same_month(tmp_path):
    again = "      - {year: 2016/17, kind: none}\n    texts:"
    faults = faults_of(tmp_path, GOOD.replace("    texts:", again, 1))
    assert any("Two targets start in 2016-04" in fault.reason for fault in faults)


def test_bytes_that_are_no_text_are_a_fault(tmp_path):
    (tmp_path / "own.yaml").write_bytes(b"series: \xff\xfe")
    with pytest.raises(FaultsFound) as caught:
        load_catalogue("london", (tmp_path,))
    assert "not YAML" in str(caught.value.faults[0])


def test_an_unknown_set_says_which_there_are():
    with pytest.raises(UnknownName, match="london, street"):
        load_catalogue("paris")


def test_lists_nested_without_end_are_a_fault_and_no_crash(tmp_path):
    faults = faults_of(tmp_path, "series:\n  " + "[" * 100_000)
    assert (faults[0].line, "deep in one another" in faults[0].reason) == (2, True)
