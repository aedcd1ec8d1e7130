"""The pack as one accessible HTML file: no script, nothing from other hosts."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from callover.report.blocks import Chart, Columns, Contents, Document, Row, Section, Table, anchors
from callover.report.charts import drawn, sparkline
from callover.report.fonts import FONT_FAMILY, web_font
from callover.report.render.traces import Trace
from callover.report.words import EN_DASH, STATE_MARKS, in_full

TEMPLATES = Path(__file__).parent / "templates"
STYLES = Path(__file__).parent / "styles"

SHAPES = {
    "square": '<rect x="1" y="1" width="8" height="8" fill="currentColor"/>',
    "diamond": '<path d="M5 0l5 5-5 5-5-5z" fill="currentColor"/>',
    "circle": '<circle cx="5" cy="5" r="4.5" fill="currentColor"/>',
    "ring": '<circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "dash": '<rect x="0" y="4" width="10" height="2.2" fill="currentColor"/>',
    "up": '<path d="M5 0l5 9H0z" fill="currentColor"/>',
    "down": '<path d="M5 10L0 1h10z" fill="currentColor"/>',
    "level": '<rect x="0" y="3.9" width="10" height="2.2" fill="currentColor"/>',
    "cross": '<path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" stroke-width="2.4"/>',
    "star": '<path d="M5 0l1.3 3.5 3.7.1-2.9 2.3 1 3.6L5 7.4 1.9 9.5l1-3.6L0 3.6l3.7-.1z" '
    'fill="currentColor"/>',
    "updown": '<path d="M5 0l3.5 4h-7zM5 10L1.5 6h7z" fill="currentColor"/>',
    "equals": '<path d="M0 3.2h10M0 6.8h10" stroke="currentColor" stroke-width="1.6"/>',
    "dots": '<path d="M5 0v2.4M5 3.8v2.4M5 7.6V10" stroke="currentColor" stroke-width="2.4"/>',
}
"""What stands beside a chip's letter, drawn so that no font has to have it."""

_MARKS = {mark: state.words for state, mark in STATE_MARKS.items()}
"""What a raised letter is when read out; any other is that of a note below its table."""

_DRAWERS = re.compile(r' (?:class|role|aria-\w+)="[^"]*"')
"""What the drawer says of its marks: read out, it would hide the sentence among "rect mark"."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SCHEMES = ("https:", "http:", "mailto:", "#")


def render_html(document: Document, traces: Mapping[str, Trace] | None = None) -> str:
    """``document`` as one file with its styles, typeface and charts in it.

    ``traces`` by figure: such a number is a button that shows where it comes from. Needs no
    script. The same document gives the same text.
    """
    titles = anchors(document)
    return (
        environment()
        .get_template("pack.html.j2")
        .render(
            doc=document,
            css=_style(),
            shapes=SHAPES,
            titles=titles,
            hrefs={anchor: f"#{anchor}" for anchor in titles},
            outline=outline(document, lambda anchor: f"#{anchor}"),
            has_contents=_has_contents(document),
            past_contents=_past_contents(document),
            traces=traces or {},
        )
    )


@cache
def environment() -> Environment:
    """The templates of blocks, with the filters that they use."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["kind"] = lambda block: type(block).__name__
    environment.filters |= {
        "picture": _picture,
        "spark": lambda trend: _svg(sparkline(trend)),
        "shape": _shape,
        "bodies": _bodies,
        "colour": lambda colour: colour if _COLOUR.fullmatch(colour) else "#1d70b8",
        "read_out": _read_out,
        "mark_words": lambda mark: _MARKS.get(mark, f"note {mark}"),
        "weblink": lambda href: href if href.lower().startswith(_SCHEMES) else "#main",
    }
    return environment


@cache
def _style() -> str:
    faces = "".join(
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{base64.b64encode(web_font(face)).decode()})"
        ' format("woff2")}'
        for face, weight in (("Regular", 400), ("Bold", 700))
    )
    return faces + (STYLES / "pack.css").read_text(encoding="utf-8")


def _picture(chart: Chart) -> Markup:
    """The chart as SVG with its sentence for those who cannot see it; ids made its own."""
    svg = _DRAWERS.sub("", drawn(chart.spec, chart.width, chart.height))
    svg = svg.replace('id="', f'id="{chart.id}-').replace("url(#", f"url(#{chart.id}-")
    label = f' role="img" aria-label="{escape(chart.alt)}"'
    return _svg(svg.replace("<svg", f"<svg{label}", 1))


def _svg(drawing: str) -> Markup:
    """A drawing of ours as it is: it holds numbers, and words that were escaped."""
    return Markup(drawing)  # noqa: S704 - nothing of a person's reaches it unescaped


def _shape(columns: Columns) -> Markup:
    """The widths of columns as an attribute that the style sheet reads."""
    return Markup('style="--shape:{}"').format(shape_of(columns))


def shape_of(columns: Columns) -> str:
    """The widths of columns as a grid wants them: ``1.5fr 1fr``."""
    widths = columns.widths or (1.0,) * len(columns.columns)
    return " ".join(f"{width:g}fr" for width in widths)


def _read_out(sign: str) -> str:
    """What a cell says to who cannot see its sign; a dash would be passed over in silence."""
    return "not known" if sign == EN_DASH else in_full(sign)


def _bodies(table: Table) -> list[list[Row]]:
    """The rows in their groups: a group's heading heads what stands in one body with it."""
    bodies: list[list[Row]] = []
    for row in table.rows:
        if row.kind == "group" or not bodies:
            bodies.append([])
        bodies[-1].append(row)
    return bodies


def _has_contents(document: Document) -> bool:
    """Whether there is a table of contents to go back to, under the anchor ``contents``."""
    return any(
        section.id == "contents" and any(isinstance(block, Contents) for block in section.blocks)
        for section in document.sections
    )


def _past_contents(document: Document) -> str:
    """The anchor of the section behind the contents, where a keyboard goes on; or none."""
    ids = [section.id for section in document.sections]
    return ids[ids.index("contents") + 1] if "contents" in ids[:-1] else ""


def outline(document: Document, href: Callable[[str], str]) -> Markup:
    """The table of contents as a nested list: level 2 sections beneath the one before them.

    ``href`` gives the address of a section by its id.
    """
    depth = max((b.depth for s in document.sections for b in s.blocks if isinstance(b, Contents)),
                default=2)  # fmt: skip
    listed = [s for s in document.sections if s.in_contents and s.kind != "cover"]
    items: list[tuple[Section, list[Section]]] = []
    for section in listed:
        if section.level == 1 or not items:
            items.append((section, []))
        elif depth > 1:
            items[-1][1].append(section)
    entries = Markup("").join(_entry(section, inner, href) for section, inner in items)
    return Markup('<nav class="contents" aria-label="Contents"><ol>{}</ol></nav>').format(entries)


def _entry(section: Section, inner: list[Section], href: Callable[[str], str]) -> Markup:
    link = Markup('<a href="{}">{}</a>')
    nested = Markup("").join(
        Markup("<li>{}</li>").format(link.format(href(each.id), each.title)) for each in inner
    )
    below = Markup("<ol>{}</ol>").format(nested) if inner else Markup("")
    return Markup("<li>{}{}</li>").format(link.format(href(section.id), section.title), below)
