"""Fetches the front-end files that the site serves itself, and checks that they are those.

Run by hand when a version changes: ``python scripts/vendor_site.py``. Needs npm; nothing at run
time does.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from npm_package import Package, take

STATIC = Path(__file__).resolve().parent.parent / "src/callover/web/design/static/vendor"

GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "sha512-xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
)
HTMX = Package(
    "htmx.org",
    "2.0.11",
    "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
)

VEGA = Package(
    "vega",
    "6.4.0",
    "sha512-rHXCq2LpEWCLMjXBEj7hocY9G0/i5TGYRayGGSj06VTF4+l2IG2Z7oeZKCjWbUh/7hTE/mVhbaOPB72wCElh6g==",
)
INTERPRETER = Package(
    "vega-interpreter",
    "2.3.2",
    "sha512-JDAoi3taFcCDLujZG84TNNUXdkAZ5WsSHssx8lWVYaxb9Slsjk7v7PtRIYXpSlUwLaKGRBqoJ9KDs36Z0eMEIw==",
)

FILES = {
    GOVUK: {
        "package/dist/govuk/govuk-frontend.min.css": "govuk-frontend.css",
        "package/dist/govuk/govuk-frontend.min.js": "govuk-frontend.js",
    },
    HTMX: {"package/dist/htmx.min.js": "htmx.js", "package/LICENSE": "LICENSE.txt"},
    VEGA: {"package/build/vega.min.js": "vega.js", "package/LICENSE": "LICENSE.txt"},
    INTERPRETER: {
        "package/build/vega-interpreter.js": "vega-interpreter.js",
        "package/LICENSE": "LICENSE.txt",
    },
}
LICENCES = {
    GOVUK: "MIT", HTMX: "Zero-Clause BSD", VEGA: "BSD 3-Clause", INTERPRETER: "BSD 3-Clause",
}  # fmt: skip

MIT = """The MIT License (MIT)

Copyright (c) Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""The licence that the package of govuk-frontend names; its text is not in the package."""

CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
FACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
NEEDS = re.compile(r"import (\{[^}]*\}) from 'vega-util';")
SOURCE_MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=\S+(?: \*/)?")


def main() -> None:
    """Fetch everything and write beside each package where it comes from."""
    for package, files in FILES.items():
        target = STATIC / package.name.split("/")[-1].removesuffix(".org")
        with tempfile.TemporaryDirectory() as folder:
            members = {member: target / name for member, name in files.items()}
            take(package, Path(folder), members)
        for path in (*target.glob("*.css"), *target.glob("*.js")):
            text = SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))
            path.write_text(text, encoding="utf-8")
        (target / "README.md").write_text(_note(package), encoding="utf-8")
    (STATIC / "govuk-frontend" / "LICENSE.txt").write_text(MIT, encoding="utf-8")
    without_crown(STATIC / "govuk-frontend" / "govuk-frontend.css")
    beside_vega(STATIC / "vega-interpreter" / "vega-interpreter.js")


def without_crown(path: Path) -> None:
    """Take out the typeface and the crest that only GOV.UK itself may use; ours stands there."""
    text = FACE.sub("", CREST.sub("none", path.read_text(encoding="utf-8")))
    text = text.replace("GDS Transport,arial,sans-serif", "var(--typeface)")
    if "Transport" in text or "/assets/" in text:
        raise SystemExit(f"{path.name} still names what is GOV.UK's own: look at its new form.")
    path.write_text(text, encoding="utf-8")


def beside_vega(path: Path) -> None:
    """Take what the module needs from vega, which stands in the page: no browser knows its name."""
    text, found = NEEDS.subn(r"const \1 = globalThis.vega;", path.read_text(encoding="utf-8"))
    if found != 1 or re.search(r"^import ", text, re.MULTILINE):
        raise SystemExit(f"{path.name} needs something else now: look at its new form.")
    path.write_text(text, encoding="utf-8")


def _note(package: Package) -> str:
    return (
        f"# {package.name} {package.version}\n\nVendored by `scripts/vendor_site.py` from the npm "
        f"package `{package.name}` {package.version}. {LICENCES[package]}, see LICENSE.txt.\n\n"
        f"Integrity of the package: `{package.integrity}`\n"
    )


if __name__ == "__main__":
    main()
