"""What was left in or left out: marks to be filled, numbers of lists, notes, headers, papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from callover.audit.claims import Claims
from callover.audit.findings import Finding, Spot
from callover.audit.outline import SOURCE, Section
from callover.audit.pack import Cell, Paragraph, Table
from callover.audit.quoted import in_a_row
from callover.audit.reading.months import spans_in
from callover.audit.reading.names import words_of
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding
from callover.audit.rules.rule import Rule
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
HEADER = Rule(
    "header-missing",
    "A page does not say its source or month",
    Severity.SUSPICIOUS,
    "Where nearly all pages say their source and month, one that does not was overlooked.",
    "A summary without source and month among thirty that have both.",
    "Print both.",
)
ATTACHMENT = Rule(
    "attachment-missing",
    "An appendix or attachment is named and absent",
    Severity.SUSPICIOUS,
    "Every appendix that a list of attachments or a sentence names has a heading in the pack.",
    '"Appendix 3 - Open meeting minutes" with no Appendix 3.',
    "Enclose it, or take it out of the list.",
    "It may have been handed out apart; then say so.",
)
ACRONYM = Rule(
    "acronym-not-opened",
    "An abbreviation is never spelled out",
    Severity.EXPLAINABLE,
    "Residents read packs too. An abbreviation used often is opened once, and one used twice "
    "where the pack opens every other.",
    "CAD used six times and never opened.",
    "Spell it out where it first stands.",
)
_TBC = re.compile(
    r"\bTB[CA]\b|\bXX+\b|\binsert (?:here|text|figure)|\?\?+|\bto be confirmed\b", re.I
)
_ASTERISK = re.compile(r"(?<=[\w%)])\s?\*(?!\*)\s*$")
_HEADER = ("source", "month")
_NAMED = re.compile(r"\b(?:Appendix|Annex) (\w+)\s*[-–:]\s*(.+)")
_ACRONYM = re.compile(r"(?<![\w.@/-])[A-Z]{3,6}(?![\w@-])")
_TERM = re.compile(r"\W*([A-Z]{3,6})\s*(?:$|[:=–-]\s|\t)")
_MEANS = re.compile(r"\b([A-Z]{3,6})[\"”’']?\s+(?:means?|stands? for|is short for)\b")
_NAME = re.compile(r"[A-Z][a-z'’]+(?:(?:\s+(?:for|of|and|the|&|on|in))*\s+[A-Z][a-z'’]+){2,5}")
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


def left_in(claims: Claims, book: Book) -> Iterator[Finding]:
    """Notes to the writer: one finding a place of a section."""
    for section in claims.sections:
        seen: set[str] = set()
        for text, place in claims.worded_of(section):
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


_TIE = re.compile(r"=\s?\d{1,3}|\d{1,3}\s?=")


def numbering(claims: Claims, book: Book) -> Iterator[Finding]:
    """Numbered rows of tables: gaps, repetitions, and rows between without a number."""
    for section in claims.sections:
        for table in section.tables:
            yield from _numbered(section, table, book)


def _numbered(section: Section, table: Table, book: Book) -> Iterator[Finding]:
    known: list[tuple[int, list[Cell]]] = []
    for row in table.rows:
        filled = [cell for cell in row if cell.text.strip()]
        if filled and _TIE.fullmatch(filled[0].text.strip()):
            return  # places that several share leave out the next
        first = re.fullmatch(r"(\d{1,3})[.)]?", filled[0].text.strip()) if filled else None
        if first and len(filled) > 1 and re.search(r"[A-Za-z]{3}", filled[1].text):
            known.append((int(first[1]), filled))
    steps = [now - was for (was, _), (now, _) in pairwise(known)]
    twice = steps.count(0)
    if len(known) < 3 or min(steps) < 0 or twice > 1 or twice * 2 > steps.count(1):
        return
    if 2 * sum(step > 1 for step in steps) > len(steps):
        return  # open actions keep their numbers: no list that runs on
    if twice and max(steps) == 1:
        return  # two rows of one project or theme bear its number
    for (was, _), (now, cells) in pairwise(known):
        book.note(cells[0].place, str(now))
        if now - was != 1:
            yield finding(
                NUMBERING, Spot(section.title, cells[0].place, str(now), in_a_row(cells)),
                str(was + 1), f"{was} is followed by {now}",
            )  # fmt: skip


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
                NUMBERING, Spot(row.section.title, row.row[0].place, row.name, row.quoted),
                "a number, or a mark that it belongs to the row before",
                f"{others} rows of the summary are numbered",
                None, claims.subjects.of_name(row.name), None, 0.8,
            )  # fmt: skip


def footnotes(claims: Claims, book: Book) -> Iterator[Finding]:
    """Asterisks in tables with no note that begins with one."""
    for section in claims.sections:
        notes = [
            text
            for text, _ in claims.worded_of(section)
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


def acronyms(claims: Claims, book: Book) -> Iterator[Finding]:
    """Abbreviations used often and never opened: one finding each."""
    texts = [(plain(text), place, section) for section in claims.sections
             for text, place in claims.worded_of(section)]  # fmt: skip
    opened = {short for short, _ in opened_in(text for text, _, _ in texts)}
    opened |= {m[1] for text, _, _ in texts for m in re.finditer(r"\b([A-Z]{3,6})\s?\(", text)}
    opened |= {m[1] for text, _, _ in texts for m in re.finditer(r"\(([A-Z]{3,6})\b", text)}
    opened |= {m[1] for text, _, _ in texts if (m := _TERM.match(text))}
    opened |= {m[1] for text, _, _ in texts for m in _MEANS.finditer(text)}
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
    unopened = {
        short: times
        for short, times in used.items()
        if times >= 2 and short not in opened | initials | _KNOWN
    }
    words = {word for text, _, _ in texts for word in re.findall(r"\b[a-z]{3,6}\b", text)}
    unopened = {short: times for short, times in unopened.items() if short.lower() not in words}
    alone = len(unopened) == 1 and bool(opened & set(used))
    for short, times in unopened.items():
        if times >= 4 or alone:
            others = ", as every other is" if alone else ""
            yield finding(
                ACRONYM, first[short], "its words, once",
                f"used {times} times, never opened{others}", None, "", None, 0.6,
            )  # fmt: skip


def _initials(text: str) -> Iterator[str]:
    """What capitalised words in a row may be abbreviated to."""
    for found in _NAME.finditer(text):
        words = [word for word in found[0].split() if word[0].isupper()]
        for start in range(len(words)):
            for end in range(start + 3, len(words) + 1):
                yield "".join(word[0] for word in words[start:end])


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
    Check(HEADER, headers),
    Check(NUMBERING, numbering),
    Check(NUMBERING, unnumbered),
    Check(FOOTNOTE, footnotes),
    Check(LEFT_IN, left_in),
    Check(ATTACHMENT, attachments),
    Check(ACRONYM, acronyms),
)
