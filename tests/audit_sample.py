"""Invented packs, rules and findings for the tests of what an audit reports."""

from __future__ import annotations

import random
from datetime import date

from callover.audit.baseline import Acceptance, settle
from callover.audit.findings import SEVERITIES, Audit, Finding, Spot
from callover.audit.pack import Format, Pack, Paragraph, Place
from callover.audit.report.result import Result
from callover.audit.rules.rule import Rule

WRONG, SUSPICIOUS, EXPLAINABLE = SEVERITIES

RULES = (
    Rule(
        "difference", "A difference is not that of its two values", WRONG,
        "A change in number beside both of the values that it is the change of.",
        "“up 326 offences” beside 9,031 and 8,795: the difference is 236.",
        "Put right the change, or the value that was mistyped.",
    ),
    Rule(
        "part-above-whole", "A part is more than its whole", WRONG,
        "A row that stands below its total and is higher.",
        "Violence 412, of which with injury 430.",
        "See whether two columns were swapped.",
    ),
    Rule(
        "stale-month", "A month in the text has passed", SUSPICIOUS,
        "Months named in a sentence about the latest figures.",
        "“at August 2016” in a report for September 2016.",
        "Bring the sentence up to date.",
        "The source may be a month behind; then say so.",
    ),
    Rule(
        "small-base", "A per cent of a small number", EXPLAINABLE,
        "Changes in per cent of fewer than 20 cases.",
        "“up by 150 %”, from 2 to 5.",
        "Give the numbers beside the per cent.",
        "Always, arithmetically: it only says little.",
    ),
)  # fmt: skip


def spot(section: str, page: int, line: int, printed: str, excerpt: str = "") -> Spot:
    return Spot(section, Place(page, line), printed, excerpt)


DIFFERENCE = Finding(
    "difference", WRONG, 0.98,
    spot("3. Burglary", 12, 14, "326", "In the year burglary rose by 326 offences, to 9,031."),
    "236", "9,031 − 8,795 = 236",
    spot("Summary", 3, 8, "8,795", "Indicator\tThis year\tLast year\nBurglary\t9,031\t8,795"),
    "Burglary",
)  # fmt: skip
STALE = Finding(
    "stale-month", SUSPICIOUS, 0.85,
    spot("Robbery", 20, 3, "August 2016", "At August 2016 robbery stood at 113."),
    "September 2016", "the pack is for September 2016", None, "Robbery",
)  # fmt: skip
SMALL = Finding(
    "small-base", EXPLAINABLE, 0.6,
    spot("Arson", 0, 0, "150 %"), "3 more", "5 − 2 = 3",
)  # fmt: skip
FINDINGS = (DIFFERENCE, STALE, SMALL)
PACK = Pack("pack.pdf", Format.PDF, (Paragraph("Burglary", Place(1, 1)),), 48, "Board report")
ACCEPTS_STALE = Acceptance(
    "stale-month", "Robbery", "August 2016", "The source is a month behind.", "Lead analyst",
    date(2016, 11, 20),
)  # fmt: skip
ACCEPTS_NOTHING = Acceptance(
    "difference", "Arson", "17", "A misprint that is out.", "Lead analyst", date(2016, 11, 20)
)


def result(
    findings: tuple[Finding, ...] = FINDINGS,
    accepted: tuple[Acceptance, ...] = (),
    pack: Pack = PACK,
    read: int = 1204,
    checked: int = 987,
) -> Result:
    audit = Audit(findings, read, checked)
    return Result("packs/pack.pdf", pack, audit, settle(findings, accepted), RULES)


ABOUT = (
    "Burglary", "Robbery", "Anti-social behaviour", "Domestic abuse with injury", "Hate crime",
    "First-time entrants to the youth justice system", "Theft from the person", "", "Arson",
    "Re-offending by adults", "Drug treatment completed",
)  # fmt: skip
SENTENCE = (
    "Over twelve months the number changed by {} offences, to {:,}, which the partnership "
    "regards as a sign that its work in the town centre has begun to tell."
)


def many(number: int = 60, seed: int = 4) -> tuple[Finding, ...]:
    """So many findings of all kinds, long and short."""
    chance = random.Random(seed)
    return tuple(_invented(chance) for _ in range(number))


def _invented(chance: random.Random) -> Finding:
    about = chance.choice(ABOUT)
    page = 4 + 2 * ABOUT.index(about) + (chance.random() < 0.3)
    rule = chance.choice(RULES)
    base, now = chance.randint(400, 9000), chance.randint(400, 9000)
    claimed = f"{now - base + chance.choice((-100, 10, 90)):,}"
    table = f"Month\tApr\tMay\tYear to date\n{about or 'All'}\t{base:,}\t{now:,}\t{claimed}"
    sentence = SENTENCE.format(claimed, now)
    printed = claimed if chance.random() < 0.8 else sentence
    section = f"{page}. {about or 'What the board is asked'}"
    around = chance.choice((table, sentence, ""))
    return Finding(
        rule.id,
        rule.severity if chance.random() < 0.8 else chance.choice(SEVERITIES),
        chance.choice((0.55, 0.7, 0.85, 0.97, 1.0)),
        spot(section, page, chance.randint(1, 50), printed, around),
        f"{now - base:,}",
        f"{now:,} − {base:,} = {now - base:,}",
        _other(chance, f"{base:,}", table) if chance.random() < 0.7 else None,
        about,
    )


def _other(chance: random.Random, printed: str, table: str) -> Spot:
    section = chance.choice(("Summary", "Appendix B: monthly figures by ward"))
    around = chance.choice((table, SENTENCE.format(printed, 9)))
    return spot(section, chance.randint(1, 40), chance.randint(1, 50), printed, around)
