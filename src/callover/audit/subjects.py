"""Which indicator a section or a sentence is about, by the names that the pack itself uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from callover.audit.mentions import DIRECTION
from callover.audit.outline import Section, label_of
from callover.audit.pack import Row
from callover.audit.reading.months import spans_in
from callover.audit.reading.names import Names, key_of, words_of
from callover.audit.reading.numbers import plain, read_number
from callover.audit.sentences import Sentence
from callover.audit.series import Series, series_in
from callover.audit.titles import as_printed, is_title

_OPENED = re.compile(r"(?P<words>(?:[\w&'’/-]+\s+){1,10})\((?P<short>[A-Z]{2,6})(?:['’]?s)?\)")
_CAPITALS = re.compile(r"\([A-Z]{2}")
_IN_BRACKETS = re.compile(
    r"\((?:[^()]*\d[^()]*|[A-Z]{2,6}(?:['’]?s)?|NEW|[^()]*&[^()]*|all [^()]*)\)?"
)
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?\s+)+")
_FIELD = frozenset(
    (
        "abuse", "alcohol", "arson", "asb", "assault", "burglary", "casualty", "collision", "crime",
        "custody", "cycle", "damage", "disorder", "domestic", "drug", "entrant", "exploitation",
        "fire", "forgery", "fraud", "gun", "handling", "harassment", "hate", "homicide", "injury",
        "knife", "marac", "missing", "murder", "neglect", "noise", "notifiable", "nuisance",
        "opiate", "order", "possession", "rape", "referral", "rehabilitation", "reoffending",
        "rereferral", "robbery", "rubbish", "sexual", "shop", "slavery", "stalking", "termination",
        "theft", "trafficking", "treatment", "vehicle", "victim", "violence", "visit", "weapon",
        "wounding", "youth",
    )
)  # fmt: skip
"""Words of which a row of a table needs one to name something that others compare it with."""
_NO_NAME = frozenset(
    (
        "average", "change", "month", "monthly", "page", "per", "period", "rag", "rank", "ranking",
        "rolling", "target", "year", "ytd",
    )
)  # fmt: skip


class Subjects:
    """The indicators of a pack, named by its one-page summaries and the rows of its tables.

    A name that is part of exactly one summary's name, or of one far more than of others, means it.
    """

    def __init__(self, sections: Sequence[Section], texts: Iterable[str]) -> None:
        titles = [each.title for each in sections if _is_page(each) and has_figures(each)]
        self._pages = {key: frozenset(key.split()) for key in map(subject_key, titles) if key}
        self._canonical: dict[str, str] = {}
        rows = [name for section in sections for name in row_names(section)]
        self._spelled = _spelled_out(titles, rows)
        opened = dict(opened_in(texts))
        shorts = {short: name for short, name in opened.items() if names_something(name)}
        self._names = Names((*map(bare, titles), *map(bare, rows), *shorts.values()), shorts)
        self._sections = dict(self._under_headings(sections))

    def canonical(self, key: str) -> str:
        """The page's key where ``key`` is part of exactly one, else ``key``."""
        if key not in self._canonical:
            self._canonical[key] = self._canonical_of(key)
        return self._canonical[key]

    def _canonical_of(self, key: str) -> str:
        words = frozenset(key.split())
        if not words or key in self._pages:
            return key
        wider = sorted(
            (len(known - words), page) for page, known in self._pages.items() if words <= known
        )
        alone = len(wider) == 1 or (len(wider) > 1 and wider[0][0] == 1 and wider[1][0] > 2)
        return wider[0][1] if alone else key

    def title_of(self, key: str) -> str:
        """How the pack prints an indicator's name: as its page's title, else as the row that names
        it; "" where neither does, such as for a ward, an age or a month."""
        return self._spelled.get(key.partition(" / ")[0], "")

    def of_name(self, name: str) -> str:
        """The indicator that a name alone means."""
        return self.canonical(subject_key(name))

    def of_section(self, section: Section) -> str:
        """The indicator of a section: what its title says or names, else what stands over it."""
        return self._sections[id(section)]

    def _under_headings(self, sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
        above: list[tuple[int, str]] = []
        for section in sections:
            above = [each for each in above if each[0] < section.level]
            own = self._of_title(section.title)
            yield id(section), own or next((key for _, key in reversed(above) if key), "")
            above.append((section.level, own))

    def _of_title(self, title: str) -> str:
        key = subject_key(title)
        if key in self._pages:
            return key
        found = list(self._names.found_in(bare(title)))
        return self.canonical(found[0]) if found else ""

    def of_sentence(self, sentence: Sentence, end: int | None = None) -> str:
        """The indicator that a sentence names last before ``end``; else its section's."""
        found = list(self._names.found_in(sentence.text[:end]))
        return self.canonical(found[-1]) if found else self.of_section(sentence.section)

    def of_series(self, series: Series) -> str:
        """The indicator of a row: what it names beside its page's subject, or that subject."""
        page = self.of_section(series.section)
        if not series.key:
            return page
        own = self.of_name(series.name)
        return own if own in self._pages or not page else f"{page} / {series.key}"


def _spelled_out(titles: Sequence[str], rows: Sequence[str]) -> dict[str, str]:
    """By key the names as printed: titles before rows, and of two spellings the first."""
    names = [_NUMBERING.sub("", name) for name in (*titles, *rows)]
    return {subject_key(name): as_printed(name) for name in reversed(names) if is_title(name)}


def bare(title: str) -> str:
    """A title without numbering, brackets that explain it, and what happened to it."""
    text = _NUMBERING.sub("", _IN_BRACKETS.sub(" ", plain(title)))
    moved = DIRECTION.search(text)
    return (text[: moved.start()] if moved else text).strip(" :-–*(")


def subject_key(title: str) -> str:
    """The key of a title."""
    return key_of(bare(title))


def _is_page(section: Section) -> bool:
    return section.sheet or names_something(section.title)


def has_figures(section: Section) -> bool:
    """Whether a section is a page of figures by month, or a one-page summary by its form."""
    return section.sheet or bool(series_in(section))


def row_names(section: Section) -> Iterator[str]:
    """What rows of numbers are called: offences, services, indicators of a summary."""
    for table in section.tables:
        for row in table.rows:
            if not label_of(row):
                yield from (name for name in words_before_numbers(row) if names_something(name))


def words_before_numbers(row: Row) -> list[str]:
    """The cells of words before the first number of a row; none if it has no number."""
    words: list[str] = []
    for cell in row:
        text = plain(cell.text).strip()
        if words and re.search(r"\d", text) and (read_number(text) or len(text) < 40):
            return words
        if re.search(r"[A-Za-z]{3}", text):
            words.append(text)
    return []


def names_something(name: str) -> bool:
    """Whether a name is of something that partnerships count."""
    words = set(words_of(bare(name)))
    return (
        0 < len(words) <= 12
        and len(name) <= 130
        and bool(words & _FIELD)
        and not words & _NO_NAME
        and not spans_in(name)
    )


def opened_in(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Abbreviations that texts open: ``Violence With Injury (VWI)``."""
    for text in texts:
        if not _CAPITALS.search(text):
            continue
        for match in _OPENED.finditer(plain(text)):
            name = _spelled(match["words"].split(), match["short"])
            if name:
                yield match["short"], name


def _spelled(words: list[str], short: str) -> str:
    """The last of ``words`` whose first letters make ``short``, with or without small words."""
    for start in range(len(words) - 1, -1, -1):
        every = "".join(word[0].upper() for word in words[start:])
        telling = "".join(word[0].upper() for word in words[start:] if len(word) > 3)
        if short in (every, telling):
            return " ".join(words[start:])
    return ""
