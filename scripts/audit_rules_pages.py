"""Writes the guide's pages on the audit's rules from the rules; run when a rule has changed.

``python scripts/audit_rules_pages.py``: a page for each under ``docs/audit``; others are removed.
"""

from __future__ import annotations

from pathlib import Path

from callover.audit.audit import RULES
from callover.audit.report.rule_pages import rule_pages

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "audit"


def write(folder: Path, pages: dict[str, str]) -> None:
    """The pages into a folder, and no other page there."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER, rule_pages(RULES))
