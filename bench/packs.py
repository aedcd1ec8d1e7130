"""What a pack costs: the example in four formats, its PDF beside a browserless HTML printer's, and
the packs of all 32 London boroughs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.results import Result, against, within

ROUNDS = 5
CPU_S, LONDON_S, PDF_SHARE = 10.0, 150.0, 0.25

PACK = """
import sys, time
from pathlib import Path
from callover.domain.periods import Month
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace
from callover.report.charts import drawn
import callover.report.render.docx, callover.report.render.html
import callover.report.render.pdf, callover.report.render.xlsx

drawn({"mark": "point", "data": {"values": []}}, 10, 10)  # the drawing engine is loaded once
begun = time.process_time()
request = PackRequest(Month.of(2016, 9), Path(sys.argv[2]), area="E09000002")
build_pack(Workspace.open(Path(sys.argv[1])), request)
print(time.process_time() - begun)
"""

OURS = """
import sys, time
from pathlib import Path
from callover.report.charts import drawn
from callover.report.packfile import read_pack
from callover.report.render.pdf import render_pdf

document = read_pack(Path(sys.argv[1])).document
render_pdf(document)
begun = time.process_time()
render_pdf(document)
print(time.process_time() - begun)
"""

THEIRS = """
import logging, sys, time
from weasyprint import HTML

logging.disable(logging.CRITICAL)
begun = time.process_time()
HTML(filename=sys.argv[1]).write_pdf()
print(time.process_time() - begun)
"""


def run(folder: Path, said: Callable[[str], None], rounds: int = ROUNDS) -> list[Result]:
    """CPU of the example pack, PDF against WeasyPrint, wall time of 32 packs."""
    demo = folder / "demo"
    if not demo.exists():
        _python("from callover.cli import main; main()", "demo", str(demo))
    packs = [_seconds(PACK, str(demo), str(folder / "pack")) for _ in range(rounds)]
    said(f"pack: {packs}")
    source = folder / "pack" / "callover-pack"
    ours = [_seconds(OURS, f"{source}.json") for _ in range(rounds)]
    theirs = [_seconds(THEIRS, f"{source}.html")]  # takes most of a minute: once
    said(f"pdf: {ours} {theirs}")
    results = [
        within("example pack, four formats, CPU", median(packs), CPU_S, "s"),
        against("PDF, CPU, WeasyPrint", median(ours), theirs[0], "s", PDF_SHARE),
    ]
    shared = Path(os.environ.get("CALLOVER_SHARED", "../shared")) / "data"
    if shared.exists():
        results.append(within("32 London packs, wall", _london(folder, shared), LONDON_S, "s"))
    else:
        said("32 London packs: skipped, the shared open data are not here.")
    return results


def _london(folder: Path, shared: Path) -> float:
    """All boroughs' packs by two processes at once."""
    space = folder / "london"
    _callover("init", str(space), "--area", "E09000002")
    files = (shared / "met-borough" / "MPS_Borough_Level_Crime_Historic.csv",
             shared / "population" / "borough_mye_recovered_from_crime_rates.csv")  # fmt: skip
    _callover("add", *map(str, files), "--workspace", str(space))
    codes = [f"E090000{number:02d}" for number in range(2, 34)]
    begun = time.monotonic()
    both = [
        subprocess.Popen([sys.executable, "-c", LONDON, str(space), *half])
        for half in (codes[::2], codes[1::2])
    ]
    if any(process.wait() for process in both):
        raise RuntimeError("a London pack could not be built")
    return time.monotonic() - begun


LONDON = """
import sys
from pathlib import Path
from callover.domain.periods import Month
from callover.jobs.pack import PackRequest, build_pack
from callover.jobs.workspace import Workspace

space = Path(sys.argv[1])
for code in sys.argv[2:]:
    build_pack(Workspace.open(space), PackRequest(Month.of(2016, 9), space / code, area=code))
"""


def _seconds(code: str, *words: str) -> float:
    return float(_python(code, *words).split()[-1])


def _callover(*words: str) -> None:
    _python("from callover.cli import main; main()", *words)


def _python(code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return done.stdout
