"""A pack of six pages that agrees with itself in every figure, from the facts of one seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from mutation.document import Document, Grid, Part, Sheet, Title, Words
from mutation.facts import YEARS_TOLD, Counted, Facts, change, half_up

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BAND = 10
"""Amber reaches so many per cent from the target."""
WITHHELD = 10
"""Smaller counts are not printed."""


def pack(told: Facts) -> Document:
    """The clean pack of ``told``."""
    pages = [_meeting(told), _summary(told)]
    pages += [_sheet(told, each) for each in told.counted]
    pages += [_treatment(told), _appendix(told)]
    return Document(tuple(pages))


def signed(value: Fraction, decimals: int = 1) -> str:
    """``+4.2%``."""
    return f"{float(half_up(value, decimals)):+.{decimals}f}%"


def bare(value: Fraction, decimals: int = 1) -> str:
    """``4.2``: its size."""
    return f"{float(half_up(abs(value), decimals)):,.{decimals}f}"


def moved(rise: Fraction | int) -> str:
    return "increase" if rise > 0 else "decrease"


def way(rise: Fraction | int) -> str:
    return "up" if rise > 0 else "down"


def day(when: date) -> str:
    return f"{WEEKDAYS[when.weekday()]} {when.day} {when:%B %Y}"


def rating_of(rise: Fraction) -> str:
    """Where less than last year is the target."""
    return "Green" if rise <= 0 else "Amber" if half_up(rise, 1) <= BAND else "Red"


def achieved_rating(now: int, target: int) -> str:
    short = 100 - Fraction(100 * now, target)
    return "Green" if short <= 0 else "Amber" if short <= BAND else "Red"


def ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


# Pages


def _meeting(told: Facts) -> Sheet:
    month = told.month + 2
    held = date(month.year, month.month, 3)
    before, after = held - timedelta(days=91), held + timedelta(days=84)
    items = ("Welcome and apologies", "Minutes and action log", "Performance report",
             "Funding of projects", "Night-time economy", "Any other business")  # fmt: skip
    rows = tuple((str(n), item, "Chair") for n, item in enumerate(items, 1))
    return Sheet(f"{told.area} Community Safety Partnership", (
        Title(f"{told.area} Community Safety Partnership", 1),
        Words("meeting", f"Date: {day(held)}"),
        Words("meeting time", "Time: 14:00 - 16:00"),
        Grid("agenda", (("No", "Item", "Led by"), *rows)),
        Title("Minutes of the last meeting", 2),
        Words("minutes", f"The board met on {day(before)} and agreed its plan for the winter."),
        Words("next", f"The next meeting will be held on {day(after)} at the town hall."),
        Words("open", f"An open evening for residents is planned for {day(after)} as well."),
    ))  # fmt: skip


def _summary(told: Facts) -> Sheet:
    parts: list[Part] = [
        Title("Performance report", 1),
        Title("Executive summary", 2),
        Words("rule", f"A rating is green where the target is met, amber where the figure is "
              f"within {BAND}% of the target, and red beyond."),
        *(Words(f"summary {each.name}", _brief(told, each)) for each in told.counted),
        Words("majority", _majority(told)),
        Title("Summary of indicators", 2),
        Grid("summary", tuple(_summary_rows(told))),
        Words("summary note", "* Provisional until the year is closed."),
    ]  # fmt: skip
    return Sheet("Executive summary", tuple(parts))


def _brief(told: Facts, each: Counted) -> str:
    now, before = each.to_date(told.month), each.to_date(told.month - 12)
    if told.style:
        return (
            f"{each.name} is {way(now - before)} {bare(change(now, before))}% "
            f"({way(now - before)} {abs(now - before):,} {each.noun}) year to date at "
            f"{told.month.name}. It is {way(each.rise)} {bare(each.rise)}% over the latest 12 "
            "months."
        )
    return (
        f"{each.name}: year to date there was a {bare(change(now, before))}% "
        f"{moved(now - before)} ({way(now - before)} {abs(now - before):,} {each.noun}) at "
        f"{told.month.name}. Over the rolling 12 months there was a {bare(each.rise)}% "
        f"{moved(each.rise)}."
    )


def _majority(told: Facts) -> str:
    rises = {group: sum(now - before for _, now, before in rows) for group, rows in told.groups}
    largest = max(rises, key=lambda group: rises[group])
    return f"Most of the change in recorded crime has come from {largest} offences."


def _summary_rows(told: Facts) -> Iterator[tuple[str, ...]]:
    year = told.month.financial_year
    before = type(year)(year.start - 1)
    yield ("No", "Indicator", f"YTD {year}", f"YTD {before}", "Difference", "% change",
           "Rank", "RAG", "Rolling 12 months")  # fmt: skip
    for number, each in enumerate(told.counted, 1):
        now, was = each.to_date(told.month), each.to_date(told.month - 12)
        name = f"{each.name}*" if number == 1 else each.name
        yield (str(number), name, f"{now:,}", f"{was:,}", f"{now - was:+,}",
               signed(change(now, was)), f"{each.ranks[told.month]} of {each.areas}",
               rating_of(each.rise), f"{each.rolling(told.month):,}")  # fmt: skip
    now = sum(told.treated.well)
    yield ("3", "Drug treatment completed", "", "", "", "", "",
           achieved_rating(now, told.treated.target), "")  # fmt: skip


def _heading(told: Facts) -> tuple[str, ...]:
    first = told.months[0]
    if told.style:
        return ("", *((first + i).name for i in range(len(told.months))))
    return ("", *((first + i).short_name for i in range(12)))


def _filled(told: Facts, label: str, cells: list[str]) -> tuple[str, ...]:
    """A row under such a heading."""
    return (label, *cells) if told.style else (label, *cells, *([""] * (12 - len(cells))))


ROWS = (
    ("Month", "Year to date", "% change from previous year", "Rolling 12 months",
     "Rate per 1,000 residents", "Rank"),
    ("In month", "YTD", "% change on last year", "Rolling 12 month total",
     "Per 1,000 population", "Ranking"),
)  # fmt: skip
"""The labels of the rows by month, by style."""


def _sheet(told: Facts, each: Counted) -> Sheet:
    key = each.name
    form = (
        ("Definition", each.definition),
        ("What good looks like", "A lower figure than in the same months of the year before."),
        ("Target", "Reduction on last year's figures"),
        ("History", "\n".join(_history(told, each))),
    )
    return Sheet(each.name, (
        Title(each.name, 2),
        Words(f"{key} source", f"Source: police records, {told.month.name}"),
        Grid(f"{key} form", form, 0),
        Grid(f"{key} months", tuple(_months(told, each))),
        Grid(f"{key} words", (
            ("Performance overview", f"{_to_date(told, each)}\n{_rolling(told, each)}"),
            ("RAG rating", rating_of(each.rise)),
            ("Benchmarking", _benchmark(told, each)),
        ), 0),
    ))  # fmt: skip


def _history(told: Facts, each: Counted) -> Iterator[str]:
    start = told.month.financial_year.start - 1
    for year in range(start, start - YEARS_TOLD, -1):
        count = each.year(year)
        against = signed(change(count, each.year(year - 1))) if year > start - 3 else ""
        told_as = f" ({against})" if against else ""
        yield (f"{year}/{(year + 1) % 100:02d}: {count:,} {each.noun}{told_as}, "
               f"{bare(each.rate(count), 2)} per 1,000 residents")  # fmt: skip


def _months(told: Facts, each: Counted) -> Iterator[tuple[str, ...]]:
    months = told.months
    cells = (
        [f"{each.by_month[m]:,}" for m in months],
        [f"{each.to_date(m):,}" for m in months],
        [signed(change(each.to_date(m), each.to_date(m - 12))) for m in months],
        [f"{each.rolling(m):,}" for m in months],
        [bare(each.rate(each.rolling(m)), 2) for m in months],
        [f"{each.ranks[m]} of {each.areas}" for m in months],
    )
    yield _heading(told)
    for label, row in zip(ROWS[told.style], cells, strict=True):
        yield _filled(told, label, row)


def _to_date(told: Facts, each: Counted) -> str:
    month = told.month
    now, before = each.to_date(month), each.to_date(month - 12)
    if told.style:
        return (
            f"In the year to date at {month.name} there were {now:,} {each.noun}, "
            f"{way(now - before)} by {abs(now - before):,} ({bare(change(now, before))}% "
            f"{'higher' if now > before else 'lower'}) compared with {before:,} {each.noun} to "
            f"{(month - 12).name}."
        )
    return (
        f"Year to date, {told.area} shows a {bare(change(now, before))}% {moved(now - before)} "
        f"({way(now - before)} {abs(now - before):,} {each.noun}) at {month.name} "
        f"({now:,} {each.noun}) when compared to {(month - 12).name} ({before:,} {each.noun})."
    )


def _rolling(told: Facts, each: Counted) -> str:
    month = told.month
    now, before = each.rolling(month), each.rolling(month - 12)
    if told.style:
        return (
            f"In the 12 months to {month.name} there were {now:,} {each.noun}, a "
            f"{moved(now - before)} of {abs(now - before):,} ({bare(each.rise)}% "
            f"{'more' if now > before else 'fewer'}) from {before:,} in the 12 months to "
            f"{(month - 12).name}."
        )
    return (
        f"Over the latest rolling 12 months ({(month - 11).name} to {month.name}) there were "
        f"{now:,} {each.noun}, a {bare(each.rise)}% {moved(each.rise)} ({way(each.rise)} "
        f"{abs(now - before):,} {each.noun}) compared with the previous rolling 12 months "
        f"({(month - 23).name} to {(month - 12).name}), {before:,}."
    )


def _benchmark(told: Facts, each: Counted) -> str:
    rank, rate = each.ranks[told.month], bare(each.rate(each.rolling(told.month)), 2)
    mirror = each.areas - rank + 1
    return (
        f"{told.area} has {rate} {each.noun} per 1,000 residents. It is ranked {rank} of "
        f"{each.areas}, the {ordinal(mirror)} highest among similar areas."
    )


def _treatment(told: Facts) -> Sheet:
    ended, well = told.treated.ended, told.treated.well
    sums = [(sum(ended[: i + 1]), sum(well[: i + 1])) for i in range(len(ended))]
    rows = (
        _heading(told),
        _filled(told, "Terminations (month)", [f"{n}" for n in ended]),
        _filled(told, "Terminations (year to date)", [f"{n}" for n, _ in sums]),
        _filled(told, "Successful terminations (month)", [f"{n}" for n in well]),
        _filled(told, "Successful terminations (year to date)", [f"{n}" for _, n in sums]),
        _filled(told, "Successful % (month)",
                [f"{bare(Fraction(100 * w, e))}%" for e, w in zip(ended, well, strict=True)]),
        _filled(told, "Successful % (year to date)",
                [f"{bare(Fraction(100 * w, e))}%" for e, w in sums]),
    )  # fmt: skip
    whole, part = sums[-1]
    return Sheet("Drug treatment completed", (
        Title("Drug treatment completed", 2),
        Words("treatment source", f"Source: treatment service, {told.month.name}"),
        Grid("treatment form", (
            ("Definition", "The number of people whose drug treatment ended successfully."),
            ("What good looks like", "A higher number of people who complete their treatment."),
            ("Target", f"{told.treated.target} successful terminations in the year to date"),
        ), 0),
        Grid("treatment months", rows),
        Grid("treatment words", (
            ("Performance overview",
             f"There were {part} successful terminations in the year to date against a target of "
             f"{told.treated.target}.\nThat is {part} of the {whole} people who left treatment "
             f"({bare(Fraction(100 * part, whole))}%)."),
            ("RAG rating", achieved_rating(part, told.treated.target)),
        ), 0),
    ))  # fmt: skip


def _appendix(told: Facts) -> Sheet:
    total = sum(amount for _, amount in told.funding)
    return Sheet("Appendix A, breakdowns", (
        Title("Appendix A, breakdowns", 2),
        Words("breakdown intro", "Recorded crime of all kinds by group, for the year to date."),
        Grid("breakdown", tuple(_breakdown(told))),
        Words("sources intro", "Referrals to the multi-agency panel by source and quarter."),
        Grid("sources", tuple(_sources(told))),
        Words("funding intro", "Funding of projects that the partnership has agreed this year."),
        Grid("funding", (
            ("Project", "Amount"), *((name, f"£{n:,}") for name, n in told.funding),
            ("Total", f"£{total:,}"),
        )),
        Title("Modern slavery referrals", 3),
        Words("withheld note", f"Counts of fewer than {WITHHELD} are shown as <{WITHHELD}."),
        Grid("withheld", (_heading(told), _filled(
            told, "Referrals (month)", [f"{n}" if n else f"<{WITHHELD}" for n in told.withheld]
        ))),
    ))  # fmt: skip


def _breakdown(told: Facts) -> Iterator[tuple[str, ...]]:
    first, last = told.months[0], told.month
    stretch = [f"{(first - b).short_name} to {(last - b).short_name}" for b in (0, 12)]
    yield ("Group", "Offence", *stretch, "Difference", "% change")
    every: list[tuple[int, int]] = []
    for group, rows in told.groups:
        for at, (name, now, before) in enumerate(rows):
            yield (group if at == 0 else "", name, *_line(now, before))
        both = sum(n for _, n, _ in rows), sum(b for _, _, b in rows)
        every.append(both)
        yield ("", "Total", *_line(*both))
    yield ("", "Grand total", *_line(sum(n for n, _ in every), sum(b for _, b in every)))


def _line(now: int, before: int) -> tuple[str, ...]:
    return f"{now:,}", f"{before:,}", f"{now - before:+,}", signed(change(now, before))


def _sources(told: Facts) -> Iterator[tuple[str, ...]]:
    yield ("Source", "Quarter 1", "Quarter 2", "Quarter 3", "Total")
    for name, cells in told.sources:
        yield (name, *map(str, cells), str(sum(cells)))
    columns = [sum(cells[i] for _, cells in told.sources) for i in range(3)]
    yield ("Total", *map(str, columns), str(sum(columns)))
