"""Rates of people: the rate, the count and the population that a pack states beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from callover.audit.claims import Claims, Said, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import Figure, What
from callover.audit.people import people_in
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.domain.errors import Severity

RATE_OF_FIGURES = Rule(
    "rate-of-figures",
    "Rate, count and population of one indicator do not go together",
    Severity.SUSPICIOUS,
    "Where a page or its summary gives a rate, a count and the population, one follows from the "
    "other two.",
    "609 per 100,000 with 134 people of 21,461: it would be 624.",
    "Check that all three are of the same period and area.",
    "Count and rate are of different periods; then both periods should be said.",
)


def figures_together(claims: Claims, book: Book) -> Iterator[Finding]:
    """A rate, a count and a stated population of one indicator."""
    for said in claims.said:
        population = _population(said)
        if population is None:
            continue
        yield from _of_population(claims, said, population, book)


_POPULATION = re.compile(
    r"\((?P<number>\d{1,3}(?:,\d{3})+)[^)]*(?:estimate|census|population)", re.I
)
_LIKE = 0.5
_CLOSE = 0.005


def of_people(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rates of a paragraph that states the population and the count."""
    for before, said in pairwise((None, *claims.said)):
        if said is None or not said.mentions.of(What.RATE):
            continue
        together = [said]
        if before is not None and before.sentence.section is said.sentence.section:
            together.insert(0, before)
        text = " ".join(each.sentence.text for each in together)
        people = people_in(text)
        rates = said.mentions.of(What.RATE)
        if len(people) == 1 and len(rates) == 1:
            yield from _of_people(said, together, next(iter(people)), rates[0], book)


def _of_people(
    said: Said, together: Sequence[Said], people: int, rate: Figure, book: Book
) -> Iterator[Finding]:  # fmt: skip
    low, high = (people * side / rate.per for side in (rate.printed.low, rate.printed.high))
    counts = [
        figure.printed
        for each in together
        for figure in each.mentions.of(What.LEVEL)
        if figure.printed.value != people and figure.printed.value > 0
    ]
    share = people * rate.printed.value / rate.per
    near = [n for n in counts if _LIKE * share < n.value < share / _LIKE]
    if not near:
        return
    book.note(said.sentence.place, rate.printed.text)
    if not any(n.may_be(low * (1 - _CLOSE), high * (1 + _CLOSE)) for n in counts):
        follows = rate.per * near[0].value / people
        yield finding(
            RATE_OF_FIGURES, spot_of_sentence(said.sentence, rate.printed.text),
            f"{follows:.1f} per {rate.per:,}",
            f"{near[0].text} / {people:,} x {rate.per:,} = {follows:.1f}", None, said.subject,
            None, 0.8,
        )  # fmt: skip


def _population(said: Said) -> float | None:
    found = _POPULATION.search(said.sentence.text)
    return float(found["number"].replace(",", "")) if found else None


def _of_population(claims: Claims, said: Said, population: float, book: Book) -> Iterator[Finding]:
    counts = [y for y in claims.years if claims.subjects.of_section(y.section) == said.subject]
    latest = max(counts, key=lambda year: year.start, default=None)
    if latest is None or latest.count is None or not said.subject:
        return
    for other in claims.said:
        for rate in other.mentions.of(What.RATE):
            if other.subject != said.subject or rate.per < 10_000:
                continue
            follows = rate.per * latest.count.printed.value / population
            book.note(other.sentence.place, rate.printed.text)
            if not rate.printed.may_be(follows):
                yield finding(
                    RATE_OF_FIGURES, spot_of_sentence(other.sentence, other.sentence.text),
                    f"{follows:.0f} per {rate.per:,}",
                    f"{latest.count.printed.text} / {population:,.0f} x {rate.per:,} = "
                    f"{follows:.0f}",
                    Spot(latest.section.title, latest.place, latest.text, said.sentence.text),
                    said.subject,
                )  # fmt: skip
                return


CHECKS = (Check(RATE_OF_FIGURES, figures_together), Check(RATE_OF_FIGURES, of_people))
