"""Words against the table they tell of: the figure, and the month it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callover.audit.changes import Change, Level, basis_in
from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import What
from callover.audit.outline import Section
from callover.audit.pack import Place
from callover.audit.reading.months import Span, spans_in
from callover.audit.reading.names import key_of, words_of
from callover.audit.reading.numbers import Printed, read_number
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series, kind_of
from callover.audit.subjects import subject_key
from callover.domain.errors import Severity
from callover.domain.periods import MONTH_NAMES, Month

TEXT_TABLE = Rule(
    "text-and-table",
    "A figure in words is not the one in the table",
    Severity.WRONG,
    "A sentence that says of which months a figure is gives the figure of the table for them.",
    "1,024 thefts in the text, 1,022 in the table, both for the 12 months to September.",
    "Take both from one source; where two are meant, say so beside the figure.",
    "Text and table use two sources that count at different times. It can be right, but the page "
    "must name both.",
)
OTHER_MONTH = Rule(
    "figure-of-another-month",
    "A figure stands beside the wrong month",
    Severity.WRONG,
    "The figure that a sentence gives for a month is the table's for another month.",
    "\"The year to date at August is 130\": 130 is September's, August's is 104.",
    "Correct the month; text of the last pack is the usual cause.",
)
_NEAR = 0.05
"""Two sources that count the same differ by less; more is another figure."""
AIM = re.compile(r"\btargets?\b|\baims?\b|\bgood looks\b|\brule\b", re.IGNORECASE)
"""What is wanted, not what happened."""
_BARE_MONTH = re.compile(rf"\b(?P<name>{'|'.join(MONTH_NAMES)})\b(?!\s*\d)")
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+")
_LABELLED = re.compile(r"\bgood\b|\btarget|\bhistory\b|\bdefinition\b", re.IGNORECASE)


# Text and table


def text_and_table(claims: Claims, book: Book) -> Iterator[Finding]:
    """Levels of changes against the row of their page, of the same months."""
    for change in claims.changes:
        for level in (change.now, change.before):
            if level is not None and not level.figure.printed.percent:
                yield from _level(claims, change, level, book)


def _level(claims: Claims, change: Change, level: Level, book: Book) -> Iterator[Finding]:
    span = _span_of(change, level)
    series = _row_of(claims, change.subject, change.sentence.section, span)
    printed = series.by_month.get(span.last) if series and span else None
    if series is None or span is None or printed is None:
        return
    book.note(change.sentence.place, level.figure.printed.text)
    if printed.may_be(level.figure.printed.low, level.figure.printed.high):
        return
    spot = spot_of_sentence(change.sentence, level.figure.printed.text)
    yield _differs(change.subject, spot, level.figure.printed, series, span)


def _differs(subject: str, spot: Spot, value: Printed, series: Series, span: Span) -> Finding:
    printed = series.by_month[span.last]
    other = spot_of_cell(series, series.cell_of(span.last))
    elsewhere = [m for m, p in series.by_month.items() if p.value == value.value]
    if elsewhere and series.basis is not Basis.ROLLING and value.value >= 10:
        return finding(
            OTHER_MONTH, spot, f"{printed.text} for {span.last.name}",
            f"{value.text} is the table's figure for {elsewhere[0].name}", other, subject,
        )  # fmt: skip
    near = abs(value.value / printed.value - 1) < _NEAR if printed.value else False
    two_sources = near and series.basis is Basis.ROLLING
    severity = Severity.EXPLAINABLE if two_sources else Severity.WRONG
    return finding(
        TEXT_TABLE, spot, printed.text,
        f"{value.text} in the text, {printed.text} in the table, for {span.name}", other, subject,
        severity, 0.9,
    )  # fmt: skip


def _span_of(change: Change, level: Level) -> Span | None:
    """The months that a level of a change is of."""
    if level.span is None or level.span.months > 1:
        return level.span
    if change.basis is Basis.UNSAID:
        return None
    return change.basis.span(level.span.last)


def _row_of(claims: Claims, subject: str, section: Section, span: Span | None) -> Series | None:
    """The row of counts of a subject over such a stretch: on the sentence's page, or its own."""
    if span is None:
        return None
    if claims.subjects.of_section(section) != subject:
        return None
    if span.months == 12:
        return claims.find(section, Kind.COUNT, Basis.ROLLING)
    if span.is_to_date and span.months > 1:
        return claims.find(section, Kind.COUNT, Basis.TO_DATE)
    return claims.find(section, Kind.COUNT, Basis.MONTH) if span.months == 1 else None


