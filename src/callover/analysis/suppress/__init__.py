"""Primary and secondary suppression, with its exact audit."""

from callover.analysis.suppress.attack import Interval, intervals
from callover.analysis.suppress.choose import CannotProtect, Choice, choose
from callover.analysis.suppress.problem import (
    Cell,
    Part,
    Problem,
    Relation,
    ratio_between,
    small,
)

__all__ = [
    "CannotProtect",
    "Cell",
    "Choice",
    "Interval",
    "Part",
    "Problem",
    "Relation",
    "choose",
    "intervals",
    "ratio_between",
    "small",
]
