"""Ratings against what the pack says they mean, and ratings without anything to rate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from callover.audit.changes import Change, basis_in
from callover.audit.claims import Claims, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.mentions import What
from callover.audit.outline import Section
from callover.audit.reading.numbers import plain
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, is_missing
from callover.domain.errors import Severity

NO_DATA = Rule(
    "rating-without-data",
    "A page without data is rated",
    Severity.WRONG,
    "Where every figure of the page is missing or to be confirmed there is nothing to rate.",
    "RAG rating: G on a page whose months all read TBC.",
    'Write "not rated", and why.',
)
AGAINST_RULE = Rule(
    "rating-against-rule",
    "A rating is not the one that the pack's own rule gives",
    Severity.WRONG,
    "The pack says what its ratings mean, such as amber within 10 % of the target. Achieved, "
    "target and rating are compared by that.",
    "10 of a target of 12 is 17 % short: red by the rule, rated green.",
    "Apply the rule, or sign an override and say why.",
    "Somebody overrode the rating; then who and why must stand beside it.",
)
GOOD_IS = Rule(
    "rating-against-direction",
    "A rating contradicts what the page calls good",
    Severity.SUSPICIOUS,
    "Where lower is good and the figure fell clearly, or the other way round, amber or red needs a "
    "reason.",
    "Re-referrals fell from 14 to 8 where low is good, rated amber.",
    "Rate it by the rule, or say why not.",
    "A target that is not on the page was missed.",
)
DIFFERS = Rule(
    "rating-differs",
    "One rating has two colours",
    Severity.WRONG,
    "The rating of an indicator is the same in the summary and on its page.",
    "Burglary: amber in the summary, green on the page.",
    "Take both from the page.",
    "The two rate different months; then both should say so.",
)
TARGET = Rule(
    "target-differs",
    "One target has two values",
    Severity.WRONG,
    "The target that a page sets is the one that its words compare with.",
    'Target: 170 to date; "165 against a target of 179" on the same page.',
    "Take both from the agreed plan.",
    "One is the target of the year, the other that of the months so far; then say so.",
)
_RATING = re.compile(
    r"\bRAG(?:\s+(?:rat\w+|status)\b)?\s*[:\-]?\s*(?P<rating>red|amber|green|[RAG])\b"
    r"|^\W*(?P<alone>red|amber|green)\W*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"within (?P<share>\d+)\s?(?:%|per cent) of (?:the |its )?target", re.IGNORECASE
)
_TBC = re.compile(
    r"\b(?:TBC|TBA|to be confirmed|no data|not available|data to (?:be received|follow)|"
    r"(?:not|unable)\b[^.]{0,30}\bdata)\b|n['’]t\b[^.]{0,30}\bdata\b",
    re.IGNORECASE,
)
_LOWER_GOOD = re.compile(
    r"\b(?:decrease|reduc\w+|lower|fewer|keep (?:as )?low|as low as|less)\b", re.IGNORECASE
)
_HIGHER_GOOD = re.compile(r"\b(?:increas\w+|higher|more)\b", re.IGNORECASE)
_COLOUR = re.compile(r"red|amber|green|[RAG]", re.IGNORECASE)
_RATED = re.compile(r"\bRAG\b|\brating\b|\bstatus\b", re.IGNORECASE)
_LESS = re.compile(r"^[^\d%]*\b(?:reduction|decrease)\b[^\d%]*$", re.IGNORECASE)
_SHORT = {"r": "red", "a": "amber", "g": "green"}


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating of a page, where it stands."""

    section: Section
    colour: str
    spot: Spot


def colour_named(text: str) -> str:
    """``red`` for "red" and "R" in any case."""
    return _SHORT.get(text.lower(), text.lower())


def colour_of(short: float, share: float) -> str:
    """The rating of a figure ``short`` per cent short, where amber reaches ``share``."""
    return "green" if short <= 0 else "amber" if short <= share else "red"


