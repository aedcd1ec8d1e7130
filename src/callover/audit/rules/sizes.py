"""Sizes in words: fractions, "one in four", doubled and halved, three times as many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.moves import NUMBER, Move, moves_in
from callover.audit.reading.number_words import NUMBER_WORDS
from callover.audit.reading.numbers import plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

SIZE = Rule(
    "size-in-words",
    "A size in words is not that of the figures beside it",
    Severity.WRONG,
    'A fraction, "one in four", "doubled" or "three times as many" beside figures is near what '
    "they give: within an eighth of it, and on the right side of almost and more than.",
    "Rose by more than a quarter, from 1,870 to 2,198: it is 18 %, more than a sixth.",
    "Choose the words by the figures, or leave them out.",
)
_COUNTS = {"a": 1, "an": 1, **NUMBER_WORDS}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_TIMES = {
    "doubled": 2, "double": 2, "twice": 2, "trebled": 3, "tripled": 3, "quadrupled": 4,
    "halved": 0.5,
}  # fmt: skip
_BELOW = r"almost|nearly|just under|just short of|close to|approaching"
_ABOVE = r"(?:just |well |slightly )?(?:over|above)|(?:just |slightly )?more than|at least"
_LESS = r"(?:fewer|less) than|under|below|up to|no more than|at most"
_EXACT = r"exactly|precisely"
_ABOUT = r"about|around|roughly|approximately|some"
_HOW = rf"(?:(?P<how>{_BELOW}|{_ABOVE}|{_LESS}|{_EXACT}|{_ABOUT})\s+)?"
_COUNT = rf"(?:{'|'.join(_COUNTS)})"
_FRACTION = (
    rf"{_HOW}(?:(?P<count>{_COUNT})[ -])?(?P<part>{'|'.join(_PARTS)}|thirds|quarters|fifths|"
    r"sixths|sevenths|eighths|ninths|tenths)\b"
)
_OF_CHANGE = re.compile(
    rf"(?:\bby|\b(?:rise|fall|increase|decrease|reduction|drop|decline) of)\s+{_FRACTION}"
    r"(?!\s+of\b)",
    re.IGNORECASE,
)
_PERCENT_IN = r"\((?:[^()%]*?,\s*)?(?P<percent>\d+(?:\.\d+)?\s?(?:%|per cent))\s*\)"
_WITH_PERCENT = re.compile(rf"\b{_FRACTION}[^.;\d()]{{0,60}}{_PERCENT_IN}", re.IGNORECASE)
_IN = re.compile(
    rf"\b{_HOW}(?P<count>{_COUNT}|\d{{1,6}}) in (?:every )?(?P<of>{_COUNT}|\d{{1,6}})\b"
    rf"[^.;\d()]{{0,60}}{_PERCENT_IN}",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    rf"(?P<one>\d[\d,]*)\s+(?:\w+\s+)?of (?:the |all |its |our )?(?P<other>\d[\d,]*)\b,?\s+"
    rf"\(?(?:or |that is |which is |i\.e\. )?{_FRACTION}",
    re.IGNORECASE,
)
_IN_OF = re.compile(
    rf"\b{_HOW}(?P<count>{_COUNT}) in (?P<of>{_COUNT}) of (?:the |all )?(?P<other>\d[\d,]*)\b"
    r"[^.;\d]{0,30}(?P<one>\d[\d,]*)(?![\d%]|[.,]\d|\s?%)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(rf"\b{_HOW}(?P<times>doubled|trebled|tripled|quadrupled|halved)\b", re.I)
_AS_MANY = re.compile(
    rf"\b{_HOW}(?:(?P<twice>twice|double)|(?P<count>{_COUNT}|\d{{1,6}}) times)"
    r"\s+(?:as many|as much|the)\b"
    rf"[^.;\d()]{{0,60}}\((?P<one>{NUMBER})\)[^.;\d()]{{0,60}}\((?P<other>{NUMBER})\)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r"[.;]\s|\b(?:while|whereas|but|and)\b", re.IGNORECASE)
_ANY = re.compile(rf"\b(?:{'|'.join(_PARTS)}|in|times|{'|'.join(_TIMES)})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SLACK, _EXACTLY = 0.125, 0.02
_BELOW_BY = 0.2
_FAR = 60


@dataclass(frozen=True, slots=True)
class _Word:
    """A size in words, and the least and largest that they may mean."""

    text: str
    low: float
    high: float


def _word(text: str, how: str | None, value: float, beyond: float) -> _Word:
    """What words mean; ``beyond`` is the largest that "more than" them can mean."""
    how = (how or "").lower()
    if re.fullmatch(_BELOW, how):
        return _Word(text, value * (1 - _BELOW_BY), value * 1.005)
    if re.fullmatch(_ABOVE, how):
        return _Word(text, value * 0.995, beyond)
    if re.fullmatch(_LESS, how):
        return _Word(text, 0.0, value * 1.005)
    slack = _EXACTLY if re.fullmatch(_EXACT, how) else _SLACK
    return _Word(text, value * (1 - slack), value * (1 + slack))


def _fraction(found: re.Match[str]) -> _Word | None:
    part = found["part"].lower()
    if not found["count"] and part != "half":
        return None
    of = _PARTS.get(part) or _PARTS[part.removesuffix("s")]
    count = _COUNTS[found["count"].lower()] if found["count"] else 1
    value = count / of
    return _word(found[0], found["how"], value, 1.0 if value >= 0.5 else value * 1.6)


def sizes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Fractions and multiples of sentences, against the figures in the same sentence."""
    for said in claims.said:
        text = plain(said.sentence.text)
        if not _DIGIT.search(text) or not _ANY.search(text):
            continue
        for move in moves_in(text):
            yield from _of_move(said, text, move, book)
        yield from _with_percents(said, text, book)
        yield from _as_many(said, text, book)
        yield from _of_counts(said, text, book)


