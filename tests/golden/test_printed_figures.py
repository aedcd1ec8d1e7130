"""Every recomputable figure of the pack, as printed, against a recount and against Callover.

``printed_figures.csv`` says for each figure whether ours equals the printed one, differs (then what
ours is, and why the printed one cannot stand) or cannot be remade at all.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from callover.domain.periods import Month
from golden.comparison import TREND_WORDS, comparable, disagreements
from golden.example import example_figures
from golden.recount import MOPAC7, Tables, half_up, printed_figures, recounted, verdict
from golden.recount_files import DATA, Recount, month_number, read_rows

FIGURES = printed_figures()


def _name(row: dict[str, str]) -> str:
    return f"{row['page']}, {row['where']}: {row['series']} {row['month']} {row['measure']}"


@pytest.fixture(scope="module")
def recount() -> Recount:
    return Recount()


def test_every_printed_figure_is_recounted_as_listed(recount: Recount) -> None:
    tables = Tables()
    wrong = []
    assert len(FIGURES) > 1000
    for row in FIGURES:
        ours = recounted(recount, tables, row)
        if verdict(row, ours) != row["expected"]:
            wrong.append(f"{_name(row)}: printed {row['printed']}, ours {ours}")
    assert not wrong, "\n".join(wrong)


def test_every_difference_says_our_value_and_a_reason(recount: Recount) -> None:
    tables = Tables()
    assert {row["expected"] for row in FIGURES} == {"equal", "differs", "impossible"}
    for row in FIGURES:
        assert bool(row["reason"]) == (row["expected"] != "equal"), _name(row)
        assert bool(row["our_value"]) == (row["expected"] == "differs"), _name(row)
        if row["expected"] == "differs":
            ours = recounted(recount, tables, row)
            assert ours is not None
            decimals = len(row["our_value"].partition(".")[2])
            assert half_up(ours, decimals) == float(row["our_value"]), _name(row)


def test_the_list_is_as_long_as_it_was_found_to_be() -> None:
    assert Counter(row["expected"] for row in FIGURES) == {
        "equal": 1131,
        "differs": 58,
        "impossible": 13,
    }


def _part(row: dict[str, str], seen: set[tuple[str, ...]]) -> str:
    """The row of the README's table that a figure belongs to."""
    key = tuple(row[name] for name in ("series", "month", "measure", "peer_group", "source"))
    if key in seen:
        return "again"
    seen.add(key)
    if row["source"] == "printed_tables":
        return "tables"
    return "fire" if row["page"] == "FS" else "once"


def test_the_readme_says_how_many_stand_where() -> None:
    """An earlier recount found 686 equal; its scope is that of the first row."""
    seen: set[tuple[str, ...]] = set()
    counts = Counter((_part(row, seen), row["expected"]) for row in FIGURES)
    table = (Path(__file__).parent / "README.md").read_text()
    titles = {"once": "one-page", "fire": "fire", "tables": "printed", "again": "a figure"}
    for part, title in titles.items():
        row = next(line for line in table.splitlines() if line.startswith(f"| {title}"))
        said = [int(cell) for cell in row.strip("| ").split("|")[1:]]
        found = [counts[part, kind] for kind in ("equal", "differs", "impossible")]
        assert said == [sum(found), *found], title
    assert counts["once", "equal"] == 686


def test_every_series_of_the_files_names_its_page() -> None:
    paths = sorted(DATA.glob("*.csv"))
    assert len(paths) > 10
    for path in paths:
        rows = read_rows(path)
        assert rows, path.name
        for row in rows:
            assert row["note"], f"{path.name}: {row}"


