"""What the page says to those who listen to it or go through it by keyboard."""

from __future__ import annotations

from typing import Any

from lxml import html as lxml_html

from callover.report.blocks import Block, Cell, Column, Contents, Document, Row, Section, Table
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
