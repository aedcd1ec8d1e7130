"""London Fire Brigade incident records (public, one line an incident, 32 columns), counted by month
for boroughs and wards.

The records hold no motive: deliberate fires (arson) cannot be told and are not given. What the
brigade's borough table calls by the same name is met as nearly as the columns allow:

* ``fire_primary`` and ``fire_secondary`` by the stop code, ``fire_all`` both together (chimney
  fires and late calls are neither; they are left out and counted);
* ``fire_dwelling`` and ``fire_non_domestic`` primary fires in dwellings, in other buildings;
* ``fire_outdoor_rubbish`` secondary fires of refuse, bins, skips and tips;
* ``fire_afa`` automatic alarms in buildings other than dwellings; ``fire_lift_releases`` people
  released from lifts; ``fire_in_care_homes``, ``fire_sheltered`` fires by type of property.

Incidents over the border and those not geo-coded lie in no borough; they are left out and counted.
A first or last month that the records do not cover whole is provisional.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callover.data.coded import Coded, Ints, Mask, coded
from callover.data.contracts import OBSERVATIONS, ReadResult
from callover.data.delimited import TextTable, header_of, read_delimited, with_rows
from callover.data.london import BOROUGH_NAMES, borough_code
from callover.data.reader import ReadContext, Reader
from callover.data.tables import areas, links, month_dates, observations, words
from callover.domain.areas import AreaKind
from callover.domain.errors import Fault, Finding, Severity
from callover.domain.periods import Month
from callover.domain.states import State

ID = "lfb_incidents"
BRIGADE = "E31000046"
GROUP, STOP, SPECIAL = "incident_group", "stop_code_description", "special_service_type"
CATEGORY, TYPE = "property_category", "property_type"
BOROUGH, BOROUGH_NAME, WARD, WARD_NAME = "borough_code", "borough_name", "ward_code", "ward_name"
FRS, DAY, NUMBER = "frs", "date_of_call", "incident_number"
WORDS = (
    GROUP, STOP, SPECIAL, CATEGORY, TYPE, BOROUGH, BOROUGH_NAME, WARD, WARD_NAME, FRS, DAY,
)  # fmt: skip
NO_PLACE = "E00000000"
RUBBISH = frozenset(
    {
        "Small refuse/rubbish container",
        "Loose refuse",
        "Large refuse/rubbish container (eg skip/ paladin)",
        "Wheelie bin (domestic size)",
        "Common external bin storage area",
        "Refuse/rubbish tip",
    }
)
BUILDINGS = frozenset({"Non Residential", "Other Residential"})
FIRES = frozenset({"Primary Fire", "Secondary Fire"})
GROUPS = frozenset({"Fire", "False Alarm", "Special Service"})

Columns = Mapping[str, Coded]

SERIES: Mapping[str, Callable[[Columns], Mask]] = {
    "fire_all": lambda c: c[STOP].where(FIRES.__contains__),
    "fire_primary": lambda c: c[STOP].equal("Primary Fire"),
    "fire_secondary": lambda c: c[STOP].equal("Secondary Fire"),
    "fire_dwelling": lambda c: c[STOP].equal("Primary Fire") & c[CATEGORY].equal("Dwelling"),
    "fire_non_domestic": lambda c: (
        c[STOP].equal("Primary Fire") & c[CATEGORY].where(BUILDINGS.__contains__)
    ),
    "fire_outdoor_rubbish": lambda c: (
        c[STOP].equal("Secondary Fire") & c[TYPE].where(RUBBISH.__contains__)
    ),
    "fire_afa": lambda c: c[STOP].equal("AFA") & c[CATEGORY].where(BUILDINGS.__contains__),
    "fire_lift_releases": lambda c: c[SPECIAL].equal("Lift Release"),
    "fire_in_care_homes": lambda c: (
        c[GROUP].equal("Fire") & c[TYPE].equal("Nursing/Care Home/Hospice")
    ),
    "fire_sheltered": lambda c: (
        c[GROUP].equal("Fire") & c[TYPE].equal("Self contained Sheltered Housing")
    ),
}
"""Series to the test that picks its incidents."""


class LfbIncidents:
    """Reads the incident records."""

    id = ID

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether all columns that are needed stand in the header."""
        return not path.is_dir() and {*WORDS, NUMBER} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Counts by series, month, borough and ward, zeros included."""
        context.progress("reading the incidents", 0.0)
        source = with_rows(read_delimited(path, columns=(NUMBER, *WORDS), repeated=WORDS))
        columns = {name: coded(source, name) for name in WORDS}
        days = _days(columns[DAY])
        bad, faults = _check(source, columns, days)
        faults = [*source.faults, *faults]
        over = columns[FRS].equal("OverTheBorder")
        nowhere = columns[BOROUGH].equal(NO_PLACE) & ~over
        use = ~bad & ~over & ~nowhere
        neither = columns[GROUP].equal("Fire") & ~columns[STOP].where(FIRES.__contains__)
        left_out = {
            "chimney fires and late calls, in no series": int((neither & use).sum()),
            "incidents over the border": int((over & ~bad).sum()),
            "incidents in London that are not geo-coded": int((nowhere & ~bad).sum()),
        }
        left_out = {reason: number for reason, number in left_out.items() if number}
        if not use.any():
            return ReadResult(
                OBSERVATIONS.empty_table(), faults=tuple(sorted(faults)), left_out=left_out
            )
        return _result(source, columns, days, use, faults, left_out)


def _days(cells: Coded) -> Ints:
    """Days since 1970 of each row, -1 where the text is no date written as 2017-03-19."""
    days = [_day(text) for text in cells.words]
    return np.array(days, dtype=np.int64)[cells.codes] if days else np.empty(0, np.int64)


def _day(text: str) -> int:
    try:
        return (date.fromisoformat(text) - date(1970, 1, 1)).days
    except ValueError:
        return -1


def _check(source: TextTable, columns: Columns, days: Ints) -> tuple[Mask, list[Fault]]:
    """Which rows cannot be used, and why."""
    code, name = columns[BOROUGH], columns[BOROUGH_NAME]
    known = code.where(lambda word: word in BOROUGH_NAMES or word == NO_PLACE)
    named = np.array([borough_code(word) or NO_PLACE for word in name.words], dtype=object)
    told = named[name.codes] == np.array(code.words, dtype=object)[code.codes]
    numbers = source.column(NUMBER)
    checks = [
        (DAY, days < 0, "is no date, such as 2017-03-19"),
        (GROUP, ~columns[GROUP].where(GROUPS.__contains__), "is no group of incidents"),
        (BOROUGH, ~known, "is no London borough's code"),
        (BOROUGH_NAME, known & ~told, "is not the name of the code beside it"),
        (WARD, ~columns[WARD].where(lambda w: w.startswith(("E05", "E00"))), "is no ward's code"),
        (NUMBER, _again(numbers), "this incident stands there twice"),
    ]
    bad = np.zeros(source.table.num_rows, dtype=bool)
    faults: list[Fault] = []
    for column, wrong, reason in checks:
        faults += source.faults_where(wrong & ~bad, column, reason)
        bad |= wrong
    return bad, faults


def _again(numbers: pa.ChunkedArray) -> Mask:
    """The rows whose text stood in a row before."""
    again = np.zeros(len(numbers), dtype=bool)
    distinct = pc.unique(numbers)
    if len(distinct) < len(numbers):
        position = pc.index_in(numbers, distinct).to_numpy()
        again[:] = True
        again[np.unique(position, return_index=True)[1]] = False
    return again


def _result(
    source: TextTable,
    columns: Columns,
    days: Ints,
    use: Mask,
    faults: list[Fault],
    left_out: dict[str, int],
) -> ReadResult:
    """Counts of the usable rows, with areas, findings and summary."""
    months = days[use].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first, last = (
        date.fromordinal(_ordinal(days[use].min())),
        date.fromordinal(_ordinal(days[use].max())),
    )
    # a month without a single incident in all of London was not supplied
    covered, position = np.unique(months, return_inverse=True)
    index = covered + 1970 * 12
    partial = _partial(first, last)
    tables = [
        _counts(columns, columns[place], use, position, index, partial) for place in (BOROUGH, WARD)
    ]
    named, pairs = _places(columns, use)
    return ReadResult(
        pa.concat_tables(tables),
        areas(named),
        links(pairs),
        tuple(sorted(faults)),
        tuple(_partial_findings(partial, first, last) + _missing_findings(index)),
        (
            f"{source.table.num_rows:,} incidents, {first} to {last}.",
            "The records hold no motive: deliberate fires (arson) are not available.",
            *source.notes,
        ),
        left_out,
    )


def _ordinal(day: np.int64) -> int:
    return int(day) + date(1970, 1, 1).toordinal()


def _partial(first: date, last: date) -> tuple[Month, ...]:
    """The first and last months, where the records begin or end within them."""
    begin, end = Month.containing(first), Month.containing(last)
    found = [begin] if first.day > 1 else []
    if last + timedelta(days=1) <= end.last_day and end not in found:
        found.append(end)
    return tuple(found)


def _counts(
    columns: Columns,
    place: Coded,
    use: Mask,
    position: Ints,
    index: Ints,
    partial: tuple[Month, ...],
) -> pa.Table:
    """Every series by place and month; ``position`` is each used row's month in ``index``."""
    used = np.unique(place.codes[use])
    at = np.searchsorted(used, place.codes[use])
    cube = np.zeros((len(SERIES), len(used), len(index)))
    for i, test in enumerate(SERIES.values()):
        chosen = test(columns)[use]
        np.add.at(cube[i], (at[chosen], position[chosen]), 1)
    series, area, month = (axis.ravel() for axis in np.indices(cube.shape))
    start, end = month_dates(index[month])
    provisional = np.isin(index, [m.index for m in partial]).astype(np.int64)
    return observations(
        cube.size,
        series=words(list(SERIES), series),
        area=words(place.words, used[area]),
        start=start,
        end=end,
        value=cube.ravel(),
        state=words([State.FINAL, State.PROVISIONAL], provisional[month]),
    )


