"""What the evidence says of an indicator, beside its rating."""

from __future__ import annotations

from callover.analysis.exceptions import Judged
from callover.report import words
from callover.report.signal_words import why


def evidence(judged: Judged) -> str:
    """Why the verdict is what it is, in a sentence or two."""
    return words.kept_together(why(judged.signal))
