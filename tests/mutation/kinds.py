"""Every kind of contradiction: one thing printed otherwise than the rest of the pack says."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from mutation.document import Document
from mutation.facts import Counted, Facts
from mutation.pack import WEEKDAYS


@dataclass(frozen=True)
class Mutation:
    """A document with one thing changed: on which page, what stood there, and what stands there."""

    kind: str
    document: Document
    page: str
    was: str
    now: str


@dataclass(frozen=True)
class Case:
    """A clean pack with its facts, and what picks a place in it."""

    chance: random.Random
    told: Facts
    clean: Document


Kind = Callable[[Case], Mutation]
KINDS: dict[str, Kind] = {}


def _kind(make: Kind) -> Kind:
    KINDS[make.__name__.strip("_").replace("_", " ")] = make
    return make


def mutate(kind: str, chance: random.Random, told: Facts, clean: Document) -> Mutation:
    """``clean`` with one contradiction of a kind, at a place that ``chance`` picks."""
    return KINDS[kind](Case(chance, told, clean))


def _cell(clean: Document, kind: str, key: str, row: int, column: int, now: str) -> Mutation:
    was = clean.grid(key).rows[row][column]
    assert was != now, (kind, was)
    return Mutation(kind, clean.with_cell(key, row, column, now), clean.page_of(key), was, now)


def _words(clean: Document, kind: str, key: str, was: str, now: str) -> Mutation:
    text = clean.text(key)
    assert was in text and was != now, (kind, was, text)
    changed = clean.with_text(key, text.replace(was, now, 1))
    return Mutation(kind, changed, clean.page_of(key), was, now)


def _in_cell(clean: Document, kind: str, key: str, row: int, was: str, now: str) -> Mutation:
    text = clean.grid(key).rows[row][1]
    assert was in text and was != now, (kind, was, text)
    changed = clean.with_cell(key, row, 1, text.replace(was, now, 1))
    return Mutation(kind, changed, clean.page_of(key), was, now)


def _one(chance: random.Random, told: Facts) -> Counted:
    return chance.choice(told.counted)


def _off(chance: random.Random, printed: str, share: float = 0.12) -> str:
    """Another number in the same form: a digit mistyped, or the figure of other data."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    assert found
    decimals = len(found[0].partition(".")[2])
    value = float(found[0].replace(",", ""))
    step = 10.0**-decimals
    most = max(3 * step, value * share)
    by = round(chance.uniform(2 * step, most), decimals)
    now = value - by if chance.random() < 0.5 and value - by > 2 * step else value + by
    return printed.replace(found[0], f"{now:,.{decimals}f}", 1)


def _month_cell(what: str, row: int) -> Kind:
    def make(of: Case) -> Mutation:
        key = f"{_one(of.chance, of.told).name} months"
        column = of.chance.randint(1, len(of.told.months))
        now = _off(of.chance, of.clean.grid(key).rows[row][column])
        return _cell(of.clean, what, key, row, column, now)

    return make


for _row, _what in enumerate(("month", "year to date", "change", "rolling", "rate"), 1):
    KINDS[f"cell: {_what}"] = _month_cell(f"cell: {_what}", _row)


