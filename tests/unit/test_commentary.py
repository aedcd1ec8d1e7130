"""The analyst's words: tokens printed, stale months and typed numbers found, faults listed."""

from __future__ import annotations

from datetime import date

import pytest

from callover.domain.errors import FaultsFound
from callover.domain.periods import Month
from callover.report.blocks import BulletList, Paragraph, Span, plain
from callover.report.commentary import (
    Commentary,
    FigureToken,
    blocks_of,
    parse_commentary,
    stale_months,
    typed_numbers,
    unchanged_note,
)

SEPTEMBER = Month.of(2016, 9)


def printed(token: FigureToken) -> Span:
    return Span(f"<{token.indicator}.{token.measure}@{token.peer_group}|{token.style}>", figure="k")


def test_front_matter_and_actions() -> None:
    written = parse_commentary(
        "tno",
        "---\nupdated: 2016-11-20\nask: Agree a lead.\nactions:\n"
        "  - {action: Patrol, owner: Police, due: 2016-11-01}\n---\nWords.",
        "tno.md",
    )
    assert (written.updated, written.ask, written.body) == (
        date(2016, 11, 20),
        "Agree a lead.",
        "Words.",
    )
    assert written.actions[0].overdue_days(date(2016, 11, 13)) == 12
    assert written.actions[0].overdue_days(date(2016, 10, 1)) == 0


def test_every_fault_of_the_front_matter_is_listed() -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_commentary(
            "tno", "---\nupdatd: x\nupdated: soon\nactions: [{action: Do}]\n---\n", "tno.md"
        )
    assert len(caught.value.faults) == 3


def test_broken_front_matter_names_its_line() -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_commentary("tno", "---\nupdated: [\n---\n", "tno.md")
    assert caught.value.faults[0].file == "tno.md"


def test_tokens_are_printed_where_they_stand() -> None:
    blocks = blocks_of(
        "Up {{ ytd_change | words }}, **{{ tno.rank@msg_15 }}**.", "robbery", printed
    )
    assert isinstance(blocks[0], Paragraph)
    assert plain(blocks[0].spans) == "Up <robbery.ytd_change@|words>, <tno.rank@msg_15|>."
    assert [span.strong for span in blocks[0].spans] == [False, False, False, True, False]


def test_lists_and_links_survive_and_markup_is_inert() -> None:
    blocks = blocks_of("- one\n- [two](https://example.org)\n\n<script>x</script>", "tno", printed)
    assert isinstance(blocks[0], BulletList)
    assert blocks[0].items[1][0].href == "https://example.org"
    assert any("<script>" in plain(b.spans) for b in blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(
    ("text", "carried", "found"),
    [
        ("Up at August 2016.", False, 1),
        ("Since April 2016 it rose.", False, 0),
        ("Since April 2016 it rose.", True, 1),
        ("At September 2016.", True, 0),
        ("In December a plan starts.", True, 1),
    ],
)
def test_stale_months(text: str, carried: bool, found: int) -> None:
    assert len(stale_months(text, SEPTEMBER, carried)) == found


def test_typed_numbers_leave_dates_times_and_tokens_out() -> None:
    text = "On 5 May 2016 at 18:00 in 2016/17, {{ ytd }} and 1,234 or 12.5 % of 60."
    assert typed_numbers(text) == ("1,234", "12.5", "60")


def test_unchanged_paragraphs_are_marked() -> None:
    before = Commentary("tno", "", "One.\n\nTwo.", date(2016, 6, 20))
    same = unchanged_note(before, Commentary("tno", "", "One.\n\nTwo."))
    part = unchanged_note(before, Commentary("tno", "", "One.\n\nNew."))
    assert same is not None and "not updated since 20 June 2016" in plain(same.spans)
    assert part is not None and plain(part.spans).startswith("1 of 2 paragraphs")
    assert unchanged_note(before, Commentary("tno", "", "New.")) is None
