"""Fetches the files of other projects that ship with Callover, and checks that they are those.

Run by hand when a version changes: ``python scripts/vendor.py``. Needs npm, fonttools and brotli.
Nothing at run time needs npm.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from fontTools import subset
from npm_package import Package, take

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "src" / "callover" / "report" / "fonts"


NOTO_SANS = Package(
    "@expo-google-fonts/noto-sans",
    "0.4.2",
    "sha512-zYD8G2ijWLxqmquoQgghNh/x9p0yxWwArD0oxO1oXY1qx5vOd4t0Kbhnu/Cx8RTy08OgA8RtxuULZFaXwVPnPw==",
)

FACES = {
    "NotoSans-Regular.ttf": "package/400Regular/NotoSans_400Regular.ttf",
    "NotoSans-Bold.ttf": "package/700Bold/NotoSans_700Bold.ttf",
    "NotoSans-Italic.ttf": "package/400Regular_Italic/NotoSans_400Regular_Italic.ttf",
    "LICENSE.txt": "package/LICENSE_FONT",
}

LATIN = "U+0020-007E,U+00A0-017F,U+2009,U+2010-2027,U+202F,U+2030,U+20AC,U+2212,U+2264,U+2265"
"""What reports of England and Wales are written with, Welsh letters included."""


def vendor_fonts(folder: Path) -> None:
    """The faces as they are, and a subset of two of them for web pages."""
    FONTS.mkdir(parents=True, exist_ok=True)
    take(NOTO_SANS, folder, {member: FONTS / name for name, member in FACES.items()})
    for face in ("Regular", "Bold"):
        source, target = FONTS / f"NotoSans-{face}.ttf", FONTS / f"NotoSans-{face}.latin.woff2"
        subset.main([
            str(source), f"--unicodes={LATIN}", "--flavor=woff2", f"--output-file={target}",
            "--layout-features=kern,liga,tnum,lnum", "--no-hinting",
        ])  # fmt: skip
    (FONTS / "README.md").write_text(
        "# Noto Sans\n\nVendored by `scripts/vendor.py` from the npm package "
        f"`{NOTO_SANS.name}` {NOTO_SANS.version}.\nSIL Open Font License 1.1, see LICENSE.txt. The "
        "WOFF2 files are a subset (Latin) for web pages.\n",
        encoding="utf-8",
    )


def main() -> None:
    """Fetch everything."""
    with tempfile.TemporaryDirectory() as folder:
        vendor_fonts(Path(folder))


if __name__ == "__main__":
    main()
