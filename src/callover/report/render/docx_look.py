"""Colours and measures of the Word document, and whether a colour can be read."""

from __future__ import annotations

from dataclasses import dataclass

from callover.report.blocks import Chip

NO_BREAK = "\u00a0"

FONT = "Noto Sans"
FALLBACK = "Segoe UI"  # of like width, on every Windows; Word takes it where FONT is not installed

INK = "1B1F24"
QUIET = "505A5F"
RULE = "C5CBD1"
SHADE = "F1F3F5"

TEXT_WIDTH = 9638  # twentieths of a point: A4 less two margins of 20 mm
PAGE = 779.5  # points between the margins above and below
BODY_SIZE = 9.5  # points
LEADING = 0.92  # of the font's own generous line


@dataclass(frozen=True, slots=True)
class Tone:
    """Ink and ground of a rating or a remark."""

    ink: str
    ground: str


TONES = {
    "red": Tone("8C1D18", "FBE3E0"),
    "amber": Tone("6F4300", "FDF0D5"),
    "green": Tone("14532D", "DDF3E4"),
    "neutral": Tone("343C46", "ECEFF2"),
    "missing": Tone("343C46", "ECEFF2"),
    "quiet": Tone("343C46", "ECEFF2"),
}

SHAPES = {
    "square": "■",
    "diamond": "◆",
    "circle": "●",
    "ring": "○",
    "dash": "–",
    "up": "▲",
    "down": "▼",
    "level": "►",
    "cross": "×",
    "star": "★",
    "updown": "↕",
    "equals": "=",
    "dots": "⋮",
}

SHORT = 12  # letters; the words of so short a chip stay on its line


def chip_text(chip: Chip) -> str:
    """``■ R Red``, with a little room at both ends of the coloured ground."""
    letter = " ".join(part for part in (SHAPES.get(chip.shape, ""), chip.letter) if part)
    letter = letter.replace(" ", NO_BREAK)
    words = chip.words.replace(" ", NO_BREAK) if len(chip.words) <= SHORT else chip.words
    joint = NO_BREAK if len(chip.words) <= SHORT else " "
    inner = joint.join(part for part in (letter, words) if part)
    return f"{NO_BREAK}{inner}{NO_BREAK}"


NOTE_WORDS = {
    "care": "Read with care",
    "finding": "Finding",
    "stale": "Not up to date",
    "missing": "Missing",
    "computed": "Computed",
}


def readable(colour: str, ground: str = "FFFFFF", least: float = 4.5) -> str:
    """``colour`` (``#1d70b8``, ``1D70B8``) where it can be read on ``ground``, else near-black."""
    plain = colour.lstrip("#").upper()
    return plain if contrast(plain, ground) >= least else INK


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """An sRGB channel without its gamma."""
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