def ratings(claims: Claims) -> Iterator[Rating]:
    """The rating of each page that has one."""
    for section in claims.sections:
        if not (section.sheet or claims.series_of(section)):
            continue
        for text, place in claims.worded_of(section):
            found = _RATING.search(plain(text)) if len(text) < 60 else None
            if found:
                colour = found["rating"] or found["alone"]
                spot = Spot(section.title, place, found[0].strip(), text.strip())
                yield Rating(section, colour_named(colour), spot)
                break


def without_data(claims: Claims, book: Book) -> Iterator[Finding]:
    """Pages that say that they have no data, or whose months are all missing, and are rated."""
    for rating in ratings(claims):
        book.note(rating.spot.place, rating.spot.printed)
        missing = _says_missing(claims, rating.section)
        figures = any(series.known for series in claims.series_of(rating.section))
        if missing is not None and not figures:
            yield finding(
                NO_DATA, rating.spot, "not rated", "no month of the page has a figure", missing,
                claims.subjects.of_section(rating.section),
            )  # fmt: skip


def _says_missing(claims: Claims, section: Section) -> Spot | None:
    for text, place in claims.worded_of(section):
        if _TBC.search(plain(text)) and (is_missing(text) or len(text) > 3):
            return Spot(section.title, place, text.strip()[:80], text.strip()[:200])
    return None


def amber_band(claims: Claims) -> tuple[float, Spot] | None:
    """How far from the target amber reaches, by the pack's own words."""
    for said in claims.said:
        found = _WITHIN.search(said.sentence.text)
        if found and re.search(r"amber", said.sentence.text, re.IGNORECASE):
            place = Spot(said.sentence.section.title, said.sentence.place, found[0],
                         said.sentence.text)  # fmt: skip
            return float(found["share"]), place
    return None


_ACHIEVED = re.compile(
    r"(?P<now>\d[\d,]*)\s[^.;\d]{0,80}\bagainst\b[^.;\d]{0,40}target of (?P<target>\d[\d,]*)",
    re.IGNORECASE,
)


_SETS = re.compile(r"\W*(?:20\d\d\W?\d\d\W*)?targets?\b", re.IGNORECASE)
_TARGET_OF = re.compile(r"\btarget of (?P<target>\d[\d,]*)(?![\d%]|\.\d|\s?%)", re.IGNORECASE)


