"""The one typeface of pages, charts and print: Noto Sans, vendored with its licence."""

from __future__ import annotations

from pathlib import Path

FONT_FAMILY = "Noto Sans"
FOLDER = Path(__file__).parent


def web_font(face: str) -> bytes:
    """The Latin subset of ``Regular`` or ``Bold`` as WOFF2."""
    return (FOLDER / f"NotoSans-{face}.latin.woff2").read_bytes()
