"""Changes against the figures on both of their sides: sign, difference and per cent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from callover.audit.changes import Change, counted_span
from callover.audit.claims import Claims, spot_of_cell, spot_of_sentence
from callover.audit.findings import Finding, Spot
from callover.audit.history import Year
from callover.audit.mentions import Figure
from callover.audit.reading.numbers import Printed
from callover.audit.rules.check import Book, Check, finding, least
from callover.audit.rules.rule import Rule
from callover.audit.series import Basis, Kind, Series
from callover.audit.tiles import LABEL as TILE
from callover.domain.errors import Severity
from callover.domain.periods import Month

CHANGE_PERCENT = Rule(
    "change-percent",
    "A change in per cent does not follow from its two figures",
    Severity.WRONG,
    "The change is what is now less what was, over what was. It is wrong only if no figures that "
    "round to the printed ones give it.",
    "5,652 calls after 5,143, printed as 9.8 %: it is 9.897 %, which rounds to 9.9 %.",
    "Work it out from the figures printed, and round half up; cutting off is not rounding.",
)
CHANGE_NUMBER = Rule(
    "change-number",
    "A difference does not follow from its two figures",
    Severity.WRONG,
    "The difference is what is now less what was.",
    "284 offences became 281, printed as down 5.",
    "Work it out from the figures printed; two sources in one subtraction are the usual cause.",
)
CHANGE_DIRECTION = Rule(
    "change-direction",
    "The direction in words is not that of the figures",
    Severity.WRONG,
    "Up, increase and more need a larger figure now; down, decrease and fewer a smaller one.",
    "A decrease from 1,119 to 1,130.",
    "Correct the word or the figures.",
)
CHANGE_ROW = Rule(
    "change-row",
    "A row of changes does not follow from the other rows",
    Severity.WRONG,
    "The year to date a year ago is last year's total plus this year to date less the rolling 12 "
    "months. The printed change must follow from it.",
    "19 in April, rolling 240, 248 last year: a year ago 27, so -30 %, where -17 % is printed.",
    "Check whether the cell compares single months, where its row compares years to date.",
)
HISTORY_CHANGE = Rule(
    "history-change",
    "A change of past years does not follow from the counts beside it",
    Severity.WRONG,
    "A list of past years prints counts and changes: each change must follow from its own count "
    "and that of the year before.",
    "2012/13: 1,583 (-17 %) after 2011/12: 1,928: it is -17.9 %, so -18 %.",
    "Work the changes out again whenever a count was revised.",
    "The count of the year before was revised since, and the change was not: say so, or renew it.",
)


def _percent_of(now: Printed, before: Printed) -> tuple[float, float] | None:
    """Between which per cents the change lies, from all values that round to the printed ones."""
    if before.low <= 0:
        return None
    return 100 * (now.low / before.high - 1), 100 * (now.high / before.low - 1)


def _with_both(claims: Claims) -> Iterator[tuple[Change, Printed, Printed]]:
    """Changes of sentences that give both figures, of one kind, with the two."""
    for change in claims.changes:
        if change.now is None or change.before is None:
            continue
        now, before = change.now.figure.printed, change.before.figure.printed
        if now.percent == before.percent and now.money == before.money:
            yield change, now, before


def numbers(claims: Claims, book: Book) -> Iterator[Finding]:
    """Differences of sentences, from both figures."""
    for change, now, before in _with_both(claims):
        if change.number is None or now.percent:
            continue
        book.note(change.sentence.place, change.number.printed.text, now.text, before.text)
        if not change.number.printed.may_measure(now.low - before.high, now.high - before.low):
            rise = least(now.value - before.value)
            arithmetic = f"{now.text} - {before.text} = {rise}"
            yield _sentence(CHANGE_NUMBER, change, change.number, rise, arithmetic)


def percents(claims: Claims, book: Book) -> Iterator[Finding]:
    """Per cents of sentences, from both figures."""
    for change, now, before in _with_both(claims):
        bounds = _percent_of(now, before)
        if change.percent is None or bounds is None or now.percent:
            continue
        book.note(change.sentence.place, change.percent.printed.text, now.text, before.text)
        if not change.percent.printed.may_measure(*bounds):
            percent = 100 * (now.value / before.value - 1)
            arithmetic = f"({now.text} - {before.text}) / {before.text} = {percent:+.2f} %"
            follows = f"{percent:+.1f} %"
            yield _sentence(CHANGE_PERCENT, change, change.percent, follows, arithmetic)


def directions(claims: Claims, book: Book) -> Iterator[Finding]:
    """Words of direction of sentences, from both figures."""
    for change, now, before in _with_both(claims):
        rise = now.value - before.value
        told = [part for part in (change.number, change.percent) if part and part.up is not None]
        book.note(change.sentence.place, *(part.printed.text for part in told))
        against = [part for part in told if part.up != (rise > 0)] if rise else []
        if against:
            word = "a rise" if rise > 0 else "a fall"
            arithmetic = f"{before.text} became {now.text}: {word} of {least(abs(rise))}"
            yield _sentence(CHANGE_DIRECTION, change, against[0], word, arithmetic)


def _sentence(
    rule: Rule, change: Change, part: Figure, follows: str, arithmetic: str,
    other: Spot | None = None,
) -> Finding:  # fmt: skip
    spot = spot_of_sentence(change.sentence, part.printed.text)
    return finding(rule, spot, follows, arithmetic, other, change.subject)


def with_tables(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes that give no figure before: from the figure now, beside them or in their table."""
    for change in claims.changes:
        if change.before is not None or change.number is None or change.percent is None:
            continue
        found = _now(claims, change)
        if found is None:
            continue
        now, other = found
        before = now - change.number.amount
        book.note(change.sentence.place, change.number.printed.text, change.percent.printed.text)
        bounds = _percent_of(Printed("", now), Printed("", before)) if before > 0 else None
        if bounds and not change.percent.printed.may_measure(*bounds):
            percent = 100 * change.number.amount / before
            follows = f"{percent:+.1f} %"
            arithmetic = f"{least(change.number.amount)} on {least(before)} is {percent:+.2f} %"
            yield _sentence(CHANGE_PERCENT, change, change.percent, follows, arithmetic, other)


