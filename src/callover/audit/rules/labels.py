"""What a page says about its figures: what they are, what is good, what is missing or left in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from callover.audit.claims import Claims, Said, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.history import Year
from callover.audit.mentions import What
from callover.audit.outline import SOURCE, Section
from callover.audit.pack import Cell, Paragraph, Place, Table
from callover.audit.reading.months import spans_in
from callover.audit.reading.names import key_of, words_of
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.audit.subjects import opened_in
from callover.domain.errors import Severity

LEFT_IN = Rule(
    "left-in",
    "To be confirmed was left in",
    Severity.SUSPICIOUS,
    'TBC, TBA, XX and "insert here" are notes to the writer.',
    "2014/15: TBC.",
    "Fill it in, or write that the figure is not available, and from when it will be.",
    "A date that is still to come can be to be confirmed.",
)
NUMBERING = Rule(
    "numbering",
    "A number of a list is missing or stands twice",
    Severity.SUSPICIOUS,
    "Numbered rows and paragraphs run on without gaps.",
    "27, two rows without a number, 28.",
    "Number every row, or mark rows that belong to the one before.",
)
FOOTNOTE = Rule(
    "footnote-missing",
    "An asterisk without a footnote",
    Severity.SUSPICIOUS,
    "What is marked with an asterisk is explained beneath it.",
    "Violence Against The Person* with nothing beneath the table.",
    "Write the footnote, or take the asterisk away.",
)
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
FALSE_ZERO = Rule(
    "false-zero",
    "Counts that were withheld are printed as 0",
    Severity.WRONG,
    "Where a note says that small counts were reduced to 0, a 0 is not the figure.",
    "Counts of less than 10 reduced to 0, and a row of 0, 0, 11.",
    'Print "fewer than 10", never 0.',
)
HEADER = Rule(
    "header-missing",
    "A page does not say its source or month",
    Severity.SUSPICIOUS,
    "Where nearly all pages say their source and month, one that does not was overlooked.",
    "A summary without source and month among thirty that have both.",
    "Print both.",
)
SMALL_BASE = Rule(
    "small-base",
    "A per cent of a handful",
    Severity.EXPLAINABLE,
    "Below 20 a change in per cent says less than the two numbers.",
    "A 42.8 % decrease, from 14 to 8.",
    "Print the numbers alone.",
    "The numbers stand beside it.",
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
ATTACHMENT = Rule(
    "attachment-missing",
    "An appendix or attachment is named and absent",
    Severity.SUSPICIOUS,
    "Every appendix that a list of attachments names has a heading somewhere in the pack.",
    '"Appendix 3 - Open meeting minutes" with no Appendix 3.',
    "Enclose it, or take it out of the list.",
    "It may have been handed out apart; then say so.",
)
ACRONYM = Rule(
    "acronym-not-opened",
    "An abbreviation is never spelled out",
    Severity.EXPLAINABLE,
    "Residents read packs too. An abbreviation used often is opened once.",
    "CAD used six times and never opened.",
    "Spell it out where it first stands.",
)
COPIED_ROW = Rule(
    "copied-row",
    "Two pages have the same row of figures",
    Severity.SUSPICIOUS,
    "Two indicators do not have equal figures month by month, or year by year, by chance.",
    "Robbery and personal robbery with the same counts from 2010/11 to 2013/14.",
    "One of the rows was copied from the other page.",
)
CHANGE_IS_LEVEL = Rule(
    "level-as-change",
    "A level is printed as a change",
    Severity.WRONG,
    '"Up 44.5 %" cannot be the change where 44.5 % is the figure itself.',
    "Re-offending (up 44.5 %), on the page: the rate was 44.5 %.",
    "Write the figure, or work out the change.",
)

_TBC = re.compile(
    r"\bTB[CA]\b|\bXX+\b|\binsert (?:here|text|figure)|\?\?+|\bto be confirmed\b", re.I
)
_ASTERISK = re.compile(r"(?<=[\w%)])\s?\*(?!\*)\s*$")
_PER = re.compile(
    r"per\s+(?:1,?000|10,?000|100,?000)\b[^.()]{0,140}?(?:\b(?:at|of|is|was)|[:=])\s*"
    r"\d+(?:\.\d+)?\s?%",
    re.IGNORECASE,
)
_SHOWN_AS = re.compile(
    r"(?:less|fewer) than (?P<limit>\d{1,6})\b[^.]{0,40}\b(?:are|is|were|was)\s+(?:shown|printed|"
    r"given|marked|replaced|suppressed|withheld|not (?:shown|printed|given))\b"
    r"(?![^.]{0,30}\b(?:0|zero|nil)\b)",
    re.IGNORECASE,
)
_PERCENT_PER = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?\s?%)\s+(?:[a-z]+\s+){0,3}per\s+(?:1,?000|10,?000|100,?000)\b",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"(?:less|fewer) than (?P<limit>\d{1,6})[^.]{0,60}\b(?:reduced|rounded|set|shown as|replaced)\b"
    r"[^.]{0,30}\b(?:0|zero|nil)\b",
    re.IGNORECASE,
)
_HEADER = ("source", "month")
_NAMED = re.compile(r"\b(?:Appendix|Annex) (\w+)\s*[-–:]\s*(.+)")
_MOVED = re.compile(r"\b(?:increas|decreas|up|down|change|fell|rose)", re.IGNORECASE)
_ACRONYM = re.compile(r"(?<![\w.@/-])[A-Z]{3,6}(?![\w@-])")


def left_in(claims: Claims, book: Book) -> Iterator[Finding]:
    """Notes to the writer: one finding a place of a section."""
    for section in claims.sections:
        seen: set[str] = set()
        for text, place in claims.texts_of(section):
            found = _TBC.search(plain(text))
            if found is None or (found[0].islower() and len(text) > 40):
                continue
            if re.search(r"[“\"][^”\"]*$", text[: found.start()]):
                continue  # somebody is quoted
            book.note(place, found[0])
            if found[0].lower() not in seen:
                seen.add(found[0].lower())
                yield finding(
                    LEFT_IN, Spot(section.title, place, _near(text, found), text[:200]),
                    "a figure, or why there is none", f"\"{found[0]}\" stands in a finished pack",
                    None, claims.subjects.of_section(section), None, 0.85,
                )  # fmt: skip


def _near(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 30) : found.end() + 20].split())


def numbering(claims: Claims, book: Book) -> Iterator[Finding]:
    """Numbered rows of tables: gaps, repetitions, and rows between without a number."""
    for section in claims.sections:
        for table in section.tables:
            yield from _numbered(section, table, book)


def _numbered(section: Section, table: Table, book: Book) -> Iterator[Finding]:
    known: list[tuple[int, list[Cell]]] = []
    for row in table.rows:
        filled = [cell for cell in row if cell.text.strip()]
        first = re.fullmatch(r"(\d{1,3})[.)]?", filled[0].text.strip()) if filled else None
        if first and len(filled) > 1 and re.search(r"[A-Za-z]{3}", filled[1].text):
            known.append((int(first[1]), filled))
    steps = [now - was for (was, _), (now, _) in pairwise(known)]
    twice = steps.count(0)
    if len(known) < 3 or min(steps) < 0 or twice > 1 or twice * 2 > steps.count(1):
        return
    if 2 * sum(step > 1 for step in steps) > len(steps):
        return  # open actions keep their numbers: no list that runs on
    for (was, _), (now, cells) in pairwise(known):
        book.note(cells[0].place, str(now))
        if now - was != 1:
            yield finding(
                NUMBERING, Spot(section.title, cells[0].place, str(now), _row(cells)),
                str(was + 1), f"{was} is followed by {now}",
            )  # fmt: skip


def _row(cells: Sequence[Cell]) -> str:
    return " | ".join(cell.text.strip() for cell in cells)


def unnumbered(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of a numbered summary that have a name and figures and no number."""
    numbered = Counter(id(row.section) for row in claims.rows if row.number)
    for row in claims.rows:
        has_figures = any(re.search(r"\d", column.cell.text) for column in row.cells)
        marks = sum(column.cell.text.strip() in ("Y", "N") for column in row.cells)
        book.note(row.row[0].place, row.name)
        others = numbered[id(row.section)]
        if others >= 6 and not row.number and has_figures and marks:
            yield finding(
                NUMBERING, Spot(row.section.title, row.row[0].place, row.name, row.excerpt),
                "a number, or a mark that it belongs to the row before",
                f"{others} rows of the summary are numbered",
                None, claims.subjects.of_name(row.name), None, 0.8,
            )  # fmt: skip


