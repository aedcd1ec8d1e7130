"""The analyst's words in a public edition: nothing is said of what is not shown."""

from __future__ import annotations

from callover.analysis.suppress.behind import Count, counts_behind
from callover.catalogue.load import load_catalogue
from callover.domain.figures import Figure
from callover.domain.periods import Month, PeriodKind
from callover.domain.states import State
from callover.report.commentary import LEFT_OUT, parse_commentary, without_hidden
from callover.report.release import concerns

SEPTEMBER = Month.of(2016, 9)


def test_a_passage_about_a_hidden_figure_goes_and_the_others_stay() -> None:
    body = (
        "Fewer children than before ({{ rolling12_change }}).\nOn two lines.\n\n"
        "The scheme goes on.\n\n- reached {{ ytd }} homes\n- asked schools\n  twice\n"
        "1. counted {{ rolling12_change | words }}"
    )
    written = parse_commentary("robbery", body, "robbery.md")
    left = without_hidden(written, lambda token: token.measure == "rolling12_change").body
    assert "children" not in left
    assert "On two lines" not in left
    assert "counted" not in left
    assert left.count(LEFT_OUT) == 2
    assert "The scheme goes on." in left
    assert "- reached {{ ytd }} homes\n- asked schools\n  twice" in left
    assert f"1. {LEFT_OUT}" in left


def test_nothing_hidden_changes_nothing() -> None:
    written = parse_commentary("robbery", "Up {{ ytd }}.\n\nMore.", "robbery.md")
    assert without_hidden(written, lambda _token: False) == written


def test_a_few_counted_in_words_want_a_second_look() -> None:
    for text in ("One fight left six victims.", "There were 3 young people.", "two homes",
                 "Six of the {{ rolling12 }} victims were hurt in June."):  # fmt: skip
        assert "counts a few" in {each.reason for each in concerns(text)}, text
    for text in ("Up 5 per cent on the year.", "in two months", "one of the calls", "12 victims"):
        assert "counts a few" not in {each.reason for each in concerns(text)}, text


def test_a_year_end_gives_the_twelve_months_away() -> None:
    """ "Each month as a year before" ends the year exactly at the twelve months known."""
    figure = Figure(
        "first_time_entrants", "first_time_entrants", "X00000001", PeriodKind.FINANCIAL_YEAR,
        SEPTEMBER, "year_end", "", 120.0, "children", State.ESTIMATED, "yos", "2016-10-20",
    )  # fmt: skip
    found = counts_behind(load_catalogue("london"), "tno", figure)
    for measure in ("ytd", "rolling12"):
        expected = Count("yos", "first_time_entrants", "X00000001", measure, SEPTEMBER)
        assert expected in found
