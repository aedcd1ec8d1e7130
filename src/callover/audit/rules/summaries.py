"""Summaries against the pages they summarise, and breakdowns against what is said of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from callover.audit.changes import Change
from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rows import NamedRow
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, is_missing
from callover.domain.errors import Severity

BASIS = Rule(
    "basis-of-summary",
    "A summary calls a figure by another stretch than its page",
    Severity.WRONG,
    "A row called year to date carries figures of the year to date, not of 12 months.",
    "Rubbish fires YTD 20 %, where -20 % is the page's change of the rolling 12 months.",
    "Name the stretch that was used.",
)
NOT_COMPARED = Rule(
    "summary-says-none",
    "A summary says that there is no comparison, and the page has one",
    Severity.SUSPICIOUS,
    "Where a page compares the area with others, its summary does not read N/A.",
    "Gun crime: N/A in the summary, London +17 % on the page.",
    "Carry the comparison over.",
    "The column asks for a rank and the page has only an average; then say so.",
)
MAJORITY = Rule(
    "majority-of-change",
    "Most of a change is said to come from a part that did not make it",
    Severity.SUSPICIOUS,
    "The parts named are those with the largest differences in the breakdown.",
    "The majority is put down to theft, +434; violence is +459.",
    "Name the largest parts; look for text of the last pack.",
    "Another month was meant; then name it.",
)
YEAR_TWICE = Rule(
    "year-twice",
    "One year of one figure has two values",
    Severity.SUSPICIOUS,
    "A table's column of a past year and the page's list of years give one value for that year.",
    "A baseline 2014/15 of 9.1 % beside a history of 11.4 % for 2014/15.",
    "Say which twelve months each is of.",
    "The two are of different twelve months, or one was revised; then label them so.",
)
_TO_DATE = re.compile(r"\bytd\b|\byear[ -]to[ -]date\b", re.IGNORECASE)
_BENCHMARK = re.compile(r"bench|compar|similar|msg|rank", re.IGNORECASE)
_MAJORITY = re.compile(
    r"\b(?:majority|most)\b[^.]{0,40}\b(?:increase|decrease|rise|fall|change)\b[^.]{0,40}"
    r"\b(?:come|came|comes|from|due|driven)\b(?P<rest>[^.]*)",
    re.IGNORECASE,
)
_NAMED_SHARE = re.compile(r"([A-Z][A-Za-z-]{4,}(?: [a-z]+)?)\s+(\d+(?:\.\d+)?)\s?%")


def bases(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows called year to date whose per cent or count is the page's of 12 months."""
    for row in claims.rows:
        if not _TO_DATE.search(row.name):
            continue
        subject = claims.subjects.of_name(_TO_DATE.sub("", row.name))
        rolling = [
            change
            for change in claims.changes
            if change.subject == subject and change.basis is Basis.ROLLING and change.percent
        ]
        for column in row.cells:
            number = _leading(column.cell.text)
            book.note(column.cell.place, column.cell.text)
            change = next((each for each in rolling if _is_percent_of(each, number)), None)
            if change is not None and change.percent is not None:
                yield finding(
                    BASIS, Spot(row.section.title, column.cell.place, column.cell.text.strip(),
                                row.quoted),
                    "rolling 12 months, not year to date",
                    f"{change.percent.amount:+.0f} % is the page's change of the 12 months",
                    spot_of_sentence(change.sentence, change.percent.printed.text), subject,
                )  # fmt: skip
                break


def _is_percent_of(change: Change, number: Printed | None) -> bool:
    if change.percent is None or number is None or not number.percent:
        return False
    return abs(change.percent.printed.value) == abs(number.value)


def _leading(text: str) -> Printed | None:
    found = re.match(r"\s*[+−-]?\s*\d[\d,.]*\s?%?", plain(text))
    return read_number(found[0]) if found else None


def comparisons(claims: Claims, book: Book) -> Iterator[Finding]:
    """N/A under a benchmark, where the page compares."""
    for row in claims.rows:
        cell = row.under(_BENCHMARK)
        subject = claims.subjects.of_name(row.name)
        if cell is None or not is_missing(cell.text) or not subject:
            continue
        book.note(cell.place, cell.text)
        said = _compared(claims, subject)
        if said is not None:
            yield finding(
                NOT_COMPARED, Spot(row.section.title, cell.place, cell.text.strip(), row.quoted),
                "the page's comparison", said.sentence.text[-90:],
                spot_of_sentence(said.sentence, said.sentence.text[-60:]), subject, None, 0.8,
            )  # fmt: skip


