"""Parts that a sentence lists beside their whole: sums of money, and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding
from callover.audit.reading.number_words import NUMBER_WORDS, counted
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.rules.sums import LEFT_OVER
from callover.domain.errors import Severity

IN_WORDS = Rule(
    "parts-in-words",
    "Parts that a sentence lists do not add up to their whole",
    Severity.WRONG,
    "Parts of a whole are not more than it; all its ratings, and a list that ends with its total, "
    "are exactly as many.",
    "Of the four measures, three are green, one is amber and one is red: that makes five.",
    "Count again.",
    "One case can be in two parts, such as an offence with two motives; then say so.",
)
_AMOUNT = r"£\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million)\b)?"
_LIST = re.compile(
    rf"(?P<total>{_AMOUNT})[^.;:£]{{0,30}}:\s*(?P<parts>{_AMOUNT}[^.;£]{{0,60}}?"
    rf"(?:,\s*{_AMOUNT}[^.;£]{{0,60}}?)*,?\s+and\s+{_AMOUNT})"
)


def amounts(claims: Claims, book: Book) -> Iterator[Finding]:
    """``£84,000: £36,000 for wardens, £28,500 for cameras and £19,500 for youth work``."""
    for said in claims.said:
        text = plain(said.sentence.text)
        for found in _LIST.finditer(text) if text.count("£") > 2 else ():
            total, parts = read_number(found["total"]), _amounts(found["parts"])
            if total is None or len(parts) < 2:
                continue
            book.note(said.sentence.place, total.text, *(part.text for part in parts))
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            if not total.may_be(low, high):
                value = sum(part.value for part in parts)
                told = " + ".join(part.text for part in parts)
                yield finding(
                    LEFT_OVER, spot_of_sentence(said.sentence, total.text), f"£{least(value)}",
                    f"{told} = £{least(value)}", None, said.subject, None, 0.9,
                )  # fmt: skip


def _amounts(text: str) -> list[Printed]:
    return [n for each in re.findall(_AMOUNT, text) if (n := read_number(each)) is not None]


# Counts

_COUNT = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(NUMBER_WORDS)})"
    r"(?![\d%]|[.,]\d|\s?%|\s+per cent)"
)
_VERB = r"(?:was|were|is|are|has|have|had|remain\w*|went|came|did|took|left|still)\b"
_ONE = rf"\b(?:[Oo]f|[Aa]mong)\s+(?:the|our|its|these|those|all)\s+(?P<whole>{_COUNT})\s"
_OF_WHOLE = re.compile(
    rf"{_ONE}(?P<noun>[^.;:,()]{{2,60}}?)(?:,\s+(?P<parts>{_COUNT}\s[^.;:]+)"
    rf"|\s+(?P<with_verb>{_COUNT}\s+{_VERB}[^.;:]+))"
)
_OF_WHICH = re.compile(
    rf"(?P<whole>{_COUNT})\s(?P<noun>[^.;:,()\d]{{2,60}}),?\s+of\s+(?:which|whom|these)\s+"
    rf"(?P<parts>{_COUNT}\s[^.;:]+)",
    re.IGNORECASE,
)
_PART_FIRST = re.compile(
    rf"\b(?P<first>{_COUNT})\s+(?:out\s+)?of\s+(?:the|our|its|these|all)(?:\s+the)?\s+"
    rf"(?P<whole>{_COUNT})\s(?P<noun>[^.;:,()\d]{{2,60}}),\s+(?P<parts>{_COUNT}\s[^.;:]+)",
    re.IGNORECASE,
)
_JOINT = re.compile(r",\s+(?:and\s+)?|\s+and\s+(?=[\w,]+\s)")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_COLOURS = frozenset(("red", "amber", "green"))
_UNRATED = re.compile(
    r"\bnot\s+(?:yet\s+)?rated\b|\bunrated\b|\bno (?:rating|data)\b|\bgr[ea]y\b|\bblue\b"
)
_REST = re.compile(r"(?:the\s+)?(?:rest|remain\w+|others?)\b", re.IGNORECASE)
_NAMED = r"[A-Z][A-Za-z'’&-]*(?:\s+[A-Za-z'’&-]+){0,3}?:?\s+\d{1,3}(?:,\d{3})*(?![\d%]|[.,]\d)"
_THEN_TOTAL = re.compile(
    rf"(?P<parts>{_NAMED}(?:(?:,|;|\s+and|,\s+and)\s+{_NAMED})+)[,;:.]?\s+(?:[-–]\s+)?"
    r"(?:(?:and\s+)?(?:in all|in total|altogether|together|making|totalling|total(?:s|led)?)|"
    rf"(?:a|the)\s+total\s+of):?\s+(?P<total>\d{{1,3}}(?:,\d{{3}})*)(?![\d%]|[.,]\d|\s?%)"
)
_PART = re.compile(
    rf"(?:the\s+)?(?:(?:remaining|other)\s+)?(?P<count>{_COUNT})\s|the other (?:was|is)\s"
)
_COMPARED = re.compile(
    rf"{_COUNT}\s+(?:(?!{_VERB})[a-z]+s\s+)?"
    r"(?:(?:more|fewer|less|better|worse|higher|lower)\s+than\b(?!\s+(?:once|one|two|half|an?|\d))"
    r"|(?:up|down)\s+on\b)",
    re.IGNORECASE,
)
"""What sets a part against another time: "two fewer than last year"."""
_OF_PART = re.compile(rf"{_COUNT}\s+of\s+(?:them|these|those|whom|which)\b", re.IGNORECASE)
_QUICK = re.compile(r"\b(?:[Oo]f|[Aa]mong)\s|\bin all\b|\bin total\b|together|\bmaking\b|\btotal")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = re.compile(rf"{_COUNT}\s+(?:out\s+)?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d,]*\d|\d")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A whole and its parts; ``exact`` where they must be as many, ``sure`` where none overlap."""

    printed: str
    whole: int
    parts: Sequence[int]
    exact: bool
    sure: bool


