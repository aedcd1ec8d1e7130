"""How a report says places, severity and confidence; text of a pack made safe to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from callover.audit.findings import SEVERITIES, Finding, Spot
from callover.audit.pack import Place
from callover.domain.errors import Severity
from callover.domain.rounding import half_up

MEANINGS = {
    Severity.WRONG: "cannot be true: put it right",
    Severity.SUSPICIOUS: "is most likely a mistake: look at it",
    Severity.EXPLAINABLE: "looks odd and may have a reason: say it, or accept it",
}
"""What each severity asks of the reader."""

SURENESS = (
    (1.0, "certain"),
    (0.95, "nearly certain"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.0, "possible"),
)
"""From which confidence on which words hold."""

_NO_BREAK = "\u00a0"


def confidence(value: float) -> str:
    """``very likely (85 %)``; only what is certain says 100."""
    words = next((words for least, words in SURENESS if value >= least), SURENESS[-1][1])
    share = 100 if value >= 1 else min(99, int(half_up(value * 100)))
    return f"{words} ({share}{_NO_BREAK}%)"


def place_words(place: Place, with_page: bool = True) -> str:
    """``page 12, line 4``, ``sheet Burglary, cell C7``, ``paragraph 17``; "" for no place."""
    sheet, in_sheet, cell = place.spot.rpartition("!")
    said = [f"page {place.page}"] if place.page and with_page else []
    if in_sheet:
        said.append(f"sheet {plain(sheet)}, cell {plain(cell)}")
    elif place.line:
        said.append(f"line {place.line}")
    if not in_sheet and place.spot:
        said.append(_spot(place.spot))
    return ", ".join(part for part in said if part)


def _spot(spot: str) -> str:
    """A reader's mark in words; the number of an element of a page says nothing to a person."""
    kind, number = spot[:1], spot[1:]
    if number.isdecimal() and kind in "pe":
        return f"paragraph {number}" if kind == "p" else ""
    return plain(spot)


def where(spot: Spot) -> str:
    """Section and place in one."""
    said = (plain(spot.section), place_words(spot.place))
    return ", ".join(part for part in said if part) or "place not known"


def told_beneath(finding: Finding, main: Finding) -> str:
    """What a finding says beneath a main one, which has said some of it: ``“98” (line 12), follows
    −137: 230 − 367 = −137``."""
    shown = {_printed(spot) for spot in (main.spot, main.other) if spot}
    said = f"follows {plain(finding.follows)}: {plain(finding.arithmetic)}"
    if _printed(finding.spot) != _printed(main.spot):
        at = place_words(finding.spot.place, finding.spot.place.page != main.spot.place.page)
        said = f"“{cut(finding.spot.printed, 60)}”{f' ({at})' if at else ''}, {said}"
    if finding.other is not None and _printed(finding.other) not in shown:
        said += f"; against “{cut(finding.other.printed, 60)}”, {where(finding.other)}"
    return said


def _printed(spot: Spot) -> tuple[Place, str]:
    return spot.place, plain(spot.printed)


def plain(text: str) -> str:
    """One line without control characters: a pack must not steer a terminal or break a file."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def cut(text: str, most: int) -> str:
    """One line of so many characters at most, cut at a word where that loses little."""
    line = plain(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    at_word = head.rpartition(" ")[0]
    return (at_word if len(at_word) > most * 2 // 3 else head).rstrip(" ,;:-–") + "…"


def counted(number: int, noun: str) -> str:
    """1 claim, 2,345 claims."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tally(findings: Iterable[Finding]) -> str:
    """``2 wrong, 1 suspicious``; "" for none."""
    counts = Counter(each.severity for each in findings)
    return ", ".join(f"{counts[kind]:,} {kind.value}" for kind in SEVERITIES if counts[kind])
