"""What the API gives: its records, and how each is made of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from callover.jobs.open_data import FILES as DATA_FILES
from callover.report.render.figure_names import figure_name, formula_words
from callover.web.publication.mail import address_of
from callover.web.publication.published import Edition
from callover.web.snapshots.index import Page
from callover.web.snapshots.serving import PACK_FILES, PUBLIC

ENDINGS = ("html", "pdf", "docx", "xlsx", "json")


class Message(Schema):
    """What went wrong."""

    detail: str


class PartnershipOut(Schema):
    """A partnership; ``over`` is the one above it, such as a county."""

    id: str
    name: str
    short_name: str
    area: str
    over: str | None = None


class PackOut(Schema):
    """A published edition."""

    edition: str
    month: str
    correction: int
    published: datetime
    known_at: datetime
    superseded_by: str | None = None
    reason: str = ""
    address: str
    files: dict[str, str]
    data: dict[str, str]


class IndicatorOut(Schema):
    """An indicator of an edition."""

    id: str
    title: str
    group: str
    strategic_groups: list[str]
    rating: str
    signs: list[str]
    sentence: str
    address: str


class FigureOut(Schema):
    """A figure: its value or its words, or the state that says why there is none."""

    figure: str
    indicator: str
    title: str
    series: str
    area: str
    measure: str
    meaning: str
    month: str
    peer_group: str
    value: float | None
    words: str
    unit: str
    state: str
    source: str
    known_at: str


class FigurePage(Schema):
    """A page of figures and how many there are in all."""

    count: int
    page: int
    size: int
    figures: list[FigureOut]


class Filters(Schema):
    """Which figures; each filter that is given must hold."""

    indicator: str = ""
    measure: str = ""
    state: str = ""
    source: str = ""
    first_month: str = Field("", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")
    last_month: str = Field("", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(100, ge=1, le=1_000)

    def lets(self, row: Mapping[str, Any]) -> bool:
        """Whether a row passes."""
        same = ("indicator", "measure", "state", "source")
        wanted = {name: getattr(self, name) for name in same}
        return (
            all(not value or row[name] == value for name, value in wanted.items())
            and (not self.first_month or str(row["month"]) >= self.first_month)
            and (not self.last_month or str(row["month"]) <= self.last_month)
        )


class FileRow(Schema):
    """A row of a file that a figure rests on."""

    file: str
    row: int | None
    start: str
    end: str
    known_from: str
    note: str = ""


class Provenance(Schema):
    """Where a figure comes from."""

    figure: str
    name: str
    calculation: str
    source: str
    known_at: str
    rows: list[FileRow]


class Receipt(Schema):
    """What was received; ask the site for how its check went."""

    number: str
    sha256: str
    received: datetime


def pack_out(edition: Edition) -> PackOut:
    """An edition with the addresses of its files."""
    held, newest = edition.publication, edition.newest
    args = (held.partnership_id, edition.name)
    there = [e for e in ENDINGS if (edition.folder / f"{PACK_FILES[PUBLIC]}.{e}").is_file()]
    return PackOut(
        edition=edition.name, month=held.month, correction=held.correction,
        published=held.publish_at, known_at=held.snapshot.known_at, reason=held.reason,
        superseded_by=newest.edition if edition.is_superseded else None,
        address=address_of("pack", *args),
        files={each: address_of("pack_file", *args, each) for each in there},
        data={each: address_of("edition_data", *args, each) for each in DATA_FILES},
    )  # fmt: skip


def indicator_out(edition: Edition, page: Page) -> IndicatorOut:
    """An indicator as the index has it."""
    args = (edition.publication.partnership_id, edition.name, page.slug)
    return IndicatorOut(
        id=page.indicator, title=page.title, group=page.group,
        strategic_groups=list(page.strategic), rating=page.rating.words if page.rating else "",
        signs=[sign.words for sign in page.signs], sentence=page.sentence,
        address=address_of("public_page", *args),
    )  # fmt: skip


def provenance_of(edition: Edition, key: str) -> Provenance:
    """The lineage that the public pack file holds; raises KeyError for a figure that it lacks."""
    pack = edition.pack
    record = next((each for each in pack.figures if each["key"] == key), None)
    if record is None:
        raise KeyError(key)
    titles = {str(k): str(v) for k, v in pack.facts.get("titles", {}).items()}
    sources = {str(s["source"]): str(s["title"]) for s in pack.facts.get("sources", ())}
    rows = pack.facts.get("rows", ())
    return Provenance(
        figure=key, name=figure_name(record, titles, sources),
        calculation=formula_words(str(record.get("worked", "")), titles, sources),
        source=sources.get(str(record["source"]), str(record["source"])),
        known_at=str(record.get("known_at", "")),
        rows=[_file_row(rows[each]) for each in record.get("inputs", ())],
    )  # fmt: skip


def _file_row(row: Mapping[str, Any]) -> FileRow:
    return FileRow(
        file=str(row["file"]), row=row["row"], start=str(row["start"]), end=str(row["end"]),
        known_from=str(row["known_from"]), note=str(row.get("note") or ""),
    )  # fmt: skip
