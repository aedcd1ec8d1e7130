"""One fact, one value: text against table, summary against page, one sentence against its copy."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from callover.audit.changes import Change, Level, basis_in, counted_span
from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import Figure, What, mentions_of
from callover.audit.outline import Section
from callover.audit.pack import Place
from callover.audit.reading.months import Span, spans_in
from callover.audit.reading.names import key_of, words_of
from callover.audit.reading.numbers import Printed, read_number
from callover.audit.rules.check import Book, Check, finding, least
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
TWO_VALUES = Rule(
    "two-values",
    "One change is printed with two values",
    Severity.WRONG,
    "The same change of the same indicator has one value wherever it is printed.",
    "Down 327 offences in the summary, down 325 on the page and in the appendix.",
    "Carry the value of the page over; two sources in one subtraction are the usual cause.",
)
OPPOSITE = Rule(
    "opposite-directions",
    "One part of the pack says up, another down",
    Severity.SUSPICIOUS,
    "A change without a period is compared with those of the page in direction.",
    "A decline of 12 % in the minutes, +1 % and +2 % on the page.",
    "Say over which months the change is meant.",
    "Both can be right for different months; then each needs its months.",
)
UNIT = Rule(
    "unit-noun",
    "One figure counts two different things",
    Severity.SUSPICIOUS,
    "Calls, incidents, offences and victims are not the same. One figure of one indicator is of "
    "one of them.",
    "Up 1,198 calls on the page, up 1,198 incidents in the report.",
    "Use the noun of the definition everywhere.",
)
COPIED = Rule(
    "same-sentence-other-figures",
    "One sentence stands twice with different figures",
    Severity.WRONG,
    "Two nearly equal sentences about one indicator of one pack give one set of figures.",
    '"We needed to be on 17 and 10" in the report, "on 8 and 5" on the page.',
    "One of them was not brought up to date.",
)
_NEAR = 0.05
"""Two sources that count the same differ by less; more is another figure."""
_SAME_NOUNS = (
    frozenset(("offence", "crime")), frozenset(("individual", "people", "young people", "entrant")),
)  # fmt: skip
_AIM = re.compile(r"\btargets?\b|\baims?\b|\bgood looks\b|\brule\b", re.IGNORECASE)
"""What is wanted, not what happened."""
_BARE_MONTH = re.compile(rf"\b(?P<name>{'|'.join(MONTH_NAMES)})\b(?!\s*\d)")
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+")


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


_LABELLED = re.compile(r"\bgood\b|\btarget|\bhistory\b|\bdefinition\b", re.IGNORECASE)


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
        if basis is Basis.UNSAID or _AIM.search(said.sentence.label):
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
                    Spot(row.section.title, column.cell.place, number.text, row.excerpt),
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


# Changes of one indicator


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as one place tells it."""

    figure: Figure
    change: Change
    basis: Basis
    paper: int
    levels: tuple[Figure, ...]


def two_values(claims: Claims, book: Book) -> Iterator[Finding]:
    """Differences and per cents of one indicator over one stretch, within one paper."""
    for number in (True, False):
        groups: dict[tuple[str, int, Basis], list[_Told]] = defaultdict(list)
        unsaid: list[_Told] = []
        for told in _all_told(claims, number):
            if told.basis is Basis.UNSAID:
                unsaid.append(told)
            else:
                groups[told.change.subject, told.paper, told.basis].append(told)
        for told in unsaid:
            _join(told, groups)
        for group in groups.values():
            yield from _unlike(group, book)


def _all_told(claims: Claims, number: bool) -> Iterator[_Told]:
    for change in claims.changes:
        figure = change.number if number else change.percent
        if figure is None or not change.subject or not _is_now(claims, change):
            continue
        if _AIM.search(change.sentence.text) or _AIM.search(change.sentence.label):
            continue
        basis = _stretch(claims, change)
        if basis is not None:
            levels = tuple(mentions_of(change.sentence.text).of(What.LEVEL))
            paper = claims.paper_of(change.sentence.section)
            yield _Told(figure, change, basis, paper, levels)


