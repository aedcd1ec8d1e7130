"""The figures service with the signal of each indicator beside its figures.

Apart from ``Figures``, whose users need no statistics: they load when signals are asked for.
"""

from __future__ import annotations

from callover.analysis.figures import Figures
from callover.analysis.signals import Signal, signal_of
from callover.domain.periods import Month


class SignalledFigures(Figures):
    """Figures that also say which of them moved more than chance."""

    def signal(self, indicator: str, area: str, month: Month) -> Signal:
        """The indicator's signal; ``why_not`` says what is missing where there is none."""
        return signal_of(self, indicator, area, month)
