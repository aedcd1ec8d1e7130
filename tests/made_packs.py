"""Packs as other partnerships lay them out, in four formats, and what is planted in them.

A pack is a text with headings and tables of pipes; beside it stands a list of plants, one a line:
``old => new @ rule, rule``. The words ``old`` stand in the pack once; with ``new`` instead, one of
the rules finds it. A cell of ``^`` is merged with the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby
from pathlib import Path

import docx
import openpyxl

FOLDER = Path(__file__).parent / "layouts"


@dataclass(frozen=True)
class Plant:
    """A contradiction to put into a pack, and the rules of which one finds it."""

    old: str
    new: str
    rules: frozenset[str]


@dataclass(frozen=True)
class MadePack:
    """A pack of that folder by its name."""

    name: str

    @cached_property
    def text(self) -> str:
        """The clean pack."""
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8")

    @cached_property
    def plants(self) -> tuple[Plant, ...]:
        """What is planted in it, one at a time."""
        lines = (FOLDER / f"{self.name}.plants").read_text(encoding="utf-8").splitlines()
        return tuple(_plant(line) for line in lines if line)

    def planted(self, plant: Plant) -> str:
        """The pack with one contradiction."""
        if self.text.count(plant.old) != 1:
            raise ValueError(
                f"{self.name}: {plant.old!r} stands {self.text.count(plant.old)} times"
            )
        return self.text.replace(plant.old, plant.new)


def names() -> list[str]:
    """Every pack."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def write(text: str, path: Path) -> Path:
    """A pack in the format of the path's ending."""
    {".txt": _text, ".html": _html, ".docx": _word, ".xlsx": _book}[path.suffix](text, path)
    return path


def _plant(line: str) -> Plant:
    words, _, rules = line.rpartition(" @ ")
    old, _, new = words.partition(" => ")
    return Plant(old, new, frozenset(rules.split(", ")))


Piece = tuple[str, list[str]]
"""``table`` with its lines, a heading with its level as ``h2``, or ``p``."""


def _pieces(text: str) -> list[Piece]:
    lines = [line for line in text.splitlines() if line.strip()]
    found: list[Piece] = []
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            found.append(("table", list(group)))
        else:
            found += [_of_words(line) for line in group]
    return found


def _of_words(line: str) -> Piece:
    level = len(line) - len(line.lstrip("#"))
    return (f"h{level}" if level else "p", [line.lstrip("# ")])


def _cells(lines: list[str]) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if not set("".join(row)) <= {"-"}]


def _text(text: str, path: Path) -> None:
    path.write_text(text.replace("| ^ ", "| "), encoding="utf-8")


def _html(text: str, path: Path) -> None:
    body = "\n".join(_element(kind, lines) for kind, lines in _pieces(text))
    path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")


def _element(kind: str, lines: list[str]) -> str:
    if kind != "table":
        return f"<{kind}>{escape(lines[0])}</{kind}>"
    head, *rows = _cells(lines)
    marked = [("th", head), *(("td", row) for row in rows)]
    return f"<table>{''.join(_html_row(mark, row) for mark, row in marked)}</table>"


def _html_row(mark: str, row: list[str]) -> str:
    cells = (
        f'<{mark} colspan="{end - start}">{escape(row[start])}</{mark}>'
        for start, end in _spans(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _spans(row: list[str]) -> list[tuple[int, int]]:
    """Where each cell begins and ends; one of ``^`` belongs to the cell before it."""
    starts = [at for at, cell in enumerate(row) if cell != "^"]
    return list(zip(starts, [*starts[1:], len(row)], strict=True))


def _word(text: str, path: Path) -> None:
    document = docx.Document()
    for kind, lines in _pieces(text):
        if kind == "table":
            _word_table(document, _cells(lines))
        elif kind == "p":
            document.add_paragraph(lines[0])
        else:
            document.add_heading(lines[0], int(kind[1:]))
    document.save(str(path))


def _word_table(document: docx.document.Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for made, row in zip(table.rows, rows, strict=True):
        cells = made.cells
        for start, end in _spans(row):
            cells[start].merge(cells[end - 1]).text = row[start]


def _book(text: str, path: Path) -> None:
    """A sheet for each heading."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for kind, lines in _pieces(text):
        if kind.startswith("h"):
            sheet = book.create_sheet(lines[0].replace(":", "").replace("/", "-")[:31])
        else:
            for row in _cells(lines) if kind == "table" else [[lines[0]]]:
                sheet.append([None if cell == "^" else cell for cell in row])
                for start, end in _spans(row):
                    sheet.merge_cells(
                        start_row=sheet.max_row, end_row=sheet.max_row,
                        start_column=start + 1, end_column=end,
                    )  # fmt: skip
    book.remove(book.worksheets[0])
    book.save(path)
