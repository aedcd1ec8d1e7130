"""One fact, one value: text against table, summary against page, one sentence against its copy."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from callover.audit.changes import Change, Level, basis_in, counted_span
from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import Figure, What, mentions_of
from callover.audit.outline import Section
from callover.audit.reading.months import Span
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
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
_AS_AT = re.compile(r"\bas at\b|\bat\b|\bto\b|\bin\b", re.IGNORECASE)


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
        if change.number is not None and change.number.noun and change.subject:
            told[change.subject, abs(change.number.amount)].append(change)
    for changes in told.values():
        usual = _usual_noun(changes)
        for change in changes:
            if change.number is None:
                continue
            book.note(change.sentence.place, f"{change.number.printed.text} {change.number.noun}")
            noun = _singular(change.number.noun)
            if usual and noun != usual.noun and not _same_thing(noun, usual.noun):
                yield finding(
                    UNIT,
                    spot_of_sentence(
                        change.sentence, f"{change.number.printed.text} {change.number.noun}"
                    ),
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
            return _Noun(_singular(change.number.noun), change)
    return None


def _singular(noun: str) -> str:
    return noun.removesuffix("s") if noun != "entrants" else "entrant"


def _same_thing(one: str, other: str) -> bool:
    return any(one in nouns and other in nouns for nouns in _SAME_NOUNS)


# Copied sentences


def copies(claims: Claims, book: Book) -> Iterator[Finding]:
    """Nearly equal sentences about one indicator in two sections, with other figures."""
    by_subject: dict[str, list[Said]] = defaultdict(list)
    for said in claims.said:
        over = claims.subjects.of_section(said.sentence.section)
        if over != said.subject:
            continue
        if said.subject and len(_words(said)) >= 12 and said.mentions.figures:
            by_subject[said.subject].append(said)
    for group in by_subject.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                yield from _copied(one, other, book)


def _words(said: Said) -> list[str]:
    return re.findall(r"[a-z]{2,}", said.sentence.text.lower())


def _copied(one: Said, other: Said, book: Book) -> Iterator[Finding]:
    if one.sentence.section is other.sentence.section or not _alike(_words(one), _words(other)):
        return
    first, second = (_values(each) for each in (one, other))
    book.note(one.sentence.place, *first)
    book.note(other.sentence.place, *second)
    shared = sum(a == b for a, b in zip(first, second, strict=False))
    if len(first) == len(second) > shared > 0 and _same_spans(one, other):
        yield finding(
            COPIED, spot_of_sentence(other.sentence, ", ".join(second)), ", ".join(first),
            f"{_listed(second)} here, {_listed(first)} there, in the same words",
            spot_of_sentence(one.sentence, ", ".join(first)), other.subject,
        )  # fmt: skip


def _alike(one: list[str], other: list[str]) -> bool:
    shared = sum((Counter(one) & Counter(other)).values())
    return shared / max(len(one), len(other)) >= 0.85


def _values(said: Said) -> list[str]:
    return [each.printed.text for each in said.mentions.figures]


def _listed(values: list[str]) -> str:
    return " and ".join(values) if len(values) < 3 else ", ".join(values)


def _same_spans(one: Said, other: Said) -> bool:
    spans = [{found.span for found in each.mentions.spans} for each in (one, other)]
    return spans[0] == spans[1]


CHECKS = (
    Check(TEXT_TABLE, text_and_table),
    Check(OTHER_MONTH, bare_months),
    Check(TWO_VALUES, two_values),
    Check(OPPOSITE, opposite),
    Check(UNIT, nouns),
    Check(COPIED, copies),
)
