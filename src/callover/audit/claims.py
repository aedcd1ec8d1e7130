"""Everything that a pack claims, in one place, for the rules to compare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from callover.audit.changes import Change, changes_in
from callover.audit.findings import Spot
from callover.audit.history import Year, years_in
from callover.audit.mentions import Mentions, mentions_of
from callover.audit.outline import Section, sections_of
from callover.audit.pack import Cell, Pack, Place
from callover.audit.reading.months import days_in, spans_in
from callover.audit.reading.numbers import plain
from callover.audit.rows import NamedRow, named_rows
from callover.audit.sentences import Sentence, sentences_of
from callover.audit.series import Basis, Kind, Series, series_in
from callover.audit.subjects import Subjects
from callover.domain.periods import Month


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
        self.subjects = Subjects(self.sections, (text for text, _ in pack.texts()))

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Every row by month."""
        return tuple(series for section in self.sections for series in series_in(section))

    @cached_property
    def by_section(self) -> dict[int, list[Series]]:
        """Rows by month of each section, by ``id``."""
        found: dict[int, list[Series]] = defaultdict(list)
        for series in self.series:
            found[id(series.section)].append(series)
        return found

    def series_of(self, section: Section) -> list[Series]:
        """The rows by month of one section."""
        return self.by_section.get(id(section), [])

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every sentence."""
        return tuple(self._said())

    def _said(self) -> Iterator[Said]:
        for section in self.sections:
            for sentence in sentences_of(section):
                mentions = mentions_of(sentence.text)
                first = min((each.start for each in mentions.figures), default=None)
                subject = self.row_subject(sentence.place)
                subject = subject or self.subjects.of_sentence(sentence, first)
                yield Said(sentence, mentions, subject)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change that a sentence claims; rows of years are no sentences."""
        rows = {(year.place, year.section.place) for year in self.years}
        return tuple(
            change
            for said in self.said
            if (said.sentence.place, said.sentence.section.place) not in rows
            for change in changes_in(said.sentence, said.mentions, said.subject)
        )

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
    def rows_of_all(self) -> tuple[NamedRow, ...]:
        """Named rows of every table that is not by month."""
        return tuple(row for section in self.sections for row in named_rows(section))

    @cached_property
    def rows(self) -> tuple[NamedRow, ...]:
        """Those outside the one-page summaries."""
        return tuple(row for row in self.rows_of_all if not row.section.sheet)

    @cached_property
    def _row_subjects(self) -> dict[Place, str]:
        return {
            cell.place: self.subjects.of_name(row.name) for row in self.rows for cell in row.row
        }

    def row_subject(self, place: Place) -> str:
        """The indicator that the named row at ``place`` is of; "" where none is there."""
        return self._row_subjects.get(place, "")

    def find(self, section: Section, kind: Kind, basis: Basis, key: str = "") -> Series | None:
        """The one row of a section of that kind, stretch and name; None if there is none or two."""
        found = [
            each
            for each in self.series_of(section)
            if each.kind is kind and each.basis is basis and each.key == key
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def read(self) -> int:
        """How many claims were understood: figures of rows by month and of sentences, and dates."""
        cells = sum(len(series.points) for series in self.series)
        figures = sum(len(said.mentions.figures) + len(said.mentions.ranks) for said in self.said)
        dates = sum(
            len(spans_in(plain(text))) + len(list(days_in(plain(text))))
            for text, _ in self.pack.texts()
        )
        return cells + figures + dates


def spot_of_cell(series: Series, cell: Cell, printed: str = "") -> Spot:
    """A cell of a row by month, with its row for an excerpt."""
    return Spot(series.section.title, cell.place, printed or cell.text.strip(), row_excerpt(series))


def row_excerpt(series: Series) -> str:
    """A row as printed, its label first."""
    cells = [point.cell.text.strip() for point in series.points]
    return f"{series.label}: {' | '.join(cells)}" if series.label else " | ".join(cells)


def spot_of_sentence(sentence: Sentence, printed: str) -> Spot:
    """Words of a sentence, with the sentence for an excerpt."""
    return Spot(sentence.section.title, sentence.place, printed, sentence.text)
