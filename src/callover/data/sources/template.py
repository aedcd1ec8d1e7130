"""Our own template: one tidy row per published value, from CSV or a workbook."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from callover.data.contracts import MEASURES, ReadResult
from callover.data.delimited import header_of, twice_in
from callover.data.grids import Grid, read_grid
from callover.data.hidden import hidden_findings
from callover.data.london import BOROUGH_NAMES
from callover.data.mapping import mapped
from callover.data.reader import ReadContext
from callover.data.reading import Unreadable, read_day, read_number
from callover.data.tables import observations
from callover.domain.errors import Fault, Finding, Severity, UserError
from callover.domain.periods import Month, Period, PeriodKind
from callover.domain.states import State
from callover.domain.units import Unit

COLUMNS = (
    "series", "area", "period", "start", "end", "measure", "peer_group", "value", "numerator",
    "denominator", "state", "as_at", "released", "note",
)  # fmt: skip
REQUIRED = ("series", "area", "period", "end")
_MAY_BE_NEGATIVE = ("change", "change_pct")
RANK = re.compile(r"(?P<place>\d+)(?:st|nd|rd|th)? ?of ?(?P<size>\d+)")
_OPEN_START = (PeriodKind.COHORT, PeriodKind.WINDOW, PeriodKind.MONTHS)


class Template:
    """Reads the template, and partners' own workbooks through a saved mapping."""

    id = "template"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the header names the columns that every template has."""
        if path.suffix.lower() == ".xlsx":
            return True
        return set(REQUIRED) <= {name.strip().lower() for name in header_of(head)}

    def read(self, path: Path, context: ReadContext) -> ReadResult:
        """Every row checked; all faults listed."""
        grid = mapped(path, context.mapping) if context.mapping else read_grid(path)
        work = _Work(grid, context)
        work.run()
        return ReadResult(
            observations=observations(len(work.rows), **_columns(work.rows)),
            faults=(*grid.faults, *work.faults),
            findings=(*hidden_findings(context.source.id, grid.hidden), *work.findings),
            summary=(*grid.notes, *_without_number(work.rows)),
        )


READERS = (Template(),)


def _without_number(rows: list[dict[str, object]]) -> list[str]:
    """How many rows say why there is no value, by state."""
    states = Counter(str(row["state"]) for row in rows)
    empty = [(State(name), n) for name, n in sorted(states.items()) if not State(name).has_value]
    if not empty:
        return []
    total = sum(n for _, n in empty)
    listed = ", ".join(f"{n:,} {state.words}" for state, n in empty)
    return [f"{total:,} without a number: {listed}."]


def _columns(rows: list[dict[str, object]]) -> dict[str, object]:
    names = (*COLUMNS[:2], "kind", *COLUMNS[3:], "row")
    return {name: [row[name] for row in rows] for name in names}


def _today() -> date:
    return datetime.now(UTC).date()


_SAID = ("value", "numerator", "denominator", "state")
"""What a row says of its place; two rows that differ in any of it contradict each other."""


@dataclass
class _Work:
    """One sheet on its way to rows."""

    grid: Grid
    context: ReadContext
    rows: list[dict[str, object]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    seen: dict[tuple[object, ...], tuple[int, dict[str, object]]] = field(default_factory=dict)
    refuted: set[int] = field(default_factory=set)  # rows that a later one contradicts

    def run(self) -> None:
        """Header, then every row that is not blank."""
        if not self._header():
            return
        if not any(any(cells) for cells in self.grid.rows[1:]):
            raise UserError(
                f"{self.grid.name} has column names but no lines.", "Fill it in and add it again."
            )
        total = max(1, len(self.grid.rows))
        for number, cells in enumerate(self.grid.rows[1:], 1):
            if number % 5000 == 0:
                self.context.progress("Reading", number / total)
            if any(cells):
                before = len(self.faults)
                row = self._row(number, cells)
                if len(self.faults) == before:
                    self._keep(number, row)
        if self.refuted:
            self.rows = [row for row in self.rows if row["row"] not in self.refuted]

    def _header(self) -> bool:
        names = [name.strip().lower() for name in self.grid.rows[0]] if self.grid.rows else []
        for position, name in enumerate(names):
            if name in COLUMNS:
                self.place[name] = position
            elif name:
                near = difflib.get_close_matches(name, COLUMNS, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(COLUMNS)}."
                self._fault(0, name, name, "is no column of the template.", hint)
        for name in twice_in(names):
            self._fault(0, name, name, "stands there twice.", "Keep the column that holds.")
        for name in REQUIRED:
            if name not in self.place:
                self._fault(0, name, "", "is missing.", "Every template has this column.")
        return all(name in self.place for name in REQUIRED)

    def _fault(self, row: int, column: str, text: str, reason: str, remedy: str = "") -> None:
        self.faults.append(self.grid.fault(row, column, text, reason, remedy))

    def _text(self, cells: tuple[str, ...], name: str) -> str:
        position = self.place.get(name)
        return cells[position] if position is not None and position < len(cells) else ""

    def _row(self, number: int, cells: tuple[str, ...]) -> dict[str, object]:
        text = {name: self._text(cells, name) for name in COLUMNS}
        kind = self._one_of(number, "period", text["period"], [k.value for k in PeriodKind])
        measure = self._one_of(number, "measure", text["measure"] or "value", MEASURES)
        self._one_of(number, "series", text["series"], list(self.context.series))
        if text["peer_group"] and self.context.peer_groups:
            self._one_of(number, "peer_group", text["peer_group"], sorted(self.context.peer_groups))
        row: dict[str, object] = {
            "series": text["series"],
            "area": self._area(number, text["area"]),
            "kind": kind,
            "measure": measure,
            "peer_group": text["peer_group"],
            "note": text["note"],
            "row": number + 1,
        }
        row |= self._numbers(number, text, measure)
        row |= self._period(number, text, kind)
        for name in ("as_at", "released"):
            row[name] = self._day(number, name, text[name], last=True) if text[name] else None
        return row

    def _one_of(
        self, number: int, column: str, text: str, known: list[str] | tuple[str, ...]
    ) -> str:
        if text not in known:
            near = difflib.get_close_matches(text, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known[:12])}."
            what = "is empty." if not text else f"is no {column.replace('_', ' ')} known here."
            self._fault(number, column, text, what, hint)
        return text

    def _area(self, number: int, text: str) -> str:
        known = self.context.area_codes.get(text.lower())
        if known is not None:
            return known
        is_code = len(text) == 9 and text[0].isalpha() and text[1:].isdigit()
        if not is_code and not text.startswith(("name:", "force:")):
            self._fault(number, "area", text, "is no area code.", "Write one such as E09000002.")
        elif is_code and self._no_such_district(text):
            self._fault(number, "area", text, "is no district's code.", "Look it up by its name.")
        return text

    def _no_such_district(self, code: str) -> bool:
        """Whether it is written as a district's code, but none bears it."""
        if code.startswith("E09"):
            return code not in BOROUGH_NAMES
        known = self.context.districts
        return code[:3] in {district[:3] for district in known} and code not in known

    def _day(self, number: int, column: str, text: str, last: bool) -> date | None:
        day = read_day(text, last)
        if isinstance(day, Unreadable):
            self._fault(number, column, text, f"{day.reason}.", day.remedy)
            return None
        return day

    def _period(self, number: int, text: Mapping[str, str], kind: str) -> dict[str, object]:
        end = self._day(number, "end", text["end"], last=True)
        start = self._day(number, "start", text["start"], last=False) if text["start"] else None
        if end is None or kind not in [k.value for k in PeriodKind]:
            return {"start": start, "end": end}
        known = PeriodKind(kind)
        try:
            if start is None and known is PeriodKind.SNAPSHOT:
                start = end
            if start is None:
                if known in _OPEN_START:
                    self._fault(number, "start", "", f"is empty: a {kind} needs a start.")
                    return {"start": None, "end": end}
                start = Period.ending(known, Month.containing(end)).start
            Period(known, start, end)
        except ValueError as error:
            self._fault(number, "end", text["end"], f"{error}.")
            return {"start": start, "end": end}
        if start > _today() and (text["value"] or text["numerator"]):
            self._fault(number, "end", text["end"], "lies in the future.", "Is the year right?")
        return {"start": start, "end": end}

    def _numbers(self, number: int, text: Mapping[str, str], measure: str) -> dict[str, object]:
        """Value, numerator, denominator and the state they leave the row in."""
        found: dict[str, object] = {}
        said: State | None = None
        for name in ("value", "numerator", "denominator"):
            found[name] = None
            if not text[name]:
                continue
            read = read_number(self._place_of(number, text) if measure == "rank" else text[name])
            if isinstance(read, Unreadable):
                self._fault(number, name, text[name], f"{read.reason}.", read.remedy)
            elif isinstance(read, State):
                said = read
            else:
                found[name] = read
                why = self._impossible(text, name, read, measure)
                if why:
                    self._fault(number, name, text[name], why)
        found["state"] = self._state(number, text, found, said)
        self._half_a_ratio(number, text)
        self._impossible_ratio(number, text, found)
        return found

    def _place_of(self, number: int, text: Mapping[str, str]) -> str:
        """The place of ``14of15``, held against the group's size: where the headings of two ranks
        are swapped, the number behind "of" says which is which (BEN-12)."""
        written = RANK.fullmatch(text["value"])
        if written is None:
            return text["value"]
        size, group = int(written["size"]), text["peer_group"]
        if self.context.peer_groups.get(group) not in (None, 0, size):
            right = [name for name, of in self.context.peer_groups.items() if of == size]
            what = f"has {self.context.peer_groups[group]} members, the rank is one of {size}."
            hint = f"Did you mean {right[0]}?" if right else "Is it the right group?"
            self._fault(number, "peer_group", group, what, hint)
        elif int(written["place"]) > size:
            self._fault(number, "value", text["value"], "is no place within the group.")
        return written["place"]

    def _half_a_ratio(self, number: int, text: Mapping[str, str]) -> None:
        """A percentage is given by both of its numbers, and by nothing else."""
        for name, other in (("numerator", "denominator"), ("denominator", "numerator")):
            if text[name] and not text[other]:
                self._fault(number, other, "", f"is empty, but a {name} is given.", "Give both.")
        series = self.context.series.get(text["series"])
        if text["numerator"] and series is not None and series.unit is not Unit.PERCENTAGE:
            what = f"is part of a percentage: {series.title} counts {series.unit}."
            self._fault(number, "numerator", text["numerator"], what, "Give a value.")

    def _impossible(self, text: Mapping[str, str], name: str, read: float, measure: str) -> str:
        """Why a number cannot be what its column says, empty where it can."""
        if read < 0 and measure not in _MAY_BE_NEGATIVE:
            return "is below zero: a count cannot be."
        series = self.context.series.get(text["series"])
        if series is None or measure != "value" or name == "denominator":
            return ""
        counts = series.unit.counts or name == "numerator"
        if counts and "%" in text[name]:
            return f"is a percentage: {series.title} counts {series.unit}."
        if counts and "£" in text[name]:
            return f"is money: {series.title} counts {series.unit}."
        estimated = text["state"].lower() == State.ESTIMATED
        if counts and not read.is_integer() and not estimated:
            return f"is not whole: {series.title} counts {series.unit}."
        return ""

    def _state(
        self,
        number: int,
        text: Mapping[str, str],
        found: Mapping[str, object],
        said: State | None,
    ) -> str:
        given = text["state"].lower().replace(" ", "_")
        has_value = found["value"] is not None or found["numerator"] is not None
        if given == State.NOT_SUPPLIED and has_value:
            return State.FINAL.value  # the template's own prefilled state, now filled in
        if given:
            self._one_of(number, "state", given, [state.value for state in State])
            if given in [s.value for s in State] and not State(given).has_value and has_value:
                self._fault(number, "state", given, "has no value, but one is given.")
            return given
        if said is not None and not has_value:
            return said.value
        if not any(text[name] for name in ("value", "numerator", "denominator")):
            self._fault(
                number, "value", "", "is empty.", "Write 0 for none, or give a state for no value."
            )
        return State.FINAL.value

    def _impossible_ratio(
        self, number: int, text: Mapping[str, str], found: Mapping[str, object]
    ) -> None:
        """A numerator above its denominator is stored and shown, not believed."""
        top, whole = found["numerator"], found["denominator"]
        series = self.context.series.get(text["series"])
        if not isinstance(top, float) or not isinstance(whole, float) or top <= whole:
            return
        if series is None or series.unit is not Unit.PERCENTAGE:
            return
        self.findings.append(
            Finding(
                "numerator-above-denominator",
                Severity.WRONG,
                self.context.source.id,
                text["series"],
                text["area"],
                text["end"],
                f"{series.title}: {top:g} of {whole:g} is more than all of them.",
                top,
                whole,
                f"{self.grid.name}, line {number + 1}",
            )
        )

    def _keep(self, number: int, row: dict[str, object]) -> None:
        key = tuple(
            row[name]
            for name in ("series", "area", "kind", "start", "end", "measure", "peer_group")
        )
        earlier, first = self.seen.setdefault(key, (number, row))
        if earlier == number:
            self.rows.append(row)
        elif all(first[name] == row[name] for name in _SAID):
            why = f"gives the same value a second time: it stands in line {earlier + 1} too."
            self._fault(number, "series", str(row["series"]), why, "Remove one of the two lines.")
        else:
            self._contradict(earlier, first, number)
            self._contradict(number, row, earlier)

    def _contradict(self, number: int, row: dict[str, object], other: int) -> None:
        """Neither of two rows that differ is good: keeping the first would be a guess."""
        if number + 1 in self.refuted:
            return
        self.refuted.add(number + 1)
        why = f"stands in line {other + 1} too, with another value."
        self._fault(number, "series", str(row["series"]), why, "Remove the one that is wrong.")
