"""One change told in several places: its value, its direction, and what it counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from callover.audit.changes import Change, counted_span
from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.mentions import Figure, What, mentions_of
from callover.audit.rules.agreement import AIM
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis
from callover.domain.errors import Severity

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
_SAME_NOUNS = (
    frozenset(("offence", "crime")), frozenset(("individual", "people", "young people", "entrant")),
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
        if AIM.search(change.sentence.text) or AIM.search(change.sentence.label):
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


CHECKS = (
    Check(TWO_VALUES, two_values),
    Check(OPPOSITE, opposite),
    Check(UNIT, nouns),
)
