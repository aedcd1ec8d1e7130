"""What the page says to those who listen to it or go through it by keyboard."""

from __future__ import annotations

from typing import Any

from lxml import html as lxml_html

from callover.report.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Contents,
    Document,
    Heading,
    Panel,
    Paragraph,
    Row,
    Section,
    Table,
    text,
)
from callover.report.render.html import render_html


def page(*sections: Section) -> Any:
    moment = "2016-11-20T00:00:00+00:00"
    document = Document("Report", "", "A partnership", "", moment, sections)
    return lxml_html.fromstring(render_html(document))


def section(*blocks: Block, id: str = "one", title: str = "One", kind: str = "body") -> Section:
    return Section(id, title, blocks, kind)


def table(*headings: str, cells: tuple[Cell, ...] = ()) -> Table:
    row = Row(cells or tuple(Cell("1") for _ in headings))
    return Table("t", "A table", tuple(Column(heading) for heading in headings), (row,))


def test_only_a_table_of_many_columns_is_a_stop_of_the_keyboard() -> None:
    for headings, stops in (("ABC", []), ("ABCD", ["0"])):
        found = page(section(table(*headings)))
        assert found.xpath("//*[@class='scroll']/@tabindex") == stops
        assert found.xpath("//*[@role='group']/@aria-labelledby") == ["cap-t"] * len(stops)


def test_links_skip_to_the_contents_and_past_them() -> None:
    contents = section(Contents(), id="contents", title="Contents")
    links = [(a.text, a.get("href")) for a in page(contents, section()).xpath("//a[@class='skip']")]
    assert links == [("Skip to contents", "#contents"), ("Skip past contents", "#one")]
    assert page(section(), contents).xpath("//a[@class='skip']/@href") == ["#contents"]
    assert page(section()).xpath("//a[@class='skip']/@href") == ["#main"]


def test_headings_of_an_indicators_page_say_whose_they_are_when_read_out() -> None:
    """Each page has the same three; a list of headings told none from another."""
    blocks = (
        Heading(2, "Business robbery", anchor="page-business"),
        Columns(((Heading(2, "What happened"),), (Heading(2, "What we are doing"),))),
        Panel((Paragraph(text("About this measure. It counts.")),)),
    )
    found = page(Section("page-robbery", "Robbery", blocks, kind="indicator", level=2))
    assert [(h.tag, h.text_content()) for h in found.xpath("//main//*[self::h3 or self::h4]")] == [
        ("h3", "Robbery"),
        ("h4", "Business robbery"),
        ("h4", "What happened: Robbery"),
        ("h4", "What we are doing: Robbery"),
        ("h4", "About this measure: Robbery"),
    ]
    assert found.xpath("//h4[@class='of' or span[@class='of']]/text()") == [
        "What happened",
        "What we are doing",
        "About this measure: Robbery",
    ]


def test_other_headings_and_panels_stand_as_they_are() -> None:
    found = page(section(Heading(2, "Sources"), Panel((Paragraph(text("Said.")),), "Note")))
    assert [h.text_content() for h in found.xpath("//main//h3")] == ["Sources"]
    assert found.xpath("//div[@class='panel']//strong/text()") == ["Note"]


def test_signs_and_raised_letters_are_read_out_in_words() -> None:
    cells = (
        Cell("–"),
        Cell("–", strong=True),
        Cell("n/s"),
        Cell("17", mark="d"),
        Cell("18", mark="p"),
        Cell("19", mark="e"),
        Cell("20", mark="b"),
        Cell("1–4"),
        Cell("7 – 9"),
    )
    found = page(section(table(*"ABCDEFGHI", cells=cells)))
    row = found.xpath("//tbody/tr/*")
    heard = ["".join(one.xpath(".//text()[not(ancestor::*[@aria-hidden])]")) for one in row]
    assert heard == [
        "not known", "not known", "not supplied", "17, derived", "18, provisional",
        "19, estimated", "20, note b", "1 to 4", "7 – 9",
    ]  # fmt: skip
    seen = ["".join(one.xpath(".//text()[not(ancestor::*[@class='of'])]")) for one in row]
    assert seen == ["–", "–", "n/s", "17d", "18p", "19e", "20b", "1–4", "7 – 9"]
