"""A small ward file of Harrowmere for tests: two wards' numbers are withheld from the public, the
other for the one's sake: the total stands below them."""

from __future__ import annotations

from callover.domain.boundaries import Boundaries, Outline
from callover.report.wards import Said, WardFile, WardRow, WardTable

WARDS = (("E05099901", "Abbey"), ("E05099902", "Northgate"), ("E05099903", "Southfield"),
         ("E05099904", "Westmoor"))  # fmt: skip
COUNTS = {"Abbey": 410, "Northgate": 288, "Southfield": 84_127, "Westmoor": 93_518}
WITHHELD_WARDS = (COUNTS["Southfield"], COUNTS["Westmoor"])
"""They stand in the restricted edition alone."""


def ward_file(edition: str, month: str = "2016-09") -> WardFile:
    """Total notifiable offences by ward."""
    rows = tuple(_row(code, name, edition) for code, name in WARDS)
    total = _counted("", "All wards", sum(COUNTS.values()))
    table = WardTable(
        "tno", "tno", "Total notifiable offences", "offences", "12 months to September 2016",
        "police", "Police figures", "", rows, total,
    )  # fmt: skip
    return WardFile("E07000998", month, edition, (table,))


def _row(code: str, name: str, edition: str) -> WardRow:
    if edition == "public" and COUNTS[name] in WITHHELD_WARDS:
        gone = Said(None, "withheld")
        return WardRow(code, name, gone, gone, gone, gone, gone, "suppressed")
    return _counted(code, name, COUNTS[name])


def _counted(code: str, name: str, number: int) -> WardRow:
    said, share = Said(float(number), f"{number:,}"), Said(25.0, "25.0 %")
    return WardRow(
        code, name, said, share, Said(None, ""), said, Said(0.0, "no change"), "final"
    )  # fmt: skip


def ward_outlines() -> Boundaries:
    """Four squares in a row."""
    outlines = tuple(
        Outline(code, name, (((n, 0), (n + 250, 0), (n + 250, 250), (n, 250)),))
        for n, (code, name) in zip(range(0, 1000, 250), WARDS, strict=True)
    )
    return Boundaries("harrowmere-wards", 1000, 250, outlines, "Contains OS data (test).")
