"""What a page says of where a printed number comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import html as lxml_html

from callover.domain.periods import Month
from callover.report.blocks import (
    Cell,
    Column,
    Contents,
    Document,
    KeyFact,
    KeyFacts,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    text,
)
from callover.report.packfile import Pack
from callover.report.render.figure_names import formula_words, measure_words
from callover.report.render.html import render_html
from callover.report.render.traces import traces
from callover.report.words import kept_together

ROWS = [{"file": "iquanta.csv", "row": row} for row in range(10, 18)]


def record(
    key: str, worked: str, inputs: list[int], known_at: str = "2016-11-20"
) -> dict[str, Any]:
    indicator, measure = key.split(":")
    return {"key": key, "worked": worked, "inputs": inputs, "source": "iquanta",
            "indicator": indicator, "series": indicator, "measure": measure, "month": "2016-09",
            "peer_group": "",
            "known_at": f"{known_at}T00:00:00+00:00" if known_at else ""}  # fmt: skip


def pack() -> Pack:
    blocks = (
        Paragraph(text(Span("9,031 offences", figure="tno:ytd"), " so far."), "lead"),
        KeyFacts((KeyFact("September", "1,425", "", "tno:month"),)),
        Table("t", "A table", (Column("A"),), (Row((Cell("87.90", figure="tno:rate"),)),)),
    )
    document = Document("Report", "", "A partnership", "", "2016-11-20T00:00:00+00:00",
                        (Section("one", "One", blocks),))  # fmt: skip
    figures = (
        record("tno:ytd", "1,383 + 7,648 = 9,031", list(range(8))),
        record("tno:month", "1,425 = 1,425", [2, 0], ""),
        record("tno:rate", "87.9 from much", [1]),
    )
    sources = [{"source": "iquanta", "title": "iQuanta, the police performance site"}]
    return Pack(document, {"rows": ROWS, "sources": sources}, figures)


def test_prose_and_key_figures_are_traced_and_tables_are_not() -> None:
    assert list(traces(pack())) == ["tno:ytd", "tno:month"]


def test_a_trace_says_calculation_source_file_lines_and_day() -> None:
    sum_ = traces(pack())["tno:ytd"]
    assert sum_.worked == "1,383 + 7,648 = 9,031"
    assert sum_.source == "iQuanta, the police performance site"
    assert sum_.files == ("iquanta.csv, 8 lines from 10 to 17",)
    assert sum_.known == "20 November 2016"


def test_a_number_only_read_is_as_supplied_and_names_its_lines() -> None:
    read = traces(pack())["tno:month"]
    assert read.worked == "1,425 as supplied"
    assert read.files == ("iquanta.csv, lines 10, 12",)
    assert read.known == ""


def test_a_number_of_many_lines_names_its_file_alone() -> None:
    made = pack()
    rows = [{"file": "2018-10-leicestershire-street.csv", "row": None}] * len(ROWS)
    found = traces(replace(made, facts={**made.facts, "rows": rows}))["tno:month"]
    assert found.files == ("2018-10-leicestershire-street.csv",)


def test_the_page_has_a_button_and_a_trace_for_each() -> None:
    page = render_html(pack().document, traces(pack()))
    assert page.count("<button") == 4  # each number, and what closes its trace
    assert page.count(" popover ") == page.count(">Close</button>") == 2
    assert "Known on 20 November 2016." in page
    assert "Known on ." not in page
    assert "<button" not in render_html(pack().document)


def test_each_button_is_named_by_its_words_and_each_trace_by_its_figure() -> None:
    """What is seen comes first, so that who speaks to the page can name it (WCAG 2.5.3)."""
    made = pack()
    made = replace(made, facts={**made.facts, "titles": {"tno": "Total notifiable offences"}})
    page = lxml_html.fromstring(render_html(made.document, traces(made)))
    names = [button.text_content() for button in page.xpath("//p//button | //dd//button")]
    assert names == ["9,031 offences, source", "1,425, source"]
    assert not page.xpath("//button[@aria-label]")
    source = "iQuanta, the police performance site"
    titles = [each.text_content() for each in page.xpath("//div[@popover]/p[1]")]
    assert titles == [
        "Where this number comes from: "
        f"Total notifiable offences, year to date to September 2016, {source}",
        f"Where this number comes from: Total notifiable offences, in September 2016, {source}",
    ]


def test_the_page_says_that_numbers_can_be_pressed() -> None:
    said = "Press an underlined number to see where it comes from."
    made = pack()
    listed = Section("contents", "Contents", (Contents(),))
    with_contents = replace(made.document, sections=(listed, *made.document.sections))
    for document in (made.document, with_contents):
        assert render_html(document, traces(made)).count(said) == 1
        assert said not in render_html(document)


def test_a_figure_without_a_title_is_named_by_its_words() -> None:
    name = traces(pack())["tno:ytd"].name
    assert name.startswith("Tno, year to date to September 2016")
    change = measure_words("rolling12_change_pct", Month.of(2016, 9))
    assert change == "12 months to September 2016, change in per cent"
    assert measure_words("quartile_low", Month.of(2016, 9)) == "Quartile low at September 2016"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("45 robbery_personal + 5 bag_snatch = 50", "45 Personal robbery + 5 Bag snatch = 50"),
        (
            "-6 from rolling12 of tno at 2016-09: 215, ytd of fire_arson at 2015-09: 221",
            "-6 from Total notifiable offences (12 months to September 2016): 215, "
            "Fire arson (year to date to September 2015): 221",
        ),
        (
            "6.7 from rate_denominator of tno at 2016-04: 226,464",
            "6.7 from Total notifiable offences (what the rate is divided by, April 2016): 226,464",
        ),
        ("225 as lfb_monthly published it", "225 as Fire brigade's figures published it"),
        ("3 as iquanta_old published it", "3 as iquanta old published it"),
        ("6 from ytd of tno at 2016-09: 9 (6 months left)",
         "6 from Total notifiable offences (year to date to September 2016): 9 (6 months left)"),
        ("17 as supplied", "17 as supplied"),
        ("100 × 27 / 33 = 81.818182", "100 × 27 / 33 = 81.818182"),
    ],
)  # fmt: skip
def test_a_calculation_has_titles_where_the_file_has_names(formula: str, said: str) -> None:
    titles = {"robbery_personal": "Personal robbery", "tno": "Total notifiable offences"}
    assert formula_words(formula, titles, {"lfb_monthly": "Fire brigade's figures"}) == said


def test_per_cent_signs_stay_with_their_numbers() -> None:
    assert kept_together("is 24.3 %; at most 0 %") == "is 24.3\u202f%; at most 0\u202f%"
    assert kept_together("per cent (%) of 5 people") == "per cent (%) of 5 people"
