"""What labels and definitions say of their figures: good and bad, per cent and per, which event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import What
from callover.audit.outline import Section
from callover.audit.pack import Place
from callover.audit.reading.names import key_of
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.domain.errors import Severity

POLARITY = Rule(
    "what-good-is",
    "A page says both that more and that less is good",
    Severity.SUSPICIOUS,
    "What good looks like, target and notes of one page point one way.",
    "Fewer offences than in 2010/11 is good; the target says that an increase in reporting is.",
    "Decide, or write that the indicator is only watched.",
    "Fewer offences and more reports can both be wanted; then the page rates neither.",
)
DEFINITION = Rule(
    "unit-of-definition",
    "The unit of the figures is not that of the definition",
    Severity.WRONG,
    "A page that defines a percentage reports one; a rate per 1,000 is another thing.",
    "Defined as the percentage of convictions, reported as a rate of 1.00 per 1,000.",
    "Define what is reported.",
)
PERCENT_PER = Rule(
    "percent-and-per",
    "A rate per 1,000 is printed with a per cent sign",
    Severity.WRONG,
    "A figure is per cent or per 1,000, never both.",
    '"Domestic incidents per 1,000 population: 27.2 %".',
    "Take away the sign.",
)
LIST_OMITS = Rule(
    "list-omits-a-row",
    "A list in words leaves out a row of its table",
    Severity.WRONG,
    "A list that gives the figures of a table's rows one by one gives all that are not 0.",
    "346, 22, 18 and 15 listed; the table has 13 in a fifth row.",
    "Add the row.",
)
OTHER_LABEL = Rule(
    "figure-of-another-row",
    "A figure in words belongs to another row",
    Severity.SUSPICIOUS,
    "A figure that the text calls one thing stands in the table under another label.",
    "26 starts in the text; the table has 26 terminations and no starts.",
    "Check which of the two was counted.",
    "Both counts may happen to be equal; then the table should have both.",
)
CHANGE_IS_LEVEL = Rule(
    "level-as-change",
    "A level is printed as a change",
    Severity.WRONG,
    '"Up 44.5 %" cannot be the change where 44.5 % is the figure itself.',
    "Re-offending (up 44.5 %), on the page: the rate was 44.5 %.",
    "Write the figure, or work out the change.",
)
_PER = re.compile(
    r"per\s+(?:1,?000|10,?000|100,?000)\b[^.()]{0,140}?(?:\b(?:at|of|is|was)|[:=])\s*"
    r"\d+(?:\.\d+)?\s?%",
    re.IGNORECASE,
)
_PERCENT_PER = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?\s?%)\s+(?:[a-z]+\s+){0,3}per\s+(?:1,?000|10,?000|100,?000)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:increas|decreas|up|down|change|fell|rose)", re.IGNORECASE)
_EVENTS = frozenset(("start", "referral", "rereferral", "visit", "survey", "order", "sentence"))
"""What is counted apart from how it ended."""

_MORE_IS_GOOD = re.compile(
    r"\bincrease\b[^.]{0,60}\b(?:good|encouraged|welcome|welcomed|positive|desirable|wanted)\b",
    re.IGNORECASE,
)


def polarity(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages that call both more and less good."""
    for section in claims.sections:
        less = more = None
        for said in claims.said_of(section):
            text = said.sentence.text
            good = re.search(r"\bgood\b|\btarget", said.sentence.label, re.IGNORECASE)
            if good and re.search(r"\b(?:lower|fewer|reduc\w+|decrease)\b", text, re.IGNORECASE):
                less = less or said
            if _MORE_IS_GOOD.search(text):
                more = more or said
        if less and more:
            book.note(less.sentence.place, less.sentence.text)
            yield finding(
                POLARITY, spot_of_sentence(less.sentence, less.sentence.text),
                "one direction of good", "less is good here, more is good there",
                spot_of_sentence(more.sentence, more.sentence.text),
                claims.subjects.of_section(section), None, 0.85,
            )  # fmt: skip