def counts(claims: Claims, book: Book) -> Iterator[Finding]:
    """``Of the four measures, three are green, one is amber and one is red``."""
    for said in claims.said:
        text = plain(said.sentence.text)
        for listed in _listed(text) if _QUICK.search(text) else ():
            book.note(said.sentence.place, *_DIGITS.findall(listed.printed))
            total = sum(listed.parts)
            many = total > listed.whole and not _may_be_right(listed)
            if many or (listed.exact and total < listed.whole):
                yield _unequal(said, listed, total)


def _unequal(said: Said, listed: _Listed, total: int) -> Finding:
    added = " + ".join(map(least, listed.parts))
    return finding(
        IN_WORDS, spot_of_sentence(said.sentence, listed.printed), least(total),
        f"{added} = {least(total)}, not {least(listed.whole)}", None, said.subject,
        None if listed.sure else Severity.SUSPICIOUS, 0.9 if listed.sure else 0.75,
    )  # fmt: skip


def _listed(text: str) -> Iterator[_Listed]:
    for pattern in (_OF_WHOLE, _OF_WHICH, _PART_FIRST):
        for found in pattern.finditer(text):
            first = [counted(found["first"])] if "first" in found.re.groupindex else []
            parts = _parts(_BRACKET.sub("", _list_of(found)), bool(first))
            if parts is None or len(first) + len(parts) < 2:
                continue
            if not first and _BEFORE.search(text, 0, found.start()):
                continue  # it is a part of that whole itself
            yield _of(found, counted(found["whole"]), [*first, *parts])
    for found in _THEN_TOTAL.finditer(text):
        numbers = _DIGITS.findall(found["parts"])
        if not any(_YEAR.fullmatch(n) for n in numbers):
            printed = " ".join(found[0].split())
            yield _Listed(printed, counted(found["total"]), [*map(counted, numbers)], True, True)


def _of(found: re.Match[str], whole: int, parts: Sequence[int]) -> _Listed:
    words = frozenset(re.findall(r"[a-z]+", found[0].lower()))
    rated = len(words & _COLOURS) > 1
    all_rated = words >= _COLOURS and not _UNRATED.search(found[0].lower())
    rest = _REST.search(_list_of(found)) is not None
    return _Listed(" ".join(found[0].split()), whole, parts, all_rated or rest, rated or rest)


def _list_of(found: re.Match[str]) -> str:
    """The words of a list's parts, which a comma or a verb tells from the whole."""
    other = found["with_verb"] if "with_verb" in found.re.groupindex else None
    return str(found["parts"] or other)


def _parts(text: str, goes_on: bool) -> list[int] | None:
    """The numbers that begin each part of a list; None where one begins with none.

    What only compares a part with another time, or tells of some of it, is none; ``goes_on`` says
    that another part stands before these.
    """
    numbers: list[int] = []
    among = False
    for part in _JOINT.split(text):
        found = _PART.match(f"{part} ")
        if found is None:
            return None
        of_part = _OF_PART.match(part) is not None
        if (numbers or goes_on) and (_COMPARED.match(part) or (of_part and not among)):
            continue
        among = among or of_part
        numbers.append(counted(found["count"]) if found["count"] else 1)
    return numbers


def _may_be_right(listed: _Listed) -> bool:
    """Whether parts are not too many where those that follow one and add up to it are its own:
    ``32 were accepted, 12 in April, 20 in May, and 8 refused`` of 40."""
    parts, total = listed.parts, sum(listed.parts)
    broken_down = {
        one
        for at, one in enumerate(parts)
        for end in range(at + 3, len(parts) + 1)
        if sum(parts[at + 1 : end]) == one
    }
    return any(
        total - one == listed.whole or (not listed.sure and total - one < listed.whole)
        for one in broken_down
    )


CHECKS = (Check(LEFT_OVER, amounts), Check(IN_WORDS, counts))
