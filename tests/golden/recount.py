"""Every printed figure worked out again, by hand and apart from Callover: equal or not?"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from golden.recount_files import (
    PARTS,
    RATIOS,
    NotPrinted,
    Recount,
    april_of,
    month_number,
    read_rows,
)

HERE = Path(__file__).parent
GROUP_SIZES = {"msg_15": 15, "met_32": 32}
MOPAC7 = {  # each with the source that speaks for its change
    "violence_with_injury": "iquanta",
    "robbery": "met_stats",
    "burglary": "met_stats",
    "criminal_damage": "iquanta",
    "theft_person": "met_stats",
    "theft_of_motor_vehicle": "met_stats",
    "theft_from_motor_vehicle": "met_stats",
}
IDAP_OUTCOMES = 7 + 12 + 22 + 1  # completed, attending, abandoned, suspended (a note in the file)


@dataclass(frozen=True)
class Asked:
    """A figure to recount; ``month`` counts from year 0."""

    source: str
    series: str
    month: int
    group: str


def _month(r: Recount, a: Asked) -> float:
    if a.series in RATIOS:
        return r.ratio(a.source, a.series, a.month, a.month + 1)
    return r.count(a.source, a.series, a.month, a.month + 1, "month")


def _month_pair(r: Recount, a: Asked) -> tuple[float, float]:
    now, before = (r.count(a.source, a.series, m, m + 1) for m in (a.month, a.month - 12))
    return now, before


def _ytd_pair(r: Recount, a: Asked) -> tuple[float, float]:
    now, before = (r.count(a.source, a.series, april_of(m), m + 1) for m in (a.month, a.month - 12))
    return now, before


def _rolling_pair(r: Recount, a: Asked) -> tuple[float, float]:
    now, before = (r.rolling12(a.source, a.series, m, own=False) for m in (a.month, a.month - 12))
    return now, before


def _share(r: Recount, a: Asked) -> float:
    part, whole = (r.rolling12(a.source, s, a.month, own=False) for s in (a.series, "tno"))
    return 100 * part / whole


def _rank(r: Recount, a: Asked) -> float:
    return r.taken_over(a.source, a.series, "rank", a.group, a.month)


def _published_gap(r: Recount, a: Asked) -> float:
    ours = r.taken_over(a.source, a.series, "rate", "", a.month)
    return ours - r.taken_over(a.source, a.series, "average", a.group, a.month)


def _level(r: Recount, a: Asked) -> float:
    top, bottom = r.windows[a.source, a.series, a.month]
    return 100 * top / bottom


def _trend(r: Recount, a: Asked) -> float:
    now, last = (
        r.rolling12(a.source, a.series, m, own=False) for m in (a.month, april_of(a.month) - 1)
    )
    return float((now > last) - (now < last))


def _mopac7(r: Recount, a: Asked) -> float:
    """The seven types together against 2011/12."""
    now = sum(r.rolling12(source, series, a.month, own=False) for series, source in MOPAC7.items())
    base = month_number("2012-03")
    before = sum(r.rolling12("iquanta", series, base, own=False) for series in MOPAC7)
    return _change(now, before)


def _sum_of_parts(r: Recount, a: Asked) -> float:
    """A month's count as the sum of the months of its parts."""
    parts = PARTS[a.series].split()
    return sum(r.count(a.source, part, a.month, a.month + 1) for part in parts)


