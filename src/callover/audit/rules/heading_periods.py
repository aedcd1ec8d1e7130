"""Headings of another period than the rest of the pack: the quarter or the year before."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import Section
from callover.audit.pack import Paragraph, Place, Table
from callover.audit.reading.months import Found
from callover.audit.reading.number_words import NUMBER_WORDS, counted
from callover.audit.reading.numbers import plain
from callover.audit.reading.stretches import stretches_in
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity
from callover.domain.periods import Month

HEADING_PERIOD = Rule(
    "heading-period",
    "A heading names an earlier period than the pack",
    Severity.SUSPICIOUS,
    "A heading a quarter or a year behind: what stands under it, or the other headings, are of "
    "the period that the pack reports.",
    "Scorecard at the end of Quarter 2 in a pack of Quarter 3, over columns of Quarter 3.",
    "Correct the heading; it was kept from the last pack.",
    "Figures that come later than the others are of an earlier period; then say so in the text.",
)
_PAST = re.compile(
    r"previous|\blast\b|\bpast\b|before|earlier|compar|baseline|trend|histor|since|outturn|accounts|"
    r"final|closed|lessons|latest|provisional|survey|back\b|between",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"target|forecast|plan|budget|ambition|next|ahead|priorit|will\b|propos|project", re.I
)
_LONG = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s+months\s+(?:to|ending|ended)\s+"
    r"(?:the end of\s+)?(?:\d{1,2}\s+)?$",
    re.IGNORECASE,
)
_YEAR_TO = re.compile(r"\byear\s+(?:to|ending|ended)\s+(?:the end of\s+)?$", re.IGNORECASE)
_COVERS = re.compile(
    r"\bthis (?:report|paper|pack|scorecard) (?:covers|is for|gives|shows)\b", re.I
)
_OPENING = 12
"""Among so many texts at its beginning a pack says of when it is."""
_TITLES = 3
"""Among so many headings at its beginning are those of the whole pack."""
_QUARTER, _YEAR = 3, 12
_TELLING = 100
"""A number from which on it does not stand in two places by chance."""
_YEARS = range(1990, 2100)
_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch that a text names: its last month, and of how many months it is."""

    last: Month
    months: int


@dataclass(frozen=True, slots=True)
class _Headed:
    """A heading, or the sentence that says what a report covers, with its one stretch."""

    text: str
    named: _Named
    section: Section
    place: Place
    of_pack: bool


def heading_periods(claims: Claims, book: Book) -> Iterator[Finding]:
    """Headings a quarter or a year before the period that other headings and tables are of."""
    headed = list(_headed(claims))
    places = _Places(claims)
    for each in headed:
        others = [other for other in headed if other is not each]
        book.note(each.place, each.text)
        later = _later(claims, each, others, places)
        if later is not None:
            yield finding(
                HEADING_PERIOD, Spot(each.section.title, each.place, each.text[:120], each.text),
                f"what ends with {later.name}",
                f"{each.named.last.name} here, {later.name} in {places.times(later)} other places",
                None, claims.subjects.of_section(each.section), None, 0.75,
            )  # fmt: skip


class _Places:
    """Which stretches stand where outside sentences: titles, the opening, headings of columns."""

    def __init__(self, claims: Claims) -> None:
        opening = [each for section in claims.sections for each in claims.texts_of(section)]
        titles = [(section.title, section.place) for section in claims.sections]
        named = [
            (each.last, place)
            for text, place in [*opening[:_OPENING], *titles]
            for each in (() if _TO_COME.search(text) else _named(text))
        ]
        latest = [last for section in claims.sections for last in _latest(section)]
        self.heads = Counter(month for month, _ in latest)
        self._named: dict[Month, set[Place]] = defaultdict(set)
        for month, place in named + latest:
            self._named[month].add(place)

    def at(self, month: Month) -> set[Place]:
        """Where a stretch ends with ``month``."""
        return self._named[month]

    def times(self, month: Month) -> int:
        """In how many places."""
        return len(self.at(month))


def _headed(claims: Claims) -> Iterator[_Headed]:
    for at, section in enumerate(claims.sections):
        one = _one(section.title)
        if one is not None:
            yield _Headed(section.title, one, section, section.place, at < _TITLES)
    for said in claims.said:
        text = said.sentence.text
        one = _one(text) if _COVERS.search(text) else None
        if one is not None:
            yield _Headed(text, one, said.sentence.section, said.sentence.place, of_pack=True)


def _one(text: str) -> _Named | None:
    """The one stretch of three months or more that a heading names, None if it is of the past."""
    named = {each for each in _named(text) if each.months >= _QUARTER}
    return named.pop() if len(named) == 1 and not _PAST.search(text) else None


def _named(text: str) -> Iterator[_Named]:
    tidy = plain(text)
    for found in stretches_in(tidy):
        yield _Named(found.span.last, _months(tidy, found))


