"""The figures service: every number that a pack, a table or a record shows comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from callover.analysis import counts, rates
from callover.analysis.composite import ADDED, composite
from callover.analysis.held import Held
from callover.analysis.judged import judge, measure_looked_at
from callover.analysis.owed import with_what_is_owed
from callover.analysis.questions import Answer, Question, moment, nothing
from callover.analysis.rating import Judgement
from callover.analysis.subjects import Subject, subject_of
from callover.analysis.vocabulary import COUNT_FAMILY, MEASURES, NEEDS_PEERS, RATE_FAMILY, STABLE
from callover.domain.errors import UnknownName
from callover.domain.figures import Figure
from callover.domain.indicators import Partnership
from callover.domain.periods import Month
from callover.domain.ratings import Rating, RatingResult
from callover.domain.states import State

NO_SOURCE = Judgement(Rating.NO_DATA, "No data: no source is named.")


class Figures:
    """Figures of one moment of knowledge, for any area that is held."""

    def __init__(self, held: Held, partnership: Partnership | None = None) -> None:
        self.held = held
        self.catalogue = held.catalogue
        self.partnership = partnership
        self._subjects: dict[tuple[str, str], Subject] = {}
        # A pack asks for most figures four times.
        self._found: dict[tuple[object, ...], Figure] = {}

    def figure(
        self,
        indicator: str,
        measure: str,
        area: str,
        month: Month,
        peer_group: str = "",
        source: str = "",
        series: str = "",
    ) -> Figure:
        """One figure from ``source``, else from the first source in order that holds it.

        Raises UnknownName for an indicator, measure, series or peer group that is not defined.
        """
        key = (indicator, measure, area, month, peer_group, source, series)
        if key not in self._found:
            subject = self._subject(indicator, series)
            self._check(measure, peer_group)
            place = self.held.aliases.get(area, area)
            self._found[key] = self._figure(subject, measure, place, month, peer_group, source)
        return self._found[key]

    def _figure(
        self, subject: Subject, measure: str, area: str, month: Month, peer_group: str, source: str
    ) -> Figure:
        if measure == "rating":
            return self._rating_figure(subject, area, month)
        if subject.composite and not source and measure in ADDED:
            return self._composed(subject, measure, area, month)
        sources = (source,) if source else self._sources(subject, measure, peer_group, area, month)
        return self._first_known(subject, sources, measure, area, month, peer_group)

    def figures(
        self, indicator: str, measure: str, area: str, month: Month, peer_group: str = ""
    ) -> list[Figure]:
        """The figure under each source that speaks: two where change and rate source differ."""
        subject = self._subject(indicator)
        first = self.figure(indicator, measure, area, month, peer_group)
        if measure in RATE_FAMILY or measure not in COUNT_FAMILY or peer_group or subject.composite:
            return [first]
        for source in subject.rate_sources:
            other = self.figure(indicator, measure, area, month, peer_group, source)
            if other.known:
                return [first] if source == first.source else [first, other]
        return [first]

    def records(
        self,
        indicators: Iterable[str],
        areas: Iterable[str],
        month: Month,
        measures: Sequence[str] = STABLE,
        peers: Sequence[str] = (),
    ) -> list[Figure]:
        """Figures of many indicators and areas at once; ``peers`` empty: each one's own groups."""
        places = list(areas)
        found: list[Figure] = []
        for name in indicators:
            groups = peers or self.groups_of(name)
            for area in places:
                for measure in measures:
                    wanted = groups if measure in NEEDS_PEERS else ("",)
                    for group in wanted:
                        found += self.figures(name, measure, area, month, group)
        return found

    def rating(self, indicator: str, area: str, month: Month) -> RatingResult:
        """The colour with its reason; a signed override and a printed colour beside it."""
        subject = self._subject(indicator)
        judged, _, _ = self._judged(subject, self.held.aliases.get(area, area), month)
        override = printed = None
        partnership = self.partnership
        if partnership is not None and partnership.area == area:
            for name, when, signed in partnership.overrides:
                if (name, when) == (indicator, month):
                    override = signed
            for row in partnership.printed_ratings:
                if (row.indicator, row.month) == (indicator, month):
                    printed = row.rating if row.rating is not judged.rating else None
        return RatingResult(judged.rating, judged.reason, override, printed)

    def rating_basis(self, indicator: str, area: str, month: Month) -> Figure | None:
        """The figure that the rating looks at, None where there is none."""
        subject = self._subject(indicator)
        place = self.held.aliases.get(area, area)
        _, basis, source = self._judged(subject, place, month)
        if basis is None:
            return None
        q = Question(self.held, subject, source, place, month, "rating")
        return self._record(q.ask(measure=measure_looked_at(q)), basis)

    def differences(self, area: str, month: Month) -> list[tuple[str, RatingResult, str]]:
        """Indicators whose computed colour is not the printed one, with its note (RAG-12)."""
        found = []
        for row in self.partnership.printed_ratings if self.partnership else ():
            if row.month == month and row.indicator in self.catalogue.indicators:
                result = self.rating(row.indicator, area, month)
                if result.computed is not row.rating:
                    found.append((row.indicator, result, row.note))
        return found

    def peers(
        self, indicator: str, peer_group: str, month: Month, area: str = ""
    ) -> list[tuple[str, str, float]]:
        """Code, name and rate of every member with a rate; the first source with two or more."""
        subject = self._subject(indicator)
        place = area or (self.partnership.area if self.partnership else "")
        for source in subject.rate_sources:
            q = Question(self.held, subject, source, place, month, "rate", peer_group)
            found = rates.compared_values(q)
            if found is not None and np.count_nonzero(~np.isnan(found[1])) > 1:
                pairs = zip(*found, strict=True)
                return [
                    (a, self.held.names.get(a, a), float(v)) for a, v in pairs if not np.isnan(v)
                ]
        return []

    def members(self, peer_group: str, month: Month, area: str = "") -> list[tuple[str, str]]:
        """Code and name of every member of a group that is known by name."""
        place = area or (self.partnership.area if self.partnership else "")
        codes = self.held.members(self.catalogue.peer_groups[peer_group], place, month)
        return [(code, self.held.names.get(code, code)) for code in codes]

    def series_months(
        self,
        indicator: str,
        area: str,
        first: Month,
        last: Month,
        measure: str = "month",
        source: str = "",
        series: str = "",
    ) -> list[Figure]:
        """A figure for each month from ``first`` to ``last``, all from one source, for charts.

        Months that only a sum is known for stay without a value: nothing is spread.
        """
        if not source:
            latest = [self.figure(indicator, measure, area, last - i, series=series)
                      for i in range(12)]  # fmt: skip
            source = next((f.source for f in latest if f.known), latest[0].source)
        months = [first + i for i in range(last.index - first.index + 1)]
        return [self.figure(indicator, measure, area, m, "", source, series) for m in months]

    def question(self, figure: Figure, measure: str = "") -> Question:
        """The question that ``figure`` answers, for its lineage."""
        subject = self._subject(figure.indicator, figure.series)
        name, group = measure or figure.measure, figure.peer_group
        return Question(self.held, subject, figure.source, figure.area, figure.month, name, group)

    def _subject(self, name: str, series: str = "") -> Subject:
        if (name, series) not in self._subjects:
            self._subjects[name, series] = subject_of(self.catalogue, name, series)
        return self._subjects[name, series]

    def groups_of(self, name: str) -> tuple[str, ...]:
        """The peer groups that an indicator names."""
        indicator = self._subject(name).indicator
        return indicator.peer_groups if indicator else ()

    def _check(self, measure: str, peer_group: str) -> None:
        """Raise UnknownName for a measure or group that is not defined."""
        if measure not in MEASURES and measure != "rating":
            raise UnknownName("measure", measure, (*MEASURES, "rating"))
        if peer_group and peer_group not in self.catalogue.peer_groups:
            raise UnknownName("peer group", peer_group, tuple(self.catalogue.peer_groups))
        if measure in NEEDS_PEERS and not peer_group:
            raise UnknownName("peer group", "", tuple(self.catalogue.peer_groups))

    def _sources(
        self, subject: Subject, measure: str, peer_group: str, area: str, month: Month
    ) -> tuple[str, ...]:
        """Sources to ask in turn. A comparison comes from where its own count comes from."""
        if measure.startswith("detection_rate"):
            return counts.detection_sources(self.catalogue, subject)
        if measure in RATE_FAMILY:
            return subject.rate_sources
        base = measure.partition("_")[0]
        if measure == base or base not in ("month", "ytd", "rolling12") or peer_group:
            return subject.sources
        for source in subject.sources:
            q = Question(self.held, subject, source, area, month, base)
            if counts.count(q).given:
                return (source,)
        return subject.sources

    def _first_known(
        self,
        subject: Subject,
        sources: Sequence[str],
        measure: str,
        area: str,
        month: Month,
        peer_group: str,
    ) -> Figure:
        """The first source's answer that has a value; else the first that says why."""
        best: tuple[str, Answer] | None = None
        for source in sources:
            q = Question(self.held, subject, source, area, month, measure, peer_group)
            answer = MEASURES[measure](q)
            if answer.given:
                return self._record(q, answer)
            if best is None or _says_more(answer, best[1]):
                best = (source, answer)
        source, answer = best or ("", nothing(subject.series.unit.value, "no source is named"))
        q = Question(self.held, subject, source, area, month, measure, peer_group)
        return self._record(q, answer)

    def _composed(self, subject: Subject, measure: str, area: str, month: Month) -> Figure:
        """A headline's figure: its parts added, each from its own indicator's source."""
        answer = composite(self, subject, measure, area, month)
        q = Question(self.held, subject, answer.source, area, month, measure)
        return self._record(q, answer)

    def _judged(
        self, subject: Subject, area: str, month: Month
    ) -> tuple[Judgement, Answer | None, str]:
        """The judgement on the first source with a figure; else the first that says most.

        A source that gave something not yet to be rated says more than one that gave nothing.
        """
        judgements = []
        for source in subject.sources:
            q = Question(self.held, subject, source, area, month, "rating")
            judgement, basis = judge(q)
            if basis is not None:
                return judgement, basis, source
            judgements.append((judgement, None, source))
        something = (each for each in judgements if each[0].rating is not Rating.NO_DATA)
        return next(something, judgements[0] if judgements else (NO_SOURCE, None, ""))

    def _rating_figure(self, subject: Subject, area: str, month: Month) -> Figure:
        """The rating as a figure whose text is the colour."""
        judgement, basis, source = self._judged(subject, area, month)
        q = Question(self.held, subject, source, area, month, "rating")
        basis = basis or with_what_is_owed(q, nothing("", judgement.reason))
        awaited = f"No data: {month.name} {basis.reason}." if basis.state.is_awaited else ""
        rated = Answer(
            None, basis.state, "", basis.kind, awaited or judgement.reason, known=basis.known,
            text=judgement.rating.value,
        )  # fmt: skip
        return self._record(q, rated)

    def _record(self, q: Question, answer: Answer) -> Figure:
        answer = with_what_is_owed(q, answer)
        return Figure(
            indicator=q.subject.id,
            series=q.series,
            area=q.area,
            period_kind=answer.kind.value,
            month=answer.month or q.month,
            measure=q.measure,
            peer_group=q.peer_group,
            value=answer.value,
            unit=answer.unit,
            state=answer.state,
            source=answer.source or q.source,
            known_at=moment(answer.known),
            text=answer.text,
            reason=answer.reason,
            published=answer.published,
            of=answer.of,
        )


def _says_more(answer: Answer, other: Answer) -> bool:
    """Whether an answer without value tells more than "not supplied"."""
    return other.state is State.NOT_SUPPLIED and answer.state is not State.NOT_SUPPLIED
