"""The charts of an indicator's page."""

from __future__ import annotations

from callover.domain.indicators import Indicator
from callover.report.blocks import Block
from callover.report.build.context import PackContext


def pictures(_ctx: PackContext, _indicator: Indicator) -> tuple[Block, ...]:
    """None yet."""
    return ()
