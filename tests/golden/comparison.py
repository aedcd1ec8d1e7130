"""Callover's own figures held against the list of printed ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golden.recount import half_up

COMPARED = (
    "month",
    "ytd",
    "ytd_previous",
    "ytd_change",
    "ytd_change_pct",
    "rolling12",
    "rolling12_previous",
    "rolling12_change",
    "rolling12_change_pct",
    "share",
    "rate",
    "rank",
    "rank_from_top",
    "target_to_date",
    "progress",
    "level",
    "trend",
    "baseline_change_pct",
)
"""Measures that the system has; the list's other rows are recounted in the tests only."""

TREND_WORDS = {1.0: "up", 0.0: "level", -1.0: "down"}

Key = tuple[str, str, str, str, str]


def comparable(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Rows of the printed list that the system has a figure for."""
    return [row for row in rows if row["measure"] in COMPARED and row["source"] != "printed_tables"]


def printed_key(row: Mapping[str, str]) -> Key:
    """What a printed figure and a record are matched by."""
    return row["series"], row["month"], row["measure"], row["peer_group"], row["source"]


def record_key(record: Mapping[str, object]) -> Key:
    """The same of a published record of the system."""
    names = ("series", "month", "measure", "peer_group", "source")
    series, month, measure, group, source = (str(record[name] or "") for name in names)
    return series, month, measure, group, source


def disagreements(
    rows: Iterable[Mapping[str, str]], records: Iterable[Mapping[str, object]]
) -> list[str]:
    """A line for each printed figure that the records do not answer as listed."""
    values = {record_key(record): record["value"] for record in records}
    found = []
    for row in comparable(rows):
        fault = _fault(row, values.get(printed_key(row)))
        if fault:
            found.append(f"page {row['page']}, {row['where']}: {printed_key(row)}: {fault}")
    return found


def _fault(row: Mapping[str, str], value: object) -> str:
    """What is wrong with the system's value of a printed figure; empty where nothing is."""
    if row["expected"] == "impossible":
        return "" if value is None else f"gives {value} where nothing can be worked out"
    if row["measure"] == "trend":
        return "" if value == row["printed"] else f"says {value!r} for {row['printed']!r}"
    if not isinstance(value, int | float):
        return f"gives {value!r} for the printed {row['printed']}"
    wanted = row["our_value"] or row["printed_value"]
    if half_up(float(value), len(wanted.partition(".")[2])) != float(wanted):
        return f"gives {value} for the printed {row['printed']} (wanted {wanted})"
    return ""
