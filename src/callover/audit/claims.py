"""Everything that a pack claims, in one place, for the rules to compare."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from callover.audit.changes import Change, basis_in, changes_in
from callover.audit.findings import Spot
from callover.audit.grids import Grid, grids_of
from callover.audit.history import Year, years_in
from callover.audit.mentions import Mentions, mentions_of
from callover.audit.outline import Section, sections_of
from callover.audit.pack import Cell, Format, Pack, Paragraph, Place, Row, Table
from callover.audit.people import people_in
from callover.audit.quoted import quoted
from callover.audit.reading.months import days_in, spans_in
from callover.audit.reading.numbers import plain, read_number
from callover.audit.rows import NamedRow, named_rows
from callover.audit.scorecards import Score, scores_of
from callover.audit.sentences import Sentence, pieces, sentences_of
from callover.audit.series import Basis, Kind, Series, series_in
from callover.audit.settled import settled
from callover.audit.subjects import Subjects
from callover.audit.tiles import tiles_in
from callover.domain.periods import Month

_PAGE_LEVEL = 3
_MEETING = re.compile(
    r"(?:date of (?:the )?meeting\b|(?:the )?(?:meeting|board) (?:of|on|held|date|meets)\b)",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:board|committee|panel|group|partnership|forum|meeting)\s*(?:[,:]|on|of)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_FIRST = 12
"""Among so many texts at a pack's beginning stands for which meeting it is."""
_KNOWN = re.compile(r"(?:figures |data )?as known (?:on|at)\b", re.IGNORECASE)
_SHORT = 60
_BARE = re.compile(r"\s*(?:\d[\d,]*(?:\.\d+)?\s?%?\s*)?")
_AS_AT = re.compile(r"\bas at\b|\bas of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what it mentions and whom it is about."""

    sentence: Sentence
    mentions: Mentions
    subject: str


class Claims:
    """What a pack claims. Everything is read once, when first asked for."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.sections = sections_of(pack)
        self._worded: dict[int, tuple[tuple[str, Place], ...]] = {}
        self.subjects = Subjects(self.sections, (text for text, _ in pack.texts()))

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Every row by month."""
        return settled([series for section in self.sections for series in series_in(section)])

    @cached_property
    def by_section(self) -> dict[int, list[Series]]:
        """Rows by month of each section, by ``id``."""
        found: dict[int, list[Series]] = defaultdict(list)
        for series in self.series:
            found[id(series.section)].append(series)
        return found

    @cached_property
    def _texts(self) -> dict[int, tuple[tuple[str, Place], ...]]:
        return {id(section): tuple(_texts_in(section)) for section in self.sections}

    def texts_of(self, section: Section) -> tuple[tuple[str, Place], ...]:
        """Every text of a section with its place: its title, paragraphs and cells with words."""
        return self._texts[id(section)]

    def worded_of(self, section: Section) -> tuple[tuple[str, Place], ...]:
        """Texts of a section with their places, without cells that are empty or one bare number:
        most cells are, and nobody looks for words, days or marks in them."""
        key = id(section)
        if key not in self._worded:
            texts = self.texts_of(section)
            self._worded[key] = tuple(each for each in texts if not _BARE.fullmatch(each[0]))
        return self._worded[key]

    def series_of(self, section: Section) -> list[Series]:
        """The rows by month of one section."""
        return self.by_section.get(id(section), [])

    def read_first(self) -> None:
        """Read now what most rules ask for, before a copy of this process asks for it again."""
        _ = self.said, self.series, self.grids, self.changes, self.years

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every sentence."""
        return tuple(self._said())

    @cached_property
    def _said_by_section(self) -> dict[int, list[Said]]:
        found: dict[int, list[Said]] = defaultdict(list)
        for said in self.said:
            found[id(said.sentence.section)].append(said)
        return found

    def said_of(self, section: Section) -> list[Said]:
        """The sentences of one section."""
        return self._said_by_section.get(id(section), [])

    def _said(self) -> Iterator[Said]:
        for section in self.sections:
            before: tuple[Place, str] = Place(), ""
            for sentence in sentences_of(section):
                mentions = mentions_of(sentence.text)
                first = min((each.start for each in mentions.figures), default=None)
                subject = self.row_subject(sentence.row)
                subject = subject or self.subjects.of_sentence(sentence, first)
                if not subject and sentence.number and before[0] == sentence.place:
                    subject = before[1]
                before = sentence.place, subject
                yield Said(sentence, mentions, subject)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change that a sentence claims; rows of years are no sentences."""
        rows = {(year.place, year.section.place) for year in self.years}
        found = [
            change
            for said in self.said
            if (said.sentence.place, said.sentence.section.place) not in rows
            for change in changes_in(said.sentence, said.mentions, said.subject)
        ]
        for section in self.sections:
            found += tiles_in(section, self.subjects.of_section(section), self.month)
        return tuple(found)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """Figures of years that a cell or paragraph lists one after another."""
        return tuple(year for section in self.sections for year in years_in(section))

    @cached_property
    def month(self) -> Month | None:
        """The month that the pack reports: the last with figures of most of its rows."""
        last = Counter(series.known[-1][0] for series in self.series if series.known)
        if last:
            return last.most_common(1)[0][0]
        named = Counter(found.span.last for said in self.said for found in said.mentions.spans)
        return named.most_common(1)[0][0] if named else None

    @cached_property
    def narrower(self) -> tuple[tuple[Section, Section], ...]:
        """Pages by month, each with every other whose indicator's name has all its words and more.

        The wider one stands first; both in reading order.
        """
        pages = [section for section in self.sections if self.series_of(section)]
        words = [frozenset(self.subjects.of_section(page).split()) for page in pages]
        holders: dict[str, set[int]] = defaultdict(set)
        for at, own in enumerate(words):
            for word in own:
                holders[word].add(at)
        return tuple(
            (pages[at], pages[other])
            for at, own in enumerate(words)
            for other in (sorted(set.intersection(*map(holders.__getitem__, own))) if own else ())
            if len(words[other]) > len(own)
        )

    @cached_property
    def rows_of_all(self) -> tuple[NamedRow, ...]:
        """Named rows of every table that is not by month."""
        return tuple(row for section in self.sections for row in named_rows(section))

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every table as a grid of numbers, as printed and changed over."""
        return tuple(grid for section in self.sections for grid in grids_of(section))

    @cached_property
    def people(self) -> frozenset[int]:
        """Every number of residents that the pack states of its own area."""
        return frozenset().union(*(people_in(said.sentence.text) for said in self.said))

    @cached_property
    def scores(self) -> tuple[Score, ...]:
        """The rows of every scorecard."""
        return tuple(score for grid in self.grids for score in scores_of(grid))

    @cached_property
    def _grids_by_section(self) -> dict[int, list[Grid]]:
        found: dict[int, list[Grid]] = defaultdict(list)
        for grid in self.grids:
            found[id(grid.section)].append(grid)
        return found

    def grids_of(self, section: Section) -> list[Grid]:
        """The grids of one section."""
        return self._grids_by_section.get(id(section), [])

    @cached_property
    def rows(self) -> tuple[NamedRow, ...]:
        """Those outside the one-page summaries."""
        return tuple(row for row in self.rows_of_all if not row.section.sheet)

    @cached_property
    def group_totals(self) -> tuple[tuple[NamedRow, str], ...]:
        """Rows of totals with the group of the rows above them that they sum up."""
        found: list[tuple[NamedRow, str]] = []
        group = ""
        for row in self.rows:
            group = row.group or group
            if re.fullmatch(r"total(?: \(.*\))?", row.name.lower()) and group and not row.number:
                found.append((row, group))
        return tuple(found)

    @cached_property
    def _row_subjects(self) -> dict[int, str]:
        return {id(row.row): self.subjects.of_name(row.name) for row in self.rows}

    def row_subject(self, row: Row | None) -> str:
        """The indicator that a row of a table outside the summaries names; "" for none."""
        return self._row_subjects.get(id(row), "")

    @cached_property
    def meeting(self) -> date | None:
        """The day of the meeting: that of lines about it, else the one that stands behind a board
        at the beginning, else the one on which the figures were known, else that of most lines."""
        texts = [plain(text) for section in self.sections for text, _ in self.worded_of(section)]
        for lines in (
            [text for text in texts if _MEETING.match(text)],
            [text for text in texts[:_FIRST] if _held_on(text)],
            [f"{one} {other}" for one, other in pairwise(texts) if _KNOWN.fullmatch(one)]
            + [text for text in texts if _KNOWN.match(text)],
            [text for text in texts if text.lower().startswith("date") or len(text) < _SHORT],
        ):
            days = Counter(
                found.day
                for text in lines
                for found in days_in(text)
                if found.day and found.year_said
            )
            if days:
                return days.most_common(1)[0][0]
        return None

    def find(self, section: Section, kind: Kind, basis: Basis, key: str = "") -> Series | None:
        """The row of a section of that kind, stretch and name; None if there is none, or if there
        are two that differ in most months and so count different things."""
        found = [
            each
            for each in self.series_of(section)
            if each.kind is kind and each.basis is basis and each.key == key and not each.before
        ]
        return found[0] if found and all(_alike(found[0], each) for each in found) else None

    @cached_property
    def _papers(self) -> dict[int, int]:
        paper = 0
        found: dict[int, int] = {}
        whole = self.pack.format is Format.XLSX  # each of its worksheets has a highest heading
        for section in self.sections:
            paper += section.level == 1 and not whole
            found[id(section)] = paper
        return found

    def paper_of(self, section: Section) -> int:
        """Which paper of the pack a section belongs to: those under one highest heading."""
        return self._papers[id(section)]

    @cached_property
    def _over(self) -> dict[int, tuple[Basis, Month | None]]:
        """Of each section the stretch and month that its title or one above it says."""
        found: dict[int, tuple[Basis, Month | None]] = {}
        above: list[tuple[int, Basis, Month | None]] = []
        for section in self.sections:
            above = [each for each in above if each[0] < section.level]
            as_at = _as_at(section)
            if as_at is not None:  # said once, for what follows beside it too
                above.append((min(section.level, _PAGE_LEVEL), Basis.UNSAID, as_at))
            above.append((section.level, basis_in(section.title), _last_month(section.title)))
            bases = [each[1] for each in above if each[1] is not Basis.UNSAID]
            months = [each[2] for each in above if each[2] is not None]
            basis = bases[-1] if bases else Basis.UNSAID
            found[id(section)] = basis, months[-1] if months else None
        return found

    def basis_over(self, section: Section) -> Basis | None:
        """The stretch that the headings over a section say, None if none does."""
        return self._over[id(section)][0] or None

    def month_over(self, section: Section) -> Month | None:
        """The month that the headings over a section, or its first line, say it is of."""
        return self._over[id(section)][1]

    @cached_property
    def read(self) -> frozenset[tuple[Place, str]]:
        """Every claim that was understood, by its place and its printed words: cells of rows by
        month, figures, ranks, months and days of sentences, and other cells of numbers."""
        found: set[tuple[Place, str]] = set()
        for series in self.series:
            found.update((point.cell.place, point.cell.text.strip()) for point in series.points)
            found.update((cell.place, cell.text) for _, cell in series.headed)
        for said in self.said:
            place = said.sentence.place
            found.update((place, figure.printed.text) for figure in said.mentions.figures)
            found.update((place, rank.text) for rank in said.mentions.ranks)
        for section in self.sections:
            for text, place in self.worded_of(section):
                found.update((place, day.text) for day in days_in(plain(text)))
            found.update(
                (place, text.strip())
                for text, place in self.texts_of(section)
                if read_number(text) is not None
            )
        return frozenset(found)


def _texts_in(section: Section) -> Iterator[tuple[str, Place]]:
    yield section.title, section.place
    for block in section.blocks:
        if isinstance(block, Table):
            cells = (cell for row in block.rows for cell in row if cell.text)
            yield from ((text, cell.place) for cell in cells for text in pieces(cell.text))
        else:
            yield from ((text, block.place) for text in pieces(block.text))


def _alike(one: Series, other: Series) -> bool:
    """Whether two rows agree in most of the months that both have."""
    both = [month for month in one.by_month if month in other.by_month]
    equal = sum(one.by_month[month].value == other.by_month[month].value for month in both)
    return one is other or 2 * equal > len(both)


def _held_on(text: str) -> bool:
    """Whether a weekday and date of ``text`` stand right behind the name of a board."""
    return any(day.weekday and _HELD.search(text[: day.start]) for day in days_in(text))


def _as_at(section: Section) -> Month | None:
    """The month that a line of a section says that all of it is as at."""
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    return next((_last_month(t) for t in (section.title, *texts) if _AS_AT.search(t)), None)


def _last_month(text: str) -> Month | None:
    return max((found.span.last for found in spans_in(plain(text))), default=None)


def spot_of_cell(series: Series, cell: Cell, printed: str = "") -> Spot:
    """A cell of a row by month, with its row for an excerpt."""
    return Spot(series.section.title, cell.place, printed or cell.text.strip(), row_excerpt(series))


def row_excerpt(series: Series) -> str:
    """A row as printed, its label first, beneath the heading's months."""
    off = 12 * series.years_off - 12 * series.before
    months = {month + off: cell.text for month, cell in series.headed}
    cells = [(months.get(point.month, ""), point.cell.text) for point in series.points]
    return quoted([("", series.label), *cells])


def spot_of_sentence(sentence: Sentence, printed: str) -> Spot:
    """Words of a sentence, with the sentence for an excerpt."""
    return Spot(sentence.section.title, sentence.place, printed, sentence.text)
