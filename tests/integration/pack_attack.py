"""A reader of finished public packs who reckons: no code of the suppression is used here.

Every figure of the public content is an equation over counts of single months; the linear
programme tells how far the equations and "no count is negative" narrow a count that was kept back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from callover.domain.indicators import Catalogue
from callover.domain.periods import Month

BASES = ("month", "ytd", "rolling12")
THRESHOLD = 10
MISS = 1e-4
"""Counts are whole numbers: what differs by so little is the same."""
ANY = 1e6
"""What "withheld" may stand for."""
UNBOUNDED = 3

Record = dict[str, Any]
Place = tuple[str, str, int]
"""Source ("*" where sources agree), series, number of the month."""
Terms = dict[Place, float]


@dataclass(frozen=True)
class Told:
    """A small count that public figures narrow to less than it must span."""

    source: str
    series: str
    measure: str
    month: str
    low: float
    high: float


def narrowed(
    catalogue: Catalogue,
    public: Sequence[Record],
    restricted: Sequence[Record],
    by_words: bool = False,
) -> list[Told]:
    """The small counts of the restricted packs that the public ones of the same months give away.

    ``by_words``: the reader also takes the words of the tables for what they mean. Then all that
    "fewer than 10" says must stay possible.
    """
    area = public[0]["area"]
    truth = [record for pack in restricted for record in pack["figures"]]
    reader = _Reader(catalogue, _counts(area, truth))
    if by_words:
        for shown, whole in zip(public, restricted, strict=True):
            for record, words in printed_instead(shown, whole):
                if record["area"] == area:
                    reader.read_words(record, words)
    known = [record for pack in public for record in pack["figures"]]
    reader.learn([record for record in known if record["area"] == area and _is_number(record)])
    return list(reader.narrowed(by_words))


def printed_instead(public: Record, restricted: Record) -> Iterator[tuple[Record, str]]:
    """Each figure of the restricted pack's tables for which the public one prints words."""
    figures = {record["key"]: record for record in restricted["figures"]}
    whole = dict(_cells(restricted["document"]))
    for place, cell in _cells(public["document"]):
        record = figures.get(whole.get(place, {}).get("figure"))
        if record is not None and cell.get("value") is None and _is_number(record):
            yield record, cell.get("text", "")


def _cells(node: Any) -> Iterator[tuple[tuple[str, str, str], Record]]:
    """Every cell of every table, by the table's id, the row's title and the column's heading."""
    if isinstance(node, list):
        for each in node:
            yield from _cells(each)
    elif isinstance(node, dict):
        if {"id", "rows", "columns"} <= node.keys():
            headings = [column["heading"] for column in node["columns"]]
            for row in node["rows"]:
                for heading, cell in zip(headings, row["cells"], strict=False):
                    yield (node["id"], row["cells"][0].get("text", ""), heading), cell
        for key, each in node.items():
            if key != "book":
                yield from _cells(each)


def _is_number(record: Record) -> bool:
    return isinstance(record["value"], int | float)


def _counts(area: str, records: Iterable[Record]) -> dict[tuple[str, str, str, str], float]:
    return {
        (r["source"], r["series"], r["measure"], r["month"]): r["value"]
        for r in records
        if r["area"] == area and _is_number(r)
    }


