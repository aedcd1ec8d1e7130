"""Numbers as a workbook shows them: its number formats applied as Excel does.

Calamine reads values without their formats, so that 0.0456 could not be told from 4.6%.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from callover.audit.readers.xlsx.dates import is_date, printed_date

_TOKENS = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[[^\]]*\]|([0#?.,]+(?:[eE][+-]0+)?)|(.)', re.DOTALL
)
_GENERAL = re.compile(r"general", re.IGNORECASE)
_FRACTION = re.compile(r"[?#0]+\s*/\s*[?#0\d]+")
_MOST_DECIMALS = 30

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "£#,##0;-£#,##0;-", 43: "#,##0.00;-#,##0.00;-",
    44: "£#,##0.00;-£#,##0.00;-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
"""Formats that a workbook names by number only; dates and money as in the United Kingdom."""


def printed(value: float, code: str, from_1904: bool = False) -> str:
    """``value`` as a cell with this format shows it."""
    if code == "General":  # most cells of most workbooks
        return general(value)
    section, magnitude = _section(value, code)
    if not section.strip() or _GENERAL.search(section) or section == "@":
        return (
            _GENERAL.sub(lambda _: general(magnitude), section)
            if section.strip("@")
            else general(value)
        )
    if is_date(section):
        return printed_date(value, section, from_1904)
    if _FRACTION.search(section):
        return general(value)
    return _number(magnitude, section)


def general(value: float) -> str:
    """A number as a cell without a format shows it."""
    text = f"{value:.10g}"
    if "e" in text and 1e-9 < abs(value) < 1e15:
        text = f"{Decimal(text):f}"
    return text.upper().replace("E+", "E+")


def _section(value: float, code: str) -> tuple[str, float]:
    """The part of a format for positive numbers, negative ones or nought, and what it prints."""
    sections = _sections(code)
    if len(sections) > 2 and not value:
        return sections[2], value
    if len(sections) > 1 and value < 0:
        return sections[1], -value
    return sections[0], value


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[str, ...]:
    """The parts of a format between semicolons, those within quotes apart."""
    parts, quoted = [""], False
    for sign in code:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(parts)


def _number(value: float, section: str) -> str:
    """The number in the place of its digits, words and signs of the format around it."""
    pieces: list[str] = []
    pattern, percent = "", "%" in re.sub(r'"[^"]*"|\\.', "", section)
    for quoted, escaped, _, _, digits, sign in _TOKENS.findall(section):
        if digits and not pattern:
            pattern = digits
            pieces.append("\0")
        else:
            pieces.append(quoted or escaped or sign)
    text = "".join(pieces)
    if not pattern:
        return text.strip()
    said = _digits(abs(value) * (100 if percent else 1), pattern)
    minus = "-" if value < 0 and re.search("[1-9]", said) else ""
    return (minus + text.replace("\0", said)).strip()


def _digits(value: float, pattern: str) -> str:
    """A positive number in a pattern such as ``#,##0.0#``; commas at its end divide by 1,000."""
    mantissa = re.split("[eE]", pattern)[0]
    whole, _, decimals = mantissa.partition(".")
    if mantissa != pattern:
        return f"{value:.{min(_MOST_DECIMALS, len(decimals))}E}"
    scaled = len(mantissa) - len(mantissa.rstrip(","))
    decimals, whole = decimals.rstrip(","), whole.rstrip(",") if scaled else whole
    places = min(_MOST_DECIMALS, len(decimals))
    number = Decimal(f"{value:.15g}").scaleb(-3 * scaled)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    return _shortened(text, whole, decimals)


def _shortened(text: str, whole: str, decimals: str) -> str:
    """Without the noughts that a pattern of ``#`` leaves out, with those that ``0`` asks for."""
    before, _, after = text.partition(".")
    least = len(decimals) - len(decimals) + len(decimals.rstrip("#?"))
    after = after[:least] + after[least:].rstrip("0")
    asked = sum(sign == "0" for sign in whole)
    if not asked and before == "0":
        before = ""
    before = before.zfill(asked) if "," not in before else before
    return f"{before}.{after}" if after else before or "0"
