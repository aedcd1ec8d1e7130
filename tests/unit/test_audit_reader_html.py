"""The reader of web pages: what a person sees, in order, with its line; nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from callover.audit.pack import Block, Heading, Paragraph, Table
from callover.audit.readers.html import read
from callover.audit.unreadable import Unreadable


def blocks(folder: Path, body: str, head: str = "") -> tuple[Block, ...]:
    path = folder / "pack.html"
    path.write_text(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")
    return read(path).blocks


def texts(folder: Path, body: str, head: str = "") -> list[str]:
    return [b.caption if isinstance(b, Table) else b.text for b in blocks(folder, body, head)]


def table(folder: Path, rows: str) -> list[list[str]]:
    (found,) = (b for b in blocks(folder, f"<table>{rows}</table>") if isinstance(b, Table))
    return [[cell.text for cell in row] for row in found.rows]


def test_headings_paragraphs_and_lists_in_order(tmp_path: Path) -> None:
    found = blocks(
        tmp_path,
        "<h2>Burglary</h2>loose <b>words</b><p>One\n  two</p>"
        "<ol start=3><li>Third<ul><li>inner</ul><li value=9>Ninth</ol>"
        "<dl><dt>Latest<dd>1,425</dl>",
    )
    assert found[0] == Heading("Burglary", 2, found[0].place)
    assert [b.text for b in found[1:] if isinstance(b, Paragraph)] == [
        "loose words", "One two", "3. Third", "• inner", "9. Ninth", "Latest", "1,425",
    ]  # fmt: skip


def test_the_line_of_the_file_is_kept(tmp_path: Path) -> None:
    found = blocks(tmp_path, "\n\n<p>third</p>\n<table>\n<tr><td>fifth</table>")
    assert found[0].place.line == 3
    assert isinstance(found[1], Table)
    assert found[1].rows[0][0].place.line == 5


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>",
        "<script>no</script>",
        "<template><p>no</p></template>",
        "<dialog><p>no</p></dialog>",
        "<div popover><p>no</p></div>",
        "<p style='display: none'>no</p>",
        "<p class='of'>no</p>",
        "<p class='print'>no</p>",
        "<p>yes<span class='sr-only'>no</span></p>",
        "<svg><text>no</text></svg>",
        "<p>yes<del>no</del></p>",
    ],
)
def test_what_is_not_seen_is_not_read(tmp_path: Path, hidden: str) -> None:
    style = (
        "<style>.of{position:absolute;clip-path:inset(50%)}"
        "@media print{.x,.print{display:none}}</style>"
    )
    assert "no" not in " ".join(texts(tmp_path, f"<p>yes</p>{hidden}<p>more</p>", style))


def test_what_is_only_hidden_from_readers_aloud_is_seen(tmp_path: Path) -> None:
    assert texts(tmp_path, "<p><span aria-hidden=true>[x]</span></p>") == ["[x]"]


def test_parts_set_side_by_side_are_apart(tmp_path: Path) -> None:
    chips = "<div class=chips><span>R Red</span><span>C Concern</span></div>"
    assert texts(tmp_path, chips, "<style>.chips{display:flex}</style>") == ["R Red\tC Concern"]


def test_a_raised_mark_is_no_digit_of_its_number(tmp_path: Path) -> None:
    assert texts(tmp_path, "<p>1,234<sup>1</sup> on the 1<sup>st</sup></p>") == [
        "1,234¹ on the 1st"
    ]


def test_merged_cells_keep_columns_below_their_headings(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        "<tr><th rowspan=2>Measure<th colspan=2>2016</tr><tr><th>Apr<th>May</tr>"
        "<tr><td rowspan=2>Theft<td rowspan=2>7<td>8</tr><tr><td>9</tr>",
    )
    assert rows == [
        ["Measure", "2016"],
        ["Measure", "Apr", "May"],
        ["Theft", "7", "8"],
        ["Theft", "", "9"],  # the figure counts once
    ]


def test_headings_and_captions_of_tables(tmp_path: Path) -> None:
    (found,) = blocks(
        tmp_path,
        "<table><caption>Offences</caption><thead><tr><td>Month<td>n</thead>"
        "<tr><th>April<td>12<br>provisional</table>",
    )
    assert isinstance(found, Table)
    assert found.caption == "Offences"
    assert [[cell.heading for cell in row] for row in found.rows] == [[True, True], [True, False]]
    assert found.rows[1][1].text == "12\nprovisional"


def test_a_table_that_arranges_the_page_is_text_and_one_within_a_cell_follows(
    tmp_path: Path,
) -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    arranged = blocks(tmp_path, f"<table><tr><td><h1>Pack</h1>{inner}</table>")
    assert [type(b) for b in arranged] == [Heading, Table]
    nested = blocks(tmp_path, f"<table><tr><td>x<td>y<tr><td>z<td>{inner}</table>")
    assert [len(b.rows) for b in nested if isinstance(b, Table)] == [2, 2]


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", ""), ("cp1252", ""), ("utf-16", ""), ("cp1250", "cp1250")]
)
def test_encodings(tmp_path: Path, encoding: str, declared: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        f"<html><meta charset={declared or 'utf-8'}><p>naïve – ž</p>".encode(encoding, "ignore")
    )
    (found,) = read(path).blocks
    assert isinstance(found, Paragraph)
    assert found.text.startswith("na" if encoding == "cp1250" else "naïve –")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<div>" * 5000 + "x", "too deep"),
        ("<table><tr><td>" * 30 + "x", "tables stand more than 8 deep"),
        ("<table>" + "<tr>" + "<td rowspan=60000>1" * 900 + "<tr>" * 60000, "too large"),
        ("<table><tr>" + "<td>1" * 1001, "too wide"),
    ],
)
def test_work_is_bounded(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        blocks(tmp_path, body)


def test_what_is_hidden_below_a_class_of_the_whole_page_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "pack.html"
    style = "<style>.pack .of, .other .kept { display:none; }</style>"
    body = "<p>Seen<span class=of> not seen</span></p><p class=kept>Kept</p>"
    path.write_text(
        f"<!doctype html><html class=pack><head>{style}</head><body>{body}</body></html>"
    )
    found = read(path).blocks
    assert [each.text for each in found if isinstance(each, Paragraph)] == ["Seen", "Kept"]
