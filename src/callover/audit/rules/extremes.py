"""The rows of tables that sentences name with their figures: the highest, the lowest, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.grids import Grid, Line
from callover.audit.moves import NUMBER
from callover.audit.reading.numbers import Printed, plain, read_number
from callover.audit.rules.agreement import TEXT_TABLE
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.scores import RANK_WORDS, named, place_of
from callover.domain.errors import Severity
from callover.domain.periods import MONTH_NAMES

_HIGH = r"highest|largest|biggest|greatest|busiest|worst|most|peak"
_LOW = r"lowest|smallest|quietest|least|fewest"
_WHAT = r"(?:\w+\s+){0,3}?"
_PLACE = r"(?:month|ward|area|borough|district|beat|town|station|week|day|quarter|site|estate|lsoa)"
_NAME_FIRST = re.compile(
    rf"(?P<name>[A-Z][^.;:,()\d]{{2,40}}?)\s+(?:was|is|were|had|has|saw|recorded|remains|remained)\s+"
    rf"(?:again\s+)?the\s+(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\s+{_WHAT}(?:{_PLACE}\s*)?"
    rf"(?:[^.;:,()\d]{{0,30}}?\b(?:with|at|of)\s+|\(\s*)(?P<number>{NUMBER})(?![,.]?\d)",
)
_PLACE_FIRST = re.compile(
    rf"\b[Tt]he\s+(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\s+{_WHAT}{_PLACE}\s+(?:was|is|were)\s+"
    rf"(?P<name>[A-Z][^.;:,()\d]{{2,40}}?)\s*(?:,?\s*(?:with|at)\s+|\(\s*)(?P<number>{NUMBER})(?![,.]?\d)",
)
_IN_NAME = re.compile(
    rf"\b(?:was|were|is|are)\s+(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\s+in\s+"
    rf"(?P<name>[A-Z][^.;:,()\d]{{2,40}}?)\s*(?:,?\s*(?:with|at)\s+|\(\s*)(?P<number>{NUMBER})(?![,.]?\d)",
)
_AT = re.compile(
    rf"(?P<name>[A-Z][^.;:,()\d]{{2,40}}?),\s+at\s+(?P<number>{NUMBER}),\s+(?:has|had|is|was|remains)\s+"
    rf"the\s+(?:(?P<high>{_HIGH})|(?P<low>{_LOW})|(?P<either>best))\b",
)
_CHANGED = re.compile(
    rf"\b[Tt]he\s+(?:{_HIGH})\s+(?P<way>fall|drop|decrease|reduction|rise|increase)\s+(?:was|is)\s+"
    r"(?:in|for|at)\s+(?P<name>[A-Z][\w'’ -]{2,40}?)(?=[.,;:(]|\s+(?:where|with|by)\b|$)",
)
_SECOND = re.compile(
    rf"(?P<name>[A-Z][\w'’ -]{{2,40}}?)\s+(?:come|comes|came|is|are|was|were)\s+"
    rf"(?P<nth>second|third|fourth|fifth)\b[:,]?\s+(?:with\s+)?\(?(?P<number>{NUMBER})(?![,.]?\d)",
)
_DIFFERENCE = re.compile(r"\bdiff|\bchange|\+/-|\bvarian")
_OF_CHANGE = re.compile(
    r"\b(?:rise|increase|growth|fall|decrease|reduction|drop|decline|change|difference)\b", re.I
)
_OF_MONTH = re.compile(rf"\b(?:in|of|for)\s+({'|'.join(MONTH_NAMES)})\b")
_EVER = re.compile(r"\b(?:since|ever|on record|decade|last \w+ years|so far)\b", re.IGNORECASE)
_SHORT = 3
_FIGURES = re.compile(r"[a-z]:?\s+\(?\d", re.IGNORECASE)
_QUICK = re.compile(rf"\b(?:{_HIGH}|{_LOW}|best)\b", re.IGNORECASE)


def extremes(claims: Claims, book: Book) -> Iterator[Finding]:
    """``December was the highest month with 190``; ``the highest ward was Castle (182 calls)``."""
    for said in claims.said:
        text = plain(said.sentence.text)
        if not _QUICK.search(text) or _EVER.search(text):
            continue
        for found in (f for p in (_NAME_FIRST, _PLACE_FIRST, _IN_NAME) for f in p.finditer(text)):
            yield from _named(claims, said, found, book)
        for found in _AT.finditer(text):
            yield from _named(claims, said, found, book)
        for found in _CHANGED.finditer(text):
            yield from _changed(claims, said, found, book)
    for said in claims.said:
        for found in _SECOND.finditer(plain(said.sentence.text)):
            yield from _second(claims, said, found, book)


def _beside(claims: Claims, said: Said) -> Iterator[Grid]:
    """The tables of three rows and more in the section of a sentence."""
    for grid in claims.grids_of(said.sentence.section):
        if len(grid.parts) > 2 and said.sentence.row is None:
            yield grid


def _named(claims: Claims, said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    number = read_number(found["number"])
    rows = [
        (grid, line)
        for grid in _beside(claims, said)
        if (line := named(grid, found["name"])) is not None
    ]
    if number is None or not rows:
        return
    book.note(said.sentence.place, number.text)
    holding = [(grid, line, c) for grid, line in rows for c in _columns(grid, line, number)]
    if not holding:
        if any(_may_hold(grid, line, number, found) for grid, line in rows):
            yield _not_there(said, number, *rows[0])
        return
    high = bool(found["high"])
    if "either" in found.re.groupindex and found["either"]:
        high = any(place_of(line, grid.parts, c, True) == 1 for grid, line, c in holding)
    if not any(place_of(line, grid.parts, column, high) == 1 for grid, line, column in holding):
        yield _not_first(said, found, high, *holding[0])


def _may_hold(grid: Grid, line: Line, number: Printed, found: re.Match[str]) -> bool:
    """Whether a table gives what a sentence says of a row: a figure of its kind, differences where
    the highest is a rise, and the month that the words name."""
    alike = [
        c for c in grid.columns if c in line.numbers and line.numbers[c].percent == number.percent
    ]
    if _OF_CHANGE.search(found[0]):
        alike = [c for c in alike if _DIFFERENCE.search(grid.head(c)) or grid.is_percent(c)]
    month = _OF_MONTH.search(found[0])
    over = " ".join((grid.section.title, *grid.heads.values())).lower()
    return bool(alike) and (month is None or month[1].lower() in over)


def lists(claims: Claims, book: Book) -> Iterator[Finding]:
    """``Castle (182), Mill (151) and Priory (133)``: rows of one column, of which most agree."""
    for said in claims.said:
        text = plain(said.sentence.text)
        for grid in _beside(claims, said) if len(_FIGURES.findall(text)) > 1 else ():
            yield from _listed(said, grid, list(_pairs(grid, text)), book)


def _pairs(grid: Grid, text: str) -> Iterator[tuple[Line, Printed]]:
    """The lines that a text names, each with the figure that stands right behind its name."""
    for line in grid.parts:
        if len(line.name) <= _SHORT or line.name not in text:  # soon told; a pattern takes a while
            continue
        found = re.search(rf"\b{re.escape(line.name)}\b:?\s*\(?\s*({NUMBER})(?![,.]?\d)", text)
        number = read_number(found[1]) if found else None
        if number is not None:
            yield line, number


def _listed(
    said: Said, grid: Grid, pairs: list[tuple[Line, Printed]], book: Book
) -> Iterator[Finding]:  # fmt: skip
    ways = [[p for p in pairs if column in _columns(grid, *p)] for column in grid.columns]
    right = max(ways, key=len, default=[])
    wrong = [pair for pair in pairs if pair not in right]
    if len(right) < max(2, 2 * len(wrong)):
        return
    for line, number in pairs:
        book.note(said.sentence.place, number.text)
        if (line, number) in wrong and not _columns(grid, line, number):
            yield _not_there(said, number, grid, line)


def _columns(grid: Grid, line: Line, number: Printed) -> list[int]:
    """The columns in which a line has that number, which may be rounded."""
    return [
        column
        for column in grid.columns
        if column in line.numbers
        if line.numbers[column].percent == number.percent
        if line.numbers[column].may_be(number.low, number.high)
    ]


def _not_there(said: Said, number: Printed, grid: Grid, line: Line) -> Finding:
    other = next(cell for cell in line.cells.values() if cell.text.strip())
    printed = ", ".join(n.text for n in line.numbers.values())
    return finding(
        TEXT_TABLE, spot_of_sentence(said.sentence, number.text), printed,
        f"{number.text} in the text; the row of {line.name} has {printed}",
        Spot(said.sentence.section.title, other.place, line.name, grid.quoted(line)), said.subject,
        Severity.SUSPICIOUS, 0.85,
    )  # fmt: skip


def _changed(claims: Claims, said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    """``The biggest fall was in Dunmarsh``, by the column of differences of the one table of it."""
    ways = [
        (grid, line, column)
        for grid in claims.grids
        if len(grid.parts) > 2 and (line := named(grid, found["name"])) is not None
        for column in grid.columns
        if _DIFFERENCE.search(grid.head(column)) and column in line.numbers
    ]
    if not ways or len({id(grid.section) for grid, _, _ in ways}) > 1:
        return
    book.note(said.sentence.place, found[0])
    fell = found["way"] in ("fall", "drop", "decrease", "reduction")
    if not any(place_of(line, grid.parts, column, not fell) == 1 for grid, line, column in ways):
        grid, line, column = ways[0]
        yield finding(
            RANK_WORDS, spot_of_sentence(said.sentence, _closed(found[0])), "another row",
            f"{line.name} has {line.numbers[column].text}, which is not the largest {found['way']}",
            Spot(grid.section.title, line.cells[column].place, line.text(column),
                 grid.quoted(line)),
            said.subject, None, 0.8,
        )  # fmt: skip


_PLACES = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _second(claims: Claims, said: Said, found: re.Match[str], book: Book) -> Iterator[Finding]:
    """``Motorcyclists come second: 49``."""
    number = read_number(found["number"])
    if number is None:
        return
    holding = [
        (grid, line, column)
        for grid in _beside(claims, said)
        if (line := named(grid, found["name"])) is not None
        for column in _columns(grid, line, number)
    ]
    if not holding:
        return
    book.note(said.sentence.place, number.text)
    nth = _PLACES[found["nth"]]
    ways = [(each, high) for each in holding for high in (True, False)]
    if not any(place_of(each[1], each[0].parts, each[2], high) == nth for each, high in ways):
        grid, line, column = holding[0]
        place = place_of(line, grid.parts, column, True)
        yield finding(
            RANK_WORDS, spot_of_sentence(said.sentence, _closed(found[0])), f"number {place}",
            f"{number.text} is number {place} of {len(grid.parts)} rows",
            Spot(grid.section.title, line.cells[column].place, line.text(column),
                 grid.quoted(line)),
            said.subject, None, 0.8,
        )  # fmt: skip


def _not_first(
    said: Said, found: re.Match[str], high: bool, grid: Grid, line: Line, column: int
) -> Finding:  # fmt: skip
    place = place_of(line, grid.parts, column, high)
    side = "higher" if high else "lower"
    names = ("high", "low", "either")
    word = next(found[n] for n in names if n in found.re.groupindex and found[n])
    return finding(
        RANK_WORDS, spot_of_sentence(said.sentence, _closed(found[0])),
        f"number {place} from that end",
        f"{place - 1} of the {len(grid.parts)} rows {'is' if place == 2 else 'are'} {side} than "
        f"{line.numbers[column].text}, said to be the {word}",
        Spot(said.sentence.section.title, line.cells[column].place, line.text(column),
             grid.quoted(line)),
        said.subject, None, 0.85,
    )  # fmt: skip


def _closed(text: str) -> str:
    """Words in one line, a bracket that they open closed."""
    return " ".join(text.split()) + (")" if "(" in text else "")


CHECKS = (Check(TEXT_TABLE, extremes), Check(TEXT_TABLE, lists))