def against_rule(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ratings of pages that give achieved and target, or ask for less than last year."""
    band = amber_band(claims)
    if band is None:
        return
    for rating in ratings(claims):
        yield from _against_target(claims, rating, *band, book)
        yield from _against_reduction(claims, rating, *band, book)


def _against_target(
    claims: Claims, rating: Rating, share: float, rule: Spot, book: Book
) -> Iterator[Finding]:
    for said in claims.said_of(rating.section):
        found = _ACHIEVED.search(said.sentence.text)
        if found is None:
            continue
        now, target = (float(found[name].replace(",", "")) for name in ("now", "target"))
        if target <= 0:
            continue
        short = 100 * (1 - now / target)
        follows = colour_of(short, share)
        book.note(rating.spot.place, rating.spot.printed, found[0])
        if rating.colour != follows:
            yield finding(
                AGAINST_RULE, rating.spot, follows,
                f"{least(now)} of {least(target)} is {short:.0f} % short; amber reaches "
                f"{share:.0f} %",
                rule, claims.subjects.of_section(rating.section),
            )  # fmt: skip
        return


def _against_reduction(
    claims: Claims, rating: Rating, share: float, rule: Spot, book: Book
) -> Iterator[Finding]:
    """A target of less than last year: a fall meets it, a rise within the band is amber."""
    change = _latest_change(claims, rating.section)
    if not _LESS.search(_target(claims, rating.section)) or change is None:
        return
    if change.percent is None:
        return
    book.note(rating.spot.place, rating.spot.printed)
    rise = change.percent.amount
    follows = colour_of(rise, share)
    if rating.colour != follows:
        yield finding(
            AGAINST_RULE, rating.spot, follows,
            f"{rise:+.0f} % where less than last year is the target; amber reaches "
            f"{share:.0f} %",
            rule, claims.subjects.of_section(rating.section), Severity.SUSPICIOUS, 0.75,
        )  # fmt: skip


def _target(claims: Claims, section: Section) -> str:
    """What the page's target asks, in its words."""
    for said in claims.said_of(section):
        if "target" in said.sentence.label.lower():
            return said.sentence.text
    return ""


def _good(claims: Claims, section: Section) -> str:
    """What the page says good looks like."""
    return " ".join(
        said.sentence.text
        for said in claims.said_of(section)
        if re.search(r"\bgood\b|\btarget", said.sentence.label, re.IGNORECASE)
    )


def _latest_change(claims: Claims, section: Section) -> Change | None:
    found = [
        each
        for each in claims.changes
        if each.sentence.section is section and each.basis is Basis.ROLLING and each.percent
    ]
    return found[0] if found else None


def good_is(claims: Claims, book: Book) -> Iterator[Finding]:
    """Amber or red where the figure went well past any band in the good direction."""
    for rating in ratings(claims):
        change = _latest_change(claims, rating.section)
        good = _good(claims, rating.section)
        lower, higher = bool(_LOWER_GOOD.search(good)), bool(_HIGHER_GOOD.search(good))
        if change is None or change.percent is None or lower == higher:
            continue
        book.note(rating.spot.place, rating.spot.printed)
        amount = change.percent.amount * (-1 if lower else 1)
        if rating.colour in ("amber", "red") and amount >= 10 and not _says_target(claims, rating):
            yield finding(
                GOOD_IS, rating.spot, "green, or a reason",
                f"{change.percent.amount:+.1f} % where {'lower' if lower else 'higher'} is good",
                Spot(rating.section.title, change.sentence.place, change.percent.printed.text,
                     change.sentence.text),
                claims.subjects.of_section(rating.section), None, 0.75,
            )  # fmt: skip


def _says_target(claims: Claims, rating: Rating) -> bool:
    return bool(re.search(r"\d", _target(claims, rating.section)))


def differ(claims: Claims, book: Book) -> Iterator[Finding]:
    """Ratings of rows of summaries against those of their pages."""
    pages: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings(claims):
        pages[claims.subjects.of_section(rating.section)].append(rating)
    for row in claims.rows:
        subject = claims.subjects.of_name(row.name)
        own = pages.get(subject, [])
        cell = row.under(_RATED)
        if len(own) != 1 or cell is None or not _COLOUR.fullmatch(cell.text.strip()):
            continue
        colour = colour_named(cell.text.strip())
        book.note(cell.place, cell.text)
        if colour != own[0].colour:
            yield finding(
                DIFFERS, Spot(row.section.title, cell.place, cell.text.strip(), row.quoted),
                own[0].colour, f"{colour} here, {own[0].colour} on the page", own[0].spot, subject,
            )  # fmt: skip


def targets(claims: Claims, book: Book) -> Iterator[Finding]:
    """Targets that the words of a page give, against the target that its form sets."""
    for section in claims.sections:
        own = claims.said_of(section)
        labelled = [said for said in own if _SETS.match(said.sentence.label)]
        levels = [(said, each) for said in labelled for each in said.mentions.of(What.LEVEL)]
        if len(levels) != 1:
            continue
        set_by, target = levels[0]
        for said in own:
            found = _TARGET_OF.search(said.sentence.text)
            same = basis_in(said.sentence.text) is basis_in(set_by.sentence.text)
            if found is None or said in labelled or not same or said.mentions.spans:
                continue
            book.note(said.sentence.place, found["target"])
            if float(found["target"].replace(",", "")) != target.printed.value:
                yield finding(
                    TARGET, spot_of_sentence(said.sentence, found["target"]), target.printed.text,
                    f"{found['target']} here, {target.printed.text} as the target",
                    spot_of_sentence(set_by.sentence, target.printed.text), said.subject, None, 0.8,
                )  # fmt: skip


CHECKS = (
    Check(TARGET, targets),
    Check(DIFFERS, differ),
    Check(NO_DATA, without_data),
    Check(AGAINST_RULE, against_rule),
    Check(GOOD_IS, good_is),
)
