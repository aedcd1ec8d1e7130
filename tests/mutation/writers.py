"""Writes one description in each format that the audit reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import typst
import xlsxwriter

from mutation.document import Document, Grid, Part, Title, Words


def write_text(document: Document, path: Path) -> None:
    """Headings with marks, tables with tabs, pages with their numbers."""
    lines: list[str] = []
    for number, page in enumerate(document.pages, 1):
        for part in page.parts:
            lines += _text_of(part)
        lines += [f"Page {number}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _text_of(part: Part) -> list[str]:
    if isinstance(part, Grid):
        return ["\t".join(cell.replace("\n", " ") for cell in row) for row in part.rows]
    if isinstance(part, Title):
        return ["", f"{'#' * part.level} {part.text}", ""]
    return [part.text, ""]


def write_form(document: Document, path: Path) -> None:
    """As converters leave it: no marks of headings."""
    write_text(document, path)
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(re.sub(r"^#+ ", "", line) for line in lines), encoding="utf-8")


def write_html(document: Document, path: Path) -> None:
    """A page of HTML with real headings and tables."""
    parts = [_html_of(part) for page in document.pages for part in page.parts]
    body = "\n".join(parts)
    head = '<meta charset="utf-8"><title>Pack</title>'
    path.write_text(f"<!doctype html><html lang=en><head>{head}</head>\n<body>\n{body}\n"
                    "</body></html>", encoding="utf-8")  # fmt: skip


def _html_of(part: Part) -> str:
    if isinstance(part, Title):
        return f"<h{part.level}>{escape(part.text)}</h{part.level}>"
    if isinstance(part, Words):
        return f"<p>{escape(part.text)}</p>"
    rows = []
    for at, row in enumerate(part.rows):
        name = "th" if at < part.heads else "td"
        cells = "".join(f"<{name}>{escape(c).replace(chr(10), '<br>')}</{name}>" for c in row)
        rows.append(f"<tr>{cells}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def write_docx(document: Document, path: Path) -> None:
    """A Word document with its own styles of headings."""
    made = docx.Document()
    for page in document.pages:
        for part in page.parts:
            _into_word(made, part)
        made.add_page_break()
    made.save(str(path))


def _into_word(made: docx.document.Document, part: Part) -> None:
    if isinstance(part, Title):
        made.add_heading(part.text, part.level)
    elif isinstance(part, Words):
        made.add_paragraph(part.text)
    else:
        table = made.add_table(len(part.rows), max(map(len, part.rows)))
        for row, texts in zip(table.rows, part.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
        made.add_paragraph("")


def write_xlsx(document: Document, path: Path) -> None:
    """A workbook with a sheet for each page; numbers as numbers, in the format printed."""
    book = xlsxwriter.Workbook(str(path))
    formats: dict[str, object] = {}
    for page in document.pages:
        sheet = book.add_worksheet(re.sub(r"[:/]", "", page.title)[:31])
        at = 0
        for part in page.parts:
            if isinstance(part, Grid):
                for row in part.rows:
                    for column, text in enumerate(row):
                        _into_cell(book, sheet, formats, (at, column), text)
                    at += 1
            else:
                sheet.write_string(at, 0, part.text, _bold(book, formats, part))
                at += 1
            at += 1
    book.close()


def _bold(book, formats, part: Part):
    if not isinstance(part, Title):
        return None
    name = f"title {part.level}"
    look = {"bold": True, "font_size": 18 - 3 * part.level}
    return formats.setdefault(name, formats.get(name) or book.add_format(look))


_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<money>£?)(?P<value>[\d,]+(?:\.(?P<places>\d+))?)"
                     r"(?P<percent>%?)")  # fmt: skip


def _into_cell(book, sheet, formats, at: tuple[int, int], text: str) -> None:
    found = _NUMBER.fullmatch(text)
    if not text:
        return
    if not found:
        sheet.write_string(*at, text)
        return
    places = "." + "0" * len(found["places"]) if found["places"] else ""
    form = f"{found['money']}#,##0{places}{found['percent']}"
    if text[0] in "+-":
        form = f"+{form};-{form};{form}"
    if form not in formats:
        formats[form] = book.add_format({"num_format": form})
    value = float(found["value"].replace(",", "")) * (-1 if found["sign"] == "-" else 1)
    sheet.write_number(*at, value / 100 if found["percent"] else value, formats[form])


def write_pdf(document: Document, path: Path) -> None:
    """A tagged PDF on landscape pages, tables with lines."""
    body = "\n#pagebreak()\n".join(
        "\n".join(_typst_of(part) for part in page.parts) for page in document.pages
    )
    source = (
        '#set document(title: "Pack")\n#set page(paper: "a4", flipped: true, margin: 1.5cm)\n'
        f'#set text(size: 9pt, lang: "en")\n{body}\n'
    )
    path.write_bytes(typst.compile(source.encode()))


def _typst_of(part: Part) -> str:
    if isinstance(part, Title):
        return f"#heading(level: {part.level})[{_quoted(part.text)}]"
    if isinstance(part, Words):
        return f"#par[{_quoted(part.text)}]"
    width = max(map(len, part.rows))
    columns = "(auto, 1fr)" if part.heads == 0 else f"({', '.join(['auto'] * width)},)"
    rows = []
    for at, row in enumerate(part.rows):
        cells = ", ".join(f"[{_quoted(cell)}]" for cell in row)
        rows.append(f"table.header({cells})" if at < part.heads else cells)
    return f"#table(columns: {columns}, {', '.join(rows)})"


def _quoted(text: str) -> str:
    lines = [f'#"{line}"' for line in text.replace("\\", "\\\\").replace('"', '\\"').split("\n")]
    return " #linebreak() ".join(lines)


WRITERS: dict[str, tuple[str, Callable[[Document, Path], None]]] = {
    "text": (".txt", write_text),
    "form": (".txt", write_form),
    "html": (".html", write_html),
    "docx": (".docx", write_docx),
    "xlsx": (".xlsx", write_xlsx),
    "pdf": (".pdf", write_pdf),
}
