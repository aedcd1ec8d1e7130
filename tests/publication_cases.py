"""Published months for tests: signed snapshots, packs with figures, a correction."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from callover.report.blocks import Paragraph, text
from callover.report.packfile import Pack
from callover.report.wards import wards_name
from callover.web.publication.actions import correct, publish
from callover.web.publication.models import Publication
from callover.web.snapshots.models import Signature, Snapshot
from callover.web.snapshots.serving import DOCUMENTS, PACK_FILES, PUBLIC
from site_under_test import person, seal_one, small_pack
from ward_cases import ward_file

WITHHELD = 73_914
"""A value that stands in the restricted edition alone: nobody counts it by chance."""


def figure(indicator: str, month: str, value: float | None, state: str = "final") -> dict[str, Any]:
    return {
        "key": f"{indicator}:month@{month}:police", "indicator": indicator, "series": indicator,
        "area": "E07000998", "measure": "month", "month": month, "period_kind": "month",
        "source": "police", "value": value, "unit": "offences", "state": state, "peer_group": None,
        "known_at": "2016-11-20T00:00:00+00:00", "published": False, "worked": "", "inputs": [0],
    }  # fmt: skip


def pack_with_figures(edition: str, month: str = "2016-09", tno: float = 1425) -> Pack:
    """A small pack with figures; in the restricted edition also the one that is withheld."""
    made = small_pack(edition, month)
    figures = [figure("tno", "2016-08", 1438.0), figure("tno", month, float(tno))]
    if edition != PUBLIC:
        figures.append(figure("asb", month, float(WITHHELD)))
    row = {"file": "police.csv", "row": 12, "start": "2016-09-01", "end": "2016-09-30",
           "known_from": "2016-11-20T00:00:00+00:00", "measure": "value", "note": "",
           "period_kind": "month", "value": float(tno)}  # fmt: skip
    facts = {
        **made.facts, "rows": [row], "titles": {"tno": "Total notifiable offences", "asb": "Calls"},
        "sources": [{"source": "police", "title": "Police figures"}],
        "called_small": ["police|asb|E07000998|month@2016-09"] if edition == PUBLIC else [],
    }  # fmt: skip
    sections = tuple(
        replace(s, blocks=(*s.blocks, Paragraph(text(f"{tno:,} offences in the month."))))
        if s.id == "page-tno" else s for s in made.document.sections
    )  # fmt: skip
    marking = "Public edition" if edition == PUBLIC else made.document.marking
    document = replace(made.document, sections=sections, marking=marking)
    return Pack(document, facts, tuple(figures))


def sealed_files(folder: Path, month: str = "2016-09", tno: float = 1425) -> Path:
    folder.mkdir(parents=True)
    for edition, base in PACK_FILES.items():
        made = pack_with_figures(edition, month, tno)
        (folder / f"{base}.json").write_bytes(made.to_bytes())
        (folder / wards_name(edition)).write_bytes(ward_file(edition, month).to_bytes())
        for name in DOCUMENTS:
            (folder / f"{base}.{name}").write_bytes(f"{edition} {name} {tno}".encode())
    return folder


def signed(
    folder: Path, month: str = "2016-09", number: int = 1, tno: float = 1425, refused: str = ""
) -> Snapshot:  # fmt: skip
    """A signed snapshot of Harrowmere whose files are made in ``folder``."""
    made = seal_one(sealed_files(folder / f"{month}-{number}", month, tno), "harrowmere", month,
                    number, refused)  # fmt: skip
    Signature.objects.create(snapshot=made, by=person("chair"), post="Chair")
    return made


def published_month(folder: Path, month: str = "2016-09", tno: float = 1425) -> Publication:
    return publish(by=person("clerk"), snapshot=signed(folder, month, 1, tno))


def corrected_month(folder: Path, tno: float = 1417) -> Publication:
    """September, whose first edition is out, once more with another figure."""
    reason = "Eight offences were counted twice."
    return correct(by=person("clerk"), snapshot=signed(folder, number=2, tno=tno), reason=reason)