def _places(
    columns: Columns, use: Mask
) -> tuple[list[tuple[str, str, AreaKind]], list[tuple[str, str]]]:
    """Boroughs, wards and the brigade, and which lies in which."""
    borough, ward, name = (columns[c] for c in (BOROUGH, WARD, WARD_NAME))
    rows = np.stack([borough.codes[use], ward.codes[use], name.codes[use]], axis=1)
    found = [(BRIGADE, "London Fire Brigade", AreaKind.FIRE_AUTHORITY)]
    pairs: list[tuple[str, str]] = []
    for b, w, n in np.unique(rows, axis=0).tolist():
        code = borough.words[b]
        found.append((code, BOROUGH_NAMES[code], AreaKind.DISTRICT))
        found.append((ward.words[w], name.words[n], AreaKind.WARD))
        pairs += [(code, BRIGADE), (ward.words[w], code)]
    return found, pairs


def _partial_findings(partial: tuple[Month, ...], first: date, last: date) -> list[Finding]:
    """Months that the records do not cover whole."""
    message = f"The records run from {first} to {last}: the month is not whole."
    return [
        Finding("part_month", Severity.EXPLAINABLE, ID, "", "", str(month), message)
        for month in partial
    ]


def _missing_findings(index: Ints) -> list[Finding]:
    """Months between the first and the last for which there is no incident at all."""
    missing = sorted(set(range(int(index.min()), int(index.max()))) - set(index.tolist()))
    message = "The records hold no incident of this month: not supplied, not zero."
    return [
        Finding("month_missing", Severity.SUSPICIOUS, ID, "", "", str(Month(month)), message)
        for month in missing
    ]


READERS: tuple[Reader, ...] = (LfbIncidents(),)
