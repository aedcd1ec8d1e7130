"""Whether a breakdown adds up: said from the rows that are printed, never assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from callover.report import words
from callover.report.blocks import Row

ADDS_UP = "Each group's total is the sum of its types, and all groups add up to all offences."
GROUPS_ADD_UP = "All groups add up to all offences."


def addition(rows: Sequence[Row], periods: Mapping[int, str]) -> str:
    """What adds up and what does not, in sentences.

    ``rows``: each group (subtotal) before its types (body), the whole (total) last. ``periods``:
    the columns that hold counts, by their place, with their name.
    """
    apart = [line for column, when in periods.items() for line in _differences(rows, column, when)]
    open_groups = dict.fromkeys(
        title
        for column in periods
        for title, whole, parts in _sums(rows, column)
        if whole is not None and None in parts
    )
    said = []
    if apart:
        said.append(f"Not all of it adds up. {' '.join(apart)}")
        said.append("All other totals are the sum of what stands under them.")
    elif not open_groups:
        return ADDS_UP if any(row.kind == "body" for row in rows) else GROUPS_ADD_UP
    if open_groups:
        listed = words.joined([words.within(title) for title in open_groups])
        said.append(f"Not everything under {listed} is known, so that it cannot be added up.")
    return " ".join(said)


def _differences(rows: Sequence[Row], column: int, when: str) -> Iterator[str]:
    """``Robbery, 12 months to September 2016: its types come to 588, 1 more than its total.``"""
    for title, whole, parts in _sums(rows, column):
        known = [part for part in parts if part is not None]
        if whole is None or len(known) < len(parts) or not parts:
            continue
        gap = sum(known) - whole
        if round(gap, 6):
            more = f"{words.number(abs(gap))} {'more' if gap > 0 else 'fewer'} than its total"
            below = "the groups" if title == rows[-1].cells[0].text else "its types"
            yield f"{title}, {when}: {below} come to {words.number(sum(known))}, {more}."


def _sums(
    rows: Sequence[Row], column: int
) -> Iterator[tuple[str, float | None, list[float | None]]]:
    """Each total by title, with what stands under it."""
    groups: list[tuple[str, float | None, list[float | None]]] = []
    for row in rows:
        value = row.cells[column].value
        if row.kind == "body":
            groups[-1][2].append(value)
        elif row.kind == "subtotal":
            groups.append((row.cells[0].text, value, []))
        else:
            groups.append((row.cells[0].text, value, [whole for _, whole, _ in groups]))
    yield from (group for group in groups if group[2])
