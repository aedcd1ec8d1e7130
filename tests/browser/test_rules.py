"""The page under axe-core's rules, in every width, colour scheme and medium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from axe import assert_clean, judged

pytestmark = pytest.mark.slow


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