def footnotes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Asterisks in tables with no note that begins with one."""
    for section in claims.sections:
        notes = [
            text
            for text, _ in claims.texts_of(section)
            if plain(text).lstrip().startswith("*") or re.search(r"\n\s*\*\s*\w", text)
        ]
        for table in section.tables:
            for row in table.rows:
                for cell in row:
                    if not _ASTERISK.search(cell.text.strip()) or len(cell.text) > 80:
                        continue
                    book.note(cell.place, cell.text)
                    if not notes:
                        yield finding(
                            FOOTNOTE, Spot(section.title, cell.place, cell.text.strip()),
                            "a footnote that begins with *", "no line of the section begins with *",
                        )  # fmt: skip


def polarity(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages that call both more and less good."""
    for section in claims.sections:
        less = more = None
        for said in claims.said_of(section):
            text = said.sentence.text
            good = re.search(r"\bgood\b|\btarget", said.sentence.label, re.IGNORECASE)
            if good and re.search(r"\b(?:lower|fewer|reduc\w+|decrease)\b", text, re.IGNORECASE):
                less = less or said
            if re.search(r"\bincrease\b[^.]{0,60}\b(?:good thing|good|encouraged|welcome)\b", text,
                         re.IGNORECASE):  # fmt: skip
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


def false_zeros(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of 0 on pages that say that small counts were set to 0: one finding a row."""
    for said in claims.said:
        found = _REDUCED.search(said.sentence.text)
        if found is None:
            continue
        for series in claims.series_of(said.sentence.section):
            zeros = [(m, c) for m, p, c in series.known if p.value == 0 and not p.percent]
            for _, cell in zeros:
                book.note(cell.place, series.label)
            if zeros and series.kind is Kind.COUNT:
                month, cell = zeros[0]
                yield finding(
                    FALSE_ZERO, spot_of_cell(series, cell), f"fewer than {found['limit']}",
                    f"{series.label}: 0 in {month.name} may be 0 to {int(found['limit']) - 1}",
                    spot_of_sentence(said.sentence, found[0]), claims.subjects.of_series(series),
                )  # fmt: skip


def printed_small(claims: Claims, book: Book) -> Iterator[Finding]:
    """Counts below the limit of a note that says that such counts are not printed."""
    for said in claims.said:
        found = _SHOWN_AS.search(said.sentence.text)
        for series in claims.series_of(said.sentence.section) if found else ():
            small = [
                (month, printed, cell)
                for month, printed, cell in series.known
                if found and printed.value < int(found["limit"]) and not printed.percent
            ]
            if small and found and series.kind is Kind.COUNT:
                month, printed, cell = small[0]
                book.note(cell.place, printed.text)
                yield finding(
                    FALSE_ZERO, spot_of_cell(series, cell), f"fewer than {found['limit']}",
                    f"{printed.text} in {month.name} is fewer than {found['limit']}",
                    spot_of_sentence(said.sentence, found[0]), claims.subjects.of_series(series),
                    None, 0.8,
                )  # fmt: skip


def headers(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages without source and month, where the others have both."""
    pages = [section for section in claims.sections if section.sheet and claims.series_of(section)]
    told = {id(page): _told(page) for page in pages}
    having = [sum(each[which] for each in told.values()) for which in range(len(_HEADER))]
    asked = [which for which, times in enumerate(having) if times >= 0.8 * len(pages)]
    for page in pages if len(pages) >= 5 and asked else ():
        book.note(page.place, *(f"{_HEADER[which]} of page" for which in asked))
        missing = [which for which in asked if not told[id(page)][which]]
        if missing:
            yield finding(
                HEADER, Spot(page.title, page.place, page.title, " | ".join(page.header)),
                " and ".join(f"the {_HEADER[which]}" for which in missing) + " of the page",
                "; ".join(f"{having[which]} of {len(pages)} pages print the {_HEADER[which]}"
                          for which in missing),
                None, claims.subjects.of_section(page),
            )  # fmt: skip


def _told(page: Section) -> tuple[bool, bool]:
    text = "\n".join(page.header)
    return bool(SOURCE.search(text)), bool(spans_in(plain(text)))


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


_EVENTS = frozenset(("start", "referral", "rereferral", "visit", "survey", "order", "sentence"))
"""What is counted apart from how it ended."""


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


def copied_rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of two pages with equal figures, by month or by year, under different names."""
    yield from _copied_series(claims, book)
    yield from _copied_years(claims, book)


def _copied_series(claims: Claims, book: Book) -> Iterator[Finding]:
    alike: dict[tuple[Basis, tuple[float, ...]], list[tuple[int, Series]]] = defaultdict(list)
    for at, series in enumerate(claims.series):
        values = tuple(printed.value for _, printed, _ in series.known)
        if series.kind is Kind.COUNT and len(set(values)) >= 4:
            alike[series.basis, values].append((at, series))
    equal = [pair for rows in alike.values() for pair in combinations(rows, 2)]
    for (_, one), (_, other) in sorted(equal, key=lambda pair: (pair[0][0], pair[1][0])):
        if one.section is other.section:
            continue
        subjects = {claims.subjects.of_series(each) for each in (one, other)}
        if len(subjects) < 2 or _share_words(subjects):
            continue
        book.note(other.row[0].place, other.label)
        yield finding(
            COPIED_ROW, spot_of_cell(other, other.known[0][2]), "its own figures",
            f"{len(other.known)} months equal those of {one.section.title}",
            spot_of_cell(one, one.known[0][2]), claims.subjects.of_series(other),
        )  # fmt: skip


def _share_words(subjects: set[str]) -> bool:
    """Whether two names may mean one indicator: they share all telling words but one or two."""
    one, other = (set(words_of(each)) for each in sorted(subjects))
    shared = len(one & other)
    return shared >= min(len(one), len(other)) - (shared > 1)


def _copied_years(claims: Claims, book: Book) -> Iterator[Finding]:
    lists: dict[int, list[tuple[Year, float]]] = defaultdict(list)
    for year in claims.years:
        if year.count is not None:
            lists[id(year.section)].append((year, year.count.printed.value))
    pages = list(lists.values())
    for other in pages[1:]:
        book.note(other[0][0].place, "years")
    for first, second in _share_years(pages):
        yield from _equal_years(claims, pages[first], pages[second])


def _share_years(pages: Sequence[Sequence[tuple[Year, float]]]) -> list[tuple[int, int]]:
    """Pairs of pages with three or more values of years in common, in reading order."""
    holders: dict[tuple[int, float], list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        for each in dict.fromkeys((year.start, value) for year, value in page):
            holders[each].append(at)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    return sorted(pair for pair, times in shared.items() if times >= 3)


def _equal_years(
    claims: Claims, one: Sequence[tuple[Year, float]], other: Sequence[tuple[Year, float]]
) -> Iterator[Finding]:
    mine = {(year.start, value): year for year, value in one}
    equal = [(year, value) for year, value in other if (year.start, value) in mine]
    if len({value for _, value in equal}) < 3:
        return
    year, value = equal[0]
    twin = mine[year.start, value]
    yield finding(
        COPIED_ROW, Spot(year.section.title, year.place, year.text, year.text), "its own figures",
        f"{len(equal)} years equal those of {twin.section.title}",
        Spot(twin.section.title, twin.place, twin.text, twin.text),
        claims.subjects.of_section(year.section),
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


def acronyms(claims: Claims, book: Book) -> Iterator[Finding]:
    """Abbreviations used often and never opened: one finding each."""
    texts = [(plain(text), place, section) for section in claims.sections
             for text, place in claims.texts_of(section)]  # fmt: skip
    opened = {short for short, _ in opened_in(text for text, _, _ in texts)}
    opened |= {m[1] for text, _, _ in texts for m in re.finditer(r"\b([A-Z]{3,6})\s?\(", text)}
    opened |= {m[1] for text, _, _ in texts for m in re.finditer(r"\(([A-Z]{3,6})\b", text)}
    opened |= {m[1] for text, _, _ in texts if (m := _TERM.match(text))}
    used: Counter[str] = Counter()
    first: dict[str, Spot] = {}
    for text, place, section in texts:
        if text.isupper():
            continue
        for found in _ACRONYM.finditer(text):
            used[found[0]] += 1
            first.setdefault(found[0], Spot(section.title, place, found[0], text[:160]))
            book.note(place, found[0])
    initials = {each for text, _, _ in texts for each in _initials(text)}
    for short, times in used.items():
        if times >= 4 and short not in opened | initials | _KNOWN:
            yield finding(
                ACRONYM, first[short], "its words, once", f"used {times} times, never opened",
                None, "", None, 0.6,
            )  # fmt: skip


_TERM = re.compile(r"\W*([A-Z]{3,6})\s*(?:$|[:=–-]\s|\t)")
_NAME = re.compile(r"[A-Z][a-z'’]+(?:(?:\s+(?:for|of|and|the|&|on|in))*\s+[A-Z][a-z'’]+){2,5}")


def _initials(text: str) -> Iterator[str]:
    """What capitalised words in a row may be abbreviated to."""
    for found in _NAME.finditer(text):
        words = [word for word in found[0].split() if word[0].isupper()]
        for start in range(len(words)):
            for end in range(start + 3, len(words) + 1):
                yield "".join(word[0] for word in words[start:end])


_KNOWN = frozenset(
    (
        "RAG",
        "MBE",
        "OBE",
        "LGBT",
        "TBC",
        "TBA",
        "YTD",
        "CCTV",
        "USA",
        "GDP",
        "PDF",
        "NHS",
        "BBC",
    )
)
"""What readers of a newspaper know, or what belongs to the form."""


def small_bases(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes in per cent on fewer than 20."""
    for change in claims.changes:
        if change.percent is None or change.before is None:
            continue
        base = change.before.figure.printed
        book.note(change.sentence.place, change.percent.printed.text)
        if not base.percent and 0 < base.value < 20:
            yield finding(
                SMALL_BASE, spot_of_sentence(change.sentence, change.percent.printed.text),
                "the two numbers alone", f"one case is {100 / base.value:.0f} % of {base.text}",
                None, change.subject, None, 0.8,
            )  # fmt: skip


def attachments(claims: Claims, book: Book) -> Iterator[Finding]:
    """Appendices that a list of attachments names and no heading has."""
    headings = " ".join(section.title for section in claims.sections).lower()
    for section in claims.sections:
        if not re.search(r"\battachments?\b|\benclosures?\b", section.title, re.IGNORECASE):
            continue
        for block in section.blocks:
            named = _NAMED.search(getattr(block, "text", ""))
            if named is None or not isinstance(block, Paragraph):
                continue
            book.note(block.place, named[0])
            words = [word for word in words_of(named[2]) if len(word) > 3]
            there = f"appendix {named[1].lower()}" in headings or any(w in headings for w in words)
            if not there:
                yield finding(
                    ATTACHMENT, Spot(section.title, block.place, named[0], block.text),
                    "the appendix, or a line that it is handed out apart",
                    f"no heading of the pack has Appendix {named[1]} or its title", None, "",
                    None, 0.6,
                )  # fmt: skip


CHECKS = (
    Check(LIST_OMITS, list_omits),
    Check(CHANGE_IS_LEVEL, levels_as_changes),
    Check(COPIED_ROW, copied_rows),
    Check(OTHER_LABEL, other_labels),
    Check(DEFINITION, definitions),
    Check(POLARITY, polarity),
    Check(PERCENT_PER, percent_and_per),
    Check(FALSE_ZERO, false_zeros),
    Check(FALSE_ZERO, printed_small),
    Check(SMALL_BASE, small_bases),
    Check(HEADER, headers),
    Check(NUMBERING, numbering),
    Check(NUMBERING, unnumbered),
    Check(FOOTNOTE, footnotes),
    Check(LEFT_IN, left_in),
    Check(ATTACHMENT, attachments),
    Check(ACRONYM, acronyms),
)
