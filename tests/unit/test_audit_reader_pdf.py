"""The reader of PDFs: by tags where there are any, by what stands where otherwise."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import typst

from callover.audit.pack import Heading, Pack, Paragraph, Table
from callover.audit.readers.pdf import read
from callover.audit.readers.pdf.gaps import with_gaps
from callover.audit.readers.pdf.page import Page, Tag, Word
from callover.audit.readers.pdf.reader import refuse_wordless
from callover.audit.readers.pdf.setting import Setting
from callover.audit.readers.pdf.turn import Turn
from callover.audit.unreadable import Unreadable

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
HEAD = """#set document(title: "Pack")
#set text(lang: "en", size: 10pt)
#set page(paper: "a4", margin: 2cm)
"""


def made(folder: Path, body: str, tagged: bool = True) -> Path:
    """A PDF of this text; without tags as most programs export it."""
    path = folder / "pack.pdf"
    source = folder / "pack.typ"
    source.write_text(HEAD + body)
    typst.compile(source, output=path, font_paths=[], ignore_system_fonts=True)
    if not tagged:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            del pdf.Root.StructTreeRoot
            del pdf.Root.MarkInfo
            pdf.save(path)
    return path


def months_table(stroke: str, rows: int = 3) -> str:
    head = ", ".join(f"[{month}]" for month in ("2016/17", *MONTHS))
    body = ", ".join(
        f"[Measure {row}], "
        + ", ".join(f"[{1000 + row * 12 + at:,}]" for at in range(6))
        + ", []" * 6
        for row in range(rows)
    )
    return f"#table(columns: 13, stroke: {stroke}, inset: 3pt, table.header({head}), {body})\n"


def wanted(rows: int = 3) -> list[list[str]]:
    body = [
        [f"Measure {row}", *(f"{1000 + row * 12 + at:,}" for at in range(6)), *[""] * 6]
        for row in range(rows)
    ]
    return [["2016/17", *MONTHS], *body]


def tables(pack: Pack) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in b.rows] for b in pack.blocks if isinstance(b, Table)
    ]


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("stroke", ["0.5pt", "none", "(bottom: 0.4pt)"])
def test_a_table_of_months(tmp_path: Path, tagged: bool, stroke: str) -> None:
    body = (
        f"#set text(size: 7pt)\nBefore it stands a line of text.\n\n{months_table(stroke)}\nAfter."
    )
    assert tables(read(made(tmp_path, body, tagged))) == [wanted()]


@pytest.mark.parametrize("tagged", [True, False])
def test_a_table_over_pages_is_one(tmp_path: Path, tagged: bool) -> None:
    body = f"#set text(size: 7pt)\n{months_table('0.5pt', rows=150)}"
    pack = read(made(tmp_path, body, tagged))
    assert pack.pages > 1
    assert tables(pack) == [wanted(150)]
    (table,) = (b for b in pack.blocks if isinstance(b, Table))
    assert table.rows[0][0].place.page == 1
    assert table.rows[-1][0].place.page == pack.pages


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("stroke", ["0.5pt", "(bottom: 0.4pt)"])
def test_long_words_in_cells(tmp_path: Path, tagged: bool, stroke: str) -> None:
    long = "The number rose by five per cent against the year before, more than in the force. " * 3
    body = (
        f"#table(columns: (1fr, 3fr, 1fr), stroke: {stroke}, "
        "table.header([Indicator], [Comment], [Lead]), "
        f"[Theft from the person in all places of the borough], [{long}], [Police], "
        f"[Robbery], [{long}], [Community safety and enforcement])"
    )
    (found,) = tables(read(made(tmp_path, body, tagged)))
    assert found == [
        ["Indicator", "Comment", "Lead"],
        ["Theft from the person in all places of the borough", long.strip(), "Police"],
        ["Robbery", long.strip(), "Community safety and enforcement"],
    ]


@pytest.mark.parametrize("tagged", [True, False])
def test_headings_and_paragraphs(tmp_path: Path, tagged: bool) -> None:
    text = "Burglary fell by a fifth over twelve months, while the force saw little change. "
    body = (
        f"= Performance report\n{text * 4}\n== Burglary\n{text * 3}\n\n{text * 2}\n"
        "- First item\n- Second"
    )
    blocks = read(made(tmp_path, body, tagged)).blocks
    assert [(b.text, b.level) for b in blocks if isinstance(b, Heading)] == [
        ("Performance report", 1), ("Burglary", 2),
    ]  # fmt: skip
    said = [b.text for b in blocks if isinstance(b, Paragraph)]
    assert said == [
        (text * 4).strip(),
        (text * 3).strip(),
        (text * 2).strip(),
        "• First item",
        "• Second",
    ]
    assert [b.place.page for b in blocks] == [1] * 7
    assert [b.place.line for b in blocks][:2] == [1, 2]


def test_merged_cells_by_their_lines(tmp_path: Path) -> None:
    body = (
        "#table(columns: 3, table.cell(rowspan: 2)[Measure], table.cell(colspan: 2)[2016], "
        "[April], [May], [Theft], [5], [6])"
    )
    for tagged in (True, False):
        assert tables(read(made(tmp_path, body, tagged))) == [
            [["Measure", "2016"], ["Measure", "April", "May"], ["Theft", "5", "6"]]
        ]


def test_rows_without_a_line_between_them(tmp_path: Path) -> None:
    """Only the columns are ruled, as in many older reports."""
    body = (
        "#table(columns: 3, stroke: (x: 0.5pt), table.hline(), "
        "[Area], [2015], [2016], table.hline(), "
        "[Barking], [12], [15], [Becontree], [7], [9], [Dagenham], [31], [28], table.hline())"
    )
    assert tables(read(made(tmp_path, body, tagged=False))) == [
        [["Area", "2015", "2016"], ["Barking", "12", "15"], ["Becontree", "7", "9"],
         ["Dagenham", "31", "28"]],
    ]  # fmt: skip


def test_empty_cells_that_tags_leave_out_are_put_back() -> None:
    words = [
        Word(text, left, left + 10, bottom, bottom + 10, 10)
        for text, left, bottom in (("M", 0, 90), ("Apr", 50, 90), ("May", 100, 90),
                                   ("Jun", 150, 90), ("Theft", 0, 70), ("5", 152, 70))
    ]  # fmt: skip
    cells = [Tag("TD", kids={0: [(1, place)]}) for place in range(6)]
    rows = with_gaps([[*cells[:4]], [*cells[4:]]], Setting([Page(1, 200, 100, words)]))
    assert rows == [[*cells[:4]], [cells[4], None, None, cells[5]]]


def test_headers_and_page_numbers_are_said_once(tmp_path: Path) -> None:
    body = (
        "#set page(header: [OFFICIAL], "
        "footer: context [Callover #h(1fr) Page #counter(page).display()])\n"
        + "#pagebreak()\n".join(
            f"{word} page of text.\n" for word in ("First", "Second", "Third", "Fourth")
        )
    )
    said = [
        b.text for b in read(made(tmp_path, body, tagged=False)).blocks if not isinstance(b, Table)
    ]
    assert sum("OFFICIAL" in text for text in said) == 1
    assert sum("Page" in text for text in said) == 1
    assert [text for text in said if "page of" in text] == [
        f"{word} page of text." for word in ("First", "Second", "Third", "Fourth")
    ]


@pytest.mark.parametrize("tagged", [True, False])
def test_raised_marks_and_ligatures(tmp_path: Path, tagged: bool) -> None:
    body = (
        "#set super(typographic: false)\n"
        "Offences: 1,234#super[1] in official offices of five fields."
    )
    (block,) = read(made(tmp_path, body, tagged)).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Offences: 1,234¹ in official offices of five fields."


@pytest.mark.parametrize("tagged", [True, False])
def test_words_broken_at_a_line_end(tmp_path: Path, tagged: bool) -> None:
    body = (
        "The enforcement plan. #block(width: 3.2cm)[All enforce-\\ ment is planned. The Year-to-\\ "
        "date is 5.]"
    )
    said = " ".join(text for text, _ in read(made(tmp_path, body, tagged)).texts())
    assert "All enforcement is planned." in said
    assert "Year-to-date is 5." in said


def test_text_in_columns_is_read_column_by_column(tmp_path: Path) -> None:
    left = (
        "The left side speaks of burglary and of what the partnership does about it this year. " * 5
    )
    right = (
        "On the right the fire brigade says how many of its visits reached people at high risk. "
        * 5
    )
    body = f"#grid(columns: (1fr, 1fr), gutter: 1cm, [{left}], [{right}])"
    said = " ".join(text for text, _ in read(made(tmp_path, body, tagged=False)).texts())
    assert said.index(left.strip()) < said.index(right.strip())


def test_pages_without_text_are_told_and_a_scan_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, "#rect()\n#pagebreak()\nText.")
    assert read(path).notes == ("Page 1 has no text: it is empty or a picture.",)
    with pytest.raises(Unreadable, match="OCR"):
        read(made(tmp_path, "#rect()"))


def test_a_page_that_could_not_be_read_is_not_called_a_scan() -> None:
    page = Page(1, 0, 0, [], problem="holds too much and was not read")
    with pytest.raises(Unreadable, match="holds too much") as caught:
        refuse_wordless("pack.pdf", [page])
    assert "OCR" not in caught.value.remedy


def test_turned_pages(tmp_path: Path) -> None:
    path = made(
        tmp_path, f"#set page(flipped: true)\n#set text(size: 7pt)\n{months_table('0.5pt')}", False
    )
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        box = page.MediaBox
        width, height = float(box[2]), float(box[3])
        turn = [0, 1, -1, 0, height, 0]
        page.contents_add(pikepdf.unparse_content_stream([
            ([], pikepdf.Operator("q")), (turn, pikepdf.Operator("cm")),
        ]), prepend=True)  # fmt: skip
        page.contents_add(b"Q")
        page.MediaBox = [0, 0, height, width]
        page.Rotate = 90
        pdf.save(path)
    assert tables(read(path)) == [wanted()]


def test_a_turn_there_and_back() -> None:
    assert Turn(0, 100, 50).box(1, 2, 3, 4) == (1, 2, 3, 4)
    assert Turn(1, 100, 50).box(0, 10, 0, 5) == (0, 5, 90, 100)
    assert Turn(2, 100, 50).box(0, 10, 0, 5) == (90, 100, 45, 50)
    assert Turn(3, 100, 50).box(0, 10, 0, 5) == (45, 50, 0, 10)


def test_a_locked_one_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, "Text.")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(Unreadable, match="password"):
        read(path)


def test_two_processes_say_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(
        tmp_path, "#pagebreak()\n".join(f"= Part {n}\nSome text of it.\n" for n in range(6))
    )
    alone = read(path)
    monkeypatch.setattr("callover.audit.readers.pdf.halves.WORTH_A_PROCESS", 2)
    assert read(path) == alone
