"""The time of an audit grows with the pack, not with its square."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from callover.audit.audit import audit
from callover.audit.read import read_pack
from callover.audit.readers.text import pack_of
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


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = pack_of(MadePack("county_columns").text.replace("41,648", "41,684"), "pack.txt")
    alone = audit(pack)
    monkeypatch.setattr("callover.audit.rules.together.WORTH_A_PROCESS", 1)
    together = audit(pack)
    assert alone.findings
    assert together == alone
