"""What must hold between definitions: ids exist, numbers are single, unlike units never add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callover.catalogue.entries import Entry, Ledger, Reference, nearest
from callover.domain.errors import Fault
from callover.domain.indicators import CountTable, Indicator, OffenceType, Series, SeriesKind
from callover.domain.ratings import Direction
from callover.domain.targets import Target, TargetKind
from callover.domain.units import Unit, UnlikeUnits, common_unit

_WORDS = {
    "series": "series",
    "sources": "source",
    "peer_groups": "peer group",
    "groups": "group",
    "strategic_groups": "strategic group",
    "indicators": "indicator",
    "offences": "offence",
}

_FITTING: dict[TargetKind, tuple[Direction, ...]] = {
    TargetKind.REDUCTION: (Direction.LOWER,),
    TargetKind.PERCENT_DECREASE: (Direction.LOWER,),
    TargetKind.CEILING: (Direction.LOWER,),
    TargetKind.COUNT: (Direction.HIGHER,),
    TargetKind.LEVEL: (Direction.LOWER, Direction.HIGHER),
    TargetKind.BAND: (Direction.BAND,),
    TargetKind.TOP_QUARTILE: (Direction.LOWER, Direction.HIGHER),
    TargetKind.BENCHMARK: (Direction.LOWER, Direction.HIGHER),
}


def check_references(ledger: Ledger, known: Mapping[str, Iterable[str]]) -> None:
    """Every id that was named has to exist."""
    ids = {kind: frozenset(names) for kind, names in known.items()}
    for reference in ledger.references:
        if reference.id not in ids[reference.kind]:
            ledger.faults.append(_dangling(reference, ids[reference.kind]))


def _dangling(reference: Reference, known: frozenset[str]) -> Fault:
    reason = f"There is no {_WORDS[reference.kind]} with this id."
    remedy = nearest(reference.id, known)
    return Fault(reference.file, reference.line, reference.column, reference.id, reason, remedy)


def check_numbers(entries: Mapping[str, Entry]) -> None:
    """Only parts of an indicator share a number with it."""
    held: dict[str, Entry] = {}
    for entry in entries.values():
        number = entry.peek("number")
        if not number or entry.peek("part_of"):
            continue
        if number in held:
            remedy = f"It is {held[number].peek('id')!r} at {held[number].place}."
            entry.fault("number", number, "This number is taken.", remedy)
        held.setdefault(number, entry)


def check_series(series: Mapping[str, Series], entries: Mapping[str, Entry]) -> None:
    """Parts of a sum and of a ratio count the same things; nothing is a part of itself."""
    for name, one in series.items():
        entry = entries[name]
        if one.kind is SeriesKind.SUM:
            _check_sum(one, series, entry)
        elif one.parts:
            entry.fault("parts", "", f"A series of kind {one.kind} has no parts.")
        if one.kind is SeriesKind.RATIO:
            _check_ratio(one, series, entry)
        elif one.numerator or one.denominator:
            key = "numerator" if one.numerator else "denominator"
            entry.fault(key, "", f"A series of kind {one.kind} has none.")
        if name in _below(name, series, set()):
            entry.fault("parts", name, "This series is a part of itself.")


def _check_sum(one: Series, series: Mapping[str, Series], entry: Entry) -> None:
    units = [series[part].unit for part in one.parts if part in series]
    try:
        if units:
            common_unit([one.unit, *units])
    except UnlikeUnits as error:
        entry.fault("parts", one.id, f"{str(error)[:1].upper()}{str(error)[1:]}.")


def _check_ratio(one: Series, series: Mapping[str, Series], entry: Entry) -> None:
    if one.unit is not Unit.PERCENTAGE:
        entry.fault("unit", one.unit, "A ratio is a percentage.", "Write 'percentage'.")
    parts = [series[name] for name in (one.numerator, one.denominator) if name in series]
    if len(parts) == 2 and parts[0].unit is not parts[1].unit:
        reason = f"The ratio divides {parts[0].unit} by {parts[1].unit}: they are unlike."
        entry.fault("denominator", one.denominator, reason)


def _below(name: str, series: Mapping[str, Series], seen: set[str]) -> set[str]:
    """All series that ``name`` is made of, at any depth."""
    one = series.get(name)
    for part in (*one.parts, one.numerator, one.denominator) if one else ():
        if part and part not in seen:
            seen.add(part)
            _below(part, series, seen)
    return seen


def check_count_tables(
    tables: Iterable[CountTable], series: Mapping[str, Series], entries: Mapping[str, Entry]
) -> None:
    """The total of a table is the sum of just its rows."""
    for table in tables:
        total = series.get(table.total)
        if total is not None and set(total.parts) != set(table.rows):
            reason = f"The parts of {table.total!r} are not the rows of the table."
            entries[table.id].fault("total", table.total, reason, "Name the sum of the rows.")


def check_offences(offences: Iterable[OffenceType], entries: Mapping[str, Entry]) -> None:
    """The tree has two levels."""
    parents = {offence.series: offence.parent for offence in offences}
    for name, parent in parents.items():
        if parent and parents.get(parent):
            reason = f"{parent!r} is itself a type: the tree has two levels."
            entries[name].fault("parent", parent, reason)


def check_indicator(one: Indicator, series: Mapping[str, Series], entry: Entry) -> None:
    """An indicator agrees with its series, its targets with its unit and direction."""
    counted = series.get(one.series)
    if counted is not None and counted.unit is not one.unit:
        reason = f"The series {one.series!r} counts {counted.unit}."
        entry.fault("unit", one.unit, reason, f"Write {counted.unit.value!r}.")
    if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
        entry.fault("valid_to", str(one.valid_to), f"It ends before it starts in {one.valid_from}.")
    if not (one.peer_groups or one.no_benchmark_reason):
        reason = "An indicator without peer groups says why it has no benchmark."
        entry.fault("no_benchmark_reason", "", reason, "Add it, or 'peer_groups'.")
    _check_targets(one, entry)


def _check_targets(one: Indicator, entry: Entry) -> None:
    for target in one.targets:
        _check_kind(target, one, entry)
    for target in (*one.targets, *(c.target for c in one.component_targets)):
        if target.kind is TargetKind.BAND and target.tolerance is None:
            entry.fault("targets", str(target.year), "A band needs a tolerance.")
    _check_versions(one, entry)


def _check_kind(target: Target, one: Indicator, entry: Entry) -> None:
    direction = one.direction_in(target.from_month)
    if direction not in _FITTING.get(target.kind, tuple(Direction)):
        reason = f"A target of kind {target.kind} does not fit the direction {direction}."
        entry.fault("targets", str(target.year), reason)
    if target.kind in (TargetKind.CEILING, TargetKind.COUNT) and not one.unit.adds:
        reason = f"{one.unit.value.capitalize()} never adds up to a {target.kind} for the year."
        entry.fault("targets", str(target.year), reason, "Use a level.")


def _check_versions(one: Indicator, entry: Entry) -> None:
    """A second target in one year starts in a month of its own, with a reason and who decided."""
    seen: set[tuple[str, str, str]] = set()
    years: set[tuple[str, str]] = set()
    for target in sorted(one.targets, key=lambda t: t.from_month):
        version = (str(target.year), target.area, str(target.from_month))
        if version in seen:
            reason = f"Two targets start in {target.from_month}."
            entry.fault("targets", str(target.year), reason, "Give the later one its month.")
        if version[:2] in years and not (target.reason and target.decided_by):
            reason = "A target that changes within the year needs a reason and who decided."
            entry.fault("targets", str(target.from_month), reason)
        seen.add(version)
        years.add(version[:2])
