"""Fetches axe-core, by which the browser tests judge pages, and checks that it is that.

Run by hand when the version changes: ``python scripts/vendor_test_axe.py``. Needs npm. The tests
need neither npm nor Node, and nothing of axe-core ships with Callover.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from npm_package import Package, take

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "browser" / "vendor"

AXE = Package(
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)

NOTE = f"""# axe-core {AXE.version}

Vendored by `scripts/vendor_test_axe.py` from the npm package `{AXE.name}` {AXE.version}, unchanged,
for the tests alone. Mozilla Public License 2.0, see LICENSE.

Integrity of the package: `{AXE.integrity}`
"""


def main() -> None:
    """Fetch the minified file and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        take(AXE, Path(folder), {
            "package/axe.min.js": FOLDER / "axe.min.js",
            "package/LICENSE": FOLDER / "LICENSE",
        })  # fmt: skip
    (FOLDER / "README.md").write_text(NOTE, encoding="utf-8")


if __name__ == "__main__":
    main()
