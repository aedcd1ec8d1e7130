"""The figures of a public pack as open data: CSV, XLSX, and what describes them to machines.

Described twice: as CSV on the Web (W3C, "Metadata Vocabulary for Tabular Data", 2015) and as a
tabular data package (Frictionless, version 1). Suppressed counts stand there with their state.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from callover.analysis.suppress.behind import Count
from callover.domain.licences import Licence
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.packfile import Pack
from callover.report.render.figure_names import measure_words
from callover.report.render.xlsx_finish import finished

FILES = {
    "figures.csv": "CSV, for any program",
    "figures.xlsx": "Excel workbook",
    "figures.csv-metadata.json": "what each column means (CSV on the Web)",
    "datapackage.json": "the same as a Frictionless data package",
}
WARD_FILES = {
    "wards.csv": "numbers by ward as CSV",
    "wards.csv-metadata.json": "what each column of the wards means (CSV on the Web)",
}
"""Beside them, where something is counted by ward."""

Row = Mapping[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it means, its type in CSVW and in Frictionless, whether every row
    has it."""

    name: str
    meaning: str
    csvw: str = "string"
    frictionless: str = "string"
    required: bool = True


COLUMNS = (
    Column("figure", "Name of the figure, once in the file."),
    Column("indicator", "The indicator that it belongs to; empty for a series of none.",
           required=False),
    Column("title", "The indicator, or the series, in words."),
    Column("series", "What is counted, or divided."),
    Column("area", "Code of the area (ONS)."),
    Column("measure", "What was reckoned: month, ytd (financial year to date), rolling12, …"),
    Column("meaning", "The measure in words, with its months."),
    Column("month", "The last month of the stretch.", "gYearMonth", "yearmonth"),
    Column("peer_group", "The group that it is compared with; empty where none.", required=False),
    Column("value", "The full value; empty where there is none, see state.", "number", "number",
           required=False),
    Column("words", "The value of a measure that is said in words, such as a trend.",
           required=False),
    Column("unit", "What the value counts.", required=False),
    Column("state", "final, provisional, derived, estimated; or why there is no value: suppressed, "
                    "not_due, late, not_supplied, not_applicable."),
    Column("source", "Who supplied it."),
    Column("known_at", "When it became known.", "dateTime", "datetime", required=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """Whose data it is, which edition (``2016-09-c1``), its page's address, when it came out, and
    under which licence, where the partnership names one."""

    publisher: str
    edition: str
    address: str
    published: datetime
    licence: Licence | None = None


def data_file(pack: Pack, about: About, name: str, indicator: str = "") -> bytes:
    """One of ``FILES`` of a public pack, or of one of its indicators. Raises KeyError for others,
    ValueError for a pack that is not public."""
    if pack.facts.get("edition") != "public":
        raise ValueError("open data is made of a public edition")
    writers = {"figures.csv": _csv, "figures.xlsx": _xlsx,
               "figures.csv-metadata.json": _csvw, "datapackage.json": _package}  # fmt: skip
    rows = [row for row in figure_rows(pack) if not indicator or row["indicator"] == indicator]
    return writers[name](rows, about)


def figure_rows(pack: Pack) -> list[Row]:
    """The figures of a pack, then the counts that it calls small, by their state alone."""
    titles: Mapping[str, str] = pack.facts.get("titles", {})
    rows = [_row(record, titles) for record in pack.figures]
    return [*rows, *_suppressed(pack, titles)]


def _row(record: Mapping[str, Any], titles: Mapping[str, str]) -> Row:
    value, month = record["value"], Month.parse(str(record["month"]))
    series = str(record["series"])
    return {
        "figure": record["key"], "indicator": record["indicator"],
        "title": titles.get(str(record["indicator"]), titles.get(series, series)),
        "series": series, "area": record["area"], "measure": record["measure"],
        "meaning": measure_words(str(record["measure"]), month), "month": str(month),
        "peer_group": record.get("peer_group") or "",
        "value": value if isinstance(value, int | float) else None,
        "words": value if isinstance(value, str) else "", "unit": record.get("unit", ""),
        "state": record.get("state", ""), "source": record["source"],
        "known_at": record.get("known_at", ""),
    }  # fmt: skip


def _suppressed(pack: Pack, titles: Mapping[str, str]) -> Iterator[Row]:
    """The counts that the public edition prints as "fewer than 10"."""
    owner = {str(r["series"]): str(r["indicator"]) for r in pack.figures}
    for name in sorted(pack.facts.get("called_small", ())):
        with suppress(ValueError):  # written by another version: none that we print
            count = Count.named(name)
            if not count.left_of:
                yield _row(
                    {"key": name, "indicator": owner.get(count.series, ""), "value": None,
                     "series": count.series, "area": count.area, "measure": count.measure,
                     "month": count.month, "source": count.source, "state": State.SUPPRESSED},
                    titles,
                )  # fmt: skip


def _csv(rows: list[Row], about: About) -> bytes:  # noqa: ARG001 - as the other writers
    return csv_of(rows, COLUMNS)


def csv_of(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Rows as a CSV file with the names of its columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in columns])
    writer.writerows([[_plain(row[column.name]) for column in columns] for row in rows])
    return out.getvalue().encode()


def _plain(value: str | float | None) -> str:
    """A cell; text that a spreadsheet would take for a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _xlsx(rows: list[Row], about: About) -> bytes:
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, safe)
    book.set_properties({
        "title": f"{about.publisher}, figures {about.edition}", "author": about.publisher,
        "created": about.published.replace(tzinfo=None),
    })  # fmt: skip
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Figures")
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.name, bold)
        for line, row in enumerate(rows, 1):
            value = row[column.name]
            if isinstance(value, int | float):
                sheet.write_number(line, place, value)
            elif value:
                sheet.write_string(line, place, str(value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    notes = book.add_worksheet("Columns")
    for line, pair in enumerate([("Column", "Meaning"), *((c.name, c.meaning) for c in COLUMNS)]):
        for place, text in enumerate(pair):
            notes.write_string(line, place, text, bold if line == 0 else None)
    notes.set_column(0, 0, 14)
    notes.set_column(1, 1, 80)
    book.close()
    return finished(out.getvalue(), "en-GB")


def _csvw(rows: list[Row], about: About) -> bytes:  # noqa: ARG001 - as the other writers
    title = f"{about.publisher}, figures {about.edition}"
    return csvw_of("figures.csv", title, about, COLUMNS, "figure")


def csvw_of(
    file: str, title: str, about: About, columns: Sequence[Column], key: str | list[str]
) -> bytes:
    """What describes a CSV file to machines."""
    return _json({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": title,
        "dc:publisher": about.publisher,
        "dc:source": about.address,
        "dc:issued": {"@value": about.published.date().isoformat(), "@type": "xsd:date"},
        **({"dc:license": {"@id": about.licence.address}} if about.licence else {}),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [
                {"name": c.name, "titles": c.name, "dc:description": c.meaning, "datatype": c.csvw,
                 "required": c.required, "null": ""}
                for c in columns
            ],
            "primaryKey": key,
        },
    })  # fmt: skip


def _package(rows: list[Row], about: About) -> bytes:
    content = _csv(rows, about)
    return _json({
        "profile": "tabular-data-package",
        "name": f"figures-{about.edition}",
        "title": f"{about.publisher}, figures {about.edition}",
        "homepage": about.address,
        "created": about.published.isoformat(),
        **({"licenses": [_licence(about.licence)]} if about.licence else {}),
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "resources": [{
            "profile": "tabular-data-resource", "name": "figures", "path": "figures.csv",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "schema": {
                "fields": [
                    {"name": c.name, "type": c.frictionless, "description": c.meaning,
                     "constraints": {"required": c.required, **_once(c)}}
                    for c in COLUMNS
                ],
                "primaryKey": "figure",
                "missingValues": [""],
            },
        }],
    })  # fmt: skip


def _licence(licence: Licence) -> dict[str, str]:
    return {"name": licence.name, "title": licence.title, "path": licence.address}


def _once(column: Column) -> dict[str, bool]:
    return {"unique": True} if column.name == "figure" else {}


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
