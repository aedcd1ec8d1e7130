"""The Word document, read back with python-docx: what an editor and a screen reader find in it."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from callover.report.blocks import (
    BulletList,
    Cell,
    Chart,
    Chip,
    Chips,
    Column,
    Columns,
    Contents,
    Document,
    Heading,
    KeyFact,
    KeyFacts,
    Note,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    TermList,
    text,
)
from callover.report.render.docx import render_docx
from callover.report.render.docx_look import TEXT_WIDTH, TONES, contrast, readable
from callover.report.render.docx_styles import PARAGRAPHS
from callover.report.render.docx_widths import column_widths

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"m": "Aug", "v": 1438}, {"m": "Sep", "v": 1425}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "m", "type": "nominal"},
        "y": {"field": "v", "type": "quantitative"},
    },
}
RED = Chip("R", "square", "Red: above last year", "red")


def table(identity: str = "t", sheet: str = "") -> Table:
    return Table(
        identity,
        "Offences by type",
        (Column("Type"), Column("12 months to Sep 2016", True), Column("Rating"), Column("Page")),
        (
            Row((Cell("Crime"), Cell(), Cell(), Cell()), "group"),
            Row((Cell("Burglary"), Cell("1,396", 1396, mark="a"), Cell(chip=RED), _page())),
            Row((Cell("Lost"), Cell("suppressed"), Cell("–"), Cell(page_of="gone"))),
            Row((Cell("Sum"), Cell("1,396", 1396), Cell("–"), Cell("–")), "total"),
        ),
        notes=(text(Span("a "), "As recorded."),),
        sheet=sheet,
    )


def _page() -> Cell:
    return Cell(page_of="burglary")


def document() -> Document:
    chart = Chart("c", "August was higher", "Offences each month", "Bars: 1,438, 1,425", SPEC)
    with_sheet = Chart("d", "In the book", "Same", "Bars again", SPEC, table("dt", "Months"))
    with_table = Chart("e", "With table", "Same", "Bars once more", SPEC, table("et"))
    return Document(
        "Call-over report",
        "At September 2016",
        "The Partnership",
        "OFFICIAL-SENSITIVE",
        "2016-11-28",
        (
            Section("cover", "Cover", (TermList((("Date", text("28 November")),)),), kind="cover"),
            Section("contents", "Contents", (Contents(2),), in_contents=False),
            Section(
                "intro",
                "Introduction",
                (
                    Paragraph(
                        text(
                            "See ",
                            Span("burglary", anchor="burglary", strong=True),
                            " on ",
                            Span(page_of="burglary"),
                            ", ",
                            Span("elsewhere", anchor="gone"),
                            " or ",
                            Span("the site", href="https://example.org/a?b=1&c=2"),
                            ".",
                        ),
                        "lead",
                    ),
                    Heading(2, "What to decide", anchor="decide"),
                    BulletList((text("one"), text("two")), ordered=True),
                    BulletList((text("again from one"),), ordered=True),
                    BulletList((text("a point"),)),
                    table(),
                    table("second"),
                ),
            ),
            Section(
                "burglary",
                "Burglary",
                (
                    Chips((RED, Chip("", "up", "Signal: rise", "quiet"))),
                    KeyFacts((KeyFact("Sep 2016", "97", "−7"), KeyFact("Rank", "21st of 32"))),
                    Columns(((chart,), (with_sheet,)), (2, 1)),
                    with_table,
                    Heading(2, "What happened"),
                    Note(text("A break."), "care"),
                    Panel((Paragraph(text("Within.")), BulletList((text("p"),))), "About"),
                ),
                kind="indicator",
                kicker="Indicator 4 · Crime",
                level=2,
            ),
        ),
        colour="#ffdd00",
    )


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_docx(document())


@pytest.fixture(scope="module")
def word(data):
    return docx.Document(io.BytesIO(data))


def styled(word) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in word.paragraphs]


def test_headings_are_headings_and_follow_the_outline(word):
    headings = [(n, t) for n, t in styled(word) if n.startswith(("Heading", "Title", "Subtitle"))]
    assert headings == [
        ("Title", "Call-over report"),
        ("Subtitle", "At September 2016"),
        ("Heading unlisted", "Contents"),
        ("Heading 1", "Introduction"),
        ("Heading 2", "What to decide"),
        ("Heading 2", "Burglary"),
        ("Heading 3", "What happened"),
    ]


def test_sections_begin_on_a_page_of_their_own_but_the_first(word):
    breaking = [p.text for p in word.paragraphs if p.paragraph_format.page_break_before]
    assert breaking == ["Contents", "Introduction", "Indicator 4 · Crime"]


def test_the_contents_are_a_field_filled_in_with_links_and_pages(word):
    (frame,) = word.element.body.findall(qn("w:sdt"))
    instructions = [node.text.strip() for node in frame.iter(qn("w:instrText"))]
    assert instructions[0] == 'TOC \\o "1-2" \\h \\z'
    entries = ["".join(t.text for t in p.iter(qn("w:t"))) for p in frame.iter(qn("w:p"))]
    assert entries == ["Introduction3", "What to decide3", "Burglary4"]
    kinds = [node.get(qn("w:fldCharType")) for node in frame.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") == 4


def test_every_link_and_page_reference_leads_to_a_bookmark(word):
    body = word.element.body
    names = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    identities = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(set(identities))
    anchors = {n.get(qn("w:anchor")) for n in body.iter(qn("w:hyperlink"))} - {None}
    pages = {
        node.text.split()[1]
        for node in body.iter(qn("w:instrText"))
        if node.text.strip().startswith("PAGEREF")
    }
    assert anchors <= set(names)
    assert pages <= set(names)
    assert pages


def test_a_link_to_what_a_shorter_edition_left_out_is_plain_text(word):
    (lead,) = [p for p in word.paragraphs if p.style.name == "Lead"]
    assert lead.text == "See burglary on page 4, elsewhere or the site."
    assert [link.text for link in lead.hyperlinks] == ["burglary", "page 4", "the site"]
    assert lead.hyperlinks[-1].address == "https://example.org/a?b=1&c=2"


def test_tables_are_native_with_heading_row_grid_and_words_for_screen_readers(word):
    tables = [t for t in word.tables if t.style.name == "Callover Table"]
    assert len(tables) == 2
    for one in tables:
        settings = one._tbl.tblPr
        assert settings.find(qn("w:tblCaption")).get(qn("w:val")) == "Offences by type"
        said = settings.find(qn("w:tblDescription")).get(qn("w:val"))
        assert said.startswith("4 rows under one heading row. Columns: Type, ")
        look = settings.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        first, *others = one._tbl.findall(qn("w:tr"))
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        for row in (first, *others):
            assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
        grid = [int(col.get(qn("w:w"))) for col in one._tbl.tblGrid]
        assert sum(grid) == TEXT_WIDTH
        assert all(width > 0 for width in grid)


def test_cells_hold_numbers_notes_ratings_and_pages(word):
    one = next(t for t in word.tables if t.style.name == "Callover Table")
    words = [[cell.text for cell in row.cells] for row in one.rows]
    assert words[1] == ["Crime"] * 4  # one cell across
    assert words[2] == ["Burglary", "1,396a", "\u00a0■\u00a0R Red: above last year\u00a0", "4"]
    assert words[3] == ["Lost", "suppressed", "–", "–"]
    raised = [r.text for r in one.cell(2, 1).paragraphs[0].runs if r.font.superscript]
    assert raised == ["a"]
    assert one.cell(2, 1).paragraphs[0].style.name == "Table number"
    assert all(run.bold for run in one.cell(4, 1).paragraphs[0].runs)


def test_two_tables_never_touch(word):
    nodes = [etree.QName(node).localname for node in word.element.body]
    assert ("tbl", "tbl") not in set(itertools.pairwise(nodes))
    assert nodes[-2:] != ["tbl", "sectPr"]


def test_key_facts_are_a_small_table(word):
    (facts,) = [t for t in word.tables if t.style.name == "Callover Facts"]
    assert [[c.text for c in row.cells] for row in facts.rows] == [
        ["Sep 2016", "Rank"],
        ["97", "21st of 32"],
        ["−7", ""],
    ]


def test_charts_are_pictures_with_alternative_text_no_wider_than_the_text(word):
    found = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert found == ["Bars: 1,438, 1,425", "Bars again", "Bars once more"]
    assert all(shape.width.pt <= TEXT_WIDTH / 20 for shape in word.inline_shapes)
    identities = [shape._inline.docPr.get("id") for shape in word.inline_shapes]
    assert len(set(identities)) == 3


def test_a_chart_says_on_which_sheet_its_figures_stand(word):
    captions = [t for name, t in styled(word) if name == "Chart caption"]
    assert captions == [
        "Offences each month",
        "Same. Figures: sheet “Months” of the data book.",
        "Same. Figures: sheet “Chart figures” of the data book.",
    ]


def test_charts_side_by_side_stand_in_words_own_columns(word):
    ends = list(word.element.body.iter(qn("w:sectPr")))
    widths = [[int(c.get(qn("w:w"))) for c in end.iter(qn("w:col"))] for end in ends]
    assert widths == [[], [6238, 3120], []]
    for end in ends:  # each has header, footer, paper and margins
        kinds = [etree.QName(child).localname for child in end]
        assert {"headerReference", "footerReference", "pgSz", "pgMar"} <= set(kinds)
    starts = [end.find(qn("w:type")) for end in ends]
    assert [t.get(qn("w:val")) for t in starts] == ["continuous"] * 3
    left, right, alone = (shape.width.pt for shape in word.inline_shapes)
    assert (round(left), round(right)) == (312, 156)
    assert alone == pytest.approx(480)


def test_no_table_serves_for_layout(word):
    for one in word.tables:
        assert one._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert not one._tbl.findall(".//" + qn("w:tc") + "//" + qn("w:tbl"))


def test_each_numbered_list_begins_at_one(word):
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_ratings_say_letter_shape_and_words_and_can_be_read(word):
    (line,) = [t for name, t in styled(word) if name == "Ratings"]
    assert "■\u00a0R Red: above last year" in line
    assert "▲\u00a0Signal:\u00a0rise" in line
    assert all(contrast(tone.ink, tone.ground) >= 4.5 for tone in TONES.values())


def test_a_pale_partnership_colour_is_not_used_for_words():
    assert readable("#ffdd00") != "FFDD00"
    assert readable("#1d70b8") == "1D70B8"
    assert round(contrast("000000", "FFFFFF"), 1) == 21.0
    assert round(contrast("767676", "FFFFFF"), 2) == 4.54  # the known lightest passing grey


def test_marking_footer_and_page_numbers_stand_on_every_page(word):
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("The Partnership · Call-over report · as known on 28 Nov 2016\t")
    fields = [n.text.strip() for n in foot._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_properties_language_and_settings(word):
    properties = word.core_properties
    assert (properties.title, properties.author) == ("Call-over report", "The Partnership")
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2016-11-28"
    language = word.styles.element.find(".//" + qn("w:docDefaults")).find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    settings = etree.tostring(word.settings.element).decode()
    assert "updateFields" not in settings  # Word would greet the reader with a warning
    assert 'name="compatibilityMode"' in settings.replace("w:name", "name")


def test_every_style_used_is_defined(data, word):
    known = {style.get(qn("w:styleId")) for style in word.styles.element.iter(qn("w:style"))}
    archive = zipfile.ZipFile(io.BytesIO(data))
    used = set()
    for name in archive.namelist():
        if name.endswith(".xml"):
            used |= set(
                re.findall(rb'<w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', archive.read(name))
            )
    assert {name.decode() for name in used} <= known
    assert {style.id for style in PARAGRAPHS} <= known


def test_the_package_holds_nothing_of_the_template_it_began_from(data):
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names[0] == "[Content_Types].xml"
    assert not [n for n in names if "thumbnail" in n or "customXml" in n or "WithEffects" in n]


def test_two_processes_at_different_times_write_the_same_bytes(data):
    script = (
        "import hashlib, sys; sys.path.insert(0, 'tests/unit'); import test_render_docx as t;"
        "print(hashlib.sha256(t.render_docx(t.document())).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    }
    assert len(runs) == 1
    assert {e.date_time[0] for e in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {2016}


def test_control_characters_in_a_partners_text_do_not_break_the_file():
    section = Section("a", "Bad\x00title", (Paragraph(text("a\x0bb\tc\nd")),))
    word = docx.Document(
        io.BytesIO(render_docx(Document("T", "", "P", "OFFICIAL", "2016-11-28", (section,))))
    )
    assert [p.text for p in word.paragraphs] == ["Badtitle", "ab\tc\nd"]


def test_columns_fill_the_width_and_honour_shares():
    shares = Table("s", "c", (Column("A", width=0.5), Column("B"), Column("C")), ())
    assert column_widths(shares, 10_000)[0] in range(4_999, 5_002)
    assert sum(column_widths(shares, 10_000)) == 10_000
    weights = Table("w", "c", (Column("A", width=3), Column("B", width=1)), ())
    assert column_widths(weights, 10_000) == [7_500, 2_500]
    narrow = Table("n", "c", (Column("No.", width=0.1), Column("B", width=9)), ())
    assert column_widths(narrow, 10_000)[0] > 300  # room for its longest word all the same
    mixed = Table("m", "c", (Column("A", width=4), Column("12 months", True)), ())
    first, second = column_widths(mixed, TEXT_WIDTH)
    assert first > 4 * second
    long = "a long description of what was done by whom and until when"
    auto = Table(
        "a", "c", (Column("Action"), Column("Due")), (Row((Cell(long), Cell("Jan 2017"))),)
    )
    first, second = column_widths(auto, TEXT_WIDTH)
    assert first > 3 * second


def read(*blocks) -> docx.document.Document:
    """A document of one section of these blocks, rendered and read back."""
    section = Section("s", "Section", blocks)
    one = Document("T", "", "P", "OFFICIAL", "2016-11-28", (section,))
    return docx.Document(io.BytesIO(render_docx(one)))


def small(words: str) -> Paragraph:
    return Paragraph(text(Span("About. ", strong=True), words), style="small")


def test_small_print_stands_in_two_columns_of_one_width_in_its_order():
    columns = ((small("one " * 40), small("two " * 40)), (small("three " * 30),), (small("four"),))
    word = read(Panel((Columns(columns, (1.3, 1, 0.9)),)))
    ends = [[int(c.get(qn("w:w"))) for c in end.iter(qn("w:col"))]
            for end in word.element.body.iter(qn("w:sectPr"))]  # fmt: skip
    assert [4679, 4679] in ends
    said = [p.text.split()[1] for p in word.paragraphs if p.style.name == "Small text"]
    assert said == ["one", "two", "three", "four"]
    breaks = [p.text.split()[1] for p in word.paragraphs if 'w:type="column"' in p._p.xml]
    assert breaks == ["three"]
    shaded = [p for p in word.paragraphs if p._p.pPr.find(qn("w:shd")) is not None]
    assert len(shaded) == 4


def test_a_compact_table_right_under_a_heading_says_its_caption_to_programs_alone():
    compact = Table("t", "Actions", (Column("Action"),), (Row((Cell("Do"),)),), compact=True,
                    notes=(text("One."), text("Two.")))  # fmt: skip
    link = Paragraph(text(Span("see", anchor="t")))
    word = read(link, Heading(2, "What we are doing"), compact, Heading(2, "Else"), table("full"))
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions == ["Offences by type"]
    first = word.tables[0]._tbl
    assert first.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Actions"
    (mark,) = first.iter(qn("w:bookmarkStart"))
    (target,) = {n.get(qn("w:anchor")) for n in word.element.body.iter(qn("w:hyperlink"))} - {None}
    assert mark.get(qn("w:name")) == target
    assert next(p.text for p in word.paragraphs if p.style.name == "Table note") == "One. Two."


def test_a_rating_stays_with_what_it_rates():
    word = read(Chips((RED,)), Paragraph(text("Up.")))
    style = word.styles["Ratings"]
    assert style.paragraph_format.keep_with_next


def test_the_room_above_a_heading_stands_above_its_kicker():
    word = read(Heading(2, "Burglary", kicker="Indicator 4"))
    (heading,) = [p for p in word.paragraphs if p.text == "Burglary"]
    assert heading.paragraph_format.space_before.pt == 1