def _of_move(said: Said, text: str, move: Move, book: Book) -> Iterator[Finding]:
    """ "Rose by a sixth, from 1,870 to 2,198"; "doubled from 96 to 192"."""
    if move.was.value <= 0:
        return
    size = abs(move.rise) / move.was.value
    told = f"{move.was.text} to {move.now.text}"
    for found in _OF_CHANGE.finditer(text):
        word = _fraction(found)
        if word is not None and _is_near(text, found, move):
            yield from _outside(said, word, size, size, f"{told} is {100 * size:.1f} %", book)
    for found in _MULTIPLE.finditer(text):
        if _is_near(text, found, move):
            times = _TIMES[found["times"].lower()]
            ratio = move.now.value / move.was.value
            word = _multiple(found, times)
            yield from _outside(said, word, ratio, ratio, f"{told} is {ratio:.2f} times", book)


def _multiple(found: re.Match[str], times: float) -> _Word:
    """Doubled and halved; almost halved is a little more than half, not less."""
    how = (found["how"] or "").lower()
    if times < 1 and re.fullmatch(_BELOW, how):
        return _Word(found[0], times * 0.995, times * (1 + _BELOW_BY))
    if times < 1 and re.fullmatch(_ABOVE, how):
        return _Word(found[0], 0.0, times * 1.005)
    return _word(found[0], how, times, times * 1.6)


def _is_near(text: str, found: re.Match[str], move: Move) -> bool:
    """Whether a size is of a move: close to it, in one clause."""
    first, last = sorted(((found.start(), found.end()), (move.start, move.end)))
    between = text[first[1] : last[0]]
    return first[1] <= last[0] and len(between) <= _FAR and not _OTHER_CLAUSE.search(between)


def _with_percents(said: Said, text: str, book: Book) -> Iterator[Finding]:
    """ "Almost a third of victims (31.7%)" and "one in four (25%)"."""
    for found in _WITH_PERCENT.finditer(text):
        word = _fraction(found)
        if word is not None:
            yield from _against_percent(said, word, found, book)
    for found in _IN.finditer(text):
        parts = _counted(found["count"]) / max(1, _counted(found["of"]))
        word = _word(found[0], found["how"], parts, 1.0 if parts >= 0.5 else parts * 1.6)
        yield from _against_percent(said, word, found, book)


def _of_counts(said: Said, text: str, book: Book) -> Iterator[Finding]:
    """ "53 of the 84, nearly two thirds" and "one in three of the 261, that is 87"."""
    for found in _PART_OF.finditer(text):
        word = _fraction(found)
        if word is not None:
            yield from _against_counts(said, word, found, book)
    for found in _IN_OF.finditer(text):
        value = _counted(found["count"]) / max(1, _counted(found["of"]))
        word = _word(found[0], found["how"], value, 1.0 if value >= 0.5 else value * 1.6)
        yield from _against_counts(said, word, found, book)


def _against_counts(
    said: Said, word: _Word, found: re.Match[str], book: Book
) -> Iterator[Finding]:  # fmt: skip
    one, other = (float(found[name].replace(",", "")) for name in ("one", "other"))
    if 0 < one <= other:
        told = f"{found['one']} / {found['other']} = {100 * one / other:.1f} %"
        yield from _outside(said, word, one / other, one / other, told, book)


def _counted(text: str) -> int:
    """A count in words or digits."""
    return _COUNTS.get(text.lower()) or int(text)


def _against_percent(
    said: Said, word: _Word, found: re.Match[str], book: Book
) -> Iterator[Finding]:
    percent = read_number(found["percent"])
    if percent is not None:
        low, high = percent.low / 100, percent.high / 100
        yield from _outside(said, word, low, high, f"{percent.text} is printed beside it", book)


def _as_many(said: Said, text: str, book: Book) -> Iterator[Finding]:
    """ "Three times as many at weekends (903) as on weekdays (301)"."""
    for found in _AS_MANY.finditer(text):
        one, other = read_number(found["one"]), read_number(found["other"])
        count = found["count"]
        times = 2 if found["twice"] else _counted(count)
        if one is not None and other is not None and other.value > 0 and times > 1:
            ratio = one.value / other.value
            word = _word(found[0], found["how"], times, times * 1.6)
            told = f"{one.text} / {other.text} = {ratio:.2f}"
            yield from _outside(said, word, ratio, ratio, told, book)


def _outside(
    said: Said, word: _Word, low: float, high: float, arithmetic: str, book: Book
) -> Iterator[Finding]:
    """A finding where no value between ``low`` and ``high`` is what the words mean."""
    book.note(said.sentence.place, word.text)
    if high < word.low or low > word.high:
        yield finding(
            SIZE, spot_of_sentence(said.sentence, word.text),
            f"words for {least(round((low + high) / 2, 3))}", arithmetic, None, said.subject,
            None, 0.85,
        )  # fmt: skip


CHECKS = (Check(SIZE, sizes),)