def _now(claims: Claims, change: Change) -> tuple[float, Spot | None] | None:
    """What a change led to: its own figure, else that of its page's table, with its place."""
    if change.now is not None and change.sentence.label == TILE:
        return change.now.figure.printed.value, None
    span, series = counted_span(change), _counted(claims, change)
    if span is None or series is None or change.subject != claims.subjects.of_series(series):
        return None
    now = series.by_month.get(span.last)
    return (now.value, spot_of_cell(series, series.cell_of(span.last))) if now else None


def _counted(claims: Claims, change: Change) -> Series | None:
    basis = change.basis
    section = change.sentence.section
    return claims.find(section, Kind.COUNT, basis) if basis is not Basis.UNSAID else None


def rows(claims: Claims, book: Book) -> Iterator[Finding]:
    """Rows of changes, from years to date, rolling sums and last year's total of one page."""
    for section in claims.sections:
        changes = claims.find(section, Kind.CHANGE, Basis.UNSAID) or claims.find(
            section, Kind.CHANGE, Basis.TO_DATE
        )
        totals = claims.find(section, Kind.COUNT, Basis.TO_DATE)
        rolling = claims.find(section, Kind.COUNT, Basis.ROLLING)
        if changes and totals and rolling:
            yield from _row(claims, changes, totals, rolling, book)


