"""The invented wards of the invented partnership: how its offences and residents lie in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import floor

from callover.domain.periods import Month
from callover.examples.invented import truths
from callover.examples.invented.noise import part, share

FIRST = Month.of(2014, 4)
"""From this month on the invented force counts by ward."""

WARDS = (
    ("X05000001", "Applegarth", 1.20, 0.70),
    ("X05000002", "Brackenholt", 0.85, 0.45),
    ("X05000003", "Coppergate", 1.10, 2.60),
    ("X05000004", "Dovecote", 0.95, 0.80),
    ("X05000005", "Eastmarsh", 1.30, 1.10),
    ("X05000006", "Ferrymead", 1.00, 1.60),
    ("X05000007", "Greystone", 0.70, 0.30),
    ("X05000008", "Hollowbank", 1.15, 0.90),
    ("X05000009", "Ironbrook", 1.05, 1.25),
    ("X05000010", "Kilnside", 0.60, 0.25),
)
"""Code, name, residents and level of crime against the average ward; no published code begins so.
Coppergate is the town centre; Kilnside and Greystone are so quiet that few counts may be shown."""

Row = Mapping[str, object]


def ward_counts(rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    """The partnership's own counts, each laid out over its wards so that they add up to it."""
    for row in rows:
        month = Month.parse(str(row["end"]))
        if row["area"] != truths.AREA or month < FIRST:
            continue
        series, value = str(row["series"]), int(str(row["value"]))
        for ward, number in zip(WARDS, _laid_out(value, series, month), strict=True):
            yield {**row, "area": ward[0], "value": number}


def ward_residents(rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    """The partnership's residents of every year, each ward with its share of them."""
    for row in rows:
        if row["area"] == truths.AREA and row["series"] == "population":
            for ward, number in zip(WARDS, _shared_out(int(str(row["value"]))), strict=True):
                yield {**row, "area": ward[0], "value": number, "state": "estimated"}


def _laid_out(value: int, series: str, month: Month) -> Iterator[int]:
    """A ward at a time takes its part of what is left, the last one all of it."""
    weights = [size * level * (0.6 + 0.8 * share("ward", series, code))
               for code, _, size, level in WARDS]  # fmt: skip
    for place, (code, *_) in enumerate(WARDS):
        taken = part(value, weights[place] / sum(weights[place:]), "ward", series, code, month)
        yield taken
        value -= taken


def _shared_out(people: int) -> Sequence[int]:
    """Residents by ward, rounded so that they add up."""
    sizes = [size for _, _, size, _ in WARDS]
    ends = [floor(people * end / sum(sizes)) for end in accumulate(sizes)]
    ends[-1] = people
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