def _join(told: _Told, groups: dict[tuple[str, int, Basis], list[_Told]]) -> None:
    """A change that says no stretch stands beside those it agrees with, and contradicts none."""
    for (subject, paper, _), group in groups.items():
        if (subject, paper) == (told.change.subject, told.paper) and any(
            _agree(told.figure, each.figure) for each in group
        ):
            group.append(told)
            return


def _stretch(claims: Claims, change: Change) -> Basis | None:
    """The stretch of a change by its own words or dates, else by the lines it stands under."""
    span = counted_span(change)
    if span is not None and span.months == 12:
        return Basis.ROLLING
    if change.basis is not Basis.UNSAID:
        return change.basis
    if change.month is not None:
        return None
    return claims.basis_over(change.sentence.section) or Basis.UNSAID


def _is_now(claims: Claims, change: Change) -> bool:
    """Whether a change ends with the month reported, or says none."""
    if change.month is not None:
        return claims.month is None or change.month.last == claims.month
    over = claims.month_over(change.sentence.section)
    return over is None or over == claims.month


def _unlike(told: Sequence[_Told], book: Book) -> Iterator[Finding]:
    if len({each.change.sentence.place for each in told}) < 2:
        return
    values = Counter(round(each.figure.amount, 2) for each in told)
    usual = values.most_common(1)[0][0]
    base = next(each for each in told if round(each.figure.amount, 2) == usual)
    for each in told:
        book.note(each.change.sentence.place, each.figure.printed.text)
        if _agree(each.figure, base.figure) or _of_other_levels(each, base):
            continue
        if each.basis is Basis.UNSAID:  # it may be of another stretch
            continue
        sure = values[usual] > 1
        yield finding(
            TWO_VALUES, spot_of_sentence(each.change.sentence, each.figure.printed.text),
            base.figure.printed.text,
            f"{each.figure.printed.text} here, {base.figure.printed.text} in "
            f"{values[usual]} other place{'s' if values[usual] > 1 else ''}",
            spot_of_sentence(base.change.sentence, base.figure.printed.text), each.change.subject,
            Severity.WRONG if sure else Severity.SUSPICIOUS, 0.9 if sure else 0.7,
        )  # fmt: skip