def _row(
    claims: Claims, changes: Series, totals: Series, rolling: Series, book: Book
) -> Iterator[Finding]:
    year = _last_year(claims, totals)
    if year is None or year.count is None:
        return
    whole = year.count.printed.value
    cells = []
    for month, printed, cell in changes.known:
        now, sum_now = totals.by_month.get(month), rolling.by_month.get(month)
        if now is None or sum_now is None or not _ends_year_before(year, month):
            continue
        before = whole + now.value - sum_now.value
        fits = before > 0 and printed.may_be(100 * (now.value / before - 1))
        cells.append((month, printed, now, sum_now, before, fits))
        book.note(cell.place, printed.text)
    right = sum(fits for *_, fits in cells)
    if right * 2 <= len(cells):
        return  # the rows are not of one source: nothing follows from them together
    for month, _, now, sum_now, before, fits in cells:
        if not fits and before > 0:
            percent = 100 * (now.value / before - 1)
            yield finding(
                CHANGE_ROW,
                spot_of_cell(changes, changes.cell_of(month)),
                f"{percent:+.1f} % ({least(now.value)} after {least(before)})",
                f"{least(whole)} + {now.text} - {sum_now.text} = {least(before)}; "
                f"{now.text} / {least(before)} - 1 = {percent:+.1f} %",
                Spot(year.section.title, year.place, year.text, year.text),
                claims.subjects.of_series(changes),
            )


def _last_year(claims: Claims, totals: Series) -> Year | None:
    start = totals.known[0][0].financial_year.start - 1 if totals.known else 0
    found = [
        year
        for year in claims.years
        if year.section is totals.section and year.is_year and year.start == start
    ]
    return found[0] if len(found) == 1 else None


def _ends_year_before(year: Year, month: Month) -> bool:
    return month.financial_year.start == year.start + 1


def history(claims: Claims, book: Book) -> Iterator[Finding]:
    """Changes of past years, from the counts of neighbouring entries."""
    for _, listed in groupby(claims.years, key=lambda year: (id(year.section), year.place)):
        entries = list(listed)
        signed = any(entry.change for entry in entries)
        for entry in entries if signed else ():
            before = next((e for e in entries if e.start == entry.start - 1), None)
            if before and before.count and entry.count:
                yield from _entry(claims, entry, before, book)


def _entry(claims: Claims, entry: Year, before: Year, book: Book) -> Iterator[Finding]:
    if entry.count is None or before.count is None:
        return
    now, was = entry.count.printed, before.count.printed
    bounds = _percent_of(now, was)
    other = Spot(before.section.title, before.place, before.count.printed.text, before.text)
    subject = claims.subjects.of_section(entry.section)
    if entry.change is not None and bounds:
        book.note(entry.place, entry.change.printed.text)
        sign_off = entry.change.up is not None and bounds[0] * entry.change.amount < 0
        if not entry.change.printed.may_measure(*bounds) or (sign_off and entry.change.amount):
            percent = 100 * (now.value / was.value - 1)
            yield finding(
                HISTORY_CHANGE,
                Spot(entry.section.title, entry.place, entry.change.printed.text, entry.text),
                f"{percent:+.1f} %",
                f"{now.text} / {was.text} - 1 = {percent:+.2f} %",
                other,
                subject,
            )
    if entry.difference is not None:
        book.note(entry.place, entry.difference.printed.text)
        if not entry.difference.printed.may_measure(now.low - was.high, now.high - was.low):
            yield finding(
                HISTORY_CHANGE,
                Spot(entry.section.title, entry.place, entry.difference.printed.text, entry.text),
                least(now.value - was.value),
                f"{now.text} - {was.text} = {least(now.value - was.value)}",
                other,
                subject,
            )


CHECKS = (
    Check(CHANGE_NUMBER, numbers),
    Check(CHANGE_PERCENT, percents),
    Check(CHANGE_PERCENT, with_tables),
    Check(CHANGE_DIRECTION, directions),
    Check(CHANGE_ROW, rows),
    Check(HISTORY_CHANGE, history),
)
