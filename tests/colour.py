"""Colour as eyes and photocopiers see it: contrast, grey, the three colour-vision types."""

from __future__ import annotations

Colour = tuple[float, float, float]
"""Red, green and blue of linear light, 0 to 1."""

PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""Machado, Oliveira and Fernandes 2009, severity 1.0, for linear light."""

GREY = ((0.2126, 0.7152, 0.0722),) * 3
"""A photocopy: luminance alone."""

NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

VISIONS = {
    "normal": NORMAL,
    "protanopia": PROTANOPIA,
    "deuteranopia": DEUTERANOPIA,
    "tritanopia": TRITANOPIA,
    "photocopy": GREY,
}


def linear(channel: float) -> float:
    """A stored channel, 0 to 1, as light (sRGB)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def colour(code: str) -> Colour:
    """``#1d70b8`` or ``#fff`` as light."""
    digits = code.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (linear(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return red, green, blue


def seen(given: Colour, vision: str) -> Colour:
    """The light as somebody with this vision tells it apart."""
    red, green, blue = (
        min(1.0, max(0.0, sum(w * c for w, c in zip(row, given, strict=True))))
        for row in VISIONS[vision]
    )
    return red, green, blue


def luminance(given: Colour) -> float:
    """Relative luminance (WCAG 2)."""
    return sum(w * c for w, c in zip(GREY[0], given, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
