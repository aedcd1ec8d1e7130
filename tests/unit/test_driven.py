"""What made a change, on figures small enough to reckon by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from callover.analysis.driven import By, by_areas, by_months, by_parts
from callover.analysis.drivers import Contribution, shortened
from callover.catalogue.load import load_catalogue
from callover.domain.periods import Month

JUNE = Month.of(2016, 6)
CATALOGUE = load_catalogue("london")


def _ask(values: dict[tuple[Any, ...], float]) -> Any:
    """Figures by measure, and by what else is asked."""

    def ask(measure: str, month: Month = JUNE, source: str = "", series: str = "") -> Any:
        key = (measure, series) if series else (measure, str(month)) if measure == "month" else (
            measure,)  # fmt: skip
        return SimpleNamespace(value=values.get(key), source=source or "police", why_awaited="")

    return ask


def _lines(found: Any) -> list[tuple[str, float]]:
    return [(part.name, part.change) for part in found.parts]


def test_parts_add_up_to_the_whole() -> None:
    ask = _ask({
        ("rolling12",): 60, ("rolling12_previous",): 50,
        ("rolling12", "robbery_personal"): 44, ("rolling12_previous", "robbery_personal"): 31,
    })  # fmt: skip
    found = by_parts(ask, CATALOGUE, "robbery")
    personal = CATALOGUE.series["robbery_personal"].title
    assert _lines(found) == [(personal, 13), ("not known by part", -3)]
    assert (found.before, found.now, found.source) == (50, 60, "police")


def test_months_stand_in_order_and_what_is_known_together_last() -> None:
    ask = _ask({
        ("ytd",): 30, ("ytd_previous",): 33,
        ("month", "2016-05"): 9, ("month", "2015-05"): 10,
        ("month", "2016-06"): 12, ("month", "2015-06"): 8,
        ("month", "2016-04"): 9,  # last year's April is known in the sum alone
    })  # fmt: skip
    assert _lines(by_months(ask, JUNE)) == [
        ("May 2016", -1), ("June 2016", 4), ("months known only together", -6),
    ]  # fmt: skip


def test_areas_are_compared_with_all_that_are_known() -> None:
    counts = {
        ("a", "rolling12"): 5,
        ("a", "rolling12_previous"): 3,
        ("b", "rolling12"): 7,
        ("b", "rolling12_previous"): 8,
        ("c", "rolling12"): 90,
    }

    def ask_of(code: str, measure: str) -> Any:
        return SimpleNamespace(value=counts.get((code, measure)))

    named = [("a", "Ash"), ("b", "Beck"), ("c", "Cole")]
    found = by_areas("met", named, ask_of, "police")
    assert _lines(found) == [("Ash", 2), ("Beck", -1)]
    assert (found.before, found.now) == (11, 12)
    assert found.group == "met"
    assert by_areas("met", named[:1], ask_of, "police").why_not


def test_a_change_of_which_nothing_is_known_says_why() -> None:
    nothing = _ask({})
    assert "not both known" in by_months(nothing, JUNE).why_not
    assert by_parts(_ask({("rolling12",): 1, ("rolling12_previous",): 1}), CATALOGUE,
                    "robbery").why_not == "it has no parts of which both are known"  # fmt: skip
    assert by_parts(nothing, CATALOGUE, "robbery").by is By.PARTS


def test_what_is_small_is_put_together_and_still_adds_up() -> None:
    parts = [
        Contribution(name, 10, 10 + change, None)
        for name, change in (("a", 1), ("b", -9), ("c", 5), ("d", 2), ("own", 0))
    ]
    short = shortened(parts, 4, own="own")
    assert [(each.name, each.change) for each in short] == [
        ("c", 5), ("own", 0), ("b", -9), ("all others", 3),
    ]  # fmt: skip
    assert sum(each.change for each in short) == sum(each.change for each in parts)
