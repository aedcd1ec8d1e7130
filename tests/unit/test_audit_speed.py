"""The time of an audit grows with the pack, not with its square."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pytest

from callover.audit.audit import audit
from callover.audit.claims import Claims
from callover.audit.pack import Block, Cell, Format, Heading, Pack, Place, Table
from callover.audit.read import read_pack
from callover.audit.readers.text import pack_of
from callover.audit.rules.check import Book
from callover.audit.rules.rank_tables import rank_tables
from made_packs import MadePack

_WARDS = ("Abbey", "Brook", "Castle", "Dene", "Elm", "Ford", "Grove", "Heath", "Ings", "Kirk")


def _text(sections: int) -> str:
    lines = ["# Community safety report, September 2016", ""]
    for at in range(sections):
        ward = f"{_WARDS[at % 10]}{_WARDS[at // 10 % 10].lower()}{_WARDS[at // 100 % 10].lower()}"
        counts = [100 + (at * 37 + month * 11) % 89 for month in range(6)]
        now, before = counts[-1] + 500, counts[-2] + 450
        lines += [
            f"## {ward} burglary", "",
            "Month\tApr-16\tMay-16\tJun-16\tJul-16\tAug-16\tSep-16",
            f"{ward} burglary\t" + "\t".join(map(str, counts)), "",
            f"In the 12 months to September 2016 there were {now} offences of burglary in the ward "
            f"of {ward}, compared with {before} in the same months of the year before.", "",
        ]  # fmt: skip
    return "\n".join(lines)


def _seconds_a_section(folder: Path, sections: int) -> float:
    path = folder / f"{sections}.txt"
    path.write_text(_text(sections), encoding="utf-8")
    pack = read_pack(path)
    took = []
    for _ in range(2):
        start = process_time()
        audit(pack)
        took.append(process_time() - start)
    return min(took) / sections


def test_time_a_section_holds_in_a_longer_pack(tmp_path: Path) -> None:
    assert _seconds_a_section(tmp_path, 400) < 2 * _seconds_a_section(tmp_path, 100)


def _all_in_a_column() -> Pack:
    """A long list in which "all" is a value of a column, as open data comes."""
    rows = (
        f"Ward {at}\t{sex}\t{at % 97}" for at in range(1_200) for sex in ("Male", "Female", "All")
    )
    return pack_of("\n".join(("# Victims", "", "Ward\tSex\tCount", *rows)), "pack.txt")


def _numbered_papers() -> Pack:
    """Papers that each quote one paragraph, whose numbers before are in none."""
    papers = (f"Subject: Report {at}\n\n{at % 9 + 1}.3 Note {at} cases.\n" for at in range(2_400))
    return pack_of("\n".join(papers), "pack.txt")


def _rank_tables() -> Pack:
    """Tables of ranks without the tables that they rank."""
    blocks: list[Block] = []
    for at in range(400):
        names = [f"Offence {at} {row}" for row in range(10)]
        ranked = [[name, "1st", "2nd", "3rd", "4th"] for name in names]
        counts = [[name, str(at), str(at + row)] for row, name in enumerate(names)]
        blocks += [
            Heading(f"Ranks {at}", 1, Place()),
            _table([["Offence", "Castle", "Mill", "Priory", "Abbey"], *ranked]),
            _table([["Offence", "East", "West"], *counts]),
        ]
    return Pack("pack.html", Format.HTML, tuple(blocks))


def _dates() -> Pack:
    """A table of forty dates in each row."""
    rows = [
        [f"Row {row}", *(f"{at % 28 + 1}/{(row + at) % 12 + 1}/2016" for at in range(40))]
        for row in range(60)
    ]
    table = _table([["Name", *(f"Step {at}" for at in range(40))], *rows])
    return Pack("pack.html", Format.HTML, (Heading("Actions", 1, Place()), table))


def _table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(tuple(tuple(Cell(text, Place()) for text in row) for row in rows), Place())


@pytest.mark.parametrize("made", [_all_in_a_column, _numbered_papers, _dates])
def test_what_no_pack_should_hold_is_audited_in_seconds(made: Callable[[], Pack]) -> None:
    pack = made()
    began = process_time()
    audit(pack)
    assert process_time() - began < 7


def test_ranks_are_held_against_many_other_tables_in_a_second() -> None:
    claims = Claims(_rank_tables())
    assert len(claims.grids) > 400
    began = process_time()
    assert not list(rank_tables(claims, Book()))
    assert process_time() - began < 1.5


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = pack_of(MadePack("county_columns").text.replace("41,648", "41,684"), "pack.txt")
    alone = audit(pack)
    monkeypatch.setattr("callover.audit.rules.together.WORTH_A_PROCESS", 1)
    together = audit(pack)
    assert alone.findings
    assert together == alone
