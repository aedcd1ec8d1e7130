"""Charts against the rules of thumb of the design: what is drawn, what is said, what is refused."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from callover.analysis.drivers import Contribution
from callover.domain.breaks import PracticeBreak
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.blocks import Chart
from callover.report.charts import (
    Extras,
    MonthPoint,
    PeerValue,
    dot_plot,
    drawn,
    levels_chart,
    month_line_chart,
    months_chart,
    sparkline,
    trend_finding,
    trend_words,
    waterfall_chart,
    years_chart,
)
from callover.report.charts.labels import width_of
from callover.report.charts.look import BAND, MARKS, PAPER, WORDS, layered

APRIL = Month.parse("2016-04")
TNO = (1383, 1639, 1532, 1614, 1438, 1425)
LAST_YEAR = (1344, 1496, 1440, 1584, 1411, 1430)


def _months(values: tuple[float | None, ...], first: Month = APRIL, **why: Any) -> list[MonthPoint]:
    return [MonthPoint(first + i, v, **(why if v is None else {})) for i, v in enumerate(values)]


def _svg(chart: Chart) -> str:
    return drawn(chart.spec, chart.width, chart.height)


def _rows(chart: Chart, mark: str) -> list[dict[str, Any]]:
    """The data of all layers with that kind of mark."""
    return [
        row
        for layer in chart.spec["layer"]
        if (layer["mark"]["type"] if isinstance(layer["mark"], dict) else layer["mark"]) == mark
        for row in layer["data"]["values"]
    ]


def _words(chart: Chart) -> list[str]:
    return [row["words"] for row in _rows(chart, "text")]


def _luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    named = {"white": "#ffffff"}.get(colour, colour).lstrip("#")
    shares = [int(named[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    line = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [PAPER, BAND])
def test_words_can_be_read_on_paper_and_on_the_band(ground: str) -> None:
    assert min(_contrast(colour, ground) for colour in WORDS) >= 4.5


def test_marks_stand_out_from_paper() -> None:
    assert min(_contrast(colour, PAPER) for colour in MARKS) >= 3


class TestMonths:
    def chart(self, **more: Any) -> Chart:
        before = _months(LAST_YEAR, APRIL - 12)
        return months_chart("time-tno", "", _months(TNO), before, "offences", **more)

    def test_the_title_says_the_finding(self) -> None:
        assert self.chart().title == "Above the year before in 5 of 6 months"

    def test_a_draw_is_no_rise(self) -> None:
        before = _months((5, 5), APRIL - 12)
        title = months_chart("c", "", _months((6, 4)), before, "calls").title
        assert title == "Above the year before in 1 of 2 months, below in 1"

    def test_the_sentence_for_those_who_cannot_see_it(self) -> None:
        said = self.chart().alt
        assert "September 2016: 1,425 offences, against 1,430 a year before" in said
        assert "between 1,383 and 1,639" in said

    def test_bars_begin_at_zero(self) -> None:
        scales = [layer["encoding"]["y"]["scale"] for layer in self.chart().spec["layer"]
                  if layer["mark"]["type"] == "bar"]  # fmt: skip
        assert {scale["domain"][0] for scale in scales} == {0}

    def test_last_bar_and_both_years_are_labelled_in_place(self) -> None:
        assert {"1,425", "this year", "last year"} <= set(_words(self.chart()))

    def test_the_picture_says_what_the_chart_says(self) -> None:
        svg = _svg(self.chart())
        assert ">1,425<" in svg and ">this year<" in svg and ">2016<" in svg

    def test_the_table_is_always_there(self) -> None:
        table = self.chart().table
        assert table is not None
        assert [cell.text for cell in table.rows[0].cells] == ["April 2016", "1,383", "1,344"]

    def test_a_missing_month_is_a_gap_with_its_reason_never_zero(self) -> None:
        months = _months((8, None, None, 7), state=State.NOT_SUPPLIED)
        chart = months_chart("c", "", months, unit="calls")
        assert [row["place"] for row in _rows(chart, "bar")] == [0, 3]
        assert _words(chart).count("not supplied") == 1
        assert chart.alt.endswith("without a value: 2 months not supplied.")

    def test_a_suppressed_month_says_fewer_than_ten(self) -> None:
        chart = months_chart("c", "", _months((12, None), state=State.SUPPRESSED), unit="victims")
        assert any("fewer than 10" in said for said in _words(chart))

    def test_an_estimate_is_hollow_and_explained(self) -> None:
        months = [*_months((8, 9)), MonthPoint(APRIL + 2, 7, State.ESTIMATED)]
        chart = months_chart("c", "", months, unit="calls")
        assert [row["hollow"] for row in _rows(chart, "bar")] == [False, False, True]
        assert "hollow, an estimate" in chart.caption

    def test_a_changed_target_steps(self) -> None:
        chart = self.chart(extras=Extras(target=(21.5, 21.5, 21.5, 18, 18, 18)))
        stepped = [layer for layer in chart.spec["layer"]
                   if layer["mark"].get("interpolate") == "step"]  # fmt: skip
        assert stepped
        assert {row["value"] for row in stepped[-1]["data"]["values"]} == {21.5, 18}
        assert "dashed, the target" in chart.caption

    def test_a_break_in_recording_practice_is_a_line_with_a_word(self) -> None:
        changed = PracticeBreak(date(2016, 7, 1), "recount", "All calls were counted anew.")
        chart = self.chart(extras=Extras(breaks=(changed,)))
        assert [row["across"] for row in _rows(chart, "rule")] == [0.5]
        assert "recount" in _words(chart)

    def test_the_usual_range_is_a_band_named_once(self) -> None:
        chart = self.chart(extras=Extras(usual=(1046, 1706)))
        assert {row["high"] for row in _rows(chart, "bar") if "high" in row} == {1706}
        assert _words(chart).count("usual range") == 1

    def test_labels_at_the_edge_keep_apart(self) -> None:
        chart = self.chart(extras=Extras(target=(1425,) * 6))
        heights = sorted(row["value"] for row in _rows(chart, "text") if row["across"] == 1
                         and row["dx"] == 4)  # fmt: skip
        assert len(heights) == 3
        assert min(b - a for a, b in pairwise(heights)) > 100


def test_a_line_stops_at_a_gap() -> None:
    points = _months((398, 384, None, 355), state=State.LATE)
    chart = month_line_chart("c", "", points, unit="offences")
    assert [row["stretch"] for row in _rows(chart, "line")] == [0, 0, 1]


def test_a_line_of_high_values_need_not_begin_at_zero() -> None:
    chart = month_line_chart("c", "", _months((398, 384, 368)), unit="offences")
    low = chart.spec["layer"][0]["encoding"]["y"]["scale"]["domain"][0]
    assert 0 < low < 368


def test_one_of_a_unit_is_singular() -> None:
    said = months_chart("c", "", _months((2, 0, 1)), _months((1, 2, 2), APRIL - 12), "people").alt
    assert "June 2016: 1 person, against 2 a year before" in said


def test_months_without_a_value_are_counted_once_a_reason() -> None:
    months = _months((None, 5, None, None, 7, 6, None), state=State.NOT_SUPPLIED)
    months[2] = MonthPoint(APRIL + 2, None, State.LATE)
    said = months_chart("c", "", months, (), "calls").alt
    assert said.endswith("; without a value: 3 months not supplied and 1 month late.")


class TestTargets:
    def chart(self, **more: Any) -> Chart:
        values = more.pop("values", (50, 49, 48, None, 53, 40))
        state = more.pop("state", State.LATE)
        months = _months(values, state=state)
        return months_chart("c", "", months, (), "calls", Extras(**more))

    def column(self, chart: Chart) -> list[str]:
        assert chart.table is not None
        place = [each.heading for each in chart.table.columns].index("Target")
        return [row.cells[place].text for row in chart.table.rows]

    def test_the_table_and_the_words_say_it(self) -> None:
        chart = self.chart(target=(49,) * 6, aim="at or below")
        assert self.column(chart) == ["49"] * 6
        assert "; target 49 (at or below), met in 3 of 5 months; without a value" in chart.alt

    def test_the_other_side_is_good_for_some(self) -> None:
        said = self.chart(target=(60,) * 6, aim="at or above").alt
        assert "; target 60 (at or above), met in none of 5 months" in said

    def test_no_month_meets_it_where_no_side_is_known(self) -> None:
        said = self.chart(target=(49,) * 6).alt
        assert "; the target is 49; without" in said
        assert "met in" not in said

    @pytest.mark.parametrize(("target", "said"), [
        ((49, 49, 49, 53, 53, 53), "target from 49 to 53 (at or below), met in 4 of 5 months"),
        ((49, 53, 49, 53, 49, 53), "target between 49 and 53 (at or below), met in 3 of 5 months"),
        ((None, None, 49, 49, 49, 49), "target 49 (at or below), met in 2 of 3 months"),
        ((49.25,) * 6, "target 49.25 (at or below), met in 3 of 5 months"),
        ((257 / 12,) * 6, "target 21.4 (at or below), met in none of 5 months"),
    ])  # fmt: skip
    def test_steps_months_without_one_and_shares_of_a_year(
        self, target: tuple[float | None, ...], said: str
    ) -> None:
        chart = self.chart(target=target, aim="at or below")
        assert f"; {said}; without" in chart.alt
        assert [text == "none" for text in self.column(chart)] == [each is None for each in target]

    def test_a_band_is_a_target_too(self) -> None:
        chart = self.chart(lower=(40.0,) * 6, upper=(50.0,) * 6, range_name="target")
        assert self.column(chart) == ["40–50"] * 6
        assert "; target 40–50, met in 4 of 5 months" in chart.alt

    @pytest.mark.parametrize("more", [{"state": State.SUPPRESSED}, {"why": "withheld"}])
    def test_months_are_not_counted_where_one_is_withheld(self, more: dict[str, Any]) -> None:
        months = _months((50, 49, 48, None, 53, 40), **({"state": State.LATE} | more))
        extras = Extras(target=(49,) * 6, aim="at or below")
        said = months_chart("c", "", months, (), "calls", extras).alt
        assert "; target 49 (at or below); without a value" in said
        assert "met in" not in said

    def test_without_a_target_there_is_no_column(self) -> None:
        chart = self.chart()
        assert chart.table is not None
        assert [each.heading for each in chart.table.columns] == ["Month", "This year"]
        assert "target" not in chart.alt


class TestMonthsThatAreNoChance:
    WHY = ("run above", "run above", "above", "near the upper end", "run above", "above", "above")

    def chart(self, special: tuple[str, ...] = WHY) -> Chart:
        months = _months((50,) * 7, Month.parse("2015-11"))
        return months_chart("c", "", months, (), "calls", Extras(usual=(30, 49), special=special))

    def test_the_words_name_the_months_in_the_terms_of_the_table(self) -> None:
        chart = self.chart()
        assert chart.alt.endswith(
            "; outside the usual range: above in January 2016 and April to May 2016; within it but "
            "not chance: run above in November to December 2015 and March 2016; near the upper end "
            "in February 2016."
        )
        assert chart.table is not None
        tabled = [row.cells[-1].text.partition(": ")[2] for row in chart.table.rows]
        assert tabled == list(self.WHY)

    def test_each_sign_is_explained_where_it_is_drawn(self) -> None:
        caption = self.chart().caption
        assert (
            "; triangle, outside the usual range; diamond, run above or near the upper" in caption
        )
        assert "triangle" not in self.chart(("run above",) * 7).caption
        assert "diamond" not in self.chart(("above",) * 7).caption
        assert "usual" not in self.chart(("",) * 7).caption

    def test_none_outside_is_said(self) -> None:
        assert self.chart(("",) * 7).alt.endswith("; none is outside the usual range.")
        assert self.chart(("", "run above", *[""] * 5)).alt.endswith(
            "; none is outside the usual range; within it but not chance: run above in December "
            "2015."
        )


class TestTheLatestMonthIsSaidOnce:
    def alt(self, *values: float | None) -> str:
        return month_line_chart("c", "", _months(values, state=State.LATE), (), "offences").alt

    def test_behind_the_highest(self) -> None:
        assert self.alt(398, 355, 373) == (
            "Highest in April 2016 (398); June 2016, the latest: 373 offences; the months shown "
            "lie between 355 and 398."
        )

    def test_where_it_is_the_highest(self) -> None:
        assert self.alt(355, 373, 398).startswith(
            "Highest in the latest month, June 2016: 398 offences; the months shown"
        )

    def test_where_later_ones_are_missing(self) -> None:
        said = self.alt(398, 373, None)
        assert said.startswith("Highest in April 2016 (398); May 2016, the latest: 373 offences;")


class TestPlaces:
    PEERS = tuple(PeerValue(f"E{i:02}", f"Area {i}", 60 + i, i == 20) for i in range(32))

    def chart(self) -> Chart:
        return dot_plot(
            "c", "Where we stand", self.PEERS, "offences per 1,000", 75.5, "21st lowest"
        )

    def test_one_dot_an_area_and_ours_apart(self) -> None:
        assert len(_rows(self.chart(), "point")) == 32
        svg = _svg(self.chart())
        assert ">80.0<" in svg and ">21st lowest<" in svg and ">mean 75.5<" in svg

    def test_said_and_tabled(self) -> None:
        chart = self.chart()
        assert chart.alt == (
            "Where we stand: 80.0, 21st lowest, among 32 areas; mean 75.5; lowest Area 0 60.0, "
            "highest Area 31 91.0."
        )
        assert chart.table is not None and len(chart.table.rows) == 32

    def test_what_the_title_says_is_not_said_again(self) -> None:
        peers = [PeerValue("a", "Ashmere", 40), PeerValue("b", "Birchcombe", 79.9, own=True),
                 PeerValue("c", "Calderstow", 120)]  # fmt: skip
        chart = dot_plot("c", "2nd lowest of 3 (force)", peers, "calls", 81.94, "2nd lowest of 3")
        assert chart.alt == (
            "2nd lowest of 3 (force): 79.9; mean 81.9; lowest Ashmere 40.0, highest Calderstow "
            "120.0."
        )

    @pytest.mark.parametrize("count", [3, 12, 32])
    @pytest.mark.parametrize("mean", [None, 61.0, 75.5, 90.0])
    def test_our_words_stand_beside_our_dot_and_clear_of_all_others(
        self, count: int, mean: float | None
    ) -> None:
        for place in range(count):
            peers = [PeerValue(f"E{i:02}", f"{i}", 60 + i, i == place) for i in range(count)]
            chart = dot_plot("c", "t", peers, "offences", mean, f"{place + 1}th lowest of {count}")
            own = next(row for row in _rows(chart, "text") if "lines" in row)
            side = next(layer["mark"] for layer in reversed(chart.spec["layer"])
                        if "lines" in str(layer["encoding"].get("text")))  # fmt: skip
            top = chart.spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
            across, wide = 228 * own["value"] / top, max(width_of(each) for each in own["lines"])
            if side["align"] == "left":  # the dots above it are farther left
                assert across + side["dx"] + wide <= 228
                assert side["dy"] <= -13 * (len(own["lines"]) - 1)
            else:  # the dots below it are farther right, and so is the mean
                assert across + side["dx"] - wide >= 0
                assert side["dy"] >= 0
                assert mean is not None and own["value"] < mean


class TestYears:
    HISTORY = (("2011/12", 18825), ("2012/13", None), ("2015/16", 17428))

    def test_title_numbers_and_the_named_gap(self) -> None:
        chart = years_chart("c", "", self.HISTORY, "offences")
        assert chart.title == "Down from 18,825 in 2011/12 to 17,428 in 2015/16"
        assert _words(chart) == ["18,825", "not available", "17,428"]

    def test_a_turn_between_is_the_finding(self) -> None:
        course = (("2011/12", 18825), ("2013/14", 16062), ("2014/15", 16201), ("2015/16", 17428))
        chart = years_chart("c", "", course, "offences")
        assert chart.title == "17,428 in 2015/16, up from a low of 16,062 in 2013/14"
        assert chart.alt.endswith("2013/14 16,062; 2014/15 16,201; 2015/16 17,428.")

    def test_a_single_cohort_stands_beside_what_it_is_compared_with(self) -> None:
        compared = (("London", 43.2), ("National", 37.7))
        chart = levels_chart("c", "", (("latest", 44.5),), "per cent", compared)
        assert chart.title == "Latest: 44.5, higher than London (43.2) and National (37.7)"
        assert [row["own"] for row in _rows(chart, "bar")] == [True, False, False]
        assert chart.alt.endswith("Per cent: latest 44.5; London 43.2; National 37.7.")

    @pytest.mark.parametrize(("values", "said"), [
        ((45.5, 44.6), "Down from 45.5 (before) to 44.6 (latest)"),
        ((44.6, 44.6), "44.6 (latest), the same as before"),
    ])  # fmt: skip
    def test_a_period_that_a_word_names_stands_in_brackets(
        self, values: tuple[float, float], said: str
    ) -> None:
        levels = tuple(zip(("before", "latest"), values, strict=True))
        assert levels_chart("c", "", levels, "per cent").title == said

    def test_two_cohorts_have_a_line_for_each_comparison(self) -> None:
        levels = (("before", 8.2), ("latest", 7.5))
        chart = levels_chart("c", "", levels, "per cent", (("family", 9.1),))
        assert [row["value"] for row in _rows(chart, "rule")] == [9.1]
        assert "family 9.1" in _words(chart)


def test_contributions_name_the_largest_and_differ_without_colour() -> None:
    parts = [
        Contribution("Violence", 1000, 1459, None),
        Contribution("Theft", 1000, 1434, None),
        Contribution("Burglary", 1000, 675, None),
    ]
    chart = waterfall_chart("c", "", (("before", 3000), ("now", 3568)), parts, "offences")
    assert chart.title == "Largest rise: violence (+459)"
    svg = _svg(chart)
    assert svg.index("Violence") < svg.index("Burglary")
    assert 'fill="white"' in svg  # the fall is hollow


def test_a_waterfall_goes_from_the_value_before_to_the_value_now() -> None:
    parts = [Contribution("April", 10, 14, None), Contribution("May", 12, 9, None)]
    chart = waterfall_chart("c", "", (("before", 22), ("now", 23)), parts, "calls")
    steps = [(row["from"], row["to"]) for row in _rows(chart, "bar")]
    assert steps == [(22, 22), (22, 26), (26, 23), (23, 23)]
    assert [row["text"] for row in _rows(chart, "text")] == ["22", "+4", "−3", "23"]
    assert "From 22 (before) to 23 (now): April +4 and May −3." in chart.alt


def test_a_sparkline_breaks_where_a_value_is_missing() -> None:
    svg = sparkline((1, 2, None, 4, 3))
    assert svg.count("<polyline") == 2
    assert 'aria-hidden="true"' in svg
    assert sparkline((None, None)) == ""
    assert trend_words((1383, None, 1639)) == "1,383–1,639"


def test_a_sparkline_is_said_to_those_who_cannot_see_it() -> None:
    assert trend_finding((195, 155, 258, 234)) == "from 195 to 234, lowest 155, highest 258"
    assert trend_finding((None, 2, None, 1), 1) == (
        "from 2.0 to 1.0, lowest 1.0, highest 2.0; 2 of 4 months without a value"
    )
    assert trend_finding((None, 2)) == ""


@pytest.mark.parametrize(
    ("layers", "said"), [([{"mark": "cloud"}], "conversion failed"), ([], "cannot be drawn")]
)
def test_what_cannot_be_drawn_is_refused(layers: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        drawn(layered(layers), 90, 90)


@pytest.mark.parametrize("chart", [
    months_chart("a", "", _months(TNO), (), "offences"),
    month_line_chart("c", "", _months((5, None, 6), state=State.LATE), (), "calls"),
    years_chart("d", "", (("2014/15", 0), ("2015/16", 0)), "calls"),
    levels_chart("e", "", (("latest", 0.0),), "per cent", (("London", 0.0),)),
    waterfall_chart("f", "", (("before", 0), ("now", 0)), [], "calls"),
], ids=lambda chart: chart.id)  # fmt: skip
def test_edge_cases_draw_and_repeat(chart: Chart) -> None:
    assert _svg(chart) == _svg(chart)
    assert chart.alt and chart.caption and chart.title
