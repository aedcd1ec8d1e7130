"""Changes that sentences claim: from what to what, by how many and how much per cent.

"a 4% increase (up 326 offences) at September 2016 (9,031 offences) when compared to September 2015
(8,705)" is one change with all its parts; most sentences give some of them. A sentence that could
be read in two ways gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from callover.audit.mentions import Figure, Mentions, What
from callover.audit.reading.months import Found, Span, to_date, twelve_to
from callover.audit.sentences import Sentence
from callover.audit.series import Basis

_NEAR = 42
"""A month further from a number than so many characters is not its month."""
_MOST = 12
_APART = 1000
_COMPARED = re.compile(
    r"\bcompar\w+|\bvs?\b\.?|\bversus\b|\bthan\b|\bagainst\b|\bon the\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"\bfrom \(?#[^#.]{0,60}\bto \(?#", re.IGNORECASE)
_TO_DATE = re.compile(r"\byear[ -]to[ -]date\b|\bytd\b", re.IGNORECASE)
_ROLLING = re.compile(r"\brolling\b|\b(?:12|twelve)[ -]months?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the stretch that the sentence says it is of, None where it says none."""

    figure: Figure
    span: Span | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a sentence claims; each part is None where the sentence does not give it.

    ``month`` ends the stretch that changed. ``basis`` is UNSAID where neither the sentence nor the
    length of its stretches says it.
    """

    sentence: Sentence
    subject: str
    basis: Basis
    month: Span | None
    percent: Figure | None = None
    number: Figure | None = None
    now: Level | None = None
    before: Level | None = None

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The figures that it is made of."""
        levels = [each.figure for each in (self.now, self.before) if each]
        return tuple(each for each in (self.percent, self.number, *levels) if each)


def basis_in(text: str, at: int | None = None) -> Basis:
    """Over which stretch a text counts: the last that it names before ``at``, else the first."""
    marks = [(found.start(), Basis.TO_DATE) for found in _TO_DATE.finditer(text)]
    marks += [(found.start(), Basis.ROLLING) for found in _ROLLING.finditer(text)]
    marks.sort()
    before = [basis for start, basis in marks if at is None or start < at]
    return (before or [basis for _, basis in marks] or [Basis.UNSAID])[-1 if before else 0]


def changes_in(sentence: Sentence, mentions: Mentions, subject: str) -> Iterator[Change]:
    """The change that a sentence claims of the pack's own area: at most one per clause."""
    for start, end in _clauses(sentence.text):
        percents = _within(mentions.of(What.CHANGE), start, end)
        numbers = _within(mentions.of(What.DIFFERENCE), start, end)
        levels = _within(mentions.of(What.LEVEL), start, end)
        if len(percents) > 1 or len(numbers) > 1:
            continue
        now, before = _levels(sentence.text, levels, mentions)
        if not (percents or numbers or (now and before)):
            continue
        yield _change(sentence, mentions, subject, percents, numbers, now, before)


def _change(
    sentence: Sentence, mentions: Mentions, subject: str, percents: list[Figure],
    numbers: list[Figure], now: Level | None, before: Level | None,
) -> Change:  # fmt: skip
    first = min((each.start for each in (*percents, *numbers)), default=None)
    basis = basis_in(sentence.text, first)
    spans = [found.span for found in mentions.spans]
    latest = max(spans, key=lambda span: span.last, default=None)
    span = now.span if now and now.span else latest
    if span and span.months == 12 and basis is Basis.UNSAID:
        basis = Basis.ROLLING
    return Change(
        sentence, subject, basis, span, percents[0] if percents else None,
        numbers[0] if numbers else None, now, before,
    )  # fmt: skip


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a sentence that semicolons part, or dashes between two changes."""
    start = 0
    for found in re.finditer(r";\s", text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _within(figures: list[Figure], start: int, end: int) -> list[Figure]:
    return [each for each in figures if start <= each.start < end]


def _levels(
    text: str, figures: list[Figure], mentions: Mentions
) -> tuple[Level | None, Level | None]:
    """What was and what is: by their months where both have one, else by the words between."""
    paired = _with_spans(text, figures, mentions)
    if len(figures) == 2 and _FROM_TO.search(_outside(text, *figures)):
        second, first = (_spanned(figure, paired) for figure in figures)
        return first, second
    if len(paired) == 2 and all(level.span for level in paired):
        first, second = paired
        if first.span == second.span or first.span is None or second.span is None:
            return None, None
        if first.span.months != second.span.months:  # a month is compared with no year
            return None, None
        later_first = first.span.last > second.span.last
        return (first, second) if later_first else (second, first)
    if len(figures) == 2:
        return _by_words(text, *(_spanned(figure, paired) for figure in figures))
    if len(paired) == 1 and len(figures) == 1:
        return paired[0], None
    return None, None


def _spanned(figure: Figure, paired: list[Level]) -> Level:
    return next((level for level in paired if level.figure is figure), Level(figure, None))


def _outside(text: str, first: Figure, second: Figure) -> str:
    """What stands right before each of two numbers, with a mark for the number."""
    before = text[max(0, first.start - 8) : first.start]
    between = text[first.end : second.start]
    return f"{before}#{between}#"


def _by_words(text: str, first: Level, second: Level) -> tuple[Level | None, Level | None]:
    between = text[first.figure.end : second.figure.start]
    if len(between) > 90:
        return None, None
    if _COMPARED.search(between):
        return first, second
    return None, None


def _with_spans(text: str, figures: list[Figure], mentions: Mentions) -> list[Level]:
    """Each number with the stretch of months next to it; each stretch belongs to one number.

    Of all ways to pair them the one that pairs most, and those the nearest, is right.
    """
    if not figures or not mentions.spans or len(figures) > _MOST:
        return []
    gaps = np.array([[_gap(text, f, found) for found in mentions.spans] for f in figures])
    rows, columns = linear_sum_assignment(np.where(gaps <= _NEAR, gaps, _APART))
    return [
        Level(figures[i], mentions.spans[j].span)
        for i, j in zip(rows, columns, strict=True)
        if gaps[i, j] <= _NEAR
    ]


def _gap(text: str, figure: Figure, found: Found) -> int:
    """How far a number is from a stretch; words that part clauses make it far."""
    if found.end <= figure.start:
        between = text[found.end : figure.start]
    else:
        between = text[figure.end : found.start]
    far = _COMPARED.search(between) is not None or re.search(r"[.;]\s", between) is not None
    words = len(re.findall(r"[A-Za-z]{3,}", between))
    return len(between) + (_NEAR if far else 0) + (_NEAR if words > 3 else 0)


def counted_span(change: Change) -> Span | None:
    """The stretch whose change is claimed, as whole months; None where it is not said."""
    if change.month is None:
        return None
    if change.month.months > 1:
        return change.month
    if change.basis is Basis.TO_DATE:
        return to_date(change.month.last)
    return twelve_to(change.month.last) if change.basis is Basis.ROLLING else None