def definitions(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages that define a percentage and report a rate."""
    for section in claims.sections:
        defined = _defined_as_percent(claims, section)
        if defined is None:
            continue
        own = claims.said_of(section)
        rate = next((s for s in own if re.search(r"rate per 1,?000", s.sentence.text, re.I)), None)
        percents = [f for s in own for f in s.mentions.figures if f.printed.percent]
        book.note(defined.sentence.place, defined.sentence.text)
        if rate is not None and not percents:
            yield finding(
                DEFINITION, spot_of_sentence(defined.sentence, "percentage"), "a rate per 1,000",
                "the page gives a rate per 1,000 and no per cent",
                spot_of_sentence(rate.sentence, rate.sentence.text[:80]),
                claims.subjects.of_section(section), None, 0.85,
            )  # fmt: skip


def _defined_as_percent(claims: Claims, section: Section) -> Said | None:
    for said in claims.said_of(section):
        defines = "definition" in said.sentence.label.lower()
        if defines and re.search(r"\bpercentage of|\bproportion of\b", said.sentence.text, re.I):
            return said
    return None


def percent_and_per(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rates per 1,000 with a per cent sign."""
    listed = {year.place for year in claims.years}
    for said in claims.said:
        figure = _percent_of_rate(said.sentence.text)
        if not figure or said.sentence.place in listed:
            continue
        book.note(said.sentence.place, figure)
        yield finding(
            PERCENT_PER, spot_of_sentence(said.sentence, figure),
            figure.rstrip("% ") + " per 1,000", "a rate per 1,000 is not per cent",
            None, said.subject,
        )  # fmt: skip


def _percent_of_rate(text: str) -> str:
    """The per cent that a sentence calls a rate; "" where there is none, or it is a change."""
    found, before = _PER.search(text), _PERCENT_PER.search(text)
    if before is not None:
        around = text[max(0, before.start() - 30) : before.end()]
        return "" if _MOVED.search(around) else before["rate"]
    figure = re.search(r"\d+(?:\.\d+)?\s?%$", found[0]) if found else None
    return "" if figure is None or found is None or _MOVED.search(found[0]) else figure[0]


def list_omits(claims: Claims, book: Book) -> Iterator[Finding]:
    """Lists of a month's figures row by row that leave one out."""
    for section in claims.sections:
        rows = [s for s in claims.series_of(section) if s.kind is Kind.COUNT and s.key and s.known]
        if len(rows) < 4:
            continue
        for place, figures in _lists(claims, section).items():
            yield from _omitted(claims, section, rows, place, figures, book)


def _lists(claims: Claims, section: Section) -> dict[Place, list[tuple[float, Said]]]:
    found: dict[Place, list[tuple[float, Said]]] = defaultdict(list)
    for said in claims.said_of(section):
        for figure in said.mentions.of(What.LEVEL):
            found[said.sentence.place].append((figure.printed.value, said))
    return {place: figures for place, figures in found.items() if len(figures) >= 4}


def _omitted(
    claims: Claims, section: Section, rows: Sequence[Series], place: Place,
    figures: list[tuple[float, Said]], book: Book,
) -> Iterator[Finding]:  # fmt: skip
    listed = Counter(value for value, _ in figures)
    latest = {row.label: (row.known[-1], row) for row in rows}
    there = [label for label, ((_, n, _), _) in latest.items() if n.value and listed[n.value]]
    absent = [
        (known, row)
        for label, (known, row) in latest.items()
        if known[1].value and label not in there
    ]
    if len(there) < 4 or len(absent) != 1:
        return
    (month, number, cell), row = absent[0]
    text = figures[0][1].sentence.text
    book.note(place, row.label)
    yield finding(
        LIST_OMITS, Spot(section.title, place, text[:120], text),
        f"{number.text} - {row.label} too",
        f"{len(there)} rows of {month.name} are listed, {row.label} ({number.text}) is not",
        spot_of_cell(row, cell), claims.subjects.of_section(section),
    )  # fmt: skip


def other_labels(claims: Claims, book: Book) -> Iterator[Finding]:
    """Figures to date that the text calls what no row counts, and a row of another name has."""
    listed = {year.place for year in claims.years}
    for said in claims.said:
        section = said.sentence.section
        if said.sentence.place in listed:
            continue
        rows = [s for s in claims.series_of(section) if s.kind is Kind.COUNT and s.key]
        for figure in said.mentions.of(What.LEVEL):
            noun = key_of(figure.noun) if figure.noun else ""
            if noun not in _EVENTS or figure.printed.value < 15:
                continue
            if any(noun in row.key for row in rows):
                continue
            for row in rows:
                latest = row.known[-1] if row.known else None
                if (
                    row.basis is Basis.TO_DATE
                    and latest
                    and latest[1].value == figure.printed.value
                ):
                    book.note(said.sentence.place, figure.printed.text)
                    yield finding(
                        OTHER_LABEL,
                        spot_of_sentence(said.sentence, f"{figure.printed.text} {figure.noun}"),
                        f"{figure.printed.text} is {row.label}",
                        f"no row counts {figure.noun}; {row.label} is {latest[1].text}",
                        spot_of_cell(row, latest[2]), said.subject, None, 0.7,
                    )  # fmt: skip


def levels_as_changes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes whose per cent is the level of the same indicator elsewhere."""
    shares: dict[tuple[str, float], Said] = {}
    for said in claims.said:
        for figure in said.mentions.of(What.SHARE):
            if said.subject and re.search(r"\brate\b", said.sentence.text, re.IGNORECASE):
                shares.setdefault((said.subject, figure.printed.value), said)
    for change in claims.changes:
        if change.percent is None or change.number or change.now or change.before:
            continue
        level = shares.get((change.subject, abs(change.percent.printed.value)))
        book.note(change.sentence.place, change.percent.printed.text)
        if level is not None and level.sentence.place != change.sentence.place:
            yield finding(
                CHANGE_IS_LEVEL, spot_of_sentence(change.sentence, change.percent.printed.text),
                f"the rate is {change.percent.printed.text}",
                f"{change.percent.printed.text} is the rate itself on the page",
                spot_of_sentence(level.sentence, change.percent.printed.text), change.subject,
                None, 0.8,
            )  # fmt: skip


CHECKS = (
    Check(LIST_OMITS, list_omits),
    Check(CHANGE_IS_LEVEL, levels_as_changes),
    Check(OTHER_LABEL, other_labels),
    Check(DEFINITION, definitions),
    Check(POLARITY, polarity),
    Check(PERCENT_PER, percent_and_per),
)
