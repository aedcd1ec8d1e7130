"""Making a site to be read: the examples, a sealed snapshot, people to sign in as."""

from __future__ import annotations

import sys
from pathlib import Path

from callover.jobs.demo import KNOWN, MONTH, example_workspace
from callover.web.operations.server import prepare, set_up

AREA = "exampleford"


def main(what: str, workspace: Path) -> None:
    """``prepare`` builds everything; ``people`` fills another database beside the same files."""
    if what == "prepare":
        example_workspace(workspace)
    set_up(workspace)
    prepare()
    from callover.web.operations.example import example_people
    from callover.web.snapshots.build import build
    from callover.web.snapshots.models import Snapshot

    example_people()
    snapshot, _ = Snapshot.objects.get_or_create(
        partnership_id=AREA, month=str(MONTH), number=1, defaults={"known_at": KNOWN}
    )
    build(snapshot.pk)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
