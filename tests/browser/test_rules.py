"""The page under axe-core's rules, in every width, colour scheme and medium.

No violation is excused: an entry in ``EXCUSED`` would be a rule with the reason why it stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
EXCUSED: dict[str, str] = {}

Scheme = Literal["light", "dark"]
Media = Literal["screen", "print"]

UNDECIDED = {
    "color-contrast": "words over charts and at the edge of scrolled tables, which axe cannot see; "
    "tests/unit/test_without_colour.py measures them on pictures and palettes",
    "th-has-data-cells": "a column of row headings, as the number before an indicator's title, has "
    "heading cells only; test_pack.py holds that every row and column is headed",
}
"""What axe leaves to people, and who looks instead."""

pytestmark = pytest.mark.slow


def judged(
    browser: Browser, page: Path, width: int, scheme: Scheme, media: Media, pressed: str = ""
) -> dict[str, Any]:
    """What axe says of the page, once the first that ``pressed`` selects was pressed."""
    # the page's own policy lets no script run, that of its judge included
    context = browser.new_context(viewport={"width": width, "height": 740}, bypass_csp=True)
    try:
        opened = context.new_page()
        opened.emulate_media(media=media, color_scheme=scheme)
        opened.goto(page.as_uri())
        if pressed:
            opened.locator(pressed).first.press("Enter")
        opened.evaluate(AXE.read_text(encoding="utf-8"))
        rules = {"target-size": {"enabled": media == "screen"}}  # nobody taps on paper
        options = {"resultTypes": ["violations", "incomplete"], "rules": rules}
        found: dict[str, Any] = opened.evaluate("given => axe.run(document, given)", options)
        return found
    finally:
        context.close()


def told(found: list[dict[str, Any]]) -> list[str]:
    """Rule, weight and first place of each finding."""
    return [
        f"{each['id']} ({each['impact']}, {len(each['nodes'])}): {each['nodes'][0]['html'][:160]}"
        for each in found
    ]


def assert_clean(found: dict[str, Any]) -> None:
    assert told([each for each in found["violations"] if each["id"] not in EXCUSED]) == []
    assert told([each for each in found["incomplete"] if each["id"] not in UNDECIDED]) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_block_obeys(browser: Browser, small: Path, width: int, scheme: str) -> None:
    assert_clean(judged(browser, small, width, scheme, "screen"))


def test_every_kind_of_block_obeys_in_print(browser: Browser, small: Path) -> None:
    assert_clean(judged(browser, small, 1280, "light", "print"))


@pytest.mark.parametrize(
    ("width", "scheme", "media"),
    [(320, "light", "screen"), (1280, "dark", "screen"), (1280, "light", "print")],
)
def test_the_whole_pack_obeys(
    browser: Browser, file: Path, width: int, scheme: str, media: str
) -> None:
    assert_clean(judged(browser, file, width, scheme, media))


@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_trace_obeys(browser: Browser, file: Path, width: int) -> None:
    assert_clean(judged(browser, file, width, "light", "screen", "section button[popovertarget]"))
