"""Names for the arrays that the analysis passes around."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
"""Values; NaN where there is none."""

States = npt.NDArray[np.uint8]
"""State codes (``State.code``); ``NOT_PRINTED`` where nothing was printed."""

Nodes = npt.NDArray[np.int32]
"""Component numbers of month boundaries."""

Index = npt.NDArray[np.int64]
"""Positions along an axis."""

NOT_PRINTED = 255
"""Mark of a period that the source did not print as such."""