@_kind
def rank_in_table(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    key, column = f"{each.name} months", len(of.told.months)
    rank = _other(of.chance, each.ranks[of.told.month], each.areas)
    return _cell(of.clean, "rank in table", key, 6, column, f"{rank} of {each.areas}")


@_kind
def rank_beyond_field(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    beyond = each.areas + of.chance.randint(1, 9)
    column = of.chance.randint(1, len(of.told.months))
    return _cell(of.clean, "rank beyond field", f"{each.name} months", 6, column,
                 f"{beyond} of {each.areas}")  # fmt: skip


def _other(chance: random.Random, rank: int, areas: int) -> int:
    return chance.choice([n for n in range(1, areas + 1) if n not in (rank, areas - rank + 1)])


@_kind
def rank_in_words(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    rank = each.ranks[of.told.month]
    now = _other(of.chance, rank, each.areas)
    return _in_cell(of.clean, "rank in words", f"{each.name} words", 2, f"ranked {rank} of",
                    f"ranked {now} of")  # fmt: skip


@_kind
def rank_from_the_other_end(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    text = of.clean.grid(f"{each.name} words").rows[2][1]
    found = re.search(r"\d+(?:st|nd|rd|th)", text)
    assert found
    now = _other(of.chance, each.ranks[of.told.month], each.areas)
    ending = "th" if 10 < now % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(now % 10, "th")
    return _in_cell(of.clean, "rank from the other end", f"{each.name} words", 2, found[0],
                    f"{now}{ending}")  # fmt: skip


@_kind
def rank_in_summary(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    now = _other(of.chance, each.ranks[of.told.month], each.areas)
    row = 1 + of.told.counted.index(each)
    return _cell(of.clean, "rank in summary", "summary", row, 6, f"{now} of {each.areas}")


@_kind
def rate_in_words(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    key = f"{each.name} words"
    found = re.search(r"has ([\d.,]+) ", of.clean.grid(key).rows[2][1])
    assert found
    return _in_cell(of.clean, "rate in words", key, 2, found[0], _off(of.chance, found[0]))


def _overview(what: str, line: int, pattern: str) -> Kind:
    def make(of: Case) -> Mutation:
        key = f"{_one(of.chance, of.told).name} words"
        text = of.clean.grid(key).rows[0][1].split("\n")[line]
        found = re.search(pattern, text)
        assert found, text
        return _in_cell(of.clean, what, key, 0, found[0], _off(of.chance, found[0]))

    return make


for _line, _name in enumerate(("year to date", "rolling")):
    for _what, _pattern in (
        ("per cent", r"[\d.,]+%"),
        ("difference", r"(?:(?:up|down)(?: by)?|(?:increase|decrease) of) \d[\d,]*(?! ?%|\.)"),
        ("now", r"were [\d,]+|(?<=\d{4} \()[\d,]+(?= \w+\) when)"),
        ("before", r"(?:compared with|from) \d[\d,]+|(?<=\d{4} \()[\d,]+(?= \w+\)\.)|\), \d[\d,]*"),
    ):
        KINDS[f"words: {_what}, {_name}"] = _overview(f"words: {_what}, {_name}", _line, _pattern)


@_kind
def direction_word(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} words"
    line = of.chance.choice(of.clean.grid(key).rows[0][1].split("\n"))
    found = re.search(r"[\d.,]+% \w+", line)
    assert found
    return _in_cell(of.clean, "direction word", key, 0, found[0], _turned(found[0]))


_TURNED = (("increase", "decrease"), ("up", "down"), ("more", "fewer"), ("higher", "lower"))


def _turned(text: str) -> str:
    for pair in (*_TURNED, *(each[::-1] for each in _TURNED)):
        if pair[0] in text:
            return text.replace(*pair)
    raise ValueError(text)


@_kind
def direction_in_summary(of: Case) -> Mutation:
    key = f"summary {_one(of.chance, of.told).name}"
    found = of.chance.choice(
        list(re.finditer(r"[\d.,]+% (?:increase|decrease)|(?:up|down) [\d,.]+", of.clean.text(key)))
    )
    return _words(of.clean, "direction in summary", key, found[0], _turned(found[0]))


@_kind
def per_cent_in_summary(of: Case) -> Mutation:
    key = f"summary {_one(of.chance, of.told).name}"
    found = of.chance.choice(list(re.finditer(r"[\d.,]+%", of.clean.text(key))))
    return _words(of.clean, "per cent in summary", key, found[0], _off(of.chance, found[0]))


@_kind
def difference_in_summary(of: Case) -> Mutation:
    key = f"summary {_one(of.chance, of.told).name}"
    found = re.search(r"\((?:up|down) [\d,]+", of.clean.text(key))
    assert found
    return _words(of.clean, "difference in summary", key, found[0], _off(of.chance, found[0]))


@_kind
def noun(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    other = of.chance.choice([n for n in ("offences", "calls", "incidents", "victims")
                           if n != each.noun])  # fmt: skip
    return _words(of.clean, "noun", f"summary {each.name}", each.noun, other)


@_kind
def month_in_summary(of: Case) -> Mutation:
    key = f"summary {_one(of.chance, of.told).name}"
    earlier = (of.told.month - of.chance.randint(1, 3)).name
    return _words(of.clean, "month in summary", key, f"at {of.told.month.name}", f"at {earlier}")


@_kind
def month_in_words(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} words"
    earlier = (of.told.month - of.chance.randint(1, 3)).name
    return _in_cell(of.clean, "month in words", key, 0, f"at {of.told.month.name}", f"at {earlier}")


def _summary_cell(what: str, column: int) -> Kind:
    def make(of: Case) -> Mutation:
        row = 1 + of.chance.randrange(len(of.told.counted))
        was = of.clean.grid("summary").rows[row][column]
        return _cell(of.clean, what, "summary", row, column, _off(of.chance, was))

    return make


for _column, _what in enumerate(("now", "before", "difference", "change"), 2):
    KINDS[f"summary table: {_what}"] = _summary_cell(f"summary table: {_what}", _column)


KINDS["summary table: rolling"] = _summary_cell("summary table: rolling", 8)


@_kind
def rating_in_summary(of: Case) -> Mutation:
    row = of.chance.randint(1, 3)
    return _cell(of.clean, "rating in summary", "summary", row, 7,
                 _another(of.chance, of.clean.grid("summary").rows[row][7]))  # fmt: skip


def _another(chance: random.Random, rating: str) -> str:
    return chance.choice([each for each in ("Red", "Amber", "Green") if each != rating])


@_kind
def rating_against_target(of: Case) -> Mutation:
    now = _another(of.chance, of.clean.grid("treatment words").rows[1][1])
    return _cell(of.clean, "rating against target", "treatment words", 1, 1, now)


@_kind
def rating_against_last_year(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} words"
    now = _another(of.chance, of.clean.grid(key).rows[1][1])
    return _cell(of.clean, "rating against last year", key, 1, 1, now)


def _breakdown_cell(what: str, column: int, totals: bool) -> Kind:
    def make(of: Case) -> Mutation:
        rows = of.clean.grid("breakdown").rows
        picked = [at for at, row in enumerate(rows) if at and ("otal" in row[1]) is totals]
        row = of.chance.choice(picked)
        return _cell(of.clean, what, "breakdown", row, column, _off(of.chance, rows[row][column]))

    return make


KINDS["breakdown: count"] = _breakdown_cell("breakdown: count", 2, False)
KINDS["breakdown: total"] = _breakdown_cell("breakdown: total", 3, True)
KINDS["breakdown: difference"] = _breakdown_cell("breakdown: difference", 4, False)
KINDS["breakdown: change"] = _breakdown_cell("breakdown: change", 5, False)


@_kind
def total_of_row(of: Case) -> Mutation:
    row = of.chance.randint(1, len(of.told.sources) + 1)
    was = of.clean.grid("sources").rows[row][4]
    return _cell(of.clean, "total of row", "sources", row, 4, _off(of.chance, was))


@_kind
def total_of_column(of: Case) -> Mutation:
    row, column = len(of.told.sources) + 1, of.chance.randint(1, 3)
    was = of.clean.grid("sources").rows[row][column]
    return _cell(of.clean, "total of column", "sources", row, column, _off(of.chance, was))


@_kind
def money(of: Case) -> Mutation:
    row = of.chance.randint(1, len(of.told.funding) + 1)
    was = of.clean.grid("funding").rows[row][1]
    return _cell(of.clean, "money", "funding", row, 1, _off(of.chance, was))


@_kind
def majority(of: Case) -> Mutation:
    found = re.search(r"from (\w+) offences", of.clean.text("majority"))
    assert found
    other = of.chance.choice([group for group, _ in of.told.groups if group != found[1]])
    return _words(of.clean, "majority", "majority", found[1], other)


def _treatment_cell(what: str, row: int, least: int) -> Kind:
    def make(of: Case) -> Mutation:
        column = of.chance.randint(least, len(of.told.months))
        was = of.clean.grid("treatment months").rows[row][column]
        return _cell(of.clean, what, "treatment months", row, column, _off(of.chance, was))

    return make


KINDS["share of a month"] = _treatment_cell("share of a month", 5, 1)
KINDS["share to date"] = _treatment_cell("share to date", 6, 1)
KINDS["part, year to date"] = _treatment_cell("part, year to date", 4, 1)
KINDS["whole, month"] = _treatment_cell("whole, month", 1, 1)


@_kind
def part_above_whole(of: Case) -> Mutation:
    column = of.chance.randint(1, len(of.told.months))
    whole = int(of.clean.grid("treatment months").rows[1][column])
    return _cell(of.clean, "part above whole", "treatment months", 3, column,
                 str(whole + of.chance.randint(1, 9)))  # fmt: skip


@_kind
def percentages_added(of: Case) -> Mutation:
    rows = of.clean.grid("treatment months").rows
    column = of.chance.randint(2, len(of.told.months))
    both = sum(float(cell.rstrip("%")) for cell in rows[5][1 : column + 1])
    return _cell(of.clean, "percentages added", "treatment months", 6, column, f"{both:.1f}%")


@_kind
def share_in_words(of: Case) -> Mutation:
    found = re.search(r"\([\d.]+%\)", of.clean.grid("treatment words").rows[0][1])
    assert found
    return _in_cell(of.clean, "share in words", "treatment words", 0, found[0],
                    _off(of.chance, found[0]))  # fmt: skip


@_kind
def count_in_words(of: Case) -> Mutation:
    found = re.search(r"There were \d+", of.clean.grid("treatment words").rows[0][1])
    assert found
    return _in_cell(of.clean, "count in words", "treatment words", 0, found[0],
                    _off(of.chance, found[0]))  # fmt: skip


@_kind
def target(of: Case) -> Mutation:
    return _in_cell(of.clean, "target", "treatment words", 0, f"target of {of.told.treated.target}",
                    f"target of {_off(of.chance, str(of.told.treated.target), 0.3)}")  # fmt: skip


def _history(what: str, pattern: str, lines: int) -> Kind:
    def make(of: Case) -> Mutation:
        key = f"{_one(of.chance, of.told).name} form"
        line = of.chance.choice(of.clean.grid(key).rows[3][1].split("\n")[:lines])
        found = re.search(pattern, line)
        assert found, line
        now = line.replace(found[0], _off(of.chance, found[0], 0.3), 1)
        return _in_cell(of.clean, what, key, 3, line, now)

    return make


KINDS["history: change"] = _history("history: change", r"\([+-][\d.,]+%", 3)
KINDS["history: count"] = _history("history: count", r"(?<=: )[\d,]+", 4)


@_kind
def history_rate(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} form"
    line = of.chance.choice(of.clean.grid(key).rows[3][1].split("\n"))
    found = re.search(r"([\d.]+) per", line)
    assert found
    rate = float(found[1]) * of.chance.choice((0.1, 0.5, 2, 10))
    return _in_cell(of.clean, "history rate", key, 3, line, line.replace(found[1], f"{rate:.2f}"))


@_kind
def history_of_another_page(of: Case) -> Mutation:
    one, other = of.chance.sample(of.told.counted, 2)
    row = of.clean.grid(f"{other.name} form").rows[3]
    key = f"{one.name} form"
    return Mutation("history of another page", of.clean.with_row(key, 3, row), one.name, "", row[1])


@_kind
def months_of_another_page(of: Case) -> Mutation:
    one, other = of.chance.sample(of.told.counted, 2)
    key, at = f"{one.name} months", of.chance.choice((1, 2, 4))
    row = of.clean.grid(f"{other.name} months").rows[at]
    return Mutation("months of another page", of.clean.with_row(key, at, row), one.name, "",
                    " ".join(row))  # fmt: skip


@_kind
def heading_of_last_year(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    key = f"{each.name} months"
    months = [of.told.months[0] - 12 + i for i in range(len(of.clean.grid(key).rows[0]) - 1)]
    row = ("", *(each.name if of.told.style else each.short_name for each in months))
    return Mutation("heading of last year", of.clean.with_row(key, 0, row), each.name, "",
                    " ".join(row))  # fmt: skip


@_kind
def month_of_heading(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} months"
    column = of.chance.randint(2, len(of.told.months))
    now = of.clean.grid(key).rows[0][column - 1]
    return _cell(of.clean, "month of heading", key, 0, column, now)


@_kind
def financial_year(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} form"
    found = of.chance.choice(list(re.finditer(r"(\d{4})/(\d\d)", of.clean.grid(key).rows[3][1])))
    now = f"{found[1]}/{(int(found[1]) + of.chance.choice((0, 2))) % 100:02d}"
    return _in_cell(of.clean, "financial year", key, 3, found[0], now)


@_kind
def weekday(of: Case) -> Mutation:
    key = of.chance.choice(("meeting", "minutes", "next"))
    found = re.search("|".join(WEEKDAYS), of.clean.text(key))
    assert found
    other = of.chance.choice([name for name in WEEKDAYS if name != found[0]])
    return _words(of.clean, "weekday", key, found[0], other)


@_kind
def date_of_weekday(of: Case) -> Mutation:
    key = of.chance.choice(("minutes", "next", "open"))
    found = re.search(r"day (\d+) ", of.clean.text(key))
    assert found
    number = int(found[1])
    now = number + of.chance.randint(1, 6) if number < 20 else number - of.chance.randint(1, 6)
    return _words(of.clean, "date of weekday", key, found[0], f"day {now} ")


@_kind
def impossible_date(of: Case) -> Mutation:
    key = of.chance.choice(("minutes", "next", "open"))
    found = re.search(r"day (\d+) ", of.clean.text(key))
    assert found
    return _words(of.clean, "impossible date", key, found[0], f"day {of.chance.randint(32, 39)} ")


@_kind
def left_to_confirm(of: Case) -> Mutation:
    key = f"{_one(of.chance, of.told).name} form"
    line = of.chance.choice(of.clean.grid(key).rows[3][1].split("\n"))
    return _in_cell(of.clean, "left to confirm", key, 3, line, f"{line.partition(':')[0]}: TBC")


@_kind
def number_of_a_list(of: Case) -> Mutation:
    rows = of.clean.grid("agenda").rows
    row = of.chance.randint(2, len(rows) - 2)
    page, changed = of.clean.page_of("agenda"), of.clean.without_row("agenda", row)
    return Mutation("number of a list", changed, page, rows[row][0], "")


@_kind
def footnote(of: Case) -> Mutation:
    text = of.clean.text("summary note")
    return Mutation("footnote", of.clean.with_text("summary note", text.lstrip("* ")),
                    of.clean.page_of("summary note"), text, text.lstrip("* "))  # fmt: skip


@_kind
def per_cent_of_rate(of: Case) -> Mutation:
    each = _one(of.chance, of.told)
    key = f"{each.name} words"
    found = re.search(r"has ([\d.,]+) \w+ per", of.clean.grid(key).rows[2][1])
    assert found
    now = found[0].replace(found[1], f"{found[1]}%")
    return _in_cell(of.clean, "per cent of rate", key, 2, found[0], now)


@_kind
def withheld_as_nothing(of: Case) -> Mutation:
    column = of.chance.choice([at for at, cell in enumerate(of.clean.grid("withheld").rows[1])
                            if cell.startswith("<")])  # fmt: skip
    return _cell(of.clean, "withheld as nothing", "withheld", 1, column, "0")