def _of_other_levels(one: _Told, other: _Told) -> bool:
    """Whether two sentences give levels and share none: then they speak of different things."""
    mine, theirs = ({f.printed.value for f in each.levels} for each in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _agree(one: Figure, other: Figure) -> bool:
    """Whether some value rounds to both."""
    slack = one.printed.half + other.printed.half
    return abs(one.amount - other.amount) <= slack + 1e-9


def opposite(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes elsewhere in the pack that say no months, against the directions of the page."""
    pages: dict[str, list[Change]] = defaultdict(list)
    for change in claims.changes:
        if change.percent and change.now and change.sentence.section.sheet:
            pages[change.subject].append(change)
    for change in claims.changes:
        own = pages.get(change.subject, [])
        if change.percent is None or not own or change.sentence.section.sheet or change.month:
            continue
        if claims.basis_over(change.sentence.section) or claims.month_over(change.sentence.section):
            continue
        book.note(change.sentence.place, change.percent.printed.text)
        told = [each.percent for each in own if each.percent is not None]
        if all(each.up is not None and each.up != change.percent.up for each in told):
            yield finding(
                OPPOSITE, spot_of_sentence(change.sentence, change.percent.printed.text),
                "the months that it is of",
                f"{_signed(change.percent)} here, "
                f"{' and '.join(dict.fromkeys(map(_signed, told)))} on the page",
                spot_of_sentence(own[0].sentence, told[0].printed.text), change.subject,
                None, 0.7,
            )  # fmt: skip


def _signed(figure: Figure) -> str:
    return f"{'+' if figure.up else '-'}{least(abs(figure.amount))} %"


# Nouns


def nouns(claims: Claims, book: Book) -> Iterator[Finding]:
    """One difference of one indicator with two nouns: the page's own noun is right."""
    told: dict[tuple[str, float], list[Change]] = defaultdict(list)
    for change in claims.changes:
        if change.number is not None and _noun_of(change) and change.subject:
            told[change.subject, abs(change.number.amount)].append(change)
    for changes in told.values():
        usual = _usual_noun(changes)
        for change in changes:
            if change.number is None:
                continue
            printed = f"{change.number.printed.text} {change.number.noun}".strip()
            book.note(change.sentence.place, printed)
            noun = _singular(_noun_of(change))
            if usual and noun != usual.noun and not _same_thing(noun, usual.noun):
                yield finding(
                    UNIT,
                    spot_of_sentence(change.sentence, printed),
                    f"{change.number.printed.text} {usual.noun}s",
                    f"{noun}s here, {usual.noun}s on the page",
                    spot_of_sentence(usual.change.sentence, change.number.printed.text),
                    change.subject,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Noun:
    noun: str
    change: Change


def _usual_noun(changes: Iterable[Change]) -> _Noun | None:
    """What a page, rather than what stands elsewhere, says that the figure counts."""
    for change in changes:
        if change.number is not None and change.sentence.section.sheet:
            return _Noun(_singular(_noun_of(change)), change)
    return None


def _noun_of(change: Change) -> str:
    """What a change counts: by its difference, else by what is now."""
    now = change.now.figure.noun if change.now else ""
    return change.number.noun or now if change.number else now


def _singular(noun: str) -> str:
    return noun.removesuffix("s") if noun != "entrants" else "entrant"


def _same_thing(one: str, other: str) -> bool:
    return any(one in nouns and other in nouns for nouns in _SAME_NOUNS)


# Copied sentences


def copies(claims: Claims, book: Book) -> Iterator[Finding]:
    """Nearly equal sentences about one indicator in two sections, with other figures."""
    by_subject: dict[str, list[_Worded]] = defaultdict(list)
    for said in claims.said:
        over = claims.subjects.of_section(said.sentence.section)
        if over != said.subject or not said.subject or not said.mentions.figures:
            continue
        words = Counter(re.findall(r"[a-z]{2,}", said.sentence.text.lower()))
        if words.total() >= 12:
            values = tuple(each.printed.text for each in said.mentions.figures)
            by_subject[said.subject].append(_Worded(said, words, words.total(), values))
    for group in by_subject.values():
        for one, other in _share_a_value(group):
            yield from _copied(group[one], group[other], book)


@dataclass(frozen=True, slots=True)
class _Worded:
    """A sentence with how often it uses each word, its length, and its figures as printed."""

    said: Said
    words: Counter[str]
    length: int
    values: tuple[str, ...]


def _share_a_value(group: Sequence[_Worded]) -> list[tuple[int, int]]:
    """Pairs with equally many figures of which one, at the same place, is equal."""
    holders: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at, each in enumerate(group):
        for index, value in enumerate(each.values):
            holders[len(each.values), index, value].append(at)
    return sorted({pair for held in holders.values() for pair in combinations(held, 2)})


def _copied(one: _Worded, other: _Worded, book: Book) -> Iterator[Finding]:
    here, there = other.said.sentence, one.said.sentence
    if here.section is there.section or not _alike(one, other):
        return
    first, second = list(one.values), list(other.values)
    book.note(there.place, *first)
    book.note(here.place, *second)
    if first != second and _same_spans(one.said, other.said):
        yield finding(
            COPIED, spot_of_sentence(here, ", ".join(second)), ", ".join(first),
            f"{_listed(second)} here, {_listed(first)} there, in the same words",
            spot_of_sentence(there, ", ".join(first)), other.said.subject,
        )  # fmt: skip


def _alike(one: _Worded, other: _Worded) -> bool:
    longer = max(one.length, other.length)
    if min(one.length, other.length) / longer < 0.85:
        return False
    return (one.words & other.words).total() / longer >= 0.85


def _listed(values: list[str]) -> str:
    return " and ".join(values) if len(values) < 3 else ", ".join(values)


def _same_spans(one: Said, other: Said) -> bool:
    spans = [{found.span for found in each.mentions.spans} for each in (one, other)]
    return spans[0] == spans[1]


CHECKS = (
    Check(TEXT_TABLE, text_and_table),
    Check(OTHER_MONTH, bare_months),
    Check(TEXT_TABLE, rates_in_words),
    Check(TEXT_TABLE, counts_in_words),
    Check(TEXT_TABLE, counts_of_summaries),
    Check(OTHER_MONTH, months_of_changes),
    Check(TWO_VALUES, two_values),
    Check(OPPOSITE, opposite),
    Check(UNIT, nouns),
    Check(COPIED, copies),
)
