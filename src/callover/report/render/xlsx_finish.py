"""What XlsxWriter cannot say: headings marked up as such, and the language of the workbook.

Screen readers and Excel's accessibility checker find their way by the named cell styles "Heading
1" and "Heading 2"; the guidance asks for titles that are "tagged", not only large.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DC = "http://purl.org/dc/elements/1.1/"
HEADINGS = (("Heading 1", 16, 16), ("Heading 2", 17, 13))
"""Excel's own styles: name, number in its list of built-in ones, size of our letters."""


def finished(archive: bytes, language: str) -> bytes:
    """The workbook with its headings marked up and its language named."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/styles.xml":
                content = _with_headings(content)
            elif name == "docProps/core.xml":
                content = _with_language(content, language)
            target.writestr(name, content)
    return out.getvalue()


def _with_language(content: bytes, language: str) -> bytes:
    root = etree.fromstring(content)
    etree.SubElement(root, f"{{{_DC}}}language").text = language
    return _written(root)


def _with_headings(content: bytes) -> bytes:
    """A named style for each heading, which the cells in its size and weight refer to."""
    root = etree.fromstring(content)
    for name, builtin, size in HEADINGS:
        fonts = _fonts(root, size)
        cells = [xf for xf in _part(root, "cellXfs") if xf.get("fontId") in fonts]
        if cells:
            number = _add_style(root, name, builtin, cells[0].get("fontId"))
            for xf in cells:
                xf.set("xfId", str(number))
    return _written(root)


def _fonts(root: Any, size: int) -> set[str]:
    """The numbers of bold fonts of a size."""
    return {
        str(number)
        for number, font in enumerate(_part(root, "fonts"))
        if font.find(f"{{{_MAIN}}}b") is not None
        and font.find(f"{{{_MAIN}}}sz").get("val") == str(size)
    }


def _add_style(root: Any, name: str, builtin: int, font: str) -> int:
    """Add a named style with its format; gives the format's number."""
    formats, styles = _part(root, "cellStyleXfs"), _part(root, "cellStyles")
    number = len(formats)
    etree.SubElement(formats, f"{{{_MAIN}}}xf", numFmtId="0", fontId=font, fillId="0", borderId="0")
    etree.SubElement(
        styles, f"{{{_MAIN}}}cellStyle", name=name, xfId=str(number), builtinId=str(builtin)
    )
    for part in (formats, styles):
        part.set("count", str(len(part)))
    return number


def _part(root: Any, name: str) -> Any:
    return root.find(f"{{{_MAIN}}}{name}")


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