SECTION_7 = (
    ("ytd", "tno", "2016-09", "iquanta", "9031"),
    ("ytd_change_pct", "tno", "2016-09", "iquanta", "4"),
    ("ytd_change", "tno", "2016-09", "iquanta", "326"),
    ("rolling12", "tno", "2016-09", "iquanta", "17754"),
    ("rolling12_change_pct", "tno", "2016-09", "met_stats", "5"),
    ("rolling12_change", "tno", "2016-09", "met_stats", "919"),
    ("rate", "tno", "2016-09", "iquanta", "87.90"),
    ("rate", "burglary_dwelling", "2016-09", "iquanta", "13.48"),
    ("rate", "domestic_offences", "2016-09", "police_local", "13.09"),
    ("target_to_date", "fire_outdoor_rubbish", "2017-03", "lfb_monthly", "257"),
    ("share", "violence_against_the_person", "2016-09", "met_stats", "35"),
    ("level", "phof_opiate", "2016-02", "smst", "7.5"),
    ("level", "phof_non_opiate", "2016-02", "smst", "34.0"),
    ("ytd", "atr_success_rate", "2016-09", "probation", "83"),
    ("ytd", "drr_success_rate", "2016-09", "probation", "38"),
    ("share_of_all", "children_in_care:part 1", "2016-03", "printed_tables", "16.6"),
    ("share_of_all", "child_protection_plans:part 1", "2016-03", "printed_tables", "30.8"),
    ("grand_total", "calls_by_opening_code", "2016-09", "printed_tables", "4180"),
    ("grand_total", "calls_by_second_code", "2016-09", "printed_tables", "2655"),
    ("grand_total", "ward_visits", "2016-10", "printed_tables", "580"),
    ("grand_total", "domestic_services_investment", "2016-03", "printed_tables", "689900"),
    ("rolling12_change_pct", "hate_crime", "2016-09", "mopac_hate", "-5.8"),
    ("rolling12_change", "hate_crime", "2016-09", "mopac_hate", "-23"),
    ("rolling12", "fire_all", "2016-10", "lfb_borough_table", "671"),
    ("baseline_change_pct", "mopac7", "2016-09", "iquanta+met_stats", "-20"),
)


@pytest.mark.parametrize("wanted", SECTION_7, ids=lambda wanted: f"{wanted[1]}-{wanted[0]}")
def test_the_figures_that_a_correct_build_must_reproduce_are_listed_as_equal(
    wanted: tuple[str, str, str, str, str],
) -> None:
    found = [
        row
        for row in FIGURES
        if (row["measure"], row["series"], row["month"], row["source"]) == wanted[:4]
    ]
    assert found, wanted
    assert {(row["printed_value"], row["expected"]) for row in found} == {(wanted[4], "equal")}


def test_the_mopac_seven_add_to_their_printed_sum(recount: Recount) -> None:
    now = month_number("2016-09")
    total = sum(recount.rolling12(source, s, now, own=False) for s, source in MOPAC7.items())
    base = sum(recount.rolling12("iquanta", s, month_number("2012-03"), own=False) for s in MOPAC7)
    assert (total, base) == (8243, 10348)


def test_the_repeat_rate_over_twelve_months_is_a_quarter(recount: Recount) -> None:
    assert (
        recount.rolling12("marac_coordinator", "marac_repeat_rate", month_number("2016-09")) == 25
    )


def _record(row: dict[str, str], value: float | None) -> dict[str, object]:
    """A record as the system publishes it, for a row of the list."""
    names = ("indicator", "series", "month", "measure", "source")
    said = TREND_WORDS[value] if row["measure"] == "trend" and value is not None else value
    return {**{name: row[name] for name in names}, "peer_group": row["peer_group"], "value": said}


def _other(value: object) -> object:
    """Another value than the given one."""
    return value + 1 if isinstance(value, float) else -1.0


def test_the_comparison_accepts_the_recount_and_notices_every_change(recount: Recount) -> None:
    rows = comparable(FIGURES)
    tables = Tables()
    right = [_record(row, recounted(recount, tables, row)) for row in rows]
    assert disagreements(rows, right) == []
    wrong = [{**record, "value": _other(record["value"])} for record in right]
    assert len(disagreements(rows, wrong)) == len(rows)
    assert len(disagreements(rows, [])) == sum(row["expected"] != "impossible" for row in rows)


def test_the_system_gives_every_printed_figure_as_listed() -> None:
    figures = example_figures()
    rows = comparable(FIGURES)
    records = []
    assert len(rows) > 1000
    for row in rows:
        month = Month.parse(row["month"])
        group, series = row["peer_group"], row["series"]
        # a headline of two sources chooses them itself
        source = "" if "+" in row["source"] else row["source"]
        figure = figures.figure(
            row["indicator"], row["measure"], row["area"], month, group, source, series
        )
        # a window answers with the month it ends in, which may lie before the month asked for
        answer = {"month": row["month"], "source": row["source"]}
        records.append({**figure.record(), **answer})
    assert disagreements(rows, records) == []


def test_the_system_takes_over_every_published_rank_and_average() -> None:
    figures = example_figures()
    of_series = {(row["source"], row["series"]): row["indicator"] for row in FIGURES}
    seen = 0
    for path in sorted(DATA.glob("*.csv")):
        for row in read_rows(path):
            if row["measure"] not in ("rank", "average") or row["period"] != "rolling12":
                continue
            name = of_series[path.stem, row["series"]]
            month = Month.parse(row["end"])
            figure = figures.figure(
                name, row["measure"], row["area"], month, row["peer_group"], path.stem
            )
            assert figure.value == float(row["value"]), row
            assert figure.published, row
            seen += 1
    assert seen > 100
