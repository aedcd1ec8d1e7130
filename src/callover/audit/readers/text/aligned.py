"""Tables whose columns only blanks part: each cell stands under its heading, flush left or right.

Lines of numbers with gaps of two blanks or more are looked for; where their fields stand beneath
one another, what they cover is a column, and each field of the lines between and above goes to the
column that it stands in. A cell that is missing is so an empty one in its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from callover.audit.readers.text.columns import cells_of, columns_of, is_beyond
from callover.audit.readers.text.fields import LEAST_FIELDS, LONGEST_LABEL, Field, Line
from callover.audit.readers.text.stretch import Found, Stretch

_CONTENTS = re.compile(r"\W*(?:(?:table of )?contents|index|agenda)\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:,]$")
_MOST_HEADINGS = 4


def aligned(texts: Sequence[str]) -> Iterator[Stretch]:
    """The tables that blanks part into columns, in order."""
    lines = [Line(at, text.replace("\u00a0", " ")) for at, text in enumerate(texts)]
    at = free = 0
    while at < len(lines):
        if not lines[at].is_data or _is_contents(lines, at):
            at += 1
            continue
        body = _body(lines, at)
        for part, columns in _parts(body):
            table = _table(lines, part, columns, free)
            if table is not None:
                yield table
                free = table.end
        at = body[-1].at + 1


def _is_contents(lines: Sequence[Line], at: int) -> bool:
    """Whether a list of contents begins here: its numbers are pages."""
    before = [line for line in lines[max(0, at - 6) : at] if not line.is_blank][-2:]
    return any(_CONTENTS.fullmatch(line.raw) for line in before)


def _body(lines: Sequence[Line], start: int) -> list[Line]:
    """The lines of numbers from ``start`` on, with the labels and short rows between them.

    One blank line may part rows that are alike: many tables set their total apart.
    """
    body, pending, blank = [lines[start]], list[Line](), False
    last = lines[start]
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.is_rule:
            continue
        if line.is_blank:
            if blank or any(each.is_label for each in pending):
                break
            blank = True
        elif line.is_data and (not blank or line.is_like(last)):
            body += [*pending, line]
            pending, blank, last = [], False, line
        elif blank or not (line.is_label or _is_short_row(line)) or len(pending) > 1:
            break
        else:
            pending.append(line)
    while pending and not (_is_short_row(pending[-1]) and pending[-1].values):
        pending.pop()
    return body + pending


def _is_short_row(line: Line) -> bool:
    """Whether it may be a row that lacks cells: a name with one number, or words in gaps."""
    return len(line.fields) > 1 and (line.values > 0 or len(line.fields) >= LEAST_FIELDS)


def _parts(body: list[Line]) -> Iterator[tuple[list[Line], list[Field]]]:
    """The body with its columns where its lines have some in common, else its parts that have."""
    columns = columns_of(body)
    if columns is not None:
        yield body, columns
        return
    for part in _alike(body):
        columns = columns_of(part)
        if columns is not None:
            yield part, columns


def _alike(body: list[Line]) -> Iterator[list[Line]]:
    """The body in parts, a new one where a line of numbers is not like the one before."""
    part: list[Line] = []
    last: Line | None = None
    for line in body:
        if line.is_data and last is not None and not line.is_like(last):
            yield part
            part = []
        part.append(line)
        last = line if line.is_data else last
    yield part


def _table(
    lines: Sequence[Line], body: list[Line], columns: list[Field], free: int
) -> Stretch | None:
    """The table of some lines with its headings; None where they are none.

    Lines before ``free`` belong to an earlier table.
    """
    wider = _with_outer(lines, body[0].at, columns)
    headings = _headings(lines, body, wider, free)
    if not _is_enough(body, headings, len(columns)):
        return None
    columns = wider if headings else columns
    rows = []
    for line in (*headings, *body):
        cells = cells_of(line, columns, is_heading=line in headings)
        if cells is None and line.is_data:
            return None
        whole = (Found(line.raw.strip(), len(columns)),)
        rows.append((line.at, whole if cells is None else cells))
    return Stretch(tuple(rows), body[-1].at + 1)


def _is_enough(body: Sequence[Line], headings: Sequence[Line], width: int) -> bool:
    """Whether lines are a table and no chance: rows that are alike, and numbers in plenty."""
    data = [line for line in body if line.is_data]
    behind = sum(len(line.fields) - 1 for line in data)
    plenty = 2 * sum(line.values for line in data) >= behind
    full = any(len(line.fields) == width for line in data)
    if len(data) == 1:
        headed = any(len(line.fields) >= width - 1 for line in headings)
        return full and headed and plenty
    return full and (plenty or len(data) > 2)


def _headings(
    lines: Sequence[Line], body: Sequence[Line], columns: Sequence[Field], free: int
) -> list[Line]:
    """The lines right above the numbers that head their columns, from the top.

    One blank line may part them from the numbers where each column has its heading.
    """
    found: list[Line] = []
    blank = False
    for at in range(body[0].at - 1, free - 1, -1):
        line = lines[at]
        if line.is_rule:
            continue
        if line.is_blank and not found and not blank:
            blank = True
            continue
        every = len(line.fields) == len(columns)
        full = len(found) == _MOST_HEADINGS or (blank and not found and not every)
        if full or not _heads(line, columns, bool(found)):
            break
        found.insert(0, line)
    return found


def _heads(line: Line, columns: Sequence[Field], is_above: bool) -> bool:
    """Whether a line heads columns; ``is_above`` says that it stands over another that does."""
    words = [field.text for field in line.fields]
    if not words or any(len(text) > LONGEST_LABEL for text in words) or line.is_data:
        return False
    if _SENTENCE_END.search(words[-1]):
        return False
    several = len(words) >= LEAST_FIELDS - 1 or (is_above and is_beyond(line, columns))
    cells = cells_of(line, columns, is_heading=True) if several else None
    return cells is not None and any(cell.text for cell in cells[1:])


def _with_outer(lines: Sequence[Line], at: int, columns: list[Field]) -> list[Field]:
    """``columns`` with those that the line above names beyond the last one: nothing is in them."""
    above = next((each for each in reversed(lines[max(0, at - 3) : at]) if each.fields), None)
    fields = above.fields if above is not None and not above.is_rule else ()
    beyond = [field for field in fields if field.start > columns[-1].end]
    return [*columns, *beyond] if len(fields) == len(columns) + len(beyond) else columns
