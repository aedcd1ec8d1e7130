"""A Word pack with its findings in the margin, read back with python-docx."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from audit_sample import DIFFERENCE, PACK, STALE, result
from callover.audit.findings import Finding
from callover.audit.pack import Format, Place
from callover.audit.report.docx_comments import AUTHOR, with_comments
from callover.audit.report.result import Result
from callover.domain.errors import UserError

WORD = replace(PACK, name="pack.docx", format=Format.DOCX)


def original() -> bytes:
    """Four paragraphs, the last two of them in a table; the second in three runs."""
    document = docx.Document()
    document.add_paragraph("Board report")
    second = document.add_paragraph("In the year burglary rose by ")
    second.add_run("326").bold = True
    second.add_run(" offences.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Burglary", "8,795"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def at(finding: Finding, mark: str, printed: str) -> Finding:
    spot = replace(finding.spot, place=Place(0, 0, mark), printed=printed)
    return replace(finding, spot=spot)


def of(*findings: Finding) -> Result:
    return result(findings, pack=WORD)


def commented(content: bytes) -> list[tuple[int, str]]:
    """The paragraph (from 1) in which each comment begins, and the text that it covers."""
    found = []
    document = docx.Document(io.BytesIO(content))
    for place, paragraph in enumerate(document.element.iter(qn("w:p")), 1):
        covered, text = False, ""
        for node in paragraph:
            if node.tag == qn("w:commentRangeStart"):
                covered, text = True, ""
            elif node.tag == qn("w:commentRangeEnd"):
                found.append((place, text))
                covered = False
            elif covered:
                text += "".join(each.text or "" for each in node.iter(qn("w:t")))
    return found


def comments(content: bytes) -> list[Any]:
    return list(docx.Document(io.BytesIO(content)).comments)


def test_a_comment_stands_at_the_words_that_it_is_about() -> None:
    made = with_comments(original(), of(at(DIFFERENCE, "p2", "326"), at(STALE, "p4", "8,795")))
    assert commented(made) == [(2, "326"), (4, "8,795")]


def test_a_comment_says_kind_both_places_and_arithmetic() -> None:
    only = comments(with_comments(original(), of(at(DIFFERENCE, "p2", "326"))))[0]
    assert (only.author, only.initials) == (AUTHOR, "CA")
    assert only.text.splitlines() == [
        "Wrong, nearly certain (98\u00a0%): A difference is not that of its two values",
        "Printed: 326",
        "Follows: 236",
        "9,031 − 8,795 = 236",
        "Against: 8,795 (Summary, page 3, line 8)",
    ]


def test_words_over_several_runs_and_words_not_found() -> None:
    over = with_comments(original(), of(at(DIFFERENCE, "p2", "by 326 offences")))
    assert commented(over) == [(2, "by 326 offences")]
    assert commented(with_comments(original(), of(at(DIFFERENCE, "p2", "nowhere")))) == [
        (2, "In the year burglary rose by 326 offences.")
    ]


@pytest.mark.parametrize("mark", ["", "p0", "p99", "px", "Sheet!A1"])
def test_a_place_that_is_not_there_is_the_first_paragraph(mark: str) -> None:
    assert commented(with_comments(original(), of(at(DIFFERENCE, mark, "x"))))[0][0] == 1


def test_an_empty_paragraph_takes_a_comment() -> None:
    document = docx.Document()
    document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    assert len(comments(with_comments(out.getvalue(), of(at(DIFFERENCE, "p1", "x"))))) == 1


def test_a_number_is_not_found_within_another() -> None:
    document = docx.Document()
    document.add_paragraph("Of 15 areas 2.5 % rose by 5, 5 fell.")
    out = io.BytesIO()
    document.save(out)
    made = with_comments(out.getvalue(), of(at(DIFFERENCE, "p1", "5")))
    assert commented(made) == [(1, "5")]
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == document.paragraphs[0].text


def test_a_run_of_more_than_words_stays_whole_and_the_look_goes_along() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("up\tby 326").bold = True
    paragraph.add_run(" now 281 and then 284").italic = True
    out = io.BytesIO()
    document.save(out)
    found = of(at(DIFFERENCE, "p1", "326"), at(STALE, "p1", "281"))
    made = with_comments(out.getvalue(), found)
    assert commented(made) == [(1, "upby 326"), (1, "281")]
    runs = docx.Document(io.BytesIO(made)).paragraphs[0].runs
    assert [run.text for run in runs if run.italic] == [" now ", "281", " and then 284"]


def test_the_text_of_the_pack_stays_and_so_do_earlier_comments() -> None:
    document = docx.Document(io.BytesIO(original()))
    document.add_comment(document.paragraphs[0].runs, "Seen.", "Board secretary", "BS")
    out = io.BytesIO()
    document.save(out)
    made = with_comments(out.getvalue(), of(at(DIFFERENCE, "p2", "326")))
    assert [each.author for each in comments(made)] == ["Board secretary", AUTHOR]
    after = docx.Document(io.BytesIO(made))
    assert [p.text for p in after.paragraphs] == [p.text for p in document.paragraphs]


def test_the_same_findings_give_the_same_bytes() -> None:
    content, found = original(), of(at(DIFFERENCE, "p2", "326"))
    first = with_comments(content, found)
    time.sleep(1.1)  # the clock's second would show
    assert with_comments(content, found) == first


def test_control_characters_of_a_pack_do_not_break_the_document() -> None:
    odd = replace(at(DIFFERENCE, "p2", "326"), follows="2\x0036", arithmetic="a\x0bb")
    assert "Follows: 236" in comments(with_comments(original(), of(odd)))[0].text


def test_a_pack_that_is_no_word_document_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match="only a Word document takes comments"):
        with_comments(b"", result())


def test_a_template_is_refused() -> None:
    with pytest.raises(UserError, match="no plain Word document"):
        with_comments(as_template(original()), of(DIFFERENCE))


def as_template(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, data)
    return out.getvalue()