def bare_months(claims: Claims, book: Book) -> Iterator[Finding]:
    """Months without a year beside a stretch and a figure: "the year to date at August is 130"."""
    for said in claims.said:
        found = _BARE_MONTH.search(said.sentence.text)
        levels = said.mentions.of(What.LEVEL)
        if found is None or not levels or claims.month is None:
            continue
        figure = next((f for f in levels if 0 < f.start - found.end() < 12), None)
        basis = basis_in(said.sentence.text, found.start() + 1)
        if figure is None or basis is Basis.UNSAID:
            continue
        month = _latest_such(claims.month, found["name"])
        series = _row_of(claims, said.subject, said.sentence.section, basis.span(month))
        if series is None or month not in series.by_month:
            continue
        book.note(said.sentence.place, figure.printed.text)
        if series.by_month[month].value != figure.printed.value:
            spot = spot_of_sentence(said.sentence, figure.printed.text)
            yield _differs(said.subject, spot, figure.printed, series, basis.span(month))


def _latest_such(month: Month, name: str) -> Month:
    number = MONTH_NAMES.index(name) + 1
    return Month.of(month.year - (number > month.month), number)


def rates_in_words(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rates of a page's sentences against the last of its table's row of rates."""
    listed = {year.place for year in claims.years}
    for said in claims.said:
        section = said.sentence.section
        rows = [row for row in claims.series_of(section) if row.kind is Kind.RATE and row.known]
        told = said.mentions.of(What.RATE)
        if len(rows) != 1 or len(told) != 1 or not _is_of_now(claims, said, rows[0], listed):
            continue
        month, printed, cell = rows[0].known[-1]
        if told[0].per != rows[0].per:
            continue
        book.note(said.sentence.place, told[0].printed.text)
        if not printed.may_be(told[0].printed.low, told[0].printed.high):
            yield finding(
                TEXT_TABLE, spot_of_sentence(said.sentence, told[0].printed.text), printed.text,
                f"{told[0].printed.text} in the text, {printed.text} in the table, for "
                f"{month.name}", spot_of_cell(rows[0], cell), said.subject, None, 0.85,
            )  # fmt: skip


def _is_of_now(claims: Claims, said: Said, row: Series, listed: set[Place]) -> bool:
    """Whether a sentence of a page speaks of the page's own figure of its last month."""
    sentence = said.sentence
    if sentence.place in listed or sentence.row is row.row or _LABELLED.search(sentence.label):
        return False
    if re.search(r"\baverage\b|\bmean\b|\btarget\b", sentence.text, re.IGNORECASE):
        return False
    if claims.subjects.of_section(sentence.section) != said.subject:
        return False
    return all(found.span.last == row.known[-1][0] for found in said.mentions.spans)


def counts_in_words(claims: Claims, book: Book) -> Iterator[Finding]:
    """Counts to date that a sentence calls by the name of one of its page's rows."""
    listed = {year.place for year in claims.years}
    for said in claims.said:
        basis = basis_in(said.sentence.text)
        rows = [
            row
            for row in claims.series_of(said.sentence.section)
            if row.kind is Kind.COUNT and row.basis is basis and row.known
            if re.search("[a-z]{3}", row.key)
        ]
        if basis is Basis.UNSAID or AIM.search(said.sentence.label):
            continue
        for figure in said.mentions.of(What.LEVEL):
            after = " ".join(words_of(said.sentence.text[figure.end : figure.end + 60]))
            named = [row for row in rows if f"{after} ".startswith(f"{row.key} ")]
            if len(named) != 1 or said.sentence.place in listed:
                continue
            month, printed, cell = named[0].known[-1]
            if any(found.span.last != month for found in said.mentions.spans):
                continue
            book.note(said.sentence.place, figure.printed.text)
            if not printed.may_be(figure.printed.low, figure.printed.high):
                yield finding(
                    TEXT_TABLE, spot_of_sentence(said.sentence, figure.printed.text), printed.text,
                    f"{figure.printed.text} in the text, {printed.text} in the table, to "
                    f"{month.name}", spot_of_cell(named[0], cell), said.subject, None, 0.85,
                )  # fmt: skip


def counts_of_summaries(claims: Claims, book: Book) -> Iterator[Finding]:
    """Counts of a summary's rows against the last of the row of their page."""
    pages = {claims.subjects.of_section(each): each for each in claims.sections
             if claims.series_of(each)}  # fmt: skip
    for row in claims.rows:
        page = _page_named(row.name, pages)
        for column in row.cells if page is not None else ():
            basis, spans = basis_in(column.heading), spans_in(column.heading)
            number = read_number(column.cell.text)
            if page is None or number is None or number.percent or number.signed:
                continue
            if basis is Basis.UNSAID or kind_of(column.heading) is not Kind.COUNT:
                continue
            series = claims.find(page, Kind.COUNT, basis)
            if series is None or not series.known:
                continue
            month, printed, cell = series.known[-1]
            if any(not found.span.first <= month <= found.span.last for found in spans):
                continue
            book.note(column.cell.place, number.text)
            if not printed.may_be(number.low, number.high):
                near = abs(number.value / printed.value - 1) < _NEAR if printed.value else False
                may = Severity.EXPLAINABLE if basis is Basis.ROLLING else Severity.SUSPICIOUS
                yield finding(
                    TEXT_TABLE,
                    Spot(row.section.title, column.cell.place, number.text, row.quoted),
                    printed.text, f"{number.text} in the summary, {printed.text} on the page, to "
                    f"{month.name}", spot_of_cell(series, cell),
                    claims.subjects.of_name(row.name),
                    may if near else Severity.WRONG, 0.85,
                )  # fmt: skip


def _page_named(name: str, pages: dict[str, Section]) -> Section | None:
    """The page that a row names in all of its telling words, what brackets explain included."""
    own = set(key_of(name).split())
    page = pages.get(subject_key(name))
    return page if page and own == set(key_of(_NUMBER.sub("", page.title)).split()) else None


def months_of_changes(claims: Claims, book: Book) -> Iterator[Finding]:
    """A change that one place dates with the month reported and another with another month."""
    now: dict[tuple[str, Basis, float, float], Change] = {}
    dated = [
        (change, (change.subject, change.basis, change.percent.amount, change.number.amount))
        for change in claims.changes
        if change.subject and change.month and change.percent and change.number
    ]
    for change, told in dated:
        if change.month and change.month.last == claims.month:
            now.setdefault(told, change)
    for change, told in dated:
        own = now.get(told)
        if own is None or change.month is None or change.month.last == claims.month:
            continue
        if abs(told[3]) < 5 or change.month.months > 1 or claims.month is None:
            continue
        book.note(change.sentence.place, change.month.last.name)
        yield finding(
            OTHER_MONTH, spot_of_sentence(change.sentence, change.month.last.name),
            claims.month.name, f"the same change is that of {claims.month.name} elsewhere",
            spot_of_sentence(own.sentence, claims.month.name), change.subject, None, 0.85,
        )  # fmt: skip


CHECKS = (
    Check(TEXT_TABLE, text_and_table),
    Check(OTHER_MONTH, bare_months),
    Check(TEXT_TABLE, rates_in_words),
    Check(TEXT_TABLE, counts_in_words),
    Check(TEXT_TABLE, counts_of_summaries),
    Check(OTHER_MONTH, months_of_changes),
)
