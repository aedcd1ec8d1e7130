"""The analyst's words: tokens printed, stale months and typed numbers found, faults listed."""

from __future__ import annotations

from datetime import date

import pytest

from callover.domain.errors import FaultsFound
from callover.domain.periods import Month
from callover.report.blocks import BulletList, Note, Paragraph, Span, plain
from callover.report.commentary import (
    Commentary,
    FigureToken,
    blocks_of,
    paragraphs,
    parse_commentary,
    placed_tokens,
    stale_months,
    typed_numbers,
    unchanged,
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
        ("At August 2016 there were few.", False, 1),
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


def test_every_paragraph_that_stands_word_for_word_is_found() -> None:
    """White space does not count, a list is one paragraph, a changed word makes it new."""
    day = date(2016, 6, 20)
    before = Commentary("tno", "", "One\n  line.\n\n- a\n- b\n\nThree {{ ytd }}.", updated=day)
    now = Commentary("tno", "", "One line.\n\n- a\n- c\n\nThree  {{ ytd }}.\n\nNew.")
    assert unchanged([before], now) == {"One line.": day, "Three {{ ytd }}.": day}
    assert unchanged([before], before).keys() == set(paragraphs(before.body))
    assert unchanged([before], Commentary("tno", "", "New.")) == {}


def test_a_paragraph_carried_twice_is_as_old_as_its_first_text() -> None:
    june, august = date(2016, 6, 20), date(2016, 8, 20)
    first = Commentary("tno", "", "Old.\n\nBack.", updated=june)
    second = Commentary("tno", "", "Old.\n\nNewer.", updated=august)
    now = Commentary("tno", "", "Old.\n\nNewer.\n\nBack.\n\nNow.")
    assert unchanged([second, first], now) == {"Old.": june, "Newer.": august}


def test_a_remark_stands_behind_the_paragraph_it_belongs_to() -> None:
    def after(source: str) -> Note | None:
        return Note((Span("old"),), "stale") if source == "Two." else None

    blocks = blocks_of("One.\n\nTwo.\n\n1. a\n2. b\n\nThree.", "tno", printed, after)
    assert [type(block) for block in blocks] == [
        Paragraph, Paragraph, Note, BulletList, Paragraph,
    ]  # fmt: skip
    assert isinstance(blocks[3], BulletList)
    assert blocks[3].ordered
    assert len(blocks[3].items) == 2


def test_tokens_are_known_by_their_line_in_the_file() -> None:
    content = "---\nask: Note {{ ytd }}.\n---\nUp {{ rate }}\nand {{ so on }} and {{ open."
    found = placed_tokens(parse_commentary("tno", content, "tno.md"))
    assert [(line, said) for line, said, token in found if token is None] == [
        (5, "{{ so on }}"), (5, "{{ open."),
    ]  # fmt: skip
    assert [(line, token.measure) for line, _, token in found if token] == [(2, "ytd"), (4, "rate")]


def test_a_fault_of_the_front_matter_names_file_and_line() -> None:
    text = (
        "---\nupdated: soon\ncarried_from: June\nactions:\n"
        "  - {action: Patrol, owner: Police,\n     due: 31 January}\n"
        "  - {action: Patrol}\n  - action: Patrol\n    owner: Police\n    by: Police\n---\nWords.\n"
    )
    with pytest.raises(FaultsFound) as raised:
        parse_commentary("tno", text, "tno.md")
    assert [(f.file, f.line, f.column) for f in sorted(raised.value.faults)] == [
        ("tno.md", 2, "updated"), ("tno.md", 3, "carried_from"), ("tno.md", 6, "actions.due"),
        ("tno.md", 7, "actions"), ("tno.md", 10, "actions.by"),
    ]  # fmt: skip
