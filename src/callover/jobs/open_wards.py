"""An edition's numbers by ward as open data: a CSV file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from callover.domain.disclosure import WITHHELD
from callover.domain.states import State
from callover.jobs.open_data import About, Column, Row, csv_of, csvw_of
from callover.report.wards import WardFile, WardRow, WardTable


def _number(name: str, meaning: str) -> Column:
    return Column(name, meaning, "number", "number", required=False)


COLUMNS = (
    Column("indicator", "The indicator."),
    Column("title", "The indicator in words."),
    Column("series", "What is counted."),
    Column("area", "Code of the ward; of the district for all its wards together."),
    Column("name", "The ward, or All wards."),
    Column("month", "The last of the twelve months.", "gYearMonth", "yearmonth"),
    _number("value", "Twelve months; empty where there is none, see state."),
    _number("share", "Per cent of all wards together."),
    _number("rate", "Twelve months by residents of the ward, see rate_unit."),
    Column("rate_unit", "Whom a rate counts, such as per 1,000 residents.", required=False),
    _number("previous", "The twelve months before."),
    _number("change", "The difference of the two."),
    Column("unit", "What is counted, in words."),
    Column("state", "Of the value: final, derived, estimated; or suppressed, not_supplied."),
    Column("previous_state", "Why there is no previous value: suppressed; else empty.",
           required=False),
    Column("source", "Who supplied it."),
)  # fmt: skip


def ward_data(held: WardFile, about: About, name: str) -> bytes:
    """One of ``WARD_FILES`` of a public edition. Raises KeyError for others, ValueError for a file
    that is not public."""
    if held.edition != "public":
        raise ValueError("open data is made of a public edition")
    if name == "wards.csv":
        return csv_of(ward_rows(held), COLUMNS)
    if name != "wards.csv-metadata.json":
        raise KeyError(name)
    title = f"{about.publisher}, figures by ward {about.edition}"
    return csvw_of("wards.csv", title, about, COLUMNS, ["indicator", "area"])


def ward_rows(held: WardFile) -> Iterator[Row]:
    """Every ward of every table, then all its wards together."""
    for table in held.tables:
        for row in (*table.rows, table.total):
            yield _row(held, table, row)


def _row(held: WardFile, table: WardTable, row: WardRow) -> Row:
    hidden = row.before.words == WITHHELD
    return {
        "indicator": table.indicator, "title": table.title, "series": table.series,
        "area": row.code or held.area, "name": row.name, "month": held.month,
        "value": row.now.value, "share": row.share.value, "rate": row.rate.value,
        "rate_unit": table.rate_unit, "previous": row.before.value, "change": row.change.value,
        "unit": table.unit, "state": row.state,
        "previous_state": State.SUPPRESSED.value if hidden else "", "source": table.source,
    }  # fmt: skip