MEASURES: dict[str, Callable[[Recount, Asked], float]] = {
    "month": _month,
    "month_change_pct": lambda r, a: _change(*_month_pair(r, a)),
    "ytd": lambda r, a: r.ytd(a.source, a.series, a.month),
    "ytd_previous": lambda r, a: r.ytd(a.source, a.series, a.month, 1),
    "ytd_change": lambda r, a: _difference(*_ytd_pair(r, a)),
    "ytd_change_pct": lambda r, a: _change(*_ytd_pair(r, a)),
    "rolling12": lambda r, a: r.rolling12(a.source, a.series, a.month),
    "rolling12_previous": lambda r, a: r.rolling12(a.source, a.series, a.month - 12),
    "rolling12_change": lambda r, a: _difference(*_rolling_pair(r, a)),
    "rolling12_change_pct": lambda r, a: _change(*_rolling_pair(r, a)),
    "rate": lambda r, a: r.rate(a.source, a.series, a.month),
    "share": _share,
    "sum_of_parts": _sum_of_parts,
    "rank": _rank,
    "rank_from_top": lambda r, a: GROUP_SIZES[a.group] + 1 - _rank(r, a),
    "published_gap": _published_gap,
    "target_to_date": lambda r, a: r.target_to_date(a.series, a.month),
    "progress": lambda r, a: (
        100 * r.ytd(a.source, a.series, a.month) / r.target_to_date(a.series, a.month)
    ),
    "level": _level,
    "trend": _trend,
    "baseline_change_pct": _mopac7,
    "outcomes_total": lambda _r, _a: IDAP_OUTCOMES,
}


class Tables:
    """Printed tables with totals: calls, visits, money, children."""

    def __init__(self, path: Path = HERE / "printed_tables.csv") -> None:
        self.cells: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        for row in read_rows(path):
            self.cells[row["table"]].append((row["row"], row["column"], float(row["value"])))

    def measure(self, name: str, series: str, month: int) -> float:
        """A total, share or rise of a table; ``series`` is ``table`` or ``table:line``."""
        table, _, line = series.partition(":")
        cells = self.cells[table]
        match name:
            case "grand_total":
                return sum(value for _, _, value in cells)
            case "row_total":
                label = f"{month // 12}-{month % 12 + 1:02d}"
                return sum(value for row, _, value in cells if row == label)
            case "column_total":
                return sum(value for _, column, value in cells if column == line)
            case "share_of_all":
                by_row = {row: value for row, _, value in cells}
                return 100 * by_row[line] / by_row["all"]
            case "rise" | "rise_pct":
                before, now = (value for _, _, value in cells)
                return now - before if name == "rise" else _change(now, before)
        raise ValueError(f"no way to recount {name!r}")


def _difference(now: float, before: float) -> float:
    return now - before


def _change(now: float, before: float) -> float:
    """Per cent change; raises NotPrinted on a base of nought."""
    if not before:
        raise NotPrinted("a change on nothing")
    return 100 * (now / before - 1)


def half_up(value: float, decimals: int) -> float:
    """Rounded half away from zero, after a hair of binary noise is taken off."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(f"{value:.9f}").quantize(step, ROUND_HALF_UP)) + 0.0


def printed_figures(path: Path = HERE / "printed_figures.csv") -> list[dict[str, str]]:
    """The list of printed figures, a row each."""
    return read_rows(path)


def verdict(row: dict[str, str], ours: float | None) -> str:
    """``equal``, ``differs`` or ``impossible``: our value as the pack would have printed it."""
    if ours is None:
        return "impossible"
    same = half_up(ours, int(row["decimals"])) == float(row["printed_value"])
    return "equal" if same else "differs"


def recounted(recount: Recount, tables: Tables, row: dict[str, str]) -> float | None:
    """Our value of a printed figure; None where it cannot be remade."""
    asked = Asked(row["source"], row["series"], month_number(row["month"]), row["peer_group"])
    try:
        if asked.source == "printed_tables":
            return tables.measure(row["measure"], asked.series, asked.month)
        return MEASURES[row["measure"]](recount, asked)
    except NotPrinted:
        return None


def main() -> None:
    """Print how many of the printed figures are equal, different, impossible."""
    recount, tables = Recount(), Tables()
    verdicts = [(row, recounted(recount, tables, row)) for row in printed_figures()]
    for row, ours in verdicts:
        if verdict(row, ours) != "equal":
            words = (row["page"], row["where"], row["series"], row["month"], row["printed"])
            sys.stdout.write(f"{verdict(row, ours)}: {', '.join(words)}; ours {ours}\n")
    sys.stdout.write(f"{dict(Counter(verdict(row, ours) for row, ours in verdicts))}\n")


if __name__ == "__main__":
    main()
