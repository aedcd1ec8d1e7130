"""Random publications with small counts: tables, years to date, two releases, rounded shares."""

from __future__ import annotations

import random

from callover.analysis.suppress import Cell, Part, Problem, Relation, ratio_between, small


class Sheet:
    """Collects cells and relations; decides what is small."""

    def __init__(self, chance: random.Random, threshold: int, zero_hidden: bool) -> None:
        self.chance, self.threshold, self.zero_hidden = chance, threshold, zero_hidden
        self.values: dict[str, float] = {}
        self.parts: dict[str, Part] = {}
        self.relations: list[Relation] = []

    def count(self, name: str, value: float | None = None, part: Part = Part.OPEN) -> None:
        """A cell; its value is drawn if none is given: small ones are common."""
        if value is None:
            value = self.chance.choice((self.chance.randint(0, 14), self.chance.randint(0, 90)))
        self.values[name] = value
        if part is Part.OPEN and small(value, self.threshold, self.zero_hidden):
            part = Part.PRIMARY
        self.parts[name] = part

    def total(self, name: str, parts: list[str], may_stay: bool = True) -> None:
        """A cell that is the sum of others; it may be one that must stay published."""
        value = sum(self.values[part] for part in parts)
        stays = may_stay and self.chance.random() < 0.4 and value >= 2 * self.threshold
        self.count(name, value, Part.FIXED if stays else Part.OPEN)
        self.relations.append(Relation(dict.fromkeys(parts, 1.0) | {name: -1.0}))

    def problem(self) -> Problem:
        """The publication."""
        cells = [
            Cell(name, value, self.parts[name], self.threshold, 1.0, self.zero_hidden)
            for name, value in self.values.items()
        ]
        return Problem(cells, self.relations)


def table(sheet: Sheet) -> None:
    """Areas by types with margins, and a sub-area's total row."""
    rows, columns = sheet.chance.randint(2, 4), sheet.chance.randint(2, 4)
    for r in range(rows):
        for c in range(columns):
            sheet.count(f"{r}.{c}")
        sheet.total(f"{r}.all", [f"{r}.{c}" for c in range(columns)])
    for c in range(columns):
        sheet.total(f"all.{c}", [f"{r}.{c}" for r in range(rows)])
    sheet.total("all.all", [f"{r}.all" for r in range(rows)])
    sheet.relations.append(Relation({f"all.{c}": 1.0 for c in range(columns)} | {"all.all": -1.0}))
    if rows > 2:
        sheet.total("north", ["0.0", "1.0"])


def months(sheet: Sheet) -> None:
    """Months with the year to date of each, and twelve months rolling over latent ones."""
    long = sheet.chance.randint(3, 6)
    before = [f"old{i}" for i in range(4)]
    for name in before:
        sheet.count(name, sheet.chance.randint(0, 25), Part.LATENT)
    for m in range(long):
        sheet.count(f"m{m}")
        sheet.total(f"ytd{m}", [f"m{i}" for i in range(m + 1)])
        window = [*before, *(f"m{i}" for i in range(m + 1))][-4:]
        sheet.total(f"rolling{m}", window)


def releases(sheet: Sheet) -> None:
    """A release with merged areas that cannot be called back, then one with its parts."""
    areas = sheet.chance.randint(3, 5)
    for i in range(areas):
        sheet.count(f"new{i}")
    sheet.total("new", [f"new{i}" for i in range(areas)])
    merged = sheet.values["new0"] + sheet.values["new1"]
    sheet.count("merged", merged, Part.FIXED)
    sheet.relations.append(Relation({"merged": 1.0, "new0": -1.0, "new1": -1.0}))


def rates(sheet: Sheet) -> None:
    """Parts of a total whose share of it was published, rounded to whole per cent."""
    parts = [f"p{i}" for i in range(sheet.chance.randint(3, 5))]
    for name in parts:
        sheet.count(name)
    sheet.values["p0"] += 40
    sheet.parts["p0"] = Part.OPEN
    sheet.total("whole", parts, may_stay=False)
    shown = round(100 * sheet.values["p0"] / sheet.values["whole"])
    low, high = (shown - 0.5) / 100, (shown + 0.5) / 100
    sheet.relations.extend(ratio_between({"p0": 1.0}, {"whole": 1.0}, low, high))


KINDS = (table, months, releases, rates)


def random_publication(seed: int) -> Problem:
    """One of the kinds, the same for the same seed."""
    chance = random.Random(seed)
    sheet = Sheet(chance, chance.choice((5, 10)), chance.random() < 0.7)
    KINDS[seed % len(KINDS)](sheet)
    return sheet.problem()
