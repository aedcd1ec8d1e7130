"""Pages under axe-core's rules.

No violation is excused: an entry in ``EXCUSED`` would be a rule with the reason why it stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser

AXE = Path(__file__).parent / "browser" / "vendor" / "axe.min.js"
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