class _Reader:
    def __init__(self, catalogue: Catalogue, truth: dict[tuple[str, str, str, str], float]) -> None:
        self.catalogue = catalogue
        self.truth = truth
        self.same = _sources_that_agree(truth)
        self.columns: dict[Place, int] = {}
        self.equations: list[tuple[Terms, float]] = []
        # What was printed instead, from, to; whether "withheld" means no small count there.
        self.said: list[tuple[Terms, float, float, bool]] = []

    def read_words(self, record: Record, words: str) -> None:
        """What the words printed instead of a count say of it."""
        base, _, compared = record["measure"].partition("_")
        series = self.catalogue.series.get(record["series"])
        if base not in BASES or compared not in ("", "previous") or series is None:
            return
        if not series.unit.adds or record["peer_group"]:
            return
        at = Month.parse(record["month"])
        month = str(Month(at.index - 12)) if compared else record["month"]
        terms = self._span(record["source"], record["series"], base, month)
        below = re.fullmatch(r"(?:fewer than |<)(\d+)", words)
        if below:
            self.said.append((terms, 0.0, float(below[1]) - 1, True))
        elif words.lower() in ("w", "withheld"):
            self.said.append((terms, 0.0, ANY, record["value"] >= THRESHOLD))
        else:
            return
        self._number(terms)

    def learn(self, records: list[Record]) -> None:
        """Each figure an equation, where it says something of counts; totals are their parts."""
        people = {
            (r["indicator"], r["month"], r["source"]): r["value"]
            for r in records
            if r["measure"] == "rate_denominator"
        }
        for record in records:
            if record["peer_group"] or record["series"] not in self.catalogue.series:
                continue
            self.equations += self._of_measure(record)
            if record["measure"] == "rate":
                where = (record["indicator"], record["month"], record["source"])
                self.equations += self._of_rate(record, people.get(where))
        self.targets = list(self._small())
        for terms, _ in self.equations:
            self._number(terms)
        for source, series, base, month, _ in self.targets:
            self._number(self._span(source, series, base, month))
        self.equations += self._sums()

    def _of_measure(self, record: Record) -> Iterator[tuple[Terms, float]]:
        source, name, month = record["source"], record["series"], record["month"]
        value, series = record["value"], self.catalogue.series[record["series"]]
        base, _, compared = record["measure"].partition("_")
        exact = self.truth.get((source, name, "year_end", month), 0.5)
        if record["measure"] == "year_end" and exact == int(exact) and series.unit.adds:
            # A whole number: the year is expected to end as "each month as a year before" has it.
            yield self._span(source, name, "rolling12", month), value
        if base not in BASES:
            return
        before = str(Month(Month.parse(month).index - 12))
        at = before if compared == "previous" else month
        if series.numerator and series.denominator:
            if compared in ("", "previous"):
                above = self._span(source, series.numerator, base, at)
                yield _less(above, self._span(source, series.denominator, base, at), value / 100), 0
        elif not series.unit.adds:
            return
        elif compared in ("", "previous"):
            yield self._span(source, name, base, at), value
        elif compared in ("change", "change_pct"):
            now, then = (self._span(source, name, base, m) for m in (month, before))
            grown, more = (1.0, value) if compared == "change" else (1 + value / 100, 0.0)
            yield _less(now, then, grown), more

    def _of_rate(self, record: Record, people: float | None) -> Iterator[tuple[Terms, float]]:
        rate = self.catalogue.indicators[record["indicator"]].rate
        if people and rate and self.catalogue.series[record["series"]].unit.adds:
            year = self._span(record["source"], record["series"], "rolling12", record["month"])
            yield year, record["value"] * people / rate.per

    def _span(self, source: str, series: str, base: str, month: str) -> Terms:
        last = Month.parse(month)
        first = {"month": last.index, "rolling12": last.index - 11}.get(
            base, last.financial_year.first.index
        )
        known_as = self.same.get((source, series), source)
        return {(known_as, series, i): 1.0 for i in range(first, last.index + 1)}

    def _number(self, terms: Terms) -> None:
        for place in terms:
            self.columns.setdefault(place, len(self.columns))

    def _sums(self) -> Iterator[tuple[Terms, float]]:
        for source, name, month in list(self.columns):
            series = self.catalogue.series[name]
            parts = [(source, part, month) for part in series.parts]
            if parts and not series.overlapping and all(part in self.columns for part in parts):
                yield {(source, name, month): -1.0, **dict.fromkeys(parts, 1.0)}, 0.0

    def _within(self) -> Iterator[Terms]:
        """What a whole contains is no more than the whole; not where the truth is otherwise, for
        there a reader is only misled."""
        for source, name, month in list(self.columns):
            parts = [(source, part, month) for part in self.catalogue.series[name].contains]
            known = [part for part in parts if part in self.columns]
            if known and self._is_within((source, name, month), known):
                yield {(source, name, month): -1.0, **dict.fromkeys(known, 1.0)}

    def _is_within(self, whole: Place, parts: Sequence[Place]) -> bool:
        counts = [self._true_month(place) for place in (whole, *parts)]
        return None not in counts and sum(counts[1:]) <= counts[0]

    def _true_month(self, place: Place) -> float | None:
        source, name, index = place
        month = str(Month(index))
        known = (
            value
            for (s, n, measure, when), value in self.truth.items()
            if (n, measure, when) == (name, "month", month) and source in (s, "*")
        )
        return next(known, None)

    def _small(self) -> Iterator[tuple[str, str, str, str, str]]:
        for (source, name, measure, month), value in sorted(self.truth.items()):
            base, _, compared = measure.partition("_")
            known = self.catalogue.sources.get(source)
            if base not in BASES or compared not in ("", "previous") or value >= THRESHOLD:
                continue
            if known and known.disclosure.threshold and self.catalogue.series[name].unit.adds:
                at = str(Month(Month.parse(month).index - 12)) if compared else month
                yield source, name, base, at, measure

    def narrowed(self, by_words: bool) -> Iterator[Told]:
        """Each small count whose least and largest value lie too near each other."""
        rows, sides = self._that_hold()
        least, most = sides - MISS, sides + MISS
        if within := list(self._within()):
            rows = csr_array(vstack([rows, self._rows(within)]))
            least = np.r_[least, np.full(len(within), -ANY)]
            most = np.r_[most, np.full(len(within), MISS)]
        if by_words and self.said:
            rows = csr_array(vstack([rows, self._rows([terms for terms, *_ in self.said])]))
        _, groups = connected_components(rows.T @ rows, directed=False)
        if by_words and self.said:
            low, high = self._words(groups)
            least, most = np.r_[least, low], np.r_[most, high]
        needed = THRESHOLD - 1 if by_words else THRESHOLD
        for source, series, base, month, measure in self.targets:
            columns = [self.columns[p] for p in self._span(source, series, base, month)]
            kept = np.flatnonzero(np.isin(groups, groups[columns]))
            part = rows[:, kept]
            used = np.flatnonzero(np.diff(part.tocsr().indptr))
            cost = np.isin(kept, columns).astype(float)
            low, high = _ends(cost, part[used], least[used], most[used])
            if high - low < needed - 100 * MISS:
                yield Told(source, series, measure, month, low, high)

    def _words(self, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Ends of what was printed instead. Where every small count of a group is called so,
        "withheld" means at least the threshold."""
        of_group = [groups[self.columns[next(iter(terms))]] for terms, *_ in self.said]
        vague = {g for g, (*_, clear) in zip(of_group, self.said, strict=True) if not clear}
        low = [
            THRESHOLD if high == ANY and group not in vague else low
            for group, (_, low, high, _) in zip(of_group, self.said, strict=True)
        ]
        return np.array(low, float), np.array([high for _, _, high, _ in self.said])

    def _rows(self, sums: list[Terms]) -> csr_array:
        places = [
            (row, self.columns[place], factor)
            for row, terms in enumerate(sums)
            for place, factor in terms.items()
        ]
        at, columns, factors = zip(*places, strict=True)
        return csr_array(coo_array((factors, (at, columns)), shape=(len(sums), len(self.columns))))

    def _that_hold(self) -> tuple[csr_array, np.ndarray]:
        """The equations without those that contradict the others: breaks in how things count."""
        rows = self._rows([terms for terms, _ in self.equations])
        size = rows.shape
        sides = np.array([side for _, side in self.equations])
        misses = eye_array(size[0], format="csr")
        cost = np.r_[np.zeros(size[1]), np.ones(2 * size[0])]
        found = linprog(cost, A_eq=hstack([rows, misses, -misses]), b_eq=sides, method="highs")
        holds = np.abs(rows @ found.x[: size[1]] - sides) < MISS
        assert holds.mean() > 0.99, "most equations contradict one another: the reader is wrong"
        return rows[holds], sides[holds]


def _sources_that_agree(truth: dict[tuple[str, str, str, str], float]) -> dict[Any, str]:
    """ "*" for each source of a series whose sources agree wherever both say something."""
    by_series: dict[str, dict[str, dict[Any, float]]] = defaultdict(lambda: defaultdict(dict))
    for (source, series, measure, month), value in truth.items():
        if measure in BASES:
            by_series[series][source][measure, month] = value
    found = {}
    for series, sources in by_series.items():
        every = [(key, value) for known in sources.values() for key, value in known.items()]
        agreed = dict(every)
        if len(sources) > 1 and all(abs(agreed[key] - value) < MISS for key, value in every):
            found |= {(source, series): "*" for source in sources}
    return found


def _less(above: Terms, below: Terms, factor: float) -> Terms:
    terms = dict(above)
    for place, weight in below.items():
        terms[place] = terms.get(place, 0.0) - factor * weight
    return terms


def _ends(
    cost: np.ndarray, rows: csr_array, least: np.ndarray, most: np.ndarray
) -> tuple[float, float]:
    bounds = vstack([rows, -rows]) if len(least) else None
    limits = np.r_[most, -least] if len(least) else None
    ends = [linprog(sign * cost, A_ub=bounds, b_ub=limits, method="highs") for sign in (1, -1)]
    assert all(end.status in (0, UNBOUNDED) for end in ends), [end.message for end in ends]
    low, high = (end.fun if end.status == 0 else -np.inf for end in ends)
    return float(low), -float(high)
