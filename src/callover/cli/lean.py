"""A quick start for commands that only read: Arrow without pandas."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Says that pandas is not there."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the signature is Python's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        """Stop the search for pandas; let every other search go on."""
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not used by this command", name=fullname)


def arrow_without_pandas() -> None:
    """Import Arrow as if pandas were not installed: half of a short command's time otherwise.

    Arrow looks for pandas once, when it makes its first array, and imports it whole. Commands never
    hand it a data frame. Does nothing where Arrow is loaded already: the process is not ours then.
    """
    if "pyarrow" in sys.modules:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        import pyarrow

        pyarrow.array([0])  # this is when it looks
    finally:
        sys.meta_path.remove(finder)
