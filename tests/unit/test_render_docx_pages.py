"""The page numbers that stand in the Word document until Word lays it out, and its archive."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from callover.domain.archives import day_of, moment_of, normalised
from callover.report.render.docx_columns import columns_between
from callover.report.render.docx_heights import LINE, height_of, text_width
from callover.report.render.docx_look import PAGE
from callover.report.render.docx_pages import lay_out
from callover.report.render.docx_xml import bookmark, element, paragraph, run


def line(name: str = "", style: str = "BodyText", *settings):
    marks = bookmark(1, name, run("words")) if name else [run("words")]
    return paragraph(style, *marks, settings=settings)


def new_page():
    return element("pageBreakBefore")


def test_a_line_is_as_high_as_its_letters_and_the_room_after():
    assert height_of(line()) == pytest.approx(9.5 * LINE + 3)
    # 482 points hold 50.7 letters' sizes; "word " is 2.66 of them wide, so 19 words a line
    assert 2.5 < text_width("word ") < 2.75
    assert height_of(paragraph("BodyText", run("word " * 60))) == pytest.approx(4 * 9.5 * LINE + 3)
    assert height_of(element("sectPr")) == 0


def test_a_page_break_begins_a_page():
    pages, total = lay_out([line("a"), line("b", "BodyText", new_page()), line("c")])
    assert pages == {"a": 1, "b": 2, "c": 2}
    assert total == 2


def test_the_first_page_is_page_one_even_after_a_break():
    assert lay_out([line("a", "BodyText", new_page())])[0] == {"a": 1}


def test_text_flows_on_when_a_page_is_full():
    per_page = int(PAGE // height_of(line()))
    pages, total = lay_out([line() for _ in range(per_page)] + [line("over")])
    assert (pages["over"], total) == (2, 2)


def test_a_heading_goes_over_with_the_paragraph_it_stands_above():
    per_page = int(PAGE // height_of(line()))
    nodes = [line() for _ in range(per_page - 1)]
    pages, _ = lay_out([*nodes, line("heading", "Heading2"), line("text")])
    assert pages == {"heading": 2, "text": 2}


def test_a_long_table_runs_over_several_pages():
    def row():
        width = element("tcPr", element("tcW", w=4000, type="dxa"))
        return element("tr", element("tc", width, paragraph("TableText", run("1"))))

    table = element("tbl", *(row() for _ in range(100)))
    pages, total = lay_out([table, line("after")])
    assert pages["after"] == total == 1 + int(height_of(table) // PAGE)


def test_columns_stand_on_one_page_or_begin_the_next():
    def columns():
        return columns_between([[line("left")] * 1, [line("right")]], [4000, 4000])

    beside, _ = lay_out([line(), *columns(), line("below")])
    assert beside == {"left": 1, "right": 1, "below": 1}
    full = [line() for _ in range(int(PAGE // height_of(line())))]
    nodes = [*full, *columns()]
    assert lay_out(nodes)[0] == {"left": 2, "right": 2}
    opening = nodes[len(full) + 1]
    assert opening.find("{*}pPr/{*}pageBreakBefore") is not None


def archive(*names: str, when=(2020, 1, 1, 0, 0, 0)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in names:
            target.writestr(zipfile.ZipInfo(name, when), name)
    return out.getvalue()


def test_the_order_and_times_of_an_archive_do_not_matter():
    first = archive("b.xml", "a.xml", "[Content_Types].xml", "_rels/.rels")
    again = archive(
        "[Content_Types].xml", "a.xml", "_rels/.rels", "b.xml", when=(2024, 5, 6, 7, 8, 10)
    )
    assert normalised(first, "2016-11-28") == normalised(again, "2016-11-28")
    read = zipfile.ZipFile(io.BytesIO(normalised(first, "2016-11-28T09:30:00")))
    assert read.namelist() == ["[Content_Types].xml", "_rels/.rels", "a.xml", "b.xml"]
    assert {e.date_time for e in read.infolist()} == {(2016, 11, 28, 9, 30, 0)}
    assert read.read("a.xml") == b"a.xml"


def test_moments_are_read_in_utc():
    assert moment_of("2016-11-28") == datetime(2016, 11, 28, tzinfo=UTC)
    assert moment_of("2016-11-28T01:00:00+02:00") == datetime(2016, 11, 27, 23, tzinfo=UTC)
    assert day_of("2016-11-28T01:00:00+02:00") == date(2016, 11, 28)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        moment_of("soon")


def test_a_moment_before_the_format_began_becomes_its_first():
    read = zipfile.ZipFile(io.BytesIO(normalised(archive("a"), "1970-01-01")))
    assert read.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def table_of(rows: int, kept: bool = False):
    """A table with a heading row; ``kept`` holds its rows together."""

    def row(number: int):
        width = element("tcPr", element("tcW", w=4000, type="dxa"))
        held = [element("keepNext")] if number == 0 or (kept and number < rows) else []
        marks = element("trPr", element("tblHeader")) if number == 0 else element("trPr")
        cell = paragraph("TableText", run("1"), settings=held)
        return element("tr", marks, element("tc", width, cell))

    return element("tbl", *(row(number) for number in range(rows + 1)))


def filled(room: float) -> list:
    """Lines that leave about ``room`` points of a page."""
    return [line() for _ in range(int((PAGE - room) // height_of(line())))]


def test_a_long_table_begins_where_its_heading_row_and_first_row_fit():
    nodes = [*filled(100), line("title", "Caption"), table_of(30), line("after")]
    assert lay_out(nodes)[0] == {"title": 1, "after": 2}


def test_a_table_held_together_begins_on_the_next_page_with_its_caption():
    nodes = [*filled(100), line("title", "Caption"), table_of(12, kept=True)]
    assert lay_out(nodes)[0] == {"title": 2}


def test_the_heading_row_takes_room_again_on_every_page():
    row = height_of(table_of(1)) / 2
    rows = int(PAGE // row) * 2 - 1  # with its heading row twice, one row too many for two pages
    assert lay_out([table_of(rows - 1)])[1] == 2
    assert lay_out([table_of(rows)])[1] == 3


@pytest.mark.parametrize(("short_by", "page"), [(1, 1), (4, 2)])
def test_the_room_after_a_paragraph_may_hang_over_the_end_of_the_page(short_by, page):
    height = height_of(line())  # 3 points of it are room after
    lines = [line() for _ in range(int(PAGE // height) - 2)]
    before = PAGE - len(lines) * height - (height - short_by) - height
    spacer = line("", "BodyText", element("spacing", before=round(before * 20)))
    assert lay_out([*lines, spacer, line("last")])[0] == {"last": page}