def _compared(claims: Claims, subject: str) -> Said | None:
    for said in claims.said:
        own = claims.subjects.of_section(said.sentence.section) == subject
        if not own or not said.sentence.section.sheet or said.subject != subject:
            continue
        if any(figure.elsewhere and figure.printed.percent for figure in said.mentions.figures):
            return said
    return None


def majorities(claims: Claims, book: Book) -> Iterator[Finding]:
    """Parts said to make most of a change, against the breakdown's differences."""
    parts = _differences(claims)
    if len(parts) < 3:
        return
    for said in claims.said:
        found = _MAJORITY.search(said.sentence.text)
        over = claims.month_over(said.sentence.section)
        if found is None or (over is not None and over != claims.month):
            continue
        named = {key for key in parts if set(key.split()) <= set(words_of(found["rest"]))}
        if not named:
            continue
        book.note(said.sentence.place, found[0])
        largest = max(parts, key=lambda key: parts[key][0])
        if largest not in named:
            value, row = parts[largest]
            told = ", ".join(f"{key} {parts[key][0]:+,.0f}" for key in sorted(named))
            spot = spot_of_sentence(said.sentence, found[0][:100])
            yield finding(
                MAJORITY, spot, f"{largest} {value:+,.0f}",
                f"{told}, but {largest} {value:+,.0f} is more",
                Spot(row.section.title, row.row[0].place, row.excerpt, row.quoted), said.subject,
                None, 0.85,
            )  # fmt: skip


def _differences(claims: Claims) -> dict[str, tuple[float, NamedRow]]:
    """The differences of the groups of a breakdown: of their totals, by the group's name."""
    found: dict[str, tuple[float, NamedRow]] = {}
    for row, group in claims.group_totals:
        column = row.under(re.compile(r"\bdiff"))
        number = read_number(column.text) if column else None
        if number is not None and group:
            found[" ".join(dict.fromkeys(words_of(group)))] = number.value, row
    return found


def years_twice(claims: Claims, book: Book) -> Iterator[Finding]:
    """Columns of a past year against the page's list of years, name by name."""
    for section in claims.sections:
        listed = _listed(claims, section)
        if not listed:
            continue
        for row in claims.rows_of_all:
            if row.section is section:
                yield from _columns(claims, row, listed, book)


def _listed(claims: Claims, section: Section) -> dict[int, list[tuple[str, float, Spot]]]:
    """Named shares of past years: ``2014/15 B&D: Opiates 11.4%``."""
    found: dict[int, list[tuple[str, float, Spot]]] = defaultdict(list)
    for year in claims.years:
        if year.section is not section or not year.is_year:
            continue
        for match in _NAMED_SHARE.finditer(year.text):
            spot = Spot(section.title, year.place, match[0], year.text)
            found[year.start].append((" ".join(words_of(match[1])), float(match[2]), spot))
    return found


def _columns(
    claims: Claims, row: NamedRow, listed: dict[int, list[tuple[str, float, Spot]]], book: Book
) -> Iterator[Finding]:
    name = words_of(row.name)
    for column in row.cells:
        year = re.search(r"\((20\d\d)/\d\d\)", column.heading)
        number = read_number(column.cell.text)
        if year is None or number is None or not number.percent:
            continue
        for said, value, spot in listed.get(int(year[1]), []):
            if said.split() != list(name)[: len(said.split())]:
                continue
            book.note(column.cell.place, number.text)
            if not number.may_be(value):
                printed = Spot(row.section.title, column.cell.place, number.text, row.quoted)
                yield finding(
                    YEAR_TWICE, printed,
                    f"{least(value)} %",
                    f"{number.text} under {column.heading[:40]}, {least(value)} % in the list",
                    spot, claims.subjects.of_section(row.section), None, 0.85,
                )  # fmt: skip


CHECKS = (
    Check(BASIS, bases),
    Check(NOT_COMPARED, comparisons),
    Check(MAJORITY, majorities),
    Check(YEAR_TWICE, years_twice),
)