def _months(text: str, found: Found) -> int:
    """How long a stretch is: with words such as "nine months to" before it, as they say."""
    before = text[: found.start]
    said = _LONG.search(before)
    if said and found.span.months == 1:
        return counted(said["number"])
    return _YEAR if _YEAR_TO.search(before) else found.span.months


def _latest(section: Section) -> Iterator[tuple[Month, Place]]:
    """The last month that the headings of each table name, with the place of the table."""
    for table in section.tables:
        heads = (text for text in _heads(table) if not _TO_COME.search(text))
        months = [each.last for text in heads for each in _named(text)]
        if months:
            yield max(months), table.place


def _heads(table: Table) -> Iterator[str]:
    """The short cells of a table's first rows that may name a stretch: headings of columns."""
    for row in table.rows[:2]:
        yield from (cell.text for cell in row if 2 < len(cell.text) < _SHORT)


def _later(claims: Claims, each: _Headed, others: list[_Headed], places: _Places) -> Month | None:
    """The last month that a heading should name; None where it may be right."""
    now = each.named.last
    if any(other.named.last == now for other in others) or _in_body(claims, each, now):
        return None
    if _of_a_run(each, others):
        return None
    steps = (_YEAR, _QUARTER) if each.named.months != _YEAR or now.month != 3 else (_YEAR,)
    for step in steps:
        later = now + step
        elsewhere = places.at(later) - {each.place}
        over = claims.meeting is not None and Month.containing(claims.meeting) >= later
        if elsewhere and over and _shown(claims, each, later, others, places):
            return later
    return None


def _of_a_run(each: _Headed, others: list[_Headed]) -> bool:
    """Whether one period after another has a heading: of the same words, or of three periods."""
    alike = [other for other in others if other.named.months == each.named.months]
    now = each.named.last
    ends = {other.named.last for other in alike if other.named.last <= now + _YEAR} | {now}
    several = len(ends) > 2
    return several or any(_wording(other.text) == _wording(each.text) for other in alike)


def _wording(text: str) -> list[str]:
    """The words of a heading without those of its period."""
    return [word for word in re.findall(r"[a-z]+", text.lower()) if word not in ("q", "quarter")]


def _in_body(claims: Claims, each: _Headed, month: Month) -> bool:
    """Whether what stands under a heading names its period too; under that of a pack, whether a
    table ends with it or a paragraph names it."""
    texts = claims.texts_of(each.section)
    if each.of_pack:
        blocks = [block for block in each.section.blocks if isinstance(block, Paragraph)]
        texts = tuple((block.text, block.place) for block in blocks)
        if any(last == month for last, _ in _latest(each.section)):
            return True
    return any(
        named.last == month
        for text, _ in texts
        if plain(text) != plain(each.section.title) and each.text not in plain(text)
        for named in _named(text)
    )


def _shown(
    claims: Claims, each: _Headed, later: Month, others: list[_Headed], places: _Places
) -> bool:
    """Whether the later period is that of the columns below, of the figures, of the other headings,
    or, for what is said of the whole pack, of the tables or the meeting."""
    alone = each.of_pack and not places.at(each.named.last) - {each.place}
    if alone and (places.heads[later] > 1 or _by_meeting(claims, each.named.last, later)):
        return True
    company = sum(other.named == _Named(later, each.named.months) for other in others)
    below = any(month == later for month, _ in _latest(each.section))
    return below or company > 1 or bool(_numbers_of(claims, later, each) & _own(claims, each))


def _by_meeting(claims: Claims, month: Month, later: Month) -> bool:
    """Whether the meeting follows the later period soon and the one named by more than a year."""
    day = claims.meeting
    return day is not None and later.index + 6 >= Month.containing(day).index > month.index + _YEAR


def _own(claims: Claims, each: _Headed) -> set[float]:
    """The telling numbers under a heading."""
    numbers = [
        number.value
        for grid in claims.grids_of(each.section)
        for line in grid.lines
        for number in line.numbers.values()
    ]
    return set(filter(_is_telling, numbers))


def _numbers_of(claims: Claims, later: Month, each: _Headed) -> set[float]:
    """The telling numbers that other sections give for a period and not for that of a heading."""
    by_last: dict[Month, set[float]] = {later: set(), each.named.last: set()}
    for grid in claims.grids:
        for column, head in grid.heads.items() if grid.section is not each.section else ():
            values = [line.numbers[column].value for line in grid.lines if column in line.numbers]
            for named in _named(head):
                by_last.get(named.last, set()).update(values)
    for said in claims.said:
        if said.sentence.section is not each.section:
            values = [figure.printed.value for figure in said.mentions.figures]
            for named in _named(said.sentence.text):
                by_last.get(named.last, set()).update(values)
    return set(filter(_is_telling, by_last[later] - by_last[each.named.last]))


def _is_telling(value: float) -> bool:
    return value >= _TELLING and value not in _YEARS


CHECKS = (Check(HEADING_PERIOD, heading_periods),)
